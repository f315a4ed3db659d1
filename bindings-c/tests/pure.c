/* What needs no service: texts, hints, webhooks, links, QR codes, stored
 * invoices, and freeing in any order. */

#include "check.h"

static kessai_error *error;

static const char STORED[] =
    "{\"raw\":\"{\\\"invoiceId\\\":\\\"a-1\\\",\\\"created\\\":1434696690,"
    "\\\"expired\\\":1434698490,\\\"amount\\\":10800,\\\"currency\\\":\\\"btc\\\","
    "\\\"rate\\\":\\\"30012\\\",\\\"btc\\\":\\\"0.359856\\\",\\\"address\\\":\\\"1abc\\\","
    "\\\"status\\\":\\\"frozen\\\",\\\"buyerId\\\":\\\"a\\\\u0000b\\\","
    "\\\"referenceNumber\\\":\\\"\\\\u304a\\\",\\\"future\\\":{\\\"kept\\\":[1.10,null]}}\","
    "\"invoice_iframe_uri\":\"https://zaif.jp/x?a=1&b=2\"}";

static kessai_zaif_invoice *stored(void) {
    kessai_zaif_invoice *invoice = NULL;
    CHECK_OK(kessai_zaif_invoice_restore(STORED, &invoice, &error));
    return invoice;
}

static void the_version_is_one(void) {
    char parts[64];
    CHECK_TEXT(kessai_version(), KESSAI_VERSION);
    snprintf(parts, sizeof parts, "%d.%d.%d", KESSAI_VERSION_MAJOR, KESSAI_VERSION_MINOR,
             KESSAI_VERSION_PATCH);
    CHECK_TEXT(parts, KESSAI_VERSION);
    CHECK_TEXT(kessai_code_name(KESSAI_OK), "ok");
    CHECK_TEXT(kessai_code_name(KESSAI_ERROR_ZAIF_NONCE_STUCK), "zaif.nonce_stuck");
    CHECK_TEXT(kessai_code_name(KESSAI_ERROR_INTERNAL_DEFECT), "internal.defect");
    CHECK_TEXT(kessai_code_name(-1), NULL);
}

static void an_unknown_state_settles_nothing(void) {
    kessai_zaif_invoice *invoice = stored();
    CHECK_TEXT(kessai_zaif_invoice_status(invoice), "frozen");
    CHECK(!kessai_zaif_invoice_is_settled(invoice));
    CHECK(!kessai_zaif_invoice_is_settled_known(invoice));
    CHECK(!kessai_zaif_invoice_is_money_seen(invoice));
    CHECK(!kessai_zaif_invoice_is_final(invoice));
    CHECK(kessai_zaif_invoice_may_still_receive_money(invoice));
    CHECK_TEXT(kessai_zaif_invoice_coin_amount(invoice), "0.359856");
    kessai_zaif_invoice_free(invoice);
}

static void a_nul_inside_a_text_is_not_hidden(void) {
    kessai_zaif_invoice *invoice = stored();
    kessai_text *text;
    CHECK_TEXT(kessai_zaif_invoice_buyer_id(invoice), NULL);
    CHECK(HAS(kessai_zaif_invoice_raw(invoice), "a\\u0000b"));
    text = kessai_zaif_invoice_member_text(invoice, "buyerId");
    CHECK(kessai_text_length(text) == 3);
    CHECK(memcmp(kessai_text_data(text), "a\0b", 4) == 0);
    kessai_text_free(text);
    kessai_zaif_invoice_free(invoice);
}

static void members_that_nobody_knows_are_kept(void) {
    kessai_zaif_invoice *invoice = stored();
    kessai_text *text = kessai_zaif_invoice_member_json(invoice, "future");
    CHECK_TEXT(kessai_text_data(text), "{\"kept\":[1.10,null]}");
    kessai_text_free(text);
    CHECK(!kessai_zaif_invoice_member_text(invoice, "future"));
    CHECK(!kessai_zaif_invoice_member_json(invoice, "\xff"));
    text = kessai_zaif_invoice_member_text(invoice, "referenceNumber");
    CHECK_TEXT(kessai_text_data(text), "お");
    kessai_text_free(text);
    kessai_zaif_invoice_free(invoice);
}

static void an_invoice_comes_back_from_a_store(void) {
    kessai_zaif_invoice *invoice = stored(), *back = NULL, *copy;
    kessai_text *text = NULL;
    CHECK_OK(kessai_zaif_invoice_store(invoice, &text, &error));
    CHECK_OK(kessai_zaif_invoice_restore(kessai_text_data(text), &back, &error));
    CHECK_TEXT(kessai_zaif_invoice_json(back), kessai_zaif_invoice_json(invoice));
    CHECK_TEXT(kessai_zaif_invoice_event_key(back), kessai_zaif_invoice_event_key(invoice));
    /* A copy does not rest on what it was copied from. */
    copy = kessai_zaif_invoice_copy(back);
    kessai_zaif_invoice_free(back);
    CHECK_TEXT(kessai_zaif_invoice_address(copy), "1abc");
    kessai_zaif_invoice_free(copy);
    kessai_text_free(text);
    back = NULL;
    CHECK_FAILS(kessai_zaif_invoice_restore("{}", &back, &error), KESSAI_ERROR_INPUT_INVALID,
                "stored");
    CHECK(!back);
    text = NULL;
    CHECK_OK(kessai_zaif_invoice_iframe_html(invoice, &text, &error));
    CHECK(HAS(kessai_text_data(text), "src=\"https://zaif.jp/x?a=1&amp;b=2\""));
    kessai_text_free(text);
    kessai_zaif_invoice_free(invoice);
}

static void reasons_are_words(void) {
    const char *seen[] = {KESSAI_ZAIF_STATUS_PAID};
    kessai_zaif_invoice *invoice = stored();
    kessai_texts *reasons = NULL;
    bool answer = true, known = true;
    CHECK_OK(kessai_zaif_invoice_reasons(invoice, seen, 1, &reasons, &error));
    CHECK(kessai_texts_count(reasons) == 0);
    kessai_texts_free(reasons);
    reasons = NULL;
    CHECK_OK(kessai_zaif_invoice_reasons(invoice, NULL, 0, &reasons, &error));
    kessai_texts_free(reasons);
    CHECK_FAILS(kessai_zaif_invoice_reasons(invoice, NULL, 1, &reasons, &error),
                KESSAI_ERROR_INPUT_MISSING, "seen");
    seen[0] = NULL;
    CHECK_FAILS(kessai_zaif_invoice_reasons(invoice, seen, 1, &reasons, &error),
                KESSAI_ERROR_INPUT_MISSING, "seen");
    CHECK_OK(kessai_zaif_invoice_follows(invoice, "new", &answer, &known, &error));
    CHECK(!answer && !known);
    answer = true;
    CHECK_FAILS(kessai_zaif_invoice_follows(invoice, NULL, &answer, NULL, &error),
                KESSAI_ERROR_INPUT_MISSING, "earlier");
    CHECK(answer);
    kessai_zaif_invoice_free(invoice);
}

/* As of a Content-Length that was -1, or of a sum that ran over. */
static void what_no_memory_holds_is_not_looked_at(void) {
    const char *words[] = {"a word of 16 letters"};
    const size_t over = SIZE_MAX / 2 + 1, pointers = SIZE_MAX / 2 / sizeof *words + 1;
    kessai_zaif_invoice *invoice = stored();
    kessai_zaif_hint *hint = NULL;
    kessai_zaif_webhooks *webhooks = NULL;
    kessai_zaif_notice *notice = NULL;
    kessai_texts *reasons = NULL;
    CHECK_FAILS(kessai_zaif_hint_parse("{}", (size_t)-1, &hint, &error),
                KESSAI_ERROR_INPUT_INVALID, "length");
    CHECK_FAILS(kessai_zaif_hint_parse("{}", over, &hint, &error), KESSAI_ERROR_INPUT_INVALID,
                "length");
    CHECK_FAILS(kessai_zaif_webhooks_new("https://shop.example/hooks", words, pointers, &webhooks,
                                         &error),
                KESSAI_ERROR_INPUT_INVALID, "secrets_count");
    CHECK_FAILS(kessai_zaif_invoice_reasons(invoice, words, (size_t)-1, &reasons, &error),
                KESSAI_ERROR_INPUT_INVALID, "seen_count");
    CHECK_OK(kessai_zaif_webhooks_new("https://shop.example/hooks", words, 1, &webhooks, &error));
    CHECK_FAILS(kessai_zaif_webhooks_receive(webhooks, "/hooks/x", "{}", (size_t)-1, &notice,
                                             &error),
                KESSAI_ERROR_INPUT_INVALID, "length");
    CHECK(!hint && !notice && !reasons);
    kessai_zaif_webhooks_free(webhooks);
    kessai_zaif_invoice_free(invoice);
}

static void webhooks_let_in_what_has_a_token(void) {
    const char *secrets[] = {"sandbox-webhook-secret-new", "sandbox-webhook-secret-old"};
    const char body[] = "{\"invoiceId\":\"d7dd735c-1650\"}";
    kessai_zaif_webhooks *webhooks = NULL, *older = NULL;
    kessai_zaif_notice *notice = NULL;
    kessai_text *address = NULL, *masked = NULL;
    int i;
    CHECK_OK(kessai_zaif_webhooks_new("https://shop.example/hooks", secrets, 2, &webhooks, &error));
    CHECK_OK(kessai_zaif_webhooks_new("https://shop.example/hooks", secrets + 1, 1, &older, &error));
    CHECK_OK(kessai_zaif_webhooks_address(older, "A-1", &address, &error));
    kessai_zaif_webhooks_free(older);
    CHECK_OK(kessai_zaif_webhooks_receive(webhooks, kessai_text_data(address), body, strlen(body),
                                          &notice, &error));
    CHECK_TEXT(kessai_zaif_notice_order_number(notice), "A-1");
    CHECK(kessai_zaif_notice_secret_index(notice) == 1);
    CHECK_TEXT(kessai_zaif_hint_invoice_id(kessai_zaif_notice_hint(notice)), "d7dd735c-1650");
    CHECK_TEXT(kessai_zaif_hint_order_number(kessai_zaif_notice_hint(notice)), NULL);
    CHECK_TEXT(kessai_zaif_hint_text(kessai_zaif_notice_hint(notice)), "invoice:d7dd735c-1650");
    kessai_zaif_notice_free(notice);
    notice = NULL;

    /* A notification by GET has no body. */
    CHECK_OK(kessai_zaif_webhooks_receive(webhooks, kessai_text_data(address), NULL, 0, &notice,
                                          &error));
    CHECK_TEXT(kessai_zaif_hint_order_number(kessai_zaif_notice_hint(notice)), "A-1");
    kessai_zaif_notice_free(notice);
    notice = NULL;

    CHECK_FAILS(kessai_zaif_webhooks_receive(webhooks, "/hooks/A-1/x", body, strlen(body), &notice,
                                             &error),
                KESSAI_ERROR_ZAIF_BAD_TOKEN, NULL);
    CHECK_FAILS(kessai_zaif_webhooks_receive(webhooks, kessai_text_data(address), "{", 1, &notice,
                                             &error),
                KESSAI_ERROR_ZAIF_BAD_NOTIFICATION, NULL);
    CHECK_FAILS(kessai_zaif_webhooks_receive(webhooks, kessai_text_data(address), NULL, 1, &notice,
                                             &error),
                KESSAI_ERROR_INPUT_MISSING, "body");
    for (i = 2; i < 10; i++) {
        CHECK_OK(kessai_zaif_webhooks_receive(webhooks, kessai_text_data(address), NULL, 0,
                                              &notice, &error));
        kessai_zaif_notice_free(notice);
        notice = NULL;
    }
    CHECK_FAILS(kessai_zaif_webhooks_receive(webhooks, kessai_text_data(address), NULL, 0, &notice,
                                             &error),
                KESSAI_ERROR_ZAIF_TOO_MANY_NOTIFICATIONS, NULL);
    CHECK(!notice);

    CHECK_OK(kessai_zaif_webhooks_mask(kessai_text_data(address), &masked, &error));
    CHECK_TEXT(kessai_text_data(masked), "https://shop.example/hooks/A-1/***");
    kessai_text_free(masked);
    kessai_text_free(address);
    kessai_zaif_webhooks_free(webhooks);
    webhooks = NULL;

    CHECK(kessai_zaif_webhooks_status(KESSAI_OK) == 200);
    CHECK(kessai_zaif_webhooks_status(KESSAI_ERROR_ZAIF_BAD_TOKEN) == 404);
    CHECK(kessai_zaif_webhooks_status(KESSAI_ERROR_ZAIF_BAD_NOTIFICATION) == 400);
    CHECK(kessai_zaif_webhooks_status(KESSAI_ERROR_TRANSPORT_TIMEOUT) == 503);
    CHECK(kessai_zaif_webhooks_status(12345) == 503);

    CHECK_FAILS(kessai_zaif_webhooks_new("https://shop.example", NULL, 0, &webhooks, &error),
                KESSAI_ERROR_INPUT_INVALID, "secrets");
    CHECK_FAILS(kessai_zaif_webhooks_new("ftp://shop.example", secrets, 2, &webhooks, &error),
                KESSAI_ERROR_INPUT_INVALID, "base");
    CHECK_FAILS(kessai_zaif_webhooks_new_with_limits("https://shop.example", secrets, 2, 0, 120,
                                                     &webhooks, &error),
                KESSAI_ERROR_INPUT_INVALID, "per_order");
    CHECK_OK(kessai_zaif_webhooks_new_with_limits("https://shop.example", secrets, 2, 1, 120,
                                                  &webhooks, &error));
    kessai_zaif_webhooks_free(webhooks);
}

static void hints_come_from_anywhere(void) {
    const char form[] = "invoiceId=a-1&settled=1";
    kessai_zaif_hint *hint = NULL, *again = NULL;
    CHECK_OK(kessai_zaif_hint_parse(form, strlen(form), &hint, &error));
    CHECK_OK(kessai_zaif_hint_from_text(kessai_zaif_hint_text(hint), &again, &error));
    kessai_zaif_hint_free(hint);
    CHECK_TEXT(kessai_zaif_hint_invoice_id(again), "a-1");
    kessai_zaif_hint_free(again);
    hint = NULL;
    CHECK_OK(kessai_zaif_hint_about_order("A-1", &hint, &error));
    CHECK_TEXT(kessai_zaif_hint_order_number(hint), "A-1");
    kessai_zaif_hint_free(hint);
    hint = NULL;
    CHECK_FAILS(kessai_zaif_hint_from_text("?", &hint, &error), KESSAI_ERROR_INPUT_INVALID, "hint");
    CHECK_FAILS(kessai_zaif_hint_parse("\xff", 1, &hint, &error),
                KESSAI_ERROR_ZAIF_BAD_NOTIFICATION, NULL);
    CHECK(!hint);
}

static void links_are_exact(void) {
    kessai_zaif_payment_uri *uri = NULL, *copy;
    kessai_zaif_invoice *invoice = stored();
    CHECK_OK(kessai_zaif_payment_uri_for_invoice(invoice, &uri, &error));
    CHECK_TEXT(kessai_zaif_payment_uri_text(uri), "bitcoin:1abc?amount=0.359856");
    kessai_zaif_invoice_free(invoice);
    kessai_zaif_payment_uri_free(uri);
    uri = NULL;

    CHECK_OK(kessai_zaif_payment_uri_new("mona", "M1", &uri, &error));
    CHECK_TEXT(kessai_zaif_payment_uri_amount(uri), NULL);
    CHECK_OK(kessai_zaif_payment_uri_set_amount(uri, "500.000000", &error));
    CHECK_OK(kessai_zaif_payment_uri_set_label(uri, "A & B", &error));
    CHECK_OK(kessai_zaif_payment_uri_set_message(uri, "お茶", &error));
    CHECK_OK(kessai_zaif_payment_uri_add_parameter(uri, "order", "A-1", &error));
    CHECK_FAILS(kessai_zaif_payment_uri_add_parameter(uri, "req-x", "1", &error),
                KESSAI_ERROR_INPUT_INVALID, "req-x");
    CHECK_FAILS(kessai_zaif_payment_uri_set_amount(uri, "1e3", &error), KESSAI_ERROR_INPUT_INVALID,
                "amount");
    copy = kessai_zaif_payment_uri_copy(uri);
    kessai_zaif_payment_uri_free(uri);
    CHECK_TEXT(kessai_zaif_payment_uri_text(copy),
               "monacoin:M1?amount=500.000000&label=A%20%26%20B&message=%E3%81%8A%E8%8C%B6&"
               "order=A-1");
    CHECK_TEXT(kessai_zaif_payment_uri_scheme(copy), "monacoin");
    CHECK_TEXT(kessai_zaif_payment_uri_currency(copy), "mona");
    CHECK_TEXT(kessai_zaif_payment_uri_address(copy), "M1");
    CHECK_TEXT(kessai_zaif_payment_uri_amount(copy), "500.000000");
    CHECK_TEXT(kessai_zaif_payment_uri_label(copy), "A & B");
    CHECK_TEXT(kessai_zaif_payment_uri_message(copy), "お茶");
    CHECK(kessai_zaif_payment_uri_parameters_count(copy) == 1);
    CHECK_TEXT(kessai_zaif_payment_uri_parameters_name_at(copy, 0), "order");
    CHECK_TEXT(kessai_zaif_payment_uri_parameters_at(copy, 0), "A-1");
    CHECK_TEXT(kessai_zaif_payment_uri_parameters_at(copy, 1), NULL);
    kessai_zaif_payment_uri_free(copy);
    uri = NULL;
    CHECK_FAILS(kessai_zaif_payment_uri_parse("javascript:alert(1)", &uri, &error),
                KESSAI_ERROR_INPUT_INVALID, "scheme");
    CHECK_FAILS(kessai_zaif_payment_uri_new("btc", NULL, &uri, &error), KESSAI_ERROR_INPUT_MISSING,
                "address");
    CHECK_OK(kessai_zaif_payment_uri_parse("bitcoin:1abc?somethingelse=50", &uri, &error));
    kessai_zaif_payment_uri_free(uri);
}

static void codes_are_drawn(void) {
    kessai_qr *qr = NULL;
    kessai_text *text = NULL;
    CHECK_OK(kessai_qr_new("bitcoin:1abc?amount=0.359856", &qr, &error));
    CHECK(kessai_qr_size(qr) >= 21);
    CHECK(kessai_qr_module(qr, 0, 0) && kessai_qr_module(qr, 6, 6) && !kessai_qr_module(qr, 7, 7));
    CHECK(!kessai_qr_module(qr, kessai_qr_size(qr), 0));
    CHECK_OK(kessai_qr_svg(qr, "<pay>", &text, &error));
    CHECK(HAS(kessai_text_data(text), "aria-label=\"&lt;pay&gt;\""));
    kessai_text_free(text);
    text = NULL;
    CHECK_OK(kessai_qr_svg(qr, NULL, &text, &error));
    kessai_text_free(text);
    text = NULL;
    CHECK_OK(kessai_qr_terminal(qr, &text, &error));
    kessai_text_free(text);
    kessai_qr_free(qr);
    qr = NULL;
    CHECK_FAILS(kessai_qr_new("", &qr, &error), KESSAI_ERROR_INPUT_INVALID, "text");
    CHECK_FAILS(kessai_qr_new("\xc3", &qr, &error), KESSAI_ERROR_INPUT_INVALID, "text");
    CHECK(!qr);
}

/* What was handed in may be freed before it is used, and in any order. */
static void handles_do_not_rest_on_one_another(void) {
    kessai_cancel *cancel = kessai_cancel_new();
    kessai_zaif_call_options *call = kessai_zaif_call_options_new();
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *client = NULL;
    kessai_zaif_invoice *none = NULL;
    kessai_zaif_call_options_set_cancel(call, cancel);
    CHECK(!kessai_cancel_requested(cancel));
    kessai_cancel_request(cancel);
    CHECK(kessai_cancel_requested(cancel));
    kessai_cancel_free(cancel);
    kessai_zaif_options_set_endpoint(options, "http://127.0.0.1:1/");
    CHECK_OK(kessai_zaif_client_new("k", "s", options, &client, &error));
    kessai_zaif_options_free(options);
    CHECK_FAILS(kessai_zaif_client_get_invoice(client, "a-1", call, &none, &error),
                KESSAI_ERROR_TRANSPORT_INTERRUPTED, NULL);
    kessai_zaif_client_free(client);
    kessai_zaif_call_options_free(call);
}

int main(void) {
    the_version_is_one();
    an_unknown_state_settles_nothing();
    a_nul_inside_a_text_is_not_hidden();
    members_that_nobody_knows_are_kept();
    an_invoice_comes_back_from_a_store();
    reasons_are_words();
    what_no_memory_holds_is_not_looked_at();
    webhooks_let_in_what_has_a_token();
    hints_come_from_anywhere();
    links_are_exact();
    codes_are_drawn();
    handles_do_not_rest_on_one_another();
    puts("pure: fine");
    return 0;
}
