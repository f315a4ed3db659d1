/* Tells how a shop takes payments: from the invoice to the settled order, then by card.
 *
 * `make demo` runs it with a sandbox at its side. It plays the customer, and checks
 * every step: any surprise ends it with status 1. */

#define _POSIX_C_SOURCE 200809L

#include "shop.h"
#include "story.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct world world;
static struct shop shop;
static int listener;

void check(bool fine, const char *problem) {
    if (!fine) {
        fprintf(stderr, "\nThe demo met a surprise: %s\n", problem);
        exit(1);
    }
}

/* Says what the customer sees. */
static void describe(const kessai_zaif_invoice *invoice) {
    int64_t yen = 0, left = kessai_zaif_invoice_expired(invoice) - (int64_t)time(NULL);
    check(kessai_zaif_invoice_amount_yen(invoice, &yen), "it is not billed in yen");
    printf("   Invoice  %s for order %s\n", kessai_zaif_invoice_invoice_id(invoice),
           kessai_zaif_invoice_order_number(invoice));
    printf("   To pay   %" PRId64 " yen = %s %s\n", yen, kessai_zaif_invoice_coin_amount(invoice),
           kessai_zaif_invoice_currency(invoice));
    printf("   Address  %s\n", kessai_zaif_invoice_address(invoice));
    printf("   Time     %" PRId64 " min %" PRId64 " s left\n", left / 60, left % 60);
    printf("   Page     %s\n", kessai_zaif_invoice_invoice_uri(invoice));
}

/* Waits for the webhook that announces a state, and has the shop handle it. */
static void expect(const char *number, const char *state) {
    static struct request request;
    char claim[64];
    unsigned status;
    int i;
    web_receive(listener, &request);
    status = shop_webhook(&shop, request.path, request.body, request.length);
    web_answer(&request, status);
    check(status == 200, "a webhook was not taken");
    snprintf(claim, sizeof claim, "\"status\":\"%s\"", state);
    request.body[request.length] = '\0';
    check(strstr(request.body, claim), "a webhook claims another state");
    for (i = 0; i < shop.count && strcmp(shop.orders[i].number, number) != 0; i++) continue;
    check(i < shop.count && strcmp(shop.orders[i].state, state) == 0, "the books say otherwise");
    printf("   A webhook claims %s; the shop re-reads with getInvoice: %s\n", state,
           shop.orders[i].state);
}

static void a_payment(void) {
    kessai_zaif_invoice *invoice, *again, *settled = NULL;
    const char *id;
    time_t when;
    char written[32];
    puts("\n1. A customer buys a tea bowl for 10,800 yen and pays in Bitcoin");
    invoice = shop_checkout(&shop, "A-1001", 10800, KESSAI_ZAIF_COIN_BTC);
    check(invoice, "no invoice");
    describe(invoice);
    id = kessai_zaif_invoice_invoice_id(invoice);
    again = shop_checkout(&shop, "A-1001", 10800, KESSAI_ZAIF_COIN_BTC);
    check(again && strcmp(kessai_zaif_invoice_invoice_id(again), id) == 0,
          "a reload made another invoice");
    kessai_zaif_invoice_free(again);
    puts("   The page is reloaded: it shows the same invoice.");

    puts("   The customer sends the money ...");
    world_pay(&world, id);
    expect("A-1001", KESSAI_ZAIF_STATUS_PAID);
    puts("   ... a block is mined ...");
    world_mine(&world, "btc", 1);
    expect("A-1001", KESSAI_ZAIF_STATUS_CONFIRMED);
    puts("   ... and two more.");
    world_mine(&world, "btc", 2);
    expect("A-1001", KESSAI_ZAIF_STATUS_COMPLETE);

    check(kessai_zaif_client_get_invoice(shop.client, id, NULL, &settled, NULL) == KESSAI_OK,
          "the invoice cannot be read");
    check(kessai_zaif_invoice_settled(settled) != 0, "the invoice is not settled");
    check(shop.orders[0].shipped == 1, "the order was not shipped once");
    when = (time_t)kessai_zaif_invoice_settled(settled);
    strftime(written, sizeof written, "%Y-%m-%d %H:%M:%S", gmtime(&when));
    printf("   Settled at %s UTC: the order is shipped, once.\n", written);
    kessai_zaif_invoice_free(settled);
    kessai_zaif_invoice_free(invoice);
}

static void a_cancel(void) {
    kessai_zaif_invoice *invoice, *canceled = NULL;
    puts("\n2. A second order is taken back before it is paid");
    invoice = shop_checkout(&shop, "A-1002", 5000, KESSAI_ZAIF_COIN_MONA);
    check(invoice, "no invoice");
    describe(invoice);
    check(kessai_zaif_client_cancel_invoice(shop.client, kessai_zaif_invoice_invoice_id(invoice),
                                            NULL, &canceled, NULL) == KESSAI_OK,
          "the invoice cannot be canceled");
    expect("A-1002", KESSAI_ZAIF_STATUS_CANCELED);
    kessai_zaif_invoice_free(canceled);
    kessai_zaif_invoice_free(invoice);
}

static void an_expiry(void) {
    kessai_zaif_invoice *invoice;
    long valid;
    puts("\n3. A third is never paid");
    invoice = shop_checkout(&shop, "A-1003", 1980, KESSAI_ZAIF_COIN_BTC);
    check(invoice, "no invoice");
    describe(invoice);
    valid = (long)(kessai_zaif_invoice_expired(invoice) - kessai_zaif_invoice_created(invoice));
    printf("   The sandbox's clock moves %ld seconds ahead.\n", valid + 1);
    world_advance(&world, valid + 1);
    expect("A-1003", KESSAI_ZAIF_STATUS_EXPIRED);
    kessai_zaif_invoice_free(invoice);
}

int main(void) {
    char url[64];
    int port, i;
    setvbuf(stdout, NULL, _IOLBF, 0);
    world_find(&world);
    listener = web_listen(&port);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    /* A real shop keeps a secret of its own with its others: it must outlive a restart. */
    if (!shop_open(&shop, url, "sandbox-webhook-secret")) return 1;
    printf("A sandbox plays Zaif Payment at http://127.0.0.1:%d\n", world.port);
    printf("A shop receives webhooks at     %s\n", url);
    a_payment();
    a_cancel();
    an_expiry();
    for (i = 0; i < shop.count; i++) check(shop.orders[i].alarms == 0, "the books have alarms");
    check(shop.count == 3 && shop.orders[1].shipped + shop.orders[2].shipped == 0,
          "something was shipped that was not paid");
    puts("\nThe books agree: three invoices, one settled and shipped, one canceled, one expired.");
    shop_close(&shop);
    tell_of_cards(&world);
    world_stop(&world);
    return 0;
}
