/* The parts to copy: `cards_pay` makes a payment of a token that the customer's page made of
 * a card, `cards_look` tells how far it is, and `cards_webhook` ships. What the customer's
 * browser says proves nothing: a signed webhook, and what the payment then reads as, do. */

#include "cards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Tells what went wrong, and what is known of it; gives the number. */
static int32_t report(const char *doing, kessai_error *error) {
    int32_t number = kessai_error_number(error);
    fprintf(stderr, "%s: %s [%s]\n", doing, kessai_error_message(error), kessai_error_code(error));
    kessai_error_free(error);
    return number;
}

bool cards_open(struct card_shop *shop) {
    kessai_error *error = NULL;
    memset(shop, 0, sizeof *shop);
    /* IPAY_API_KEY, IPAY_API_SECRET, IPAY_WEBHOOK_SECRET and, for a sandbox, IPAY_BASE_URL. */
    if (kessai_ipay_client_from_env(NULL, &shop->client, &error) != KESSAI_OK ||
        kessai_ipay_webhooks_from_environment(&shop->webhooks, &error) != KESSAI_OK) {
        report("open", error);
        cards_close(shop);
        return false;
    }
    return true;
}

void cards_close(struct card_shop *shop) {
    kessai_ipay_webhooks_free(shop->webhooks);
    kessai_ipay_client_free(shop->client);
}

/* Draws a new state: 128 bits that nobody guesses. */
static void draw(struct card_order *order) {
    unsigned char bytes[16];
    FILE *random = fopen("/dev/urandom", "rb");
    size_t i;
    if (!random || fread(bytes, sizeof bytes, 1, random) != 1) abort();
    fclose(random);
    for (i = 0; i < sizeof bytes; i++) snprintf(order->state + 2 * i, 3, "%02x", bytes[i]);
}

struct card_order *cards_find(struct card_shop *shop, const char *number) {
    int i;
    for (i = 0; i < shop->count; i++) {
        if (strcmp(shop->orders[i].number, number) == 0) return &shop->orders[i];
    }
    return NULL;
}

struct card_order *cards_order(struct card_shop *shop, const char *number, int64_t yen) {
    struct card_order *order = cards_find(shop, number);
    if (order || shop->count == MOST_CARD_ORDERS) return order;
    order = &shop->orders[shop->count++];
    snprintf(order->number, sizeof order->number, "%s", number);
    order->yen = yen;
    order->attempt = 1;
    draw(order);
    return order;
}

static void show(struct card_shown *shown, enum card_now now, const char *detail) {
    shown->now = now;
    snprintf(shown->detail, sizeof shown->detail, "%s", detail ? detail : "");
}

/* After a definite failure, and only then: another card, another key. */
static void next_attempt(struct card_order *order, const char *reason, struct card_shown *shown) {
    order->attempt++;
    draw(order);
    order->method[0] = order->payment_id[0] = '\0';
    snprintf(order->declined, sizeof order->declined, "%s", reason ? reason : "declined");
    show(shown, CARD_DECLINED, order->declined);
}

/* What a payment has come to. Of its cases one is paid. */
static void show_payment(struct card_order *order, const kessai_ipay_payment *payment,
                         struct card_shown *shown) {
    switch (kessai_ipay_payment_which(payment)) {
        case KESSAI_IPAY_PAYMENT_SUCCEEDED:
            show(shown, CARD_PAID, NULL); /* the webhook ships */
            break;
        case KESSAI_IPAY_PAYMENT_NEEDS_ACTION:
            show(shown, CARD_AUTHENTICATE, kessai_ipay_payment_redirect_url(payment));
            break;
        case KESSAI_IPAY_PAYMENT_FAILED:
        case KESSAI_IPAY_PAYMENT_CANCELED:
            next_attempt(order, kessai_ipay_payment_failure_code(payment), shown);
            break;
        default:
            show(shown, CARD_MOMENT, NULL);
    }
}

/* What an error comes to. Where nothing is known, the same attempt is made again later. */
static void show_error(struct card_order *order, kessai_error *error, struct card_shown *shown) {
    if (kessai_error_number(error) == KESSAI_ERROR_IPAY_CARD_DECLINED) {
        next_attempt(order, kessai_error_decline_code(error), shown);
        kessai_error_free(error);
        return;
    }
    show(shown, CARD_MOMENT, NULL);
    if (kessai_error_outcome(error) != KESSAI_OUTCOME_UNKNOWN && !kessai_error_retryable(error)) {
        show(shown, CARD_SORRY, NULL); /* wants a person: a wrong key, a wrong amount */
    }
    report(order->number, error);
}

/* Makes the payment; again and again until it is known, since its key stays the same. */
static void attempt(struct card_shop *shop, struct card_order *order, struct card_shown *shown) {
    kessai_ipay_payment *payment = NULL;
    kessai_error *error = NULL;
    kessai_text *key = NULL;
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    char metadata[100];
    snprintf(metadata, sizeof metadata, "{\"orderId\": \"%s\"}", order->number);
    kessai_ipay_call_options_set_payment_method(options, order->method);
    kessai_ipay_call_options_set_confirm(options, true);
    /* 3-D Secure may be asked for. */
    kessai_ipay_call_options_set_confirmation_token(options, true);
    kessai_ipay_call_options_set_metadata_json(options, metadata);
    if (kessai_ipay_order_key(order->number, "payment", order->attempt, &key, &error) ==
        KESSAI_OK) {
        kessai_ipay_call_options_set_idempotency_key(options, kessai_text_data(key));
        /* A day later the service has forgotten it. */
        kessai_ipay_call_options_set_first_try_at(options, order->began);
        kessai_ipay_client_create_payment(shop->client, order->yen, "JPY", options, &payment,
                                          &error);
    }
    if (error) {
        show_error(order, error, shown);
    } else {
        snprintf(order->payment_id, sizeof order->payment_id, "%s",
                 kessai_ipay_payment_id(payment));
        show_payment(order, payment, shown);
    }
    kessai_ipay_payment_free(payment);
    kessai_text_free(key);
    kessai_ipay_call_options_free(options);
}

void cards_look(struct card_shop *shop, struct card_order *order, struct card_shown *shown) {
    kessai_ipay_payment *payment = NULL;
    kessai_error *error = NULL;
    if (order->payment_id[0] == '\0') {
        if (order->method[0] != '\0') {
            attempt(shop, order, shown);
        } else if (order->declined[0] != '\0') {
            show(shown, CARD_DECLINED, order->declined);
        } else {
            show(shown, CARD_ASKED, NULL);
        }
        return;
    }
    if (kessai_ipay_client_get_payment(shop->client, order->payment_id, NULL, &payment, &error) !=
        KESSAI_OK) {
        show_error(order, error, shown);
        return;
    }
    show_payment(order, payment, shown);
    kessai_ipay_payment_free(payment);
}

/* Compares in a time that does not tell where they differ. */
static bool alike(const char *given, const char *wanted) {
    size_t i, length = strlen(wanted);
    unsigned char differ = 0;
    if (strlen(given) != length) return false;
    for (i = 0; i < length; i++) differ |= (unsigned char)(given[i] ^ wanted[i]);
    return differ == 0;
}

void cards_pay(struct card_shop *shop, struct card_order *order, const char *token,
               const char *state, struct card_shown *shown) {
    /* Not for an old page, nor another's, nor a form that is sent twice: an attempt keeps
     * the card that it began with. */
    if (alike(state, order->state) && order->method[0] == '\0') {
        kessai_ipay_payment_method *method = NULL;
        kessai_error *error = NULL;
        kessai_ipay_call_options *options = kessai_ipay_call_options_new();
        int32_t ended;
        kessai_ipay_call_options_set_token(options, token);
        ended = kessai_ipay_client_create_payment_method(shop->client, "card", options, &method,
                                                         &error);
        kessai_ipay_call_options_free(options);
        if (ended != KESSAI_OK) {
            show_error(order, error, shown);
            return;
        }
        snprintf(order->method, sizeof order->method, "%s", kessai_ipay_payment_method_id(method));
        order->began = (int64_t)time(NULL);
        kessai_ipay_payment_method_free(method);
    }
    cards_look(shop, order, shown);
}

/* Sends the goods, once. Nothing but a payment that is paid has this type. */
static void ship(struct card_order *order, const kessai_ipay_succeeded *paid) {
    const char *id = kessai_ipay_payment_id(kessai_ipay_succeeded_as_payment(paid));
    if (order->paid_by[0] == '\0') {
        snprintf(order->paid_by, sizeof order->paid_by, "%s", id);
        order->shipped++;
    } else if (strcmp(order->paid_by, id) != 0) {
        fprintf(stderr, "%s: paid twice, by %s and %s\n", order->number, order->paid_by, id);
        order->alarms++;
    }
}

/* Reads the payment that an event is about, and lets the event count once; gives the status. */
static unsigned confirm(struct card_shop *shop, struct card_order *order,
                       const kessai_ipay_event *event) {
    kessai_ipay_payment *payment = NULL;
    kessai_error *error = NULL;
    int32_t ended;
    int i;
    for (i = 0; i < shop->handled; i++) {
        if (strcmp(shop->events[i], kessai_ipay_event_key(event)) == 0) return 200;
    }
    if (shop->handled == MOST_EVENTS) return 503;
    ended = kessai_ipay_client_confirm(shop->client, event, order->number, order->yen, "JPY", NULL,
                                       &payment, &error);
    if (ended != KESSAI_OK && ended != KESSAI_ERROR_IPAY_MISMATCH) {
        return kessai_ipay_webhooks_status(report("confirm", error));
    }
    if (error) {
        /* Does not pass by itself: keep it for somebody to look at. */
        report("confirm", error);
        order->alarms++;
        shop->told = "mismatch";
    } else {
        const kessai_ipay_succeeded *paid = kessai_ipay_payment_succeeded(payment);
        if (paid) ship(order, paid);
        shop->told = paid ? "succeeded" : kessai_ipay_payment_failed(payment) ? "failed" : "other";
    }
    /* In one transaction with what it changed. */
    snprintf(shop->events[shop->handled++], sizeof shop->events[0], "%s",
             kessai_ipay_event_key(event));
    snprintf(shop->told_order, sizeof shop->told_order, "%s", order->number);
    kessai_ipay_payment_free(payment);
    return 200;
}

unsigned cards_webhook(struct card_shop *shop, const void *body, size_t length,
                       const char *signature) {
    kessai_ipay_event *event = NULL;
    kessai_error *error = NULL;
    unsigned status = 200;
    if (kessai_ipay_webhooks_verify(shop->webhooks, body, length, signature, &event, &error) !=
        KESSAI_OK) {
        return kessai_ipay_webhooks_status(report("webhook", error));
    }
    /* Refunds, disputes, customers, another shop of the account: no use for them here. */
    if (kessai_ipay_event_payment_succeeded(event) || kessai_ipay_event_payment_failed(event)) {
        const char *number = kessai_ipay_payment_order_id(kessai_ipay_event_payment(event));
        struct card_order *order = number ? cards_find(shop, number) : NULL;
        /* With more than one thread: one at a time for an order, as by a row's lock. */
        if (order) status = confirm(shop, order, event);
    }
    kessai_ipay_event_free(event);
    return status;
}
