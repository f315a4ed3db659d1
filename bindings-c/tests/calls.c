/* Every call of a client, against a sandbox. */

#include "check.h"

#include "../../examples/c-checkout/world.h"

static struct world world;
static kessai_zaif_client *client;
static kessai_error *error;

static kessai_zaif_order *order(const char *number, int64_t yen) {
    kessai_zaif_order *made = kessai_zaif_order_new();
    kessai_zaif_order_set_currency(made, "btc");
    kessai_zaif_order_set_amount_yen(made, yen);
    kessai_zaif_order_set_order_number(made, number);
    return made;
}

static kessai_zaif_invoice *create(const char *number, int64_t yen) {
    kessai_zaif_order *given = order(number, yen);
    kessai_zaif_invoice *invoice = NULL;
    CHECK_OK(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error));
    kessai_zaif_order_free(given);
    return invoice;
}

static void an_invoice_tells_everything(void) {
    kessai_zaif_order *given = order("A-1", 10800);
    kessai_zaif_invoice *invoice = NULL;
    kessai_text *text;
    int64_t yen = 0;
    kessai_zaif_order_set_item_name(given, "茶碗");
    kessai_zaif_order_set_tax(given, 981);
    kessai_zaif_order_set_buyer_id(given, "to be unset");
    kessai_zaif_order_set_buyer_id(given, NULL);
    CHECK_OK(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error));
    kessai_zaif_order_free(given);

    CHECK(strlen(kessai_zaif_invoice_invoice_id(invoice)) == 36);
    CHECK_TEXT(kessai_zaif_invoice_currency(invoice), "btc");
    CHECK_TEXT(kessai_zaif_invoice_amount(invoice), "10800");
    CHECK(kessai_zaif_invoice_amount_yen(invoice, &yen) && yen == 10800);
    CHECK(kessai_zaif_invoice_created(invoice) > 1500000000);
    CHECK(kessai_zaif_invoice_expired(invoice) > kessai_zaif_invoice_created(invoice));
    CHECK(kessai_zaif_invoice_settled(invoice) == 0);
    CHECK_TEXT(kessai_zaif_invoice_order_number(invoice), "A-1");
    CHECK_TEXT(kessai_zaif_invoice_reference_number(invoice), NULL);
    CHECK_TEXT(kessai_zaif_invoice_buyer_id(invoice), NULL);
    CHECK(HAS(kessai_zaif_invoice_bip21(invoice), kessai_zaif_invoice_coin_amount(invoice)));
    CHECK(HAS(kessai_zaif_invoice_invoice_uri(invoice), "/invoice/form/"));
    CHECK(!kessai_zaif_invoice_adopted(invoice) && !kessai_zaif_invoice_differs(invoice));
    CHECK(strlen(kessai_zaif_invoice_event_key(invoice)) == 64);

    /* A create tells no state: what is not known harms nobody. */
    CHECK_TEXT(kessai_zaif_invoice_status(invoice), NULL);
    CHECK(!kessai_zaif_invoice_is_settled(invoice));
    CHECK(!kessai_zaif_invoice_is_settled_known(invoice));
    CHECK(kessai_zaif_invoice_may_still_receive_money(invoice));
    CHECK(!kessai_zaif_invoice_may_still_receive_money_known(invoice));

    text = kessai_zaif_invoice_member_text(invoice, "orderNumber");
    CHECK_TEXT(kessai_text_data(text), "A-1");
    kessai_text_free(text);
    text = kessai_zaif_invoice_member_json(invoice, "orderNumber");
    CHECK_TEXT(kessai_text_data(text), "\"A-1\"");
    kessai_text_free(text);
    CHECK(!kessai_zaif_invoice_member_json(invoice, "futureField"));
    CHECK(HAS(kessai_zaif_invoice_raw(invoice), "\"invoiceId\""));
    CHECK(HAS(kessai_zaif_invoice_json(invoice), "\"is_settled\":null"));
    kessai_zaif_invoice_free(invoice);
}

static void what_is_wrong_is_told_by_the_call(void) {
    kessai_zaif_order *given = order("A-2", 0);
    kessai_zaif_call_options *options = kessai_zaif_call_options_new();
    kessai_zaif_invoice *invoice = NULL;
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error),
                KESSAI_ERROR_INPUT_INVALID, "amount");
    kessai_zaif_order_set_amount(given, "10.5");
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error),
                KESSAI_ERROR_INPUT_INVALID, "amount");
    kessai_zaif_order_set_amount_yen(given, -1);
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error),
                KESSAI_ERROR_INPUT_INVALID, "amount");
    kessai_zaif_order_set_amount(given, NULL);
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error),
                KESSAI_ERROR_INPUT_MISSING, "amount");
    kessai_zaif_order_set_amount_yen(given, 500);
    kessai_zaif_order_set_item_name(given, "\xff");
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error),
                KESSAI_ERROR_INPUT_INVALID, "item_name");
    kessai_zaif_order_set_item_name(given, NULL);

    /* Options of another call are refused, also where an order has the name. */
    kessai_zaif_call_options_set_currency(options, "mona");
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, options, &invoice, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "currency");
    kessai_zaif_call_options_set_currency(options, NULL);
    kessai_zaif_call_options_set_until(options, KESSAI_ZAIF_UNTIL_FINAL);
    CHECK_FAILS(kessai_zaif_client_get_invoice(client, "x", options, &invoice, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "until");
    kessai_zaif_call_options_set_until(options, NULL);
    kessai_zaif_call_options_set_timeout_ms(options, -1);
    CHECK_FAILS(kessai_zaif_client_get_invoice(client, "x", options, &invoice, &error),
                KESSAI_ERROR_INPUT_INVALID, "timeout");

    /* Where there is no place for the invoice none is made. */
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, NULL, &error),
                KESSAI_ERROR_INPUT_MISSING, "invoice");
    CHECK(!invoice);
    kessai_zaif_call_options_free(options);
    kessai_zaif_order_free(given);
}

static void what_is_cleared_is_as_new(void) {
    kessai_zaif_order *given = order("A-8", 10800);
    kessai_zaif_call_options *options = kessai_zaif_call_options_new();
    kessai_zaif_invoice *invoice = NULL;
    kessai_cancel *cancel = kessai_cancel_new();
    kessai_zaif_order_set_buyer_id(given, "of the last order");
    kessai_zaif_order_set_tax(given, -1);
    kessai_zaif_order_clear(given);
    CHECK_FAILS(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error),
                KESSAI_ERROR_INPUT_MISSING, "currency");
    kessai_zaif_order_set_currency(given, "mona");
    kessai_zaif_order_set_amount_yen(given, 500);

    kessai_cancel_request(cancel);
    kessai_zaif_call_options_set_cancel(options, cancel);
    kessai_zaif_call_options_set_until(options, "of another call");
    kessai_zaif_call_options_clear(options);
    CHECK_OK(kessai_zaif_client_create_invoice(client, given, options, &invoice, &error));
    CHECK_TEXT(kessai_zaif_invoice_order_number(invoice), NULL);
    CHECK_TEXT(kessai_zaif_invoice_buyer_id(invoice), NULL);
    kessai_zaif_invoice_free(invoice);
    kessai_cancel_free(cancel);
    kessai_zaif_call_options_free(options);
    kessai_zaif_order_free(given);
}

static void answer_with(const char *method, const char *answer) {
    char fault[1000];
    snprintf(fault, sizeof fault,
             "[{\"match\":{\"method\":\"%s\"},\"fault\":\"status\",\"status\":200,\"body\":\"%s\"}]",
             method, answer);
    free(world_ask(&world, "POST", "faults", fault));
}

/* Nothing is cut where C would see its end: what cannot be lent is NULL. */
static void a_nul_inside_is_not_the_end(void) {
    kessai_map *coins = NULL;
    size_t i, whole = 0, unnamed = 0;
    answer_with("getSupportedCurrencies",
                "{\\\"success\\\":1,\\\"return\\\":{\\\"btc\\\":\\\"Bit\\\\u0000coin\\\","
                "\\\"m\\\\u0000na\\\":\\\"Mona\\\",\\\"x\\\":\\\"X\\\"}}");
    CHECK_OK(kessai_zaif_client_get_supported_currencies(client, NULL, &coins, &error));
    CHECK(kessai_map_count(coins) == 3);
    CHECK_TEXT(kessai_map_get(coins, "x"), "X");
    CHECK_TEXT(kessai_map_get(coins, "btc"), NULL);
    CHECK_TEXT(kessai_map_get(coins, "m"), NULL);
    for (i = 0; i < 3; i++) {
        const char *name = kessai_map_name_at(coins, i), *text = kessai_map_at(coins, i);
        whole += name && text;
        if (!name) {
            CHECK_TEXT(text, "Mona");
            unnamed++;
        } else if (!text) {
            CHECK_TEXT(name, "btc");
        }
    }
    CHECK(whole == 1 && unnamed == 1);
    kessai_map_free(coins);
    free(world_ask(&world, "DELETE", "faults", ""));
}

static void an_order_is_found_again(void) {
    kessai_zaif_order *given = order("A-3", 1980);
    kessai_zaif_invoice *first = NULL, *again = NULL, *kept;
    kessai_zaif_invoices *all = NULL;
    kessai_texts *ids = NULL;
    CHECK_OK(kessai_zaif_client_ensure_invoice(client, given, NULL, &first, &error));
    CHECK_OK(kessai_zaif_client_ensure_invoice(client, given, NULL, &again, &error));
    CHECK_TEXT(kessai_zaif_invoice_invoice_id(again), kessai_zaif_invoice_invoice_id(first));
    CHECK(kessai_zaif_invoice_adopted(again));
    kessai_zaif_invoice_free(again);

    CHECK_OK(kessai_zaif_client_find_invoice_ids(client, "A-3", NULL, &ids, &error));
    CHECK(kessai_texts_count(ids) == 1);
    CHECK_TEXT(kessai_texts_at(ids, 0), kessai_zaif_invoice_invoice_id(first));
    CHECK_TEXT(kessai_texts_at(ids, 1), NULL);
    kessai_texts_free(ids);

    CHECK_OK(kessai_zaif_client_find_invoices(client, "A-3", NULL, &all, &error));
    CHECK(kessai_zaif_invoices_count(all) == 1 && !kessai_zaif_invoices_at(all, 1));
    kept = kessai_zaif_invoice_copy(kessai_zaif_invoices_at(all, 0));
    kessai_zaif_invoices_free(all);
    CHECK_TEXT(kessai_zaif_invoice_status(kept), KESSAI_ZAIF_STATUS_NEW);
    CHECK(kessai_zaif_invoice_is_settled_known(kept));

    again = NULL;
    CHECK_OK(kessai_zaif_client_cancel_invoice(client, kessai_zaif_invoice_invoice_id(kept), NULL,
                                               &again, &error));
    CHECK_TEXT(kessai_zaif_invoice_status(again), KESSAI_ZAIF_STATUS_CANCELED);
    kessai_zaif_invoice_free(kept);
    kessai_zaif_invoice_free(first);
    kessai_zaif_invoice_free(again);
    kessai_zaif_order_free(given);
}

static void a_lost_create_is_resumed(void) {
    kessai_zaif_order *given = order("A-4", 700);
    kessai_zaif_call_options *options = kessai_zaif_call_options_new();
    kessai_zaif_invoice *invoice = NULL;
    kessai_zaif_resumed *resumed = NULL;
    kessai_text *handle = NULL;
    CHECK_OK(kessai_zaif_client_resume_handle(client, given, NULL, &handle, &error));

    /* The answer is lost, and so is every way to find out. */
    free(world_ask(&world, "POST", "faults",
                   "[{\"match\":{\"method\":\"createInvoice\"},\"fault\":\"reset_after_execute\"},"
                   "{\"match\":{\"method\":\"getInvoiceIdsByOrderNumber\"},"
                   "\"fault\":\"timeout_before_execute\"}]"));
    kessai_zaif_call_options_set_timeout_ms(options, 1000);
    CHECK(kessai_zaif_client_create_invoice(client, given, options, &invoice, &error) ==
          KESSAI_ERROR_ZAIF_OUTCOME_UNKNOWN);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_UNKNOWN && !invoice);
    CHECK(!kessai_error_retryable(error));
    CHECK_TEXT(kessai_error_class(error), "OutcomeUnknownError");
    CHECK(kessai_error_resume(error) != NULL);
    CHECK(kessai_error_number(kessai_error_cause(error)) > 0);
    kessai_error_free(error);
    error = NULL;
    free(world_ask(&world, "DELETE", "faults", ""));

    CHECK_OK(kessai_zaif_client_resume(client, kessai_text_data(handle), NULL, &resumed, &error));
    CHECK(kessai_zaif_resumed_outcome(resumed) == KESSAI_OUTCOME_DONE);
    CHECK_TEXT(kessai_zaif_invoice_order_number(kessai_zaif_resumed_invoice(resumed)), "A-4");
    CHECK(kessai_zaif_resumed_others_count(resumed) == 0);
    CHECK_TEXT(kessai_zaif_resumed_others_at(resumed, 0), NULL);
    kessai_zaif_resumed_free(resumed);
    kessai_text_free(handle);
    CHECK_FAILS(kessai_zaif_client_resume(client, "no handle", NULL, &resumed, &error),
                KESSAI_ERROR_INPUT_INVALID, "handle");
    kessai_zaif_call_options_free(options);
    kessai_zaif_order_free(given);
}

static void a_payment_is_waited_for_and_confirmed(void) {
    kessai_zaif_invoice *invoice = create("A-5", 10800), *seen = NULL;
    const char *id = kessai_zaif_invoice_invoice_id(invoice);
    const char *states[] = {KESSAI_ZAIF_STATUS_NEW, KESSAI_ZAIF_STATUS_PAID};
    kessai_zaif_call_options *options = kessai_zaif_call_options_new();
    kessai_zaif_hint *hint = NULL;
    kessai_texts *reasons = NULL;
    bool follows = false, known = false;
    kessai_zaif_call_options_set_timeout_ms(options, 300);
    CHECK_FAILS(kessai_zaif_client_wait_for(client, id, options, &seen, &error),
                KESSAI_ERROR_ZAIF_STILL_WAITING, NULL);
    world_pay(&world, id);
    kessai_zaif_call_options_set_timeout_ms(options, 20000);
    kessai_zaif_call_options_set_until(options, KESSAI_ZAIF_UNTIL_MONEY_SEEN);
    CHECK_OK(kessai_zaif_client_wait_for(client, id, options, &seen, &error));
    CHECK_TEXT(kessai_zaif_invoice_status(seen), KESSAI_ZAIF_STATUS_PAID);
    CHECK(kessai_zaif_invoice_is_money_seen(seen) && !kessai_zaif_invoice_is_settled(seen));
    kessai_zaif_invoice_free(seen);
    seen = NULL;
    CHECK_FAILS(kessai_zaif_client_cancel_invoice(client, id, NULL, &seen, &error),
                KESSAI_ERROR_ZAIF_MONEY_SEEN, NULL);

    world_mine(&world, "btc", 6);
    CHECK_OK(kessai_zaif_hint_about(id, &hint, &error));
    CHECK_OK(kessai_zaif_client_confirm_yen(client, hint, "A-5", 10800, NULL, &seen, &error));
    CHECK(kessai_zaif_invoice_is_settled(seen) && kessai_zaif_invoice_is_final(seen));
    CHECK(kessai_zaif_invoice_settled(seen) > 0);
    CHECK_OK(kessai_zaif_invoice_follows(seen, KESSAI_ZAIF_STATUS_PAID, &follows, &known, &error));
    CHECK(follows && known);
    CHECK_OK(kessai_zaif_invoice_follows(seen, "frozen", &follows, NULL, &error));
    CHECK(!follows);
    CHECK_OK(kessai_zaif_invoice_reasons(seen, states, 2, &reasons, &error));
    CHECK(kessai_texts_count(reasons) == 0);
    kessai_texts_free(reasons);
    kessai_zaif_invoice_free(seen);
    seen = NULL;
    CHECK_FAILS(kessai_zaif_client_confirm(client, hint, "A-5", "10801", NULL, &seen, &error),
                KESSAI_ERROR_ZAIF_MISMATCH, "amount");
    CHECK_FAILS(kessai_zaif_client_confirm(client, NULL, "A-5", "10800", NULL, &seen, &error),
                KESSAI_ERROR_INPUT_MISSING, "hint");
    CHECK(!seen);
    kessai_zaif_hint_free(hint);
    kessai_zaif_call_options_free(options);
    kessai_zaif_invoice_free(invoice);
}

static void billing_in_coin_is_exact(void) {
    kessai_zaif_order *given = kessai_zaif_order_new();
    kessai_zaif_invoice *invoice = NULL;
    int64_t yen = 7;
    kessai_zaif_order_set_currency(given, "mona");
    kessai_zaif_order_set_billing_currency(given, "mona");
    kessai_zaif_order_set_amount(given, "500.000000");
    kessai_zaif_order_set_order_number(given, "A-6");
    CHECK_OK(kessai_zaif_client_create_invoice(client, given, NULL, &invoice, &error));
    CHECK_TEXT(kessai_zaif_invoice_amount(invoice), "500.000000");
    CHECK(!kessai_zaif_invoice_amount_yen(invoice, &yen) && yen == 7);
    CHECK_TEXT(kessai_zaif_invoice_rate(invoice), NULL);
    kessai_zaif_invoice_free(invoice);
    kessai_zaif_order_free(given);
}

static void json_in_and_out(void) {
    kessai_map *coins = NULL;
    kessai_text *json = NULL;
    CHECK_OK(kessai_zaif_client_get_supported_currencies(client, NULL, &coins, &error));
    CHECK(kessai_map_count(coins) >= 2 && kessai_map_get(coins, "btc"));
    CHECK(kessai_map_name_at(coins, 0) && kessai_map_at(coins, 0));
    CHECK(!kessai_map_at(coins, 1000) && !kessai_map_get(coins, "gold"));
    kessai_map_free(coins);

    CHECK_OK(kessai_zaif_client_call(client, "getInvoiceIdsByOrderNumber",
                                     "{\"orderNumber\":\"A-1\"}", NULL, &json, &error));
    CHECK(HAS(kessai_text_data(json), "-"));
    CHECK(kessai_text_length(json) == strlen(kessai_text_data(json)));
    kessai_text_free(json);
    json = NULL;
    CHECK_FAILS(kessai_zaif_client_call(client, "getInvoice", "[1]", NULL, &json, &error),
                KESSAI_ERROR_INPUT_INVALID, "params");

    CHECK_OK(kessai_zaif_client_call_json(
        client, "create_invoice",
        "{\"currency\":\"btc\",\"amount\":1200,\"order_number\":\"A-7\",\"timeout\":9000}", NULL,
        &json, &error));
    CHECK(HAS(kessai_text_data(json), "\"amount\":1200"));
    kessai_text_free(json);
    json = NULL;
    CHECK_OK(kessai_zaif_client_call_json(client, "get_supported_currencies", NULL, NULL, &json,
                                          &error));
    CHECK(HAS(kessai_text_data(json), "\"btc\":"));
    kessai_text_free(json);
    json = NULL;
    CHECK_FAILS(kessai_zaif_client_call_json(client, "no_such", "{}", NULL, &json, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "method");
    CHECK_FAILS(kessai_zaif_client_call_json(client, "get_invoice", "{", NULL, &json, &error),
                KESSAI_ERROR_INPUT_INVALID, "arguments");
    CHECK(!json);
}

static void an_error_tells_what_is_known(void) {
    kessai_zaif_invoice *none = NULL;
    int32_t number = kessai_zaif_client_get_invoice(client, "d7dd735c-1650", NULL, &none, &error);
    CHECK(number == KESSAI_ERROR_ZAIF_INVALID_PARAMETER && !none);
    CHECK_TEXT(kessai_error_code(error), "zaif.invalid_parameter");
    CHECK_TEXT(kessai_error_kind(error), "invalid_request");
    CHECK_TEXT(kessai_error_class(error), "InvalidRequestError");
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE);
    CHECK(kessai_error_http_status(error) == 200);
    CHECK_TEXT(kessai_error_param(error), "invoice_id");
    CHECK(kessai_error_retry_after_ms(error) == -1);
    CHECK_TEXT(kessai_error_resume(error), NULL);
    CHECK(kessai_error_invoice_ids_count(error) == 0 && !kessai_error_invoice_ids_at(error, 0));
    CHECK(kessai_error_message(error)[0] != '\0');
    CHECK(HAS(kessai_error_json(error), "\"code\":\"zaif.invalid_parameter\""));
    kessai_error_free(error);
    error = NULL;
}

int main(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    world_start(&world);
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    CHECK_OK(kessai_zaif_client_new(world.key, world.secret, options, &client, &error));
    kessai_zaif_options_free(options);
    an_invoice_tells_everything();
    what_is_wrong_is_told_by_the_call();
    what_is_cleared_is_as_new();
    a_nul_inside_is_not_the_end();
    an_order_is_found_again();
    a_lost_create_is_resumed();
    a_payment_is_waited_for_and_confirmed();
    billing_in_coin_is_exact();
    json_in_and_out();
    an_error_tells_what_is_known();
    kessai_zaif_client_free(client);
    world_stop(&world);
    puts("calls: fine");
    return 0;
}
