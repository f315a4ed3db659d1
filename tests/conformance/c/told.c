#include "told.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void differences(const json_t *expected, const json_t *told, const char *where, FILE *out) {
    size_t length = json_array_size(expected);
    if (json_is_array(expected) && json_is_array(told) && json_array_size(told) == length) {
        for (size_t i = 0; i < length; i++) {
            char place[64];
            snprintf(place, sizeof place, "%s[%zu]", where, i);
            differences(json_array_get(expected, i), json_array_get(told, i), place, out);
        }
        return;
    }
    if (!json_is_object(expected) || !json_is_object(told)) {
        if (!json_equal(expected, told)) {
            char *wanted = json_dumps(expected, JSON_ENCODE_ANY);
            char *is = json_dumps(told, JSON_ENCODE_ANY);
            fprintf(out, "%s is %s, not %s; ", where, is, wanted);
            free(wanted);
            free(is);
        }
        return;
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)expected, name, value) {
        const json_t *here = json_object_get(told, name);
        if (here) {
            differences(value, here, name, out);
        } else {
            fprintf(out, "nothing is told of %s; ", name);
        }
    }
}

char *compare(const json_t *expected, const json_t *told) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    differences(expected, told, "it", out);
    fclose(out);
    if (length == 0) {
        free(text);
        return NULL;
    }
    return text;
}

json_t *told_text(const char *text) {
    return text ? json_string(text) : json_null();
}

json_t *told_texts(const kessai_texts *texts) {
    json_t *all = json_array();
    for (size_t i = 0; i < kessai_texts_count(texts); i++) {
        json_array_append_new(all, told_text(kessai_texts_at(texts, i)));
    }
    return all;
}

json_t *told_map(const kessai_map *map) {
    json_t *all = json_object();
    for (size_t i = 0; i < kessai_map_count(map); i++) {
        const char *name = kessai_map_name_at(map, i);
        json_object_set_new(all, name, told_text(kessai_map_get(map, name)));
    }
    return all;
}

json_t *told_json(const char *text) {
    return text ? json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL) : json_null();
}

json_t *told_time(int64_t time) {
    return time == 0 ? json_null() : json_integer(time);
}

json_t *told_whole(int64_t whole) {
    return json_sprintf("%" PRId64, whole);
}

json_t *told_answer(bool yes, bool known) {
    return known ? json_boolean(yes) : json_null();
}

void tell(json_t *told, const char *name, json_t *value) {
    json_object_set_new(told, name, value);
}

static const char *outcome(kessai_outcome outcome) {
    switch (outcome) {
    case KESSAI_OUTCOME_NOT_DONE:
        return "not_done";
    case KESSAI_OUTCOME_DONE:
        return "done";
    default:
        return "unknown";
    }
}

json_t *told_resumed(const kessai_zaif_resumed *resumed) {
    const char *word = outcome(kessai_zaif_resumed_outcome(resumed));
    const kessai_zaif_invoice *invoice = kessai_zaif_resumed_invoice(resumed);
    if (!invoice) {
        return json_pack("{s:s}", "outcome", word);
    }
    json_t *others = json_array();
    for (size_t i = 0; i < kessai_zaif_resumed_others_count(resumed); i++) {
        json_array_append_new(others, told_text(kessai_zaif_resumed_others_at(resumed, i)));
    }
    const char *id = kessai_zaif_invoice_invoice_id(invoice);
    return json_pack("{s:s, s:s, s:o}", "outcome", word, "invoice_id", id, "others", others);
}

json_t *told_notice(const kessai_zaif_notice *notice) {
    return json_pack("{s:s, s:s, s:I}", "order_number", kessai_zaif_notice_order_number(notice),
                     "hint", kessai_zaif_hint_text(kessai_zaif_notice_hint(notice)),
                     "secret_index", (json_int_t)kessai_zaif_notice_secret_index(notice));
}

json_t *told_payment_uri(const kessai_zaif_payment_uri *uri) {
    json_t *told = json_object(), *parameters = json_array();
#define PART(name) tell(told, #name, told_text(kessai_zaif_payment_uri_##name(uri)))
    PART(text);
    PART(scheme);
    PART(currency);
    PART(address);
    PART(amount);
    PART(label);
    PART(message);
    for (size_t i = 0; i < kessai_zaif_payment_uri_parameters_count(uri); i++) {
        const char *name = kessai_zaif_payment_uri_parameters_name_at(uri, i);
        const char *value = kessai_zaif_payment_uri_parameters_at(uri, i);
        json_array_append_new(parameters, json_pack("[s, s]", name, value));
    }
    tell(told, "parameters", parameters);
    return told;
}

json_t *told_qr(const kessai_qr *code) {
    size_t size = kessai_qr_size(code);
    json_t *rows = json_array();
    for (size_t y = 0; y < size; y++) {
        char row[200] = {0};
        for (size_t x = 0; x < size; x++) {
            row[x] = kessai_qr_module(code, x, y) ? '#' : '.';
        }
        json_array_append_new(rows, json_string(row));
    }
    return json_pack("{s:I, s:o}", "size", (json_int_t)size, "rows", rows);
}

json_t *told_error(const kessai_error *error) {
    json_t *told = json_object(), *ids = json_array();
    int64_t wait = kessai_error_retry_after_ms(error);
    uint16_t status = kessai_error_http_status(error);
    for (size_t i = 0; i < kessai_error_invoice_ids_count(error); i++) {
        json_array_append_new(ids, told_text(kessai_error_invoice_ids_at(error, i)));
    }
#define FACT(name) tell(told, #name, told_text(kessai_error_##name(error)))
    FACT(class);
    FACT(kind);
    FACT(code);
    FACT(message);
    FACT(param);
    FACT(request_id);
    FACT(decline_code);
    FACT(payment_id);
    FACT(service_code);
    FACT(idempotency_key);
    tell(told, "outcome", json_string(outcome(kessai_error_outcome(error))));
    tell(told, "retryable", json_boolean(kessai_error_retryable(error)));
    tell(told, "http_status", status ? json_integer(status) : json_null());
    tell(told, "retry_after", wait < 0 ? json_null() : json_integer(wait / 1000));
    tell(told, "resume", json_boolean(kessai_error_resume(error) != NULL));
    tell(told, "invoice_ids", ids);
    tell(told, "cause", told_text(kessai_error_code(kessai_error_cause(error))));
    return told;
}

json_t *told_event(const kessai_event *event) {
    json_t *told = json_object();
    int32_t code = kessai_event_code(event);
    uint16_t status = kessai_event_http_status(event);
    bool times = kessai_event_local_time(event) && kessai_event_server_time(event);
    tell(told, "name", told_text(kessai_event_name(event)));
    tell(told, "method", told_text(kessai_event_method(event)));
    tell(told, "attempt", json_integer(kessai_event_attempt(event)));
    tell(told, "outcome", json_string(outcome(kessai_event_outcome(event))));
    tell(told, "code", code == KESSAI_OK ? json_null() : told_text(kessai_code_name(code)));
    tell(told, "http_status", status ? json_integer(status) : json_null());
    tell(told, "request_id", told_text(kessai_event_request_id(event)));
    tell(told, "resume", json_boolean(kessai_event_resume(event) != NULL));
    tell(told, "times", json_boolean(times));
    return told;
}
