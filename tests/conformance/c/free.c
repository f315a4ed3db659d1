/* What needs no client: hints, links, codes, webhooks, and what an invoice can be
 * asked. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "classes.h"
#include "told.h"

static const kessai_zaif_invoice *invoice(const call *call) {
    return call->of && call->of->class == &zaif_invoice ? call->of->model : NULL;
}

static int32_t client(call *call) {
    void *client = NULL;
    int32_t number = build(call->caller, call->given, &client, call->error, &call->why);
    give(call, told_text("a client"));
    call->caller->class->free(client);
    return number;
}

/* A notification's body: text, or bytes in hex where it is none. New. */
static char *body(call *call, size_t *length) {
    const char *hex = text(call, "hex");
    if (!hex) {
        const json_t *given = json_object_get(call->given, "body");
        char *body = malloc(json_string_length(given) + 1);
        *length = json_string_length(given);
        memcpy(body, json_string_value(given), *length);
        return body;
    }
    *length = strlen(hex) / 2;
    char *bytes = malloc(*length + 1);
    for (size_t i = 0; i < *length; i++) {
        unsigned byte = 0;
        sscanf(hex + 2 * i, "%2x", &byte);
        bytes[i] = (char)byte;
    }
    return bytes;
}

static void give_hint(call *call, kessai_zaif_hint *hint) {
    if (hint) {
        give(call, told_text(kessai_zaif_hint_text(hint)));
    }
    kessai_zaif_hint_free(hint);
}

static int32_t hint_parse(call *call) {
    kessai_zaif_hint *hint = NULL;
    size_t length;
    char *bytes = body(call, &length);
    int32_t number = kessai_zaif_hint_parse(bytes, length, &hint, call->error);
    free(bytes);
    give_hint(call, hint);
    return number;
}

static int32_t hint_about(call *call) {
    kessai_zaif_hint *hint = NULL;
    int32_t number = kessai_zaif_hint_about(text(call, "invoice_id"), &hint, call->error);
    give_hint(call, hint);
    return number;
}

static int32_t hint_about_order(call *call) {
    kessai_zaif_hint *hint = NULL;
    int32_t number = kessai_zaif_hint_about_order(text(call, "order_number"), &hint, call->error);
    give_hint(call, hint);
    return number;
}

static int32_t hint_read(call *call) {
    kessai_zaif_hint *hint = NULL;
    int32_t number = kessai_zaif_hint_from_text(text(call, "text"), &hint, call->error);
    give_hint(call, hint);
    return number;
}

static void give_payment_uri(call *call, kessai_zaif_payment_uri *uri, int32_t number) {
    if (uri && number == KESSAI_OK) {
        give(call, told_payment_uri(uri));
    }
    kessai_zaif_payment_uri_free(uri);
}

static int32_t payment_uri_parse(call *call) {
    kessai_zaif_payment_uri *uri = NULL;
    int32_t number = kessai_zaif_payment_uri_parse(text(call, "uri"), &uri, call->error);
    give_payment_uri(call, uri, number);
    return number;
}

static int32_t payment_uri_make(call *call) {
    kessai_zaif_payment_uri *uri = NULL;
    kessai_error **error = call->error;
    const char *amount = text(call, "amount"), *label = text(call, "label");
    const char *message = text(call, "message");
    const json_t *parameters = json_object_get(call->given, "parameters");
    int32_t number = kessai_zaif_payment_uri_new(text(call, "currency"), text(call, "address"),
                                                 &uri, error);
    if (number == KESSAI_OK && amount) {
        number = kessai_zaif_payment_uri_set_amount(uri, amount, error);
    }
    if (number == KESSAI_OK && label) {
        number = kessai_zaif_payment_uri_set_label(uri, label, error);
    }
    if (number == KESSAI_OK && message) {
        number = kessai_zaif_payment_uri_set_message(uri, message, error);
    }
    for (size_t i = 0; number == KESSAI_OK && i < json_array_size(parameters); i++) {
        const json_t *pair = json_array_get(parameters, i);
        number = kessai_zaif_payment_uri_add_parameter(
            uri, json_string_value(json_array_get(pair, 0)),
            json_string_value(json_array_get(pair, 1)), error);
    }
    give_payment_uri(call, uri, number);
    return number;
}

static int32_t payment_uri_for_invoice(call *call) {
    kessai_zaif_payment_uri *uri = NULL;
    int32_t number = kessai_zaif_payment_uri_for_invoice(invoice(call), &uri, call->error);
    give_payment_uri(call, uri, number);
    return number;
}

static int32_t qr(call *call) {
    kessai_qr *code = NULL;
    int32_t number = kessai_qr_new(text(call, "text"), &code, call->error);
    if (code) {
        give(call, told_qr(code));
        call->out->code = code;
    }
    return number;
}

static int32_t svg(call *call) {
    kessai_text *svg = NULL;
    int32_t number = kessai_qr_svg(call->of->code, text(call, "label"), &svg, call->error);
    give_text(call, svg);
    return number;
}

static int32_t webhooks(call *call) {
    kessai_zaif_webhooks *webhooks = NULL;
    texts secrets = several(json_object_get(call->given, "secrets"));
    const json_t *order = json_object_get(call->given, "per_order");
    const json_t *process = json_object_get(call->given, "per_process");
    const char *base = text(call, "base");
    /* What stands where nothing is said is what the header says. */
    int32_t number =
        order || process
            ? kessai_zaif_webhooks_new_with_limits(
                  base, secrets.each, secrets.count, order ? json_integer_value(order) : 10,
                  process ? json_integer_value(process) : 120, &webhooks, call->error)
            : kessai_zaif_webhooks_new(base, secrets.each, secrets.count, &webhooks, call->error);
    free(secrets.each);
    if (webhooks) {
        give(call, told_text("webhooks"));
        call->out->webhooks = webhooks;
    }
    return number;
}

static int32_t webhooks_address(call *call) {
    kessai_text *address = NULL;
    int32_t number = kessai_zaif_webhooks_address(call->of->webhooks, text(call, "order_number"),
                                                  &address, call->error);
    give_text(call, address);
    return number;
}

static int32_t webhooks_receive(call *call) {
    kessai_zaif_notice *notice = NULL;
    size_t length;
    char *bytes = body(call, &length);
    int32_t number = kessai_zaif_webhooks_receive(call->of->webhooks, text(call, "path"), bytes,
                                                  length, &notice, call->error);
    free(bytes);
    if (notice) {
        give(call, told_notice(notice));
    }
    kessai_zaif_notice_free(notice);
    return number;
}

static int32_t webhooks_mask(call *call) {
    kessai_text *masked = NULL;
    int32_t number = kessai_zaif_webhooks_mask(text(call, "path"), &masked, call->error);
    give_text(call, masked);
    return number;
}

static int32_t webhooks_status(call *call) {
    /* The number of no error, where there is no such code. */
    int32_t number = -1;
    for (int32_t n = 1; n < 1000; n++) {
        const char *name = kessai_code_name(n);
        if (name && strcmp(name, text(call, "code")) == 0) {
            number = n;
        }
    }
    give(call, json_integer(kessai_zaif_webhooks_status(number)));
    return KESSAI_OK;
}

static int32_t restore(call *call) {
    kessai_zaif_invoice *restored = NULL;
    int32_t number = kessai_zaif_invoice_restore(text(call, "stored"), &restored, call->error);
    give_model(call, &zaif_invoice, restored);
    return number;
}

static int32_t raw(call *call) {
    const thing *of = call->of;
    give(call, told_text(of && of->model ? of->class->raw(of->model) : NULL));
    return KESSAI_OK;
}

static int32_t restored(call *call) {
    const thing *of = call->of;
    void *again = NULL;
    if (!of || !of->model) {
        call->why = strdup("it is no model");
        return KESSAI_OK;
    }
    int32_t number = of->class->restored(of->model, &again, call->error);
    give_model(call, of->class, again);
    return number;
}

static int32_t event_key(call *call) {
    give(call, told_text(kessai_zaif_invoice_event_key(invoice(call))));
    return KESSAI_OK;
}

static int32_t reasons(call *call) {
    kessai_texts *reasons = NULL;
    texts seen = several(json_object_get(call->given, "seen"));
    int32_t number = kessai_zaif_invoice_reasons(invoice(call), seen.each, seen.count,
                                                 &reasons, call->error);
    free(seen.each);
    give_texts(call, reasons);
    return number;
}

static int32_t follows(call *call) {
    bool yes = false, known = false;
    int32_t number = kessai_zaif_invoice_follows(invoice(call), text(call, "earlier"), &yes,
                                                 &known, call->error);
    give(call, known ? json_boolean(yes) : json_null());
    return number;
}

static int32_t iframe_html(call *call) {
    kessai_text *html = NULL;
    int32_t number = kessai_zaif_invoice_iframe_html(invoice(call), &html, call->error);
    give_text(call, html);
    return number;
}

static int32_t store(call *call) {
    kessai_text *stored = NULL;
    int32_t number = kessai_zaif_invoice_store(invoice(call), &stored, call->error);
    give_text(call, stored);
    return number;
}

static int32_t verify(call *call) {
    kessai_ipay_webhooks *webhooks = NULL;
    kessai_ipay_event *event = NULL;
    const json_t *sent = call->of ? call->of->delivered : NULL;
    texts secrets = several(json_object_get(call->given, "secrets"));
    size_t length = 0;
    char *bytes = NULL;
    const char *signature = text(call, "signature"), *secret = given_text(sent, "secret");
    int32_t number =
        sent ? kessai_ipay_webhooks_new(&secret, 1, &webhooks, call->error)
             : kessai_ipay_webhooks_new(secrets.each, secrets.count, &webhooks, call->error);
    if (sent) {
        bytes = strdup(given_text(sent, "body"));
        length = strlen(bytes);
        signature = given_text(sent, "signature");
    } else {
        bytes = body(call, &length);
    }
    if (number == KESSAI_OK) {
        number = kessai_ipay_webhooks_verify(webhooks, bytes, length, signature, &event,
                                             call->error);
    }
    free(bytes);
    free(secrets.each);
    kessai_ipay_webhooks_free(webhooks);
    give_model(call, &ipay_event, event);
    return number;
}

static int32_t sign(call *call) {
    kessai_text *signature = NULL;
    size_t length;
    char *bytes = body(call, &length);
    int32_t number =
        kessai_ipay_sign(bytes, length, text(call, "secret"), &signature, call->error);
    free(bytes);
    give_text(call, signature);
    return number;
}

static int32_t order_key(call *call) {
    kessai_text *key = NULL;
    int32_t number = kessai_ipay_order_key(text(call, "order"), text(call, "purpose"),
                                           whole(call, "attempt"), &key, call->error);
    give_text(call, key);
    return number;
}

static int32_t to_minor(call *call) {
    int64_t minor = 0;
    int32_t number = kessai_minor_units(text(call, "amount"), text(call, "currency"), &minor,
                                        call->error);
    give(call, told_whole(minor));
    return number;
}

static int32_t to_major(call *call) {
    kessai_text *amount = NULL;
    int32_t number = kessai_major_units(whole(call, "minor"), text(call, "currency"), &amount,
                                        call->error);
    give_text(call, amount);
    return number;
}

static int32_t exponent_of(call *call) {
    int64_t exponent = 0;
    int32_t number = kessai_currency_exponent(text(call, "currency"), &exponent, call->error);
    give(call, told_whole(exponent));
    return number;
}

const row FREE[] = {
    {"client", client, "", WITH_ANYTHING},
    {"currency_exponent", exponent_of, " currency", ALONE},
    {"event_key", event_key, "", ALONE},
    {"follows", follows, " earlier", ALONE},
    {"hint.about", hint_about, " invoice_id", ALONE},
    {"hint.about_order", hint_about_order, " order_number", ALONE},
    {"hint.parse", hint_parse, " body hex", ALONE},
    {"hint.read", hint_read, " text", ALONE},
    {"iframe_html", iframe_html, "", ALONE},
    {"invoice.restore", restore, " stored", ALONE},
    {"ipay.order_key", order_key, " order purpose attempt", ALONE},
    {"ipay.sign", sign, " body hex secret", ALONE},
    {"ipay.verify", verify, " secrets body hex signature", ALONE},
    {"major_units", to_major, " minor currency", ALONE},
    {"minor_units", to_minor, " amount currency", ALONE},
    {"payment_uri.for_invoice", payment_uri_for_invoice, "", ALONE},
    {"payment_uri.make", payment_uri_make, " currency address amount label message parameters",
     ALONE},
    {"payment_uri.parse", payment_uri_parse, " uri", ALONE},
    {"qr", qr, " text", ALONE},
    {"raw", raw, "", ALONE},
    {"reasons", reasons, " seen", ALONE},
    {"restored", restored, "", ALONE},
    {"store", store, "", ALONE},
    {"svg", svg, " label", ALONE},
    {"webhooks", webhooks, " base secrets per_order per_process", ALONE},
    {"webhooks.address", webhooks_address, " order_number", ALONE},
    {"webhooks.mask", webhooks_mask, " path", ALONE},
    {"webhooks.receive", webhooks_receive, " path body hex", ALONE},
    {"webhooks.status", webhooks_status, " code", ALONE},
    {NULL, NULL, NULL, ALONE},
};
