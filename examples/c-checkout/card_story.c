/* Tells how the shop takes cards: paid, declined, asked about, and what does not fool it. */

#include "customer.h"
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct card_shop shop;
static struct pages pages;
static struct customer customer;

/* A customer who looks at the page of an order. */
static struct card_order *enters(const char *number, int64_t yen) {
    struct card_order *order = cards_order(&shop, number, yen);
    char url[160];
    check(order != NULL, "the books are full");
    snprintf(url, sizeof url, "%s/orders/%s", pages.url, number);
    customer_visit(&customer, url, NULL);
    return order;
}

/* Serves until the webhook of a payment was handled, and checks what the shop then read. */
static void expect(const struct card_order *order, const char *result) {
    static struct request request;
    while (!shop.told) {
        web_receive(customer.listener, &request);
        pages_serve(&pages, &request);
    }
    check(strcmp(shop.told_order, order->number) == 0, "a webhook is about another order");
    check(strcmp(shop.told, result) == 0, "a payment reads otherwise");
    shop.told = NULL;
}

static void a_card(void) {
    struct card_order *order;
    puts("\n4. A customer pays 10,800 yen by card");
    order = enters("A-2001", 10800);
    customer_enter(&customer, PAYS);
    check(customer_sees(&customer, "<h1>Thank you</h1>"), "the page gives no thanks");
    puts("   The card page gives the shop a token; the shop's page says: Thank you");
    expect(order, "succeeded");
    check(order->shipped == 1, "the order was not shipped once");
    puts("   A signed webhook says so too, and the payment reads as succeeded: shipped, once.");
}

static void a_decline(void) {
    struct card_order *order;
    puts("\n5. Another customer's card is declined");
    order = enters("A-2002", 5000);
    customer_enter(&customer, DECLINED);
    check(customer_sees(&customer, "insufficient funds"), "the page does not say why");
    puts("   The shop's page says: Your bank says: insufficient funds. No money was taken.");
    expect(order, "failed");
    check(order->attempt == 2 && order->shipped == 0, "the books do not await a second card");
    customer_enter(&customer, PAYS);
    check(customer_sees(&customer, "<h1>Thank you</h1>"), "the page gives no thanks");
    expect(order, "succeeded");
    check(order->shipped == 1, "the order was not shipped once");
    puts("   Another card is a second attempt, with a key of its own: paid and shipped, once.");
}

static void a_question(void) {
    struct card_order *order;
    puts("\n6. A third customer's bank asks who it is (3-D Secure)");
    order = enters("A-2003", 1980);
    customer_enter(&customer, ASKS);
    check(strstr(customer.url, "/ipay/authenticate/") != NULL, "the bank does not ask");
    check(order->shipped == 0 && order->paid_by[0] == '\0', "what needs action was taken for paid");
    puts("   The payment needs action. It is not paid, nothing is shipped: off to the bank.");
    customer_authenticate(&customer, true);
    check(customer_sees(&customer, "<h1>Thank you</h1>"), "the page gives no thanks");
    expect(order, "succeeded");
    check(order->shipped == 1, "the order was not shipped once");
    puts("   Back from the bank, the shop reads the payment again: paid and shipped, once.");
}

static struct card_order *a_refusal(void) {
    struct card_order *order;
    puts("\n7. A fourth says no to the bank");
    order = enters("A-2004", 3300);
    customer_enter(&customer, ASKS);
    customer_authenticate(&customer, false);
    check(customer_sees(&customer, "authentication failed"), "the page does not say why");
    expect(order, "failed");
    check(order->attempt == 2 && order->shipped == 0, "the books do not await a second card");
    puts("   The shop's page says: Your bank says: authentication failed. No money was taken.");
    return order;
}

/* Makes a payment of one yen for an order. */
static void pay_one_yen(const char *number) {
    kessai_ipay_payment_method *method = NULL;
    kessai_ipay_payment *payment = NULL;
    kessai_ipay_call_options *card = kessai_ipay_call_options_new();
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    char token[100], metadata[100];
    customer_token(PAYS, token, sizeof token);
    kessai_ipay_call_options_set_token(card, token);
    check(kessai_ipay_client_create_payment_method(shop.client, "card", card, &method, NULL) ==
              KESSAI_OK,
          "no payment method");
    snprintf(metadata, sizeof metadata, "{\"orderId\": \"%s\"}", number);
    kessai_ipay_call_options_set_payment_method(options, kessai_ipay_payment_method_id(method));
    kessai_ipay_call_options_set_confirm(options, true);
    kessai_ipay_call_options_set_metadata_json(options, metadata);
    check(kessai_ipay_client_create_payment(shop.client, 1, "JPY", options, &payment, NULL) ==
              KESSAI_OK,
          "one yen cannot be paid");
    kessai_ipay_payment_free(payment);
    kessai_ipay_payment_method_free(method);
    kessai_ipay_call_options_free(options);
    kessai_ipay_call_options_free(card);
}

/* Has the sandbox send its first webhook of a payment once more. */
static void receive_again(const struct world *world, struct request *request) {
    char *deliveries = world_ask(world, "GET", "deliveries", ""), *id, path[64];
    char *event = strstr(deliveries, "\"kind\":\"event\"");
    check(event != NULL, "no webhook of a payment was sent");
    for (id = event; id > deliveries && strncmp(id, "\"id\":", 5) != 0; id--) continue;
    snprintf(path, sizeof path, "deliveries/%d/redeliver", atoi(id + 5));
    free(deliveries);
    free(world_ask(world, "POST", path, "{}"));
    web_receive(customer.listener, request);
}

/* Tries what a shop must not fall for. */
static void the_tricks(const struct world *world, struct card_order *unpaid) {
    static struct request genuine, forged;
    const struct card_order *paid = cards_find(&shop, "A-2001");
    char *amount;
    puts("\n8. What does not fool the shop");
    receive_again(world, &genuine);
    forged = genuine;
    amount = strstr(forged.body, "10800");
    check(amount != NULL, "the webhook has no amount");
    *amount = '2';
    check(cards_webhook(&shop, forged.body, forged.length, forged.signature) == 401,
          "a forged webhook was taken");
    puts("   A forged webhook: 401.");
    pages_serve(&pages, &genuine);
    check(paid && paid->shipped == 1 && !shop.told, "the same webhook counted twice");
    puts("   A true one that comes again: counted once.");
    pay_one_yen(unpaid->number);
    expect(unpaid, "mismatch");
    check(unpaid->shipped == 0 && unpaid->alarms == 1, "one yen paid for 3,300");
    puts("   One yen paid for an order of 3,300: an alarm, and nothing is shipped.");
}

/* Compares the shop's books with the sandbox's. */
static void the_books(const struct world *world) {
    char *ledger = world_ask(world, "GET", "ledger", ""), wanted[300];
    int i, shipped = 0;
    for (i = 0; i < shop.count; i++) {
        const struct card_order *order = &shop.orders[i];
        if (order->shipped == 0) continue;
        check(order->shipped == 1 && strcmp(order->paid_by, order->payment_id) == 0,
              "an order was not paid by its payment");
        snprintf(wanted, sizeof wanted, "\"id\":\"%s\",\"metadata\":{\"orderId\":\"%s\"}",
                 order->paid_by, order->number);
        check(strstr(ledger, wanted) != NULL, "the sandbox's books lack a payment");
        shipped++;
    }
    free(ledger);
    check(shop.count == 4 && shipped == 3, "the books do not say what was paid");
    puts("\nThe books agree: four orders, three paid and shipped, one still to be paid.");
}

void tell_of_cards(const struct world *world) {
    char endpoint[128];
    int port;
    pages.shop = &shop;
    pages.publishable_key = getenv("IPAY_PUBLISHABLE_KEY");
    check(pages.publishable_key != NULL, "IPAY_PUBLISHABLE_KEY is not set");
    customer.pages = &pages;
    customer.listener = web_listen(&port);
    snprintf(pages.url, sizeof pages.url, "http://127.0.0.1:%d", port);
    snprintf(pages.card_page, sizeof pages.card_page, "http://127.0.0.1:%d/ipay/card", world->port);
    check(cards_open(&shop), "the shop cannot be opened");
    snprintf(endpoint, sizeof endpoint, "{\"url\":\"%s/hooks/ipay\"}", pages.url);
    free(world_ask(world, "POST", "ipay/webhook_endpoints", endpoint));
    puts("\nCards: the same sandbox plays iPay");
    a_card();
    a_decline();
    a_question();
    the_tricks(world, a_refusal());
    the_books(world);
    cards_close(&shop);
}
