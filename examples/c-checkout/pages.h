/* The web around `cards.h`: the page of an order, what the card page posts, webhooks. A real
 * shop has its server for that, and lets customers see no orders but their own. */

#ifndef PAGES_H
#define PAGES_H

#include "cards.h"
#include "world.h"

struct pages {
    struct card_shop *shop;
    /* Where the shop is, where cards are entered, and the key for that. */
    char url[64], card_page[96];
    const char *publishable_key;
};

/* Answers one request. */
void pages_serve(const struct pages *pages, const struct request *request);

#endif
