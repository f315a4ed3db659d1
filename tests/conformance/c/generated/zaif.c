/* The clients of one service, row by row.
 * Generated from the core's tables by `make generate`: do not edit. */

#include "../classes.h"
#include "../told.h"

SETTERS(zaif_options) = {
    {"endpoint", .text = kessai_zaif_options_set_endpoint},
    {"form_base", .text = kessai_zaif_options_set_form_base},
    {"credentials_in", .text = kessai_zaif_options_set_credentials_in},
    {"digest", .text = kessai_zaif_options_set_digest},
    {"nonces", .text = kessai_zaif_options_set_nonces},
    {"timeout", .span = kessai_zaif_options_set_timeout_ms},
    {"settle", .span = kessai_zaif_options_set_settle_ms},
    {"on_rejection", .text = kessai_zaif_options_set_on_rejection},
    {"max_retries", .whole = kessai_zaif_options_set_max_retries},
    {"window", .whole = kessai_zaif_options_set_window},
    {"proxy", .text = kessai_zaif_options_set_proxy},
    {"ca_file", .text = kessai_zaif_options_set_ca_file},
    {"trust_clock", .flag = kessai_zaif_options_set_trust_clock},
    {"allow_any_order_number", .flag = kessai_zaif_options_set_allow_any_order_number},
    {.name = NULL},
};

SET(zaif_options)

SETTERS(zaif_order) = {
    {"currency", .text = kessai_zaif_order_set_currency},
    {"amount", .text = kessai_zaif_order_set_amount, .whole = kessai_zaif_order_set_amount_yen},
    {"billing_currency", .text = kessai_zaif_order_set_billing_currency},
    {"order_number", .text = kessai_zaif_order_set_order_number},
    {"reference_number", .text = kessai_zaif_order_set_reference_number},
    {"item_name", .text = kessai_zaif_order_set_item_name},
    {"merchant_name", .text = kessai_zaif_order_set_merchant_name},
    {"webhook_url", .text = kessai_zaif_order_set_webhook_url},
    {"notification_uri", .text = kessai_zaif_order_set_notification_uri},
    {"notification_method", .text = kessai_zaif_order_set_notification_method},
    {"redirect_uri", .text = kessai_zaif_order_set_redirect_uri},
    {"sub_total", .whole = kessai_zaif_order_set_sub_total},
    {"tax", .whole = kessai_zaif_order_set_tax},
    {"regular_price", .whole = kessai_zaif_order_set_regular_price},
    {"discount", .whole = kessai_zaif_order_set_discount},
    {"speed", .text = kessai_zaif_order_set_speed},
    {"buyer_id", .text = kessai_zaif_order_set_buyer_id},
    {"buyer_name", .text = kessai_zaif_order_set_buyer_name},
    {"buyer_kana", .text = kessai_zaif_order_set_buyer_kana},
    {"buyer_zip", .text = kessai_zaif_order_set_buyer_zip},
    {"buyer_addr1", .text = kessai_zaif_order_set_buyer_addr1},
    {"buyer_addr2", .text = kessai_zaif_order_set_buyer_addr2},
    {"buyer_addr3", .text = kessai_zaif_order_set_buyer_addr3},
    {"buyer_phone", .text = kessai_zaif_order_set_buyer_phone},
    {"buyer_cellphone", .text = kessai_zaif_order_set_buyer_cellphone},
    {"buyer_email", .text = kessai_zaif_order_set_buyer_email},
    {.name = NULL},
};

SET(zaif_order)

SETTERS(zaif_call_options) = {
    {"timeout", .span = kessai_zaif_call_options_set_timeout_ms},
    {"min_left", .span = kessai_zaif_call_options_set_min_left_ms},
    {"even_if_money_seen", .flag = kessai_zaif_call_options_set_even_if_money_seen},
    {"currency", .text = kessai_zaif_call_options_set_currency},
    {"billing_currency", .text = kessai_zaif_call_options_set_billing_currency},
    {"until", .text = kessai_zaif_call_options_set_until},
    {.name = NULL},
};

SET(zaif_call_options)

static json_t *told_zaif_invoice(const kessai_zaif_invoice *of) {
    if (!of) {
        return json_null();
    }
    json_t *told = json_object();
    tell(told, "invoice_id", told_text(kessai_zaif_invoice_invoice_id(of)));
    tell(told, "created", told_time(kessai_zaif_invoice_created(of)));
    tell(told, "expired", told_time(kessai_zaif_invoice_expired(of)));
    tell(told, "status", told_text(kessai_zaif_invoice_status(of)));
    tell(told, "settled", told_time(kessai_zaif_invoice_settled(of)));
    tell(told, "amount", told_text(kessai_zaif_invoice_amount(of)));
    tell(told, "currency", told_text(kessai_zaif_invoice_currency(of)));
    tell(told, "rate", told_text(kessai_zaif_invoice_rate(of)));
    tell(told, "address", told_text(kessai_zaif_invoice_address(of)));
    tell(told, "bip21", told_text(kessai_zaif_invoice_bip21(of)));
    tell(told, "speed", told_text(kessai_zaif_invoice_speed(of)));
    tell(told, "order_number", told_text(kessai_zaif_invoice_order_number(of)));
    tell(told, "reference_number", told_text(kessai_zaif_invoice_reference_number(of)));
    tell(told, "buyer_id", told_text(kessai_zaif_invoice_buyer_id(of)));
    tell(told, "invoice_uri", told_text(kessai_zaif_invoice_invoice_uri(of)));
    tell(told, "invoice_iframe_uri", told_text(kessai_zaif_invoice_invoice_iframe_uri(of)));
    tell(told, "coin_amount", told_text(kessai_zaif_invoice_coin_amount(of)));
    tell(told, "adopted", json_boolean(kessai_zaif_invoice_adopted(of)));
    tell(told, "differs", json_boolean(kessai_zaif_invoice_differs(of)));
    tell(told, "is_settled", told_answer(kessai_zaif_invoice_is_settled(of),
        kessai_zaif_invoice_is_settled_known(of)));
    tell(told, "is_money_seen", told_answer(kessai_zaif_invoice_is_money_seen(of),
        kessai_zaif_invoice_is_money_seen_known(of)));
    tell(told, "is_final", told_answer(kessai_zaif_invoice_is_final(of),
        kessai_zaif_invoice_is_final_known(of)));
    tell(told, "may_still_receive_money", told_answer(kessai_zaif_invoice_may_still_receive_money(of),
        kessai_zaif_invoice_may_still_receive_money_known(of)));
    tell(told, "raw", told_text(kessai_zaif_invoice_raw(of)));
    return told;
}

MODEL(zaif_invoice)

static int32_t zaif_client_create_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number =
        kessai_zaif_client_create_invoice(
            call->client,
            call->order,
            call->options,
            &invoice,
            call->error);
    give_model(call, &zaif_invoice, invoice);
    return number;
}

static int32_t zaif_client_ensure_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number =
        kessai_zaif_client_ensure_invoice(
            call->client,
            call->order,
            call->options,
            &invoice,
            call->error);
    give_model(call, &zaif_invoice, invoice);
    return number;
}

static int32_t zaif_client_resume_handle(call *call) {
    kessai_text *given = NULL;
    int32_t number =
        kessai_zaif_client_resume_handle(
            call->client,
            call->order,
            call->options,
            &given,
            call->error);
    give_text(call, given);
    return number;
}

static int32_t zaif_client_resume(call *call) {
    kessai_zaif_resumed *given = NULL;
    int32_t number =
        kessai_zaif_client_resume(
            call->client,
            text(call, "handle"),
            call->options,
            &given,
            call->error);
    give_resumed(call, given);
    return number;
}

static int32_t zaif_client_get_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number =
        kessai_zaif_client_get_invoice(
            call->client,
            text(call, "invoice_id"),
            call->options,
            &invoice,
            call->error);
    give_model(call, &zaif_invoice, invoice);
    return number;
}

static int32_t zaif_client_find_invoice_ids(call *call) {
    kessai_texts *given = NULL;
    int32_t number =
        kessai_zaif_client_find_invoice_ids(
            call->client,
            text(call, "order_number"),
            call->options,
            &given,
            call->error);
    give_texts(call, given);
    return number;
}

static int32_t zaif_client_find_invoices(call *call) {
    kessai_zaif_invoices *all = NULL;
    int32_t number =
        kessai_zaif_client_find_invoices(
            call->client,
            text(call, "order_number"),
            call->options,
            &all,
            call->error);
    begin_walk(call);
    for (size_t i = 0; i < kessai_zaif_invoices_count(all); i++) {
        walk(call, told_zaif_invoice(kessai_zaif_invoices_at(all, i)));
    }
    kessai_zaif_invoices_free(all);
    return number;
}

static int32_t zaif_client_cancel_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number =
        kessai_zaif_client_cancel_invoice(
            call->client,
            text(call, "invoice_id"),
            call->options,
            &invoice,
            call->error);
    give_model(call, &zaif_invoice, invoice);
    return number;
}

static int32_t zaif_client_confirm(call *call) {
    int32_t refused = read_hint(call, "hint");
    if (refused != KESSAI_OK) {
        return refused;
    }
    kessai_zaif_invoice *invoice = NULL;
    int32_t number =
        is_whole(call, "amount")
            ? kessai_zaif_client_confirm_yen(
            call->client,
            call->hint,
            text(call, "order_number"),
            whole(call, "amount"),
            call->options,
            &invoice,
            call->error)
            : kessai_zaif_client_confirm(
            call->client,
            call->hint,
            text(call, "order_number"),
            text(call, "amount"),
            call->options,
            &invoice,
            call->error);
    give_model(call, &zaif_invoice, invoice);
    return number;
}

static int32_t zaif_client_wait_for(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number =
        kessai_zaif_client_wait_for(
            call->client,
            text(call, "invoice_id"),
            call->options,
            &invoice,
            call->error);
    give_model(call, &zaif_invoice, invoice);
    return number;
}

static int32_t zaif_client_get_info(call *call) {
    kessai_text *given = NULL;
    int32_t number =
        kessai_zaif_client_get_info(
            call->client,
            call->options,
            &given,
            call->error);
    give_json(call, given);
    return number;
}

static int32_t zaif_client_get_supported_currencies(call *call) {
    kessai_map *given = NULL;
    int32_t number =
        kessai_zaif_client_get_supported_currencies(
            call->client,
            call->options,
            &given,
            call->error);
    give_map(call, given);
    return number;
}

static int32_t zaif_client_call(call *call) {
    kessai_text *given = NULL;
    int32_t number =
        kessai_zaif_client_call(
            call->client,
            text(call, "method"),
            json(call, "params"),
            call->options,
            &given,
            call->error);
    give_json(call, given);
    return number;
}

static const row ZAIF_CLIENT[] = {
    {"create_invoice", zaif_client_create_invoice, "", WITH_ORDER},
    {"ensure_invoice", zaif_client_ensure_invoice, "", WITH_ORDER},
    {"resume_handle", zaif_client_resume_handle, "", WITH_ORDER},
    {"resume", zaif_client_resume, " handle", WITH_OPTIONS},
    {"get_invoice", zaif_client_get_invoice, " invoice_id", WITH_OPTIONS},
    {"find_invoice_ids", zaif_client_find_invoice_ids, " order_number", WITH_OPTIONS},
    {"find_invoices", zaif_client_find_invoices, " order_number", WITH_OPTIONS},
    {"cancel_invoice", zaif_client_cancel_invoice, " invoice_id", WITH_OPTIONS},
    {"confirm", zaif_client_confirm, " hint order_number amount", WITH_OPTIONS},
    {"wait_for", zaif_client_wait_for, " invoice_id", WITH_OPTIONS},
    {"get_info", zaif_client_get_info, "", WITH_OPTIONS},
    {"get_supported_currencies", zaif_client_get_supported_currencies, "", WITH_OPTIONS},
    {"call", zaif_client_call, " method params", WITH_OPTIONS},
    {NULL, NULL, NULL, ALONE},
};

static int32_t build_zaif_client(const caller *caller, const json_t *given,
    void **client, kessai_error **error, char **why) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *made = NULL;
    kessai_zaif_options_set_on_event(options, hear, caller->events);
    set_each(set_zaif_options, options, given, " key secret", why);
    int32_t number = kessai_zaif_client_new(
        given_text(given, "key"), given_text(given, "secret"), options, &made, error);
    kessai_zaif_options_free(options);
    *client = made;
    return number;
}

CLASS(zaif_client, zaif, ZAIF_CLIENT)
