/* A shop that takes cards with iPay: its books, its client, and the door for webhooks. */

#ifndef CARDS_H
#define CARDS_H

#include <kessai.h>

enum { MOST_CARD_ORDERS = 16, MOST_EVENTS = 64 };

/* An order in the shop's books. A real shop has a row, and locks it while it works on it. */
struct card_order {
    char number[65];
    int64_t yen, attempt;
    /* What the card page hands back: only this customer, in this attempt, knows it. */
    char state[33];
    /* When the attempt began, in Unix seconds. */
    int64_t began;
    char method[129], payment_id[129], declined[129], paid_by[129];
    int shipped, alarms;
};

struct card_shop {
    kessai_ipay_client *client;
    kessai_ipay_webhooks *webhooks;
    struct card_order orders[MOST_CARD_ORDERS];
    int count;
    /* The events that were handled; the last one's order, and what its payment reads as. */
    char events[MOST_EVENTS][129];
    int handled;
    char told_order[65];
    const char *told;
};

/* What the page of an order shows: a way to enter a card; thanks; a way to the customer's
 * bank, not paid; why not, and a way to enter another card; that it is not known yet; that
 * a person of the shop must look. */
enum card_now { CARD_ASKED, CARD_PAID, CARD_AUTHENTICATE, CARD_DECLINED, CARD_MOMENT, CARD_SORRY };

/* That, and the address or the reason that goes with it. */
struct card_shown {
    enum card_now now;
    char detail[600];
};

/* Opens a shop with the account of the environment. */
bool cards_open(struct card_shop *shop);
void cards_close(struct card_shop *shop);

/* Writes an order down. NULL when the books are full. */
struct card_order *cards_order(struct card_shop *shop, const char *number, int64_t yen);
/* Finds one, or NULL. */
struct card_order *cards_find(struct card_shop *shop, const char *number);

/* Pays an order with the card that a token stands for. */
void cards_pay(struct card_shop *shop, struct card_order *order, const char *token,
               const char *state, struct card_shown *shown);

/* Reads how it is now, on every load of the page and when the bank sends them back. */
void cards_look(struct card_shop *shop, struct card_order *order, struct card_shown *shown);

/* Handles one webhook; gives the HTTP status to answer with. */
unsigned cards_webhook(struct card_shop *shop, const void *body, size_t length,
                       const char *signature);

#endif
