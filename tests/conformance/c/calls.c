#include "calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "setters.h"
#include "told.h"

void thing_free(thing *thing) {
    json_decref(thing->told);
    free(thing->name);
    kessai_zaif_invoice_free(thing->invoice);
    kessai_zaif_webhooks_free(thing->webhooks);
    kessai_qr_free(thing->code);
    memset(thing, 0, sizeof *thing);
}

const char *text(const call *call, const char *name) {
    return json_string_value(json_object_get(call->given, name));
}

void give(call *call, json_t *told) {
    call->out->told = told;
    if (json_is_string(told)) {
        call->out->name = strdup(json_string_value(told));
    }
}

void give_text(call *call, kessai_text *text) {
    if (text) {
        give(call, told_text(kessai_text_data(text)));
    }
    kessai_text_free(text);
}

void give_texts(call *call, kessai_texts *texts) {
    if (texts) {
        give(call, told_texts(texts));
    }
    kessai_texts_free(texts);
}

void give_invoice(call *call, kessai_zaif_invoice *invoice) {
    if (invoice) {
        give(call, told_invoice(invoice));
        call->out->name = strdup(kessai_zaif_invoice_invoice_id(invoice));
        call->out->invoice = invoice;
    }
}

/* JSON of a form that the documents do not tell. */
static void give_json(call *call, kessai_text *json) {
    if (json) {
        give(call, json_loads(kessai_text_data(json), JSON_DECODE_ANY, NULL));
    }
    kessai_text_free(json);
}

static void hear(const kessai_event *event, void *events) {
    json_array_append_new(events, told_event(event));
}

int32_t build(const caller *caller, const json_t *more, kessai_zaif_client **client,
              kessai_error **error, char **why) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_options_set_endpoint(options, getenv("KESSAI_TEST_ENDPOINT"));
    kessai_zaif_options_set_on_event(options, hear, caller->events);
    const json_t *given[] = {caller->options, more};
    for (size_t i = 0; i < 2; i++) {
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)given[i], name, value) {
            if (!set_option(options, name, value) &&
                asprintf(why, "there is no setter for the option %s", name) < 0) {
                abort();
            }
        }
    }
    int32_t number = kessai_zaif_client_new(caller->key, caller->secret, options, client, error);
    kessai_zaif_options_free(options);
    return number;
}

static int32_t create_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number = kessai_zaif_client_create_invoice(call->caller->client, call->order,
                                                       call->options, &invoice, call->error);
    give_invoice(call, invoice);
    return number;
}

static int32_t ensure_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number = kessai_zaif_client_ensure_invoice(call->caller->client, call->order,
                                                       call->options, &invoice, call->error);
    give_invoice(call, invoice);
    return number;
}

static int32_t resume_handle(call *call) {
    kessai_text *handle = NULL;
    int32_t number = kessai_zaif_client_resume_handle(call->caller->client, call->order,
                                                      call->options, &handle, call->error);
    give_text(call, handle);
    return number;
}

static int32_t resume(call *call) {
    kessai_zaif_resumed *resumed = NULL;
    int32_t number = kessai_zaif_client_resume(call->caller->client, text(call, "handle"),
                                               call->options, &resumed, call->error);
    if (resumed) {
        give(call, told_resumed(resumed));
    }
    kessai_zaif_resumed_free(resumed);
    return number;
}

static int32_t get_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number = kessai_zaif_client_get_invoice(call->caller->client, text(call, "invoice_id"),
                                                    call->options, &invoice, call->error);
    give_invoice(call, invoice);
    return number;
}

static int32_t find_invoice_ids(call *call) {
    kessai_texts *ids = NULL;
    int32_t number = kessai_zaif_client_find_invoice_ids(
        call->caller->client, text(call, "order_number"), call->options, &ids, call->error);
    give_texts(call, ids);
    return number;
}

static int32_t find_invoices(call *call) {
    kessai_zaif_invoices *invoices = NULL;
    int32_t number = kessai_zaif_client_find_invoices(
        call->caller->client, text(call, "order_number"), call->options, &invoices, call->error);
    if (invoices) {
        give(call, told_invoices(invoices));
    }
    kessai_zaif_invoices_free(invoices);
    return number;
}

static int32_t cancel_invoice(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number = kessai_zaif_client_cancel_invoice(
        call->caller->client, text(call, "invoice_id"), call->options, &invoice, call->error);
    give_invoice(call, invoice);
    return number;
}

static int32_t confirm(call *call) {
    kessai_zaif_hint *hint = NULL;
    kessai_zaif_invoice *invoice = NULL;
    int32_t number = kessai_zaif_hint_from_text(text(call, "hint"), &hint, call->error);
    if (number == KESSAI_OK) {
        const json_t *amount = json_object_get(call->given, "amount");
        const char *order = text(call, "order_number");
        number = json_is_integer(amount)
                     ? kessai_zaif_client_confirm_yen(call->caller->client, hint, order,
                                                      json_integer_value(amount), call->options,
                                                      &invoice, call->error)
                     : kessai_zaif_client_confirm(call->caller->client, hint, order,
                                                  json_string_value(amount), call->options,
                                                  &invoice, call->error);
    }
    give_invoice(call, invoice);
    kessai_zaif_hint_free(hint);
    return number;
}

static int32_t wait_for(call *call) {
    kessai_zaif_invoice *invoice = NULL;
    int32_t number = kessai_zaif_client_wait_for(call->caller->client, text(call, "invoice_id"),
                                                 call->options, &invoice, call->error);
    give_invoice(call, invoice);
    return number;
}

static int32_t get_info(call *call) {
    kessai_text *json = NULL;
    int32_t number =
        kessai_zaif_client_get_info(call->caller->client, call->options, &json, call->error);
    give_json(call, json);
    return number;
}

static int32_t get_supported_currencies(call *call) {
    kessai_map *map = NULL;
    int32_t number = kessai_zaif_client_get_supported_currencies(call->caller->client,
                                                                 call->options, &map, call->error);
    if (map) {
        give(call, told_map(map));
    }
    kessai_map_free(map);
    return number;
}

static int32_t any_method(call *call) {
    kessai_text *json = NULL;
    const json_t *given = json_object_get(call->given, "params");
    char *params = given ? json_dumps(given, 0) : NULL;
    int32_t number = kessai_zaif_client_call(call->caller->client, text(call, "method"), params,
                                             call->options, &json, call->error);
    give_json(call, json);
    free(params);
    return number;
}

static const row METHODS[] = {
    {"create_invoice", create_invoice, "", WITH_ORDER},
    {"ensure_invoice", ensure_invoice, "", WITH_ORDER},
    {"resume_handle", resume_handle, "", WITH_ORDER},
    {"resume", resume, " handle", WITH_OPTIONS},
    {"get_invoice", get_invoice, " invoice_id", WITH_OPTIONS},
    {"find_invoice_ids", find_invoice_ids, " order_number", WITH_OPTIONS},
    {"find_invoices", find_invoices, " order_number", WITH_OPTIONS},
    {"cancel_invoice", cancel_invoice, " invoice_id", WITH_OPTIONS},
    {"confirm", confirm, " hint order_number amount", WITH_OPTIONS},
    {"wait_for", wait_for, " invoice_id", WITH_OPTIONS},
    {"get_info", get_info, "", WITH_OPTIONS},
    {"get_supported_currencies", get_supported_currencies, "", WITH_OPTIONS},
    {"call", any_method, " method params", WITH_OPTIONS},
    {NULL, NULL, NULL, ALONE},
};

/* Whether a name stands in a list, each after a space. */
static bool listed(const char *list, const char *name) {
    size_t length = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at += length) {
        if (at > list && at[-1] == ' ' && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

static const row *find(const row *rows, const char *name) {
    while (rows->name && strcmp(rows->name, name) != 0) {
        rows++;
    }
    return rows->name ? rows : NULL;
}

char *make(const caller *caller, const char *name, const thing *of, const json_t *given,
           thing *out, kessai_error **error) {
    const row *row = find(METHODS, name);
    row = row ? row : find(FREE, name);
    char *why = NULL;
    if (!row) {
        return asprintf(&why, "C cannot do %s", name) < 0 ? NULL : why;
    }
    call call = {caller, of, given, kessai_zaif_order_new(), kessai_zaif_call_options_new(),
                 out,    error};
    const char *argument;
    json_t *value;
    json_object_foreach((json_t *)given, argument, value) {
        bool known = row->besides == WITH_ANYTHING || listed(row->takes, argument) ||
                     (row->besides == WITH_ORDER && set_order(call.order, argument, value)) ||
                     (row->besides >= WITH_OPTIONS &&
                      set_call_option(call.options, argument, value));
        if (!known && asprintf(&why, "%s cannot be given %s", name, argument) < 0) {
            abort();
        }
    }
    if (!why) {
        int32_t number = row->run(&call);
        if (number != kessai_error_number(*error) &&
            asprintf(&why, "%s returned %d, and the error says %d", name, number,
                     kessai_error_number(*error)) < 0) {
            abort();
        }
    }
    kessai_zaif_order_free(call.order);
    kessai_zaif_call_options_free(call.options);
    return why;
}
