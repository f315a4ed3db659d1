#include "pages.h"

#include <stdio.h>
#include <string.h>

struct says {
    const char *title, *text, *way;
};

/* By `enum card_now`. */
static const struct says SAYS[] = {
    {"Your order", "Nothing is paid yet.", "Pay by card"},
    {"Thank you", "Your payment has arrived. We pack your tea bowl now.", NULL},
    {"Your bank asks", "Nothing is paid yet.", "Continue at your bank"},
    {"Card declined", NULL, "Use another card"},
    {"One moment", "Please load this page again, and do not pay twice.", "Load again"},
    {"Sorry", "Something is wrong with our shop. Please write to us.", NULL},
};

static const char HEAD[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>%s - order %s</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n"
    "  :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }\n"
    "  body { margin: 3rem 1rem }\n"
    "  main { max-width: 22rem; margin: auto }\n"
    "  h1 { margin: 0; font-size: 1.5rem; line-height: 1.3 }\n"
    "  .order { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;\n"
    "    margin: 0 0 1.5rem; padding-bottom: .75rem; border-bottom: 1px solid GrayText }\n"
    "  .go { display: block; margin-top: 1.5rem; padding: .75rem; border-radius: .5rem;\n"
    "    background: #0f5c99; color: #fff; font-weight: 600; text-align: center;\n"
    "    text-decoration: none }\n"
    "</style>\n<main>\n"
    "<p class=\"order\"><span>Tea bowl, order %s</span> <strong>%s yen</strong></p>\n";

/* Copies a text so that it may stand in a page; words of the service lose their `_`. */
static void escape(const char *text, bool is_word, char *to, size_t size) {
    size_t length = 0;
    for (to[0] = '\0'; *text && length + 8 < size; text++) {
        if (strchr("&<>\"'", *text)) {
            length += (size_t)snprintf(to + length, size - length, "&#%d;", *text);
        } else {
            to[length++] = is_word && *text == '_' ? ' ' : *text;
            to[length] = '\0';
        }
    }
}

/* Writes an amount as people read it: 10,800. */
static void grouped(int64_t yen, char *to, size_t size) {
    if (yen < 1000) {
        snprintf(to, size, "%ld", (long)yen);
    } else {
        size_t length;
        grouped(yen / 1000, to, size);
        length = strlen(to);
        snprintf(to + length, size - length, ",%03ld", (long)(yen % 1000));
    }
}

/* Where the page of an order is. */
static void address(const struct pages *pages, const struct card_order *order, char *to,
                    size_t size) {
    snprintf(to, size, "%s/orders/%s", pages->url, order->number);
}

/* Where the customer goes on from what is shown. These addresses, numbers and states stand
 * in a query as they are. */
static void way(const struct pages *pages, const struct card_order *order,
                const struct card_shown *shown, char *to, size_t size) {
    char own[160];
    address(pages, order, own, sizeof own);
    if (shown->now == CARD_AUTHENTICATE) {
        snprintf(to, size, "%s%sreturn_url=%s", shown->detail,
                 strchr(shown->detail, '?') ? "&" : "?", own);
    } else if (shown->now == CARD_MOMENT) {
        snprintf(to, size, "%s", own);
    } else {
        snprintf(to, size, "%s?publishable_key=%s&return_url=%s/card&state=%s", pages->card_page,
                 pages->publishable_key, own, order->state);
    }
}

static void answer_page(const struct pages *pages, const struct request *request,
                        const struct card_order *order, const struct card_shown *shown) {
    const struct says *says = &SAYS[shown->now];
    char page[8000], to[1000], escaped[2000], yen[24];
    size_t length;
    grouped(order->yen, yen, sizeof yen);
    length = (size_t)snprintf(page, sizeof page, HEAD, says->title, order->number, order->number,
                              yen);
    length += (size_t)snprintf(page + length, sizeof page - length, "<h1>%s</h1>\n<p>",
                               says->title);
    escape(shown->detail, true, escaped, sizeof escaped);
    if (shown->now == CARD_DECLINED) {
        length += (size_t)snprintf(page + length, sizeof page - length,
                                   "Your bank says: %s. No money was taken.", escaped);
    } else {
        length += (size_t)snprintf(page + length, sizeof page - length, "%s", says->text);
    }
    length += (size_t)snprintf(page + length, sizeof page - length, "</p>\n");
    if (says->way) {
        way(pages, order, shown, to, sizeof to);
        escape(to, false, escaped, sizeof escaped);
        length += (size_t)snprintf(page + length, sizeof page - length,
                                   "<a class=\"go\" href=\"%s\">%s</a>\n", escaped, says->way);
    }
    snprintf(page + length, sizeof page - length, "</main>\n</html>\n");
    web_answer_with(request, shown->now == CARD_SORRY ? 503 : 200, page, NULL);
}

/* Copies a field of a form. Tokens and states have no marks that a form would write otherwise. */
static void field(const char *form, const char *name, char *to, size_t size) {
    size_t length = strlen(name);
    to[0] = '\0';
    while (form && (strncmp(form, name, length) != 0 || form[length] != '=')) {
        form = strchr(form, '&');
        if (form) form++;
    }
    if (form) {
        snprintf(to, size, "%.*s", (int)strcspn(form + length + 1, "&"), form + length + 1);
    }
}

/* Pays, and leads them to their bank, or to a page that may be loaded again. */
static void answer_card(const struct pages *pages, const struct request *request,
                        struct card_order *order) {
    struct card_shown shown;
    char token[200], state[64], to[1000];
    field(request->body, "token", token, sizeof token);
    field(request->body, "state", state, sizeof state);
    cards_pay(pages->shop, order, token, state, &shown);
    if (shown.now == CARD_AUTHENTICATE) {
        way(pages, order, &shown, to, sizeof to);
    } else {
        address(pages, order, to, sizeof to);
    }
    web_answer_with(request, 303, NULL, to);
}

void pages_serve(const struct pages *pages, const struct request *request) {
    bool is_post = strcmp(request->method, "POST") == 0;
    char number[65], below[8] = "";
    struct card_order *order = NULL;
    if (is_post && strcmp(request->path, "/hooks/ipay") == 0) {
        web_answer(request, cards_webhook(pages->shop, request->body, request->length,
                                          request->signature));
        return;
    }
    if (sscanf(request->path, "/orders/%64[^/?]%7[^?]", number, below) >= 1) {
        order = cards_find(pages->shop, number);
    }
    if (order && is_post && strcmp(below, "/card") == 0) {
        answer_card(pages, request, order);
    } else if (order && !is_post && below[0] == '\0') {
        struct card_shown shown;
        cards_look(pages->shop, order, &shown);
        answer_page(pages, request, order, &shown);
    } else {
        web_answer(request, 404);
    }
}
