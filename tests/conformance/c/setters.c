#include "setters.h"

#include <string.h>

/* A table of setters by type, and what finds one. Spans are seconds in the data. */
#define SETTERS(T, table)                                                                \
    struct T##_setter {                                                                  \
        const char *name;                                                                \
        void (*text)(T *, const char *);                                                 \
        void (*whole)(T *, int64_t);                                                     \
        void (*span)(T *, int64_t);                                                      \
        void (*flag)(T *, bool);                                                         \
    };                                                                                   \
    static bool set_##T(const struct T##_setter *setter, T *target, const char *name,    \
                        const json_t *value) {                                           \
        while (setter->name && strcmp(setter->name, name) != 0) {                        \
            setter++;                                                                    \
        }                                                                                \
        if (setter->text && json_is_string(value)) {                                     \
            setter->text(target, json_string_value(value));                              \
        } else if (setter->whole && json_is_integer(value)) {                            \
            setter->whole(target, json_integer_value(value));                            \
        } else if (setter->span && json_is_integer(value)) {                             \
            setter->span(target, json_integer_value(value) * 1000);                      \
        } else if (setter->flag && json_is_boolean(value)) {                             \
            setter->flag(target, json_is_true(value));                                   \
        } else {                                                                         \
            return false;                                                                \
        }                                                                                \
        return true;                                                                     \
    }                                                                                    \
    static const struct T##_setter table[]

SETTERS(kessai_zaif_options, OPTIONS) = {
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

SETTERS(kessai_zaif_order, ORDER) = {
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

SETTERS(kessai_zaif_call_options, CALL_OPTIONS) = {
    {"timeout", .span = kessai_zaif_call_options_set_timeout_ms},
    {"min_left", .span = kessai_zaif_call_options_set_min_left_ms},
    {"even_if_money_seen", .flag = kessai_zaif_call_options_set_even_if_money_seen},
    {"currency", .text = kessai_zaif_call_options_set_currency},
    {"billing_currency", .text = kessai_zaif_call_options_set_billing_currency},
    {"until", .text = kessai_zaif_call_options_set_until},
    {.name = NULL},
};

bool set_option(kessai_zaif_options *options, const char *name, const json_t *value) {
    return set_kessai_zaif_options(OPTIONS, options, name, value);
}

bool set_order(kessai_zaif_order *order, const char *name, const json_t *value) {
    return set_kessai_zaif_order(ORDER, order, name, value);
}

bool set_call_option(kessai_zaif_call_options *options, const char *name, const json_t *value) {
    return set_kessai_zaif_call_options(CALL_OPTIONS, options, name, value);
}
