/* iPay at the real sandbox: tokens, payments and what they come to, declines, refunds,
 * lists, webhooks, and what is refused by name. */

#include "../../examples/c-checkout/world.h"
#include "check.h"

/* The sandbox's cards: one that pays, one whose bank asks its owner, one that does not. */
#define PAYS "4242424242424242"
#define ASKS "4000002500003155"
#define DECLINED "4000000000000002"

static kessai_error *error;
static kessai_ipay_client *client;
static kessai_ipay_publishable_client *page;

/* A member of the iPay half of what the sandbox tells. */
static void member(const char *json, const char *name, char *to, size_t size) {
    char wanted[64];
    const char *from = strstr(json, "\"ipay\":");
    size_t length;
    CHECK(from);
    snprintf(wanted, sizeof wanted, "\"%s\":\"", name);
    from = strstr(from, wanted);
    CHECK(from);
    from += strlen(wanted);
    length = strcspn(from, "\"");
    CHECK(length < size);
    memcpy(to, from, length);
    to[length] = '\0';
}

static kessai_ipay_payment_method *method_of(const char *number) {
    kessai_ipay_token *token = NULL;
    kessai_ipay_payment_method *method = NULL;
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    CHECK_OK(kessai_ipay_publishable_client_create_token(page, number, 12, 2040, "123", NULL,
                                                         &token, &error));
    kessai_ipay_call_options_set_token(options, kessai_ipay_token_id(token));
    CHECK_OK(kessai_ipay_client_create_payment_method(client, "card", options, &method, &error));
    CHECK(strlen(kessai_ipay_card_last4(kessai_ipay_payment_method_card(method))) == 4);
    CHECK(kessai_ipay_card_exp_month(kessai_ipay_payment_method_card(method)) == 12);
    kessai_ipay_call_options_free(options);
    kessai_ipay_token_free(token);
    return method;
}

static int32_t pay(const char *number, int64_t amount, kessai_ipay_payment **payment) {
    kessai_ipay_payment_method *method = method_of(number);
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    int32_t ended;
    kessai_ipay_call_options_set_payment_method(options, kessai_ipay_payment_method_id(method));
    kessai_ipay_call_options_set_confirm(options, true);
    kessai_ipay_call_options_set_confirmation_token(options, true);
    kessai_ipay_call_options_set_metadata_json(options, "{\"orderId\":\"A-1001\",\"tier\":\"3\"}");
    ended = kessai_ipay_client_create_payment(client, amount, "JPY", options, payment, &error);
    kessai_ipay_call_options_free(options);
    kessai_ipay_payment_method_free(method);
    return ended;
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
    CHECK_OK(kessai_ipay_client_create_refund(client, kessai_ipay_payment_id(payment), options,
                                              &refund, &error));
    CHECK(kessai_ipay_refund_amount(refund) == 999);
    CHECK_OK(kessai_ipay_client_get_payment(client, kessai_ipay_payment_id(payment), NULL, &again,
                                            &error));
    CHECK(kessai_ipay_payment_amount_refunded(again, &refunded) && refunded == 999);
    kessai_ipay_payment_free(again);
    /* What a call does not take it refuses by name. */
    CHECK_FAILS(kessai_ipay_client_get_payment(client, "pay_1", options, &again, &error),
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
        CHECK_OK(kessai_ipay_client_list_payments(client, options, &payments, &error));
        all += kessai_ipay_payments_count(payments);
        CHECK(!kessai_ipay_payments_at(payments, kessai_ipay_payments_count(payments)));
        more = kessai_ipay_payments_next(payments) != NULL;
        kessai_ipay_call_options_set_starting_after(options, kessai_ipay_payments_next(payments));
        kessai_ipay_payments_free(payments);
    }
    CHECK(all == 3);
    CHECK_OK(kessai_ipay_client_call_json(client, "list_payments", "{\"limit\":2}", NULL, &json,
                                          &error));
    CHECK(HAS(kessai_text_data(json), "\"next\":\"pay_"));
    kessai_text_free(json);
    kessai_ipay_call_options_free(options);
}

static uint32_t seed = 1;

static uint32_t chance(uint32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static void webhooks(long mutations) {
    const char *const secrets[] = {"whsec_new", "whsec_old"};
    const char body[] = "{\"id\":\"evt_1\",\"type\":\"payment.succeeded\",\"data\":{\"id\":"
                        "\"pay_1\",\"status\":\"succeeded\",\"amount\":2999,\"currency\":\"JPY\"}}";
    kessai_ipay_webhooks *hooks = NULL;
    kessai_ipay_event *event = NULL;
    kessai_text *signature = NULL;
    size_t length = strlen(body);
    char mutated[sizeof body], signed_with[65];
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
    for (long i = 0; i < mutations; i++) {
        size_t given = length;
        memcpy(mutated, body, sizeof body);
        memcpy(signed_with, kessai_text_data(signature), 65);
        switch (chance(4)) {
        case 0:
            mutated[chance((uint32_t)length)] ^= (char)(1 + chance(127));
            break;
        case 1:
            given = chance((uint32_t)length);
            break;
        case 2: { /* Another digit, never the same one in the other case. */
            char *digit = &signed_with[chance(64)], other = "0123456789abcdef"[chance(16)];
            *digit = *digit == other ? (other == '0' ? '1' : '0') : other;
            break;
        }
        default:
            signed_with[chance(64)] = '\0';
        }
        CHECK(kessai_ipay_webhooks_verify(hooks, mutated, given, signed_with, &event, NULL) ==
              KESSAI_ERROR_IPAY_BAD_SIGNATURE);
        CHECK(!event);
    }
    kessai_text_free(signature);
    kessai_ipay_webhooks_free(hooks);
}

static void keys_and_units(void) {
    kessai_text *text = NULL;
    int64_t minor = 0;
    CHECK_OK(kessai_minor_units("29.99", "USD", &minor, &error));
    CHECK(minor == 2999);
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

static const char *no_token(void *asked) {
    ++*(int *)asked;
    return NULL;
}

static void tokens_and_ends(const char *base) {
    kessai_ipay_options *options = kessai_ipay_options_new();
    kessai_ipay_call_options *ending = kessai_ipay_call_options_new();
    kessai_cancel *cancel = kessai_cancel_new();
    kessai_ipay_client *other = NULL;
    kessai_ipay_publishable_client *wrong = NULL;
    kessai_ipay_account *account = NULL;
    int asked = 0;
    kessai_ipay_options_set_base_url(options, base);
    kessai_ipay_options_set_token_source(options, no_token, &asked);
    CHECK_FAILS(kessai_ipay_publishable_client_new("pk_test_1", options, &wrong, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "token_source");
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &other, &error));
    CHECK(kessai_ipay_client_get_account(other, NULL, &account, &error) != KESSAI_OK && asked > 0);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE);
    kessai_error_free(error);
    error = NULL;
    kessai_cancel_request(cancel);
    kessai_ipay_call_options_set_cancel(ending, cancel);
    CHECK(kessai_ipay_client_get_account(client, ending, &account, NULL) ==
          KESSAI_ERROR_TRANSPORT_INTERRUPTED);
    kessai_cancel_free(cancel);
    kessai_ipay_call_options_free(ending);
    kessai_ipay_client_free(other);
    kessai_ipay_options_free(options);
}

/* How many webhooks are mutated may be told: fewer under a slow watcher. */
int main(int count, char **arguments) {
    struct world world;
    char base[128], key[128], secret[128], publishable[128], *told;
    kessai_ipay_options *options = kessai_ipay_options_new();
    world_start(&world);
    told = world_ask(&world, "POST", "reset", "{\"seed\":7}");
    member(told, "base_url", base, sizeof base);
    member(told, "key", key, sizeof key);
    member(told, "secret", secret, sizeof secret);
    member(told, "publishable_key", publishable, sizeof publishable);
    free(told);
    kessai_ipay_options_set_base_url(options, base);
    CHECK_OK(kessai_ipay_client_new(key, secret, options, &client, &error));
    CHECK_OK(kessai_ipay_publishable_client_new(publishable, options, &page, &error));
    it_is_paid();
    the_customer_is_asked();
    it_is_declined();
    pages_follow_each_other();
    keys_and_units();
    tokens_and_ends(base);
    webhooks(count > 1 ? atol(arguments[1]) : 10000);
    kessai_ipay_publishable_client_free(page);
    kessai_ipay_client_free(client);
    kessai_ipay_options_free(options);
    world_stop(&world);
    puts("ipay: fine");
    return 0;
}
