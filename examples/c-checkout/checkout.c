/* The parts to copy: `shop_checkout`, which may be called on every load of the
 * payment page, and `shop_webhook`. A webhook of Zaif Payment is not signed, so its
 * content is never believed: its address proves which order it is about, and what the
 * re-read of the invoice says is compared with the shop's own books. */

#include "shop.h"

#include <stdio.h>
#include <string.h>

/* Tells what went wrong, and what is known of it; gives the number. */
static int32_t report(const char *doing, kessai_error *error) {
    int32_t number = kessai_error_number(error);
    fprintf(stderr, "%s: %s [%s]\n", doing, kessai_error_message(error), kessai_error_code(error));
    kessai_error_free(error);
    return number;
}

bool shop_open(struct shop *shop, const char *url, const char *secret) {
    kessai_error *error = NULL;
    char base[200];
    memset(shop, 0, sizeof *shop);
    snprintf(base, sizeof base, "%s/hooks/zaif", url);
    /* ZAIF_API_KEY, ZAIF_API_SECRET and, for a sandbox, ZAIF_ENDPOINT. */
    if (kessai_zaif_client_from_env(NULL, &shop->client, &error) != KESSAI_OK ||
        kessai_zaif_webhooks_new(base, &secret, 1, &shop->webhooks, &error) != KESSAI_OK) {
        report("open", error);
        shop_close(shop);
        return false;
    }
    return true;
}

void shop_close(struct shop *shop) {
    kessai_zaif_webhooks_free(shop->webhooks);
    kessai_zaif_client_free(shop->client);
}

static struct order *find(struct shop *shop, const char *number) {
    int i;
    for (i = 0; i < shop->count; i++) {
        if (strcmp(shop->orders[i].number, number) == 0) return &shop->orders[i];
    }
    return NULL;
}

kessai_zaif_invoice *shop_checkout(struct shop *shop, const char *number, int64_t yen,
                                   const char *coin) {
    struct order *order = find(shop, number);
    kessai_zaif_order *request;
    kessai_zaif_invoice *invoice = NULL;
    kessai_text *address = NULL;
    kessai_error *error = NULL;
    if (!order) {
        if (shop->count == MOST_ORDERS) return NULL;
        order = &shop->orders[shop->count++];
        snprintf(order->number, sizeof order->number, "%s", number);
        order->yen = yen;
    }
    if (kessai_zaif_webhooks_address(shop->webhooks, number, &address, &error) != KESSAI_OK) {
        report("address", error);
        return NULL;
    }
    request = kessai_zaif_order_new();
    kessai_zaif_order_set_currency(request, coin);
    kessai_zaif_order_set_amount_yen(request, order->yen);
    kessai_zaif_order_set_order_number(request, number);
    kessai_zaif_order_set_item_name(request, "Tea bowl");
    kessai_zaif_order_set_webhook_url(request, kessai_text_data(address));
    /* Whatever it ends with, it may be called again: one order has one invoice. */
    if (kessai_zaif_client_ensure_invoice(shop->client, request, NULL, &invoice, &error) !=
        KESSAI_OK) {
        report("checkout", error);
    }
    kessai_zaif_order_free(request);
    kessai_text_free(address);
    return invoice;
}

/* Brings the books up to date with what a re-read said. */
static void note(struct order *order, const kessai_zaif_invoice *invoice) {
    const char *id = kessai_zaif_invoice_invoice_id(invoice);
    const char *state = kessai_zaif_invoice_status(invoice);
    bool is_newer = strcmp(order->invoice_id, id) != 0;
    /* Webhooks repeat and overtake one another: what is older changes nothing. */
    if (!is_newer) kessai_zaif_invoice_follows(invoice, order->state, &is_newer, NULL, NULL);
    if (state && is_newer) {
        snprintf(order->invoice_id, sizeof order->invoice_id, "%s", id);
        snprintf(order->state, sizeof order->state, "%s", state);
    }
    if (kessai_zaif_invoice_is_settled(invoice) && !order->shipped) order->shipped = 1;
}

unsigned shop_webhook(struct shop *shop, const char *path, const void *body, size_t length) {
    kessai_zaif_notice *notice = NULL;
    kessai_zaif_invoice *invoice = NULL;
    kessai_error *error = NULL;
    struct order *order;
    int32_t ended;
    if (kessai_zaif_webhooks_receive(shop->webhooks, path, body, length, &notice, &error) !=
        KESSAI_OK) {
        return kessai_zaif_webhooks_status(report("webhook", error));
    }
    order = find(shop, kessai_zaif_notice_order_number(notice));
    if (!order) {
        kessai_zaif_notice_free(notice);
        return 503;
    }
    /* With more than one thread: one at a time for an order, as by a row's lock. */
    ended = kessai_zaif_client_confirm_yen(shop->client, kessai_zaif_notice_hint(notice),
                                           order->number, order->yen, NULL, &invoice, &error);
    kessai_zaif_notice_free(notice);
    switch (ended) {
        case KESSAI_OK:
            note(order, invoice);
            break;
        /* None of these passes by itself: keep it for somebody to look at. */
        case KESSAI_ERROR_ZAIF_MISMATCH:
        case KESSAI_ERROR_ZAIF_DUPLICATE_INVOICE:
        case KESSAI_ERROR_ZAIF_PAID_TWICE:
            report("confirm", error);
            order->alarms++;
            ended = KESSAI_OK;
            break;
        default:
            report("confirm", error);
    }
    kessai_zaif_invoice_free(invoice);
    return kessai_zaif_webhooks_status(ended);
}
