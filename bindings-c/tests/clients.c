/* How a client is made: options, the environment, the hook. */

#include "check.h"

#include "../../examples/c-checkout/world.h"

static struct world world;
static kessai_error *error;

static kessai_zaif_client *client_with(kessai_zaif_options *options) {
    kessai_zaif_client *made = NULL;
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    CHECK_OK(kessai_zaif_client_new(world.key, world.secret, options, &made, &error));
    kessai_zaif_options_free(options);
    return made;
}

struct told {
    int calls, requests;
    char last[64];
    long long slowest;
};

static void hook(const kessai_event *event, void *user_data) {
    struct told *told = (struct told *)user_data;
    if (strcmp(kessai_event_name(event), "call") == 0) {
        told->calls++;
        snprintf(told->last, sizeof told->last, "%s", kessai_event_method(event));
        CHECK(kessai_event_attempt(event) >= 1);
        CHECK(kessai_event_code(event) == KESSAI_OK ||
              kessai_event_outcome(event) == KESSAI_OUTCOME_NOT_DONE);
    } else if (strcmp(kessai_event_name(event), "request") == 0) {
        told->requests++;
        CHECK(kessai_event_http_status(event) == 200);
    }
    CHECK(kessai_event_duration_ms(event) >= 0 && !kessai_event_resume(event));
    CHECK(HAS(kessai_event_json(event), "\"outcome\""));
    CHECK(!HAS(kessai_event_json(event), world.secret));
}

static void the_hook_is_told(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *watched;
    kessai_texts *ids = NULL;
    struct told told;
    memset(&told, 0, sizeof told);
    kessai_zaif_options_set_on_event(options, hook, &told);
    watched = client_with(options);
    CHECK_OK(kessai_zaif_client_find_invoice_ids(watched, "A-1", NULL, &ids, &error));
    CHECK(told.calls == 1 && told.requests >= 1);
    CHECK_TEXT(told.last, "find_invoice_ids");
    kessai_texts_free(ids);
    kessai_zaif_client_free(watched);
}

static void cleared_options_are_as_new(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *plain;
    kessai_texts *ids = NULL;
    struct told told;
    memset(&told, 0, sizeof told);
    kessai_zaif_options_set_on_event(options, hook, &told);
    kessai_zaif_options_set_timeout_ms(options, 0);
    kessai_zaif_options_set_window(options, -1);
    kessai_zaif_options_clear(options);
    plain = client_with(options);
    CHECK_OK(kessai_zaif_client_find_invoice_ids(plain, "A-1", NULL, &ids, &error));
    CHECK(told.calls == 0 && told.requests == 0);
    kessai_texts_free(ids);
    kessai_zaif_client_free(plain);
}

static void options_are_checked(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *none = NULL;
    kessai_text *json = NULL;
    kessai_zaif_options_set_timeout_ms(options, 0);
    CHECK_FAILS(kessai_zaif_client_new("k", "s", options, &none, &error),
                KESSAI_ERROR_INPUT_INVALID, "timeout");
    kessai_zaif_options_set_timeout_ms(options, 5000);
    kessai_zaif_options_set_nonces(options, "dice");
    CHECK_FAILS(kessai_zaif_client_new("k", "s", options, &none, &error),
                KESSAI_ERROR_INPUT_INVALID, "nonces");
    kessai_zaif_options_set_nonces(options, NULL);
    kessai_zaif_options_set_window(options, -1);
    CHECK_FAILS(kessai_zaif_client_new("k", "s", options, &none, &error),
                KESSAI_ERROR_INPUT_INVALID, "window");
    kessai_zaif_options_set_window(options, 2);
    CHECK_FAILS(kessai_zaif_client_new(NULL, "s", options, &none, &error),
                KESSAI_ERROR_INPUT_MISSING, "key");
    CHECK(!none);
    CHECK(kessai_zaif_client_new("k", "s", options, NULL, NULL) == KESSAI_ERROR_INPUT_MISSING);
    kessai_zaif_options_set_trust_clock(options, true);
    kessai_zaif_options_set_max_retries(options, 3);
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    CHECK_OK(kessai_zaif_client_new("unknown", "s", options, &none, &error));
    kessai_zaif_options_free(options);
    CHECK_FAILS(kessai_zaif_client_get_info(none, NULL, &json, &error),
                KESSAI_ERROR_ZAIF_UNKNOWN_KEY, NULL);
    kessai_zaif_client_free(none);
}

static void the_environment_makes_a_client(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *made = NULL;
    kessai_texts *ids = NULL;
    CHECK_FAILS(kessai_zaif_client_from_env(NULL, &made, &error), KESSAI_ERROR_INPUT_MISSING,
                "ZAIF_API_KEY");
    setenv("ZAIF_API_KEY", world.key, 1);
    setenv("ZAIF_API_SECRET", world.secret, 1);
    setenv("ZAIF_ENDPOINT", "http://127.0.0.1:1/", 1);
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    CHECK_OK(kessai_zaif_client_from_env(options, &made, &error));
    kessai_zaif_options_free(options);
    CHECK_OK(kessai_zaif_client_find_invoice_ids(made, "none", NULL, &ids, &error));
    CHECK(kessai_texts_count(ids) == 0);
    kessai_texts_free(ids);
    kessai_zaif_client_free(made);
}

static void what_was_given_outlives_the_client(void) {
    kessai_zaif_client *brief = client_with(kessai_zaif_options_new());
    kessai_zaif_order *order = kessai_zaif_order_new();
    kessai_zaif_invoice *invoice = NULL;
    kessai_zaif_order_set_currency(order, "btc");
    kessai_zaif_order_set_amount_yen(order, 300);
    kessai_zaif_order_set_order_number(order, "C-1");
    CHECK_OK(kessai_zaif_client_create_invoice(brief, order, NULL, &invoice, &error));
    kessai_zaif_client_free(brief);
    kessai_zaif_order_free(order);
    CHECK_TEXT(kessai_zaif_invoice_order_number(invoice), "C-1");
    kessai_zaif_invoice_free(invoice);
}

int main(void) {
    world_start(&world);
    the_hook_is_told();
    cleared_options_are_as_new();
    options_are_checked();
    what_was_given_outlives_the_client();
    the_environment_makes_a_client();
    world_stop(&world);
    puts("clients: fine");
    return 0;
}
