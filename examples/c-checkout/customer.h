/* The customer of the story: a browser without windows, and a purse of test cards. Nothing
 * here is for a shop to copy. What the browser does on the page where the card is entered,
 * and on the bank's, is what those pages do in a real one. */

#ifndef CUSTOMER_H
#define CUSTOMER_H

#include "pages.h"

#define PAYS "4242424242424242"
#define ASKS "4000002500003155"
#define DECLINED "4000000000009995"

struct customer {
    /* The shop, which has but one thread: it serves while its customer waits. */
    const struct pages *pages;
    int listener;
    char url[1000];
    char page[16000];
};

/* Loads a page, or sends a form; follows where it leads. */
void customer_visit(struct customer *customer, const char *url, const char *form);
/* Whether the page that is shown has this text. */
bool customer_sees(const struct customer *customer, const char *text);
/* Goes to the page where a card is entered, and enters one. */
void customer_enter(struct customer *customer, const char *number);
/* Tells the bank, on its page, whether it is them. */
void customer_authenticate(struct customer *customer, bool ok);

/* Makes a token of a card as a page does. */
void customer_token(const char *number, char *to, size_t size);

#endif
