/* iPay at the real sandbox: tokens, payments and what they come to, declines, refunds,
 * lists, webhooks, and what is refused by name. */

#include "shop.h"

static kessai_error *error;
static struct shop shop;

static int32_t pay(const char *number, int64_t amount, kessai_ipay_payment **payment) {
    return shop_pay(&shop, shop.client, number, "A-1001", amount, payment, &error);
}

/* Only what is paid can be shipped: nothing else has this type. */
static int64_t ship(const kessai_ipay_succeeded *paid) {
    return kessai_ipay_payment_amount(kessai_ipay_succeeded_as_payment(paid));
}

static void it_is_paid(void) {
    kessai_ipay_payment *payment = NULL, *again = NULL;
    kessai_ipay_refund *refund = NULL;
    kessai_text *stored = NULL;
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    int64_t refunded = -1;
    CHECK_OK(pay(PAYS, 2999, &payment));
    CHECK(kessai_ipay_payment_which(payment) == KESSAI_IPAY_PAYMENT_SUCCEEDED);
    CHECK(kessai_ipay_payment_succeeded(payment) && !kessai_ipay_payment_needs_action(payment));
    CHECK(ship(kessai_ipay_payment_succeeded(payment)) == 2999);
    CHECK_TEXT(kessai_ipay_payment_status(payment), KESSAI_IPAY_PAYMENT_STATUS_SUCCEEDED);
    CHECK_TEXT(kessai_ipay_payment_order_id(payment), "A-1001");
    CHECK_TEXT(kessai_ipay_payment_metadata(payment, "tier"), "3");
    CHECK_TEXT(kessai_ipay_payment_metadata(payment, "none"), NULL);
    CHECK(HAS(kessai_ipay_payment_metadata_json(payment), "\"orderId\":\"A-1001\""));
    CHECK_OK(kessai_ipay_payment_store(payment, &stored, &error));
    CHECK_OK(kessai_ipay_payment_restore(kessai_text_data(stored), &again, &error));
    CHECK_TEXT(kessai_ipay_payment_id(again), kessai_ipay_payment_id(payment));
    kessai_ipay_payment_free(again);
    kessai_text_free(stored);
    kessai_ipay_call_options_set_amount(options, 999);
    kessai_ipay_call_options_set_idempotency_key(options, "refund-1");
    CHECK_OK(kessai_ipay_client_create_refund(shop.client, kessai_ipay_payment_id(payment), options,
                                              &refund, &error));
    CHECK(kessai_ipay_refund_amount(refund) == 999);
    CHECK_OK(kessai_ipay_client_get_payment(shop.client, kessai_ipay_payment_id(payment), NULL, &again,
                                            &error));
    CHECK(kessai_ipay_payment_amount_refunded(again, &refunded) && refunded == 999);
    kessai_ipay_payment_free(again);
    /* What a call does not take it refuses by name. */
    CHECK_FAILS(kessai_ipay_client_get_payment(shop.client, "pay_1", options, &again, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "amount");
    kessai_ipay_call_options_free(options);
    kessai_ipay_refund_free(refund);
    kessai_ipay_payment_free(payment);
}

static void the_customer_is_asked(void) {
    kessai_ipay_payment *payment = NULL;
    const kessai_ipay_needs_action *action;
    CHECK_OK(pay(ASKS, 2999, &payment));
    switch (kessai_ipay_payment_which(payment)) {
    case KESSAI_IPAY_PAYMENT_NEEDS_ACTION:
        break;
    default:
        CHECK(!"it needs no action");
    }
    action = kessai_ipay_payment_needs_action(payment);
    CHECK(action && !kessai_ipay_payment_succeeded(payment));
    CHECK(strlen(kessai_ipay_needs_action_client_secret(action)) > 0);
    CHECK(HAS(kessai_ipay_needs_action_next_action_json(action), "redirect_to_url"));
    CHECK(HAS(kessai_ipay_payment_redirect_url(payment), "/ipay/authenticate/"));
    CHECK(kessai_ipay_needs_action_as_payment(action) == payment);
    kessai_ipay_payment_free(payment);
}

static void it_is_declined(void) {
    kessai_ipay_payment *payment = NULL;
    CHECK(pay(DECLINED, 2999, &payment) != KESSAI_OK && !payment);
    CHECK_TEXT(kessai_error_kind(error), "card");
    CHECK_TEXT(kessai_code_kind(kessai_error_number(error)), "card");
    CHECK(kessai_error_decline_code(error) && kessai_error_payment_id(error));
    CHECK_TEXT(kessai_error_service_code(error), "card_declined");
    CHECK(kessai_error_idempotency_key(error));
    CHECK(!HAS(kessai_error_json(error), DECLINED));
    kessai_error_free(error);
    error = NULL;
}

static void pages_follow_each_other(void) {
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    kessai_ipay_payments *payments = NULL;
    kessai_text *json = NULL;
    size_t all = 0;
    bool more = true;
    kessai_ipay_call_options_set_limit(options, 1);
    while (more) {
        CHECK_OK(kessai_ipay_client_list_payments(shop.client, options, &payments, &error));
        all += kessai_ipay_payments_count(payments);
        CHECK(!kessai_ipay_payments_at(payments, kessai_ipay_payments_count(payments)));
        more = kessai_ipay_payments_next(payments) != NULL;
        kessai_ipay_call_options_set_starting_after(options, kessai_ipay_payments_next(payments));
        kessai_ipay_payments_free(payments);
    }
    CHECK(all == 3);
    CHECK_OK(kessai_ipay_client_call_json(shop.client, "list_payments", "{\"limit\":2}", NULL, &json,
                                          &error));
    CHECK(HAS(kessai_text_data(json), "\"next\":\"pay_"));
    kessai_text_free(json);
    kessai_ipay_call_options_free(options);
}

static void webhooks(void) {
    const char *const secrets[] = {"whsec_new", "whsec_old"};
    const char body[] = "{\"id\":\"evt_1\",\"type\":\"payment.succeeded\",\"data\":{\"id\":"
                        "\"pay_1\",\"status\":\"succeeded\",\"amount\":2999,\"currency\":\"JPY\"}}";
    kessai_ipay_webhooks *hooks = NULL;
    kessai_ipay_event *event = NULL;
    kessai_text *signature = NULL;
    size_t length = strlen(body);
    CHECK_OK(kessai_ipay_webhooks_new(secrets, 2, &hooks, &error));
    CHECK_OK(kessai_ipay_sign(body, length, "whsec_old", &signature, &error));
    CHECK(kessai_text_length(signature) == 64);
    CHECK_OK(kessai_ipay_webhooks_verify(hooks, body, length, kessai_text_data(signature), &event,
                                         &error));
    CHECK(kessai_ipay_event_which(event) == KESSAI_IPAY_EVENT_PAYMENT_SUCCEEDED);
    CHECK(kessai_ipay_event_secret_index(event) == 1);
    CHECK_TEXT(kessai_ipay_event_key(event), "evt_1");
    CHECK(kessai_ipay_payment_amount(kessai_ipay_payment_succeeded_event_payment(
              kessai_ipay_event_payment_succeeded(event))) == 2999);
    CHECK(!kessai_ipay_event_unknown_event(event) && !kessai_ipay_event_customer(event));
    kessai_ipay_event_free(event);
    event = NULL;
    CHECK(kessai_ipay_webhooks_verify(hooks, body, length, NULL, &event, NULL) ==
          KESSAI_ERROR_IPAY_BAD_SIGNATURE);
    CHECK(kessai_ipay_webhooks_verify(hooks, body, length, "\xff", &event, NULL) ==
          KESSAI_ERROR_IPAY_BAD_SIGNATURE);
    CHECK(kessai_ipay_webhooks_status(KESSAI_ERROR_IPAY_BAD_SIGNATURE) == 401);
    CHECK(kessai_ipay_webhooks_status(KESSAI_OK) == 200);
    kessai_text_free(signature);
    kessai_ipay_webhooks_free(hooks);
}

static void a_card_is_told(void) {
    kessai_ipay_payment_method *method = shop_method(&shop, PAYS, NULL);
    const kessai_ipay_card *card = kessai_ipay_payment_method_card(method);
    CHECK_TEXT(kessai_ipay_card_last4(card), "4242");
    CHECK(kessai_ipay_card_exp_month(card) == 12 && kessai_ipay_card_exp_year(card) == 2040);
    kessai_ipay_payment_method_free(method);
}

static void keys_and_units(void) {
    kessai_text *text = NULL;
    int64_t minor = 0;
    CHECK_OK(kessai_minor_units("29.99", "USD", &minor, &error));
    CHECK(minor == 2999);
    CHECK_OK(kessai_currency_exponent("KWD", &minor, &error));
    CHECK(minor == 3);
    CHECK_FAILS(kessai_currency_exponent("EURO", &minor, &error), KESSAI_ERROR_INPUT_INVALID,
                "currency");
    CHECK_FAILS(kessai_minor_units("29.9", "JPY", &minor, &error), KESSAI_ERROR_INPUT_INVALID,
                "amount");
    CHECK_OK(kessai_major_units(2999, "USD", &text, &error));
    CHECK_TEXT(kessai_text_data(text), "29.99");
    kessai_text_free(text);
    CHECK_OK(kessai_ipay_order_key("A-1001", "payment", 1, &text, &error));
    CHECK(kessai_text_length(text) > 0);
    kessai_text_free(text);
    CHECK_FAILS(kessai_ipay_order_key("A-1001", "payment", -1, &text, &error),
                KESSAI_ERROR_INPUT_INVALID, "attempt");
}

static void a_call_is_ended_before_it_is_sent(void) {
    kessai_ipay_call_options *ending = kessai_ipay_call_options_new();
    kessai_cancel *cancel = kessai_cancel_new();
    kessai_ipay_account *account = NULL;
    kessai_cancel_request(cancel);
    kessai_ipay_call_options_set_cancel(ending, cancel);
    CHECK(kessai_ipay_client_get_account(shop.client, ending, &account, NULL) ==
          KESSAI_ERROR_TRANSPORT_INTERRUPTED);
    kessai_cancel_free(cancel);
    kessai_ipay_call_options_free(ending);
}

int main(void) {
    shop_open(&shop);
    it_is_paid();
    the_customer_is_asked();
    it_is_declined();
    pages_follow_each_other();
    a_card_is_told();
    keys_and_units();
    a_call_is_ended_before_it_is_sent();
    webhooks();
    shop_close(&shop);
    puts("ipay: fine");
    return 0;
}
