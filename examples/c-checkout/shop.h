/* A shop: its books, its client, and what receives its webhooks. */

#ifndef SHOP_H
#define SHOP_H

#include <kessai.h>

enum { MOST_ORDERS = 16 };

/* An order in the shop's books. A real shop has a table of them, and one of each
 * order's invoices with their states. */
struct order {
    char number[65];
    int64_t yen;
    char invoice_id[65];
    char state[32];
    int shipped, alarms;
};

struct shop {
    kessai_zaif_client *client;
    kessai_zaif_webhooks *webhooks;
    struct order orders[MOST_ORDERS];
    int count;
};

/* Opens a shop with the account of the environment, which receives webhooks below
 * `url`. */
bool shop_open(struct shop *shop, const char *url, const char *secret);
void shop_close(struct shop *shop);

/* Writes an order down, then gives its one invoice, on every load of the page. NULL
 * when there is none yet: show the page again later. */
kessai_zaif_invoice *shop_checkout(struct shop *shop, const char *number, int64_t yen,
                                   const char *coin);

/* Handles one webhook; gives the HTTP status to answer with. Anything but 200 makes the
 * service send it again later. */
unsigned shop_webhook(struct shop *shop, const char *path, const void *body, size_t length);

#endif
