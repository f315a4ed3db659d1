#include "customer.h"

#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool customer_sees(const struct customer *customer, const char *text) {
    return strstr(customer->page, text) != NULL;
}

/* Makes one request, while the shop serves whoever comes; gives the whole answer. */
static char *ask(struct customer *customer, const char *form) {
    static struct request request;
    const char *host = strstr(customer->url, "//127.0.0.1:"), *path;
    int connection;
    check(host != NULL, "an address leads to another machine");
    path = strchr(host + 2, '/');
    connection = web_send(atoi(host + 12), path ? path : "/", form);
    while (!web_is_answered(connection, customer->listener)) {
        web_receive(customer->listener, &request);
        pages_serve(customer->pages, &request);
    }
    return web_answer_of(connection);
}

void customer_visit(struct customer *customer, const char *url, const char *form) {
    char *answer, *body, *to;
    snprintf(customer->url, sizeof customer->url, "%s", url);
    answer = ask(customer, form);
    while (strncmp(answer, "HTTP/1.1 303", 12) == 0) {
        to = strstr(answer, "ocation: ");
        check(to != NULL, "an answer leads nowhere");
        snprintf(customer->url, sizeof customer->url, "%.*s", (int)strcspn(to + 9, "\r"), to + 9);
        free(answer);
        answer = ask(customer, NULL);
    }
    body = strstr(answer, "\r\n\r\n");
    check(strncmp(answer, "HTTP/1.1 200", 12) == 0 && body, "a page could not be loaded");
    snprintf(customer->page, sizeof customer->page, "%s", body + 4);
    free(answer);
}

void customer_token(const char *number, char *to, size_t size) {
    kessai_ipay_publishable_client *browser = NULL;
    kessai_ipay_token *token = NULL;
    check(kessai_ipay_publishable_client_from_env(NULL, &browser, NULL) == KESSAI_OK &&
              kessai_ipay_publishable_client_create_token(browser, number, 12, 2099, "123", NULL,
                                                          &token, NULL) == KESSAI_OK,
          "the card page makes no token");
    snprintf(to, size, "%s", kessai_ipay_token_id(token));
    kessai_ipay_token_free(token);
    kessai_ipay_publishable_client_free(browser);
}

/* Copies what stands in the address between two texts. */
static void between(const char *text, const char *from, const char *until, char *to, size_t size) {
    const char *start = strstr(text, from);
    check(start != NULL, "an address lacks something");
    start += strlen(from);
    snprintf(to, size, "%.*s", (int)strcspn(start, until), start);
}

void customer_enter(struct customer *customer, const char *number) {
    char way[1000], back[300], state[64], token[100], form[200], *mark;
    between(customer->page, "<a class=\"go\" href=\"", "\"", way, sizeof way);
    while ((mark = strstr(way, "&#38;")) != NULL) memmove(mark + 1, mark + 5, strlen(mark + 5) + 1);
    customer_visit(customer, way, NULL);
    between(customer->url, "&return_url=", "&", back, sizeof back);
    between(customer->url, "&state=", "&", state, sizeof state);
    customer_token(number, token, sizeof token);
    snprintf(form, sizeof form, "token=%s&state=%s", token, state);
    customer_visit(customer, back, form);
}

void customer_authenticate(struct customer *customer, bool ok) {
    char url[1000], form[1100];
    const char *query = strchr(customer->url, '?');
    check(query != NULL, "the bank does not know whom to ask");
    snprintf(url, sizeof url, "%s", customer->url);
    snprintf(form, sizeof form, "%s&lang=en&act=%s", query + 1, ok ? "accept" : "refuse");
    customer_visit(customer, url, form);
}
