#include "calls.h"

#include <stdio.h>

#include "classes.h"
#include "told.h"

extern const client_class zaif_client, ipay_client, ipay_publishable_client;

const client_class *class_named(const char *name) {
    return strcmp(name, "zaif") == 0               ? &zaif_client
           : strcmp(name, "ipay") == 0             ? &ipay_client
           : strcmp(name, "ipay.publishable") == 0 ? &ipay_publishable_client
                                                   : NULL;
}

void thing_free(thing *thing) {
    json_decref(thing->told);
    json_decref(thing->delivered);
    free(thing->name);
    if (thing->model) {
        thing->class->free(thing->model);
    }
    kessai_zaif_webhooks_free(thing->webhooks);
    kessai_qr_free(thing->code);
    memset(thing, 0, sizeof *thing);
}

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

texts several(const json_t *all) {
    texts texts = {NULL, json_array_size(all)};
    texts.each = calloc(texts.count + 1, sizeof *texts.each);
    for (size_t i = 0; i < texts.count; i++) {
        texts.each[i] = json_string_value(json_array_get(all, i));
    }
    return texts;
}

void set_each(bool (*set)(void *, const char *, const json_t *), void *options,
              const json_t *given, const char *but, char **why) {
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)given, name, value) {
        if (!listed(but, name) && !set(options, name, value) && !*why &&
            asprintf(why, "there is no setter for the option %s", name) < 0) {
            abort();
        }
    }
}

const char *given_text(const json_t *given, const char *name) {
    return json_string_value(json_object_get(given, name));
}

void hear(const kessai_event *event, void *events) {
    json_array_append_new(events, told_event(event));
}

int32_t build(const caller *caller, const json_t *more, void **client, kessai_error **error,
              char **why) {
    json_t *given = json_deep_copy(caller->account);
    json_t *credentials = json_object_get(more, "credentials");
    if (credentials) {
        json_object_del(given, "key");
        json_object_del(given, "secret");
        json_object_update(given, credentials);
    }
    json_object_update(given, (json_t *)caller->options);
    json_object_update(given, (json_t *)more);
    json_object_del(given, "credentials");
    int32_t number = caller->class->build(caller, given, client, error, why);
    json_decref(given);
    return number;
}

/* An argument; the call cannot be made where it is of another type. */
static const json_t *argument(call *call, const char *name, bool fits(const json_t *)) {
    const json_t *value = json_object_get(call->given, name);
    if (value && !fits(value) && !call->why &&
        asprintf(&call->why, "%s is of a type that C cannot give", name) < 0) {
        abort();
    }
    return value;
}

static bool is_text(const json_t *value) {
    return json_is_string(value);
}

static bool is_integer(const json_t *value) {
    return json_is_integer(value);
}

static bool is_flag(const json_t *value) {
    return json_is_boolean(value);
}

const char *text(call *call, const char *name) {
    return json_string_value(argument(call, name, is_text));
}

int64_t whole(call *call, const char *name) {
    return json_integer_value(argument(call, name, is_integer));
}

bool flag(call *call, const char *name) {
    return json_is_true(argument(call, name, is_flag));
}

bool is_whole(const call *call, const char *name) {
    return json_is_integer(json_object_get(call->given, name));
}

const char *json(call *call, const char *name) {
    char to_the_letter[64];
    snprintf(to_the_letter, sizeof to_the_letter, "%s_text", name);
    const json_t *value = json_object_get(call->given, name);
    if (!value) {
        return text(call, to_the_letter);
    }
    char *dumped = json_dumps(value, JSON_ENCODE_ANY);
    json_t *written = json_string(dumped);
    free(dumped);
    json_array_append_new(call->written, written);
    return json_string_value(written);
}

int32_t read_hint(call *call, const char *name) {
    return kessai_zaif_hint_from_text(text(call, name), &call->hint, call->error);
}

const kessai_ipay_event *event(const call *call) {
    return call->of && call->of->class == &ipay_event ? call->of->model : NULL;
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

void give_json(call *call, kessai_text *json) {
    if (json) {
        call->out->told = told_json(kessai_text_data(json));
    }
    kessai_text_free(json);
}

void give_texts(call *call, kessai_texts *texts) {
    if (texts) {
        give(call, told_texts(texts));
    }
    kessai_texts_free(texts);
}

void give_map(call *call, kessai_map *map) {
    if (map) {
        give(call, told_map(map));
    }
    kessai_map_free(map);
}

void give_resumed(call *call, kessai_zaif_resumed *resumed) {
    if (resumed) {
        give(call, told_resumed(resumed));
    }
    kessai_zaif_resumed_free(resumed);
}

/* What the service calls it. */
static const json_t *id_of(const json_t *told) {
    const json_t *id = json_object_get(told, "id");
    return id ? id : json_object_get(told, "invoice_id");
}

void give_model(call *call, const model_class *class, void *model) {
    if (model) {
        const char *id;
        call->out->class = class;
        call->out->model = model;
        give(call, class->told(model));
        id = json_string_value(id_of(call->out->told));
        call->out->name = id ? strdup(id) : NULL;
    }
}

void begin_walk(call *call) {
    give(call, json_array());
}

bool walks_on(const call *call) {
    const json_t *most = json_object_get(call->step, "take");
    return !most ||
           json_array_size(call->out->told) < (size_t)json_integer_value(most);
}

void walk(call *call, json_t *told) {
    const json_t *each = json_object_get(call->step, "each");
    if (walks_on(call) && each) {
        json_t *fields = json_array();
        for (size_t i = 0; i < json_array_size(each); i++) {
            json_array_append(fields,
                              json_object_get(told, json_string_value(json_array_get(each, i))));
        }
        json_array_append_new(call->out->told, fields);
    } else if (walks_on(call)) {
        json_array_append(call->out->told, (json_t *)id_of(told));
    }
    json_decref(told);
}

static const row *find(const row *rows, const char *name) {
    while (rows->name && strcmp(rows->name, name) != 0) {
        rows++;
    }
    return rows->name ? rows : NULL;
}

/* Hands over what is no argument of the row's own; says what nobody takes. */
static void set_rest(call *call, const row *row) {
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)call->given, name, value) {
        bool known = row->besides == WITH_ANYTHING || listed(row->takes, name) ||
                     (row->besides == WITH_ORDER && set_zaif_order(call->order, name, value)) ||
                     (row->besides >= WITH_OPTIONS &&
                      call->caller->class->set(call->options, name, value));
        if (!known && !call->why &&
            asprintf(&call->why, "%s cannot be given %s", row->name, name) < 0) {
            abort();
        }
    }
}

char *make(const caller *caller, const json_t *step, const thing *of, const json_t *given,
           thing *out, kessai_error **error) {
    const char *name = json_string_value(json_object_get(step, "do"));
    const row *row = find(caller->class->methods, name);
    row = row ? row : find(FREE, name);
    char *why = NULL;
    if (!row) {
        return asprintf(&why, "C cannot do %s", name) < 0 ? NULL : why;
    }
    call call = {.caller = caller,
                 .client = caller->client,
                 .of = of,
                 .step = step,
                 .given = given,
                 .order = kessai_zaif_order_new(),
                 .options = caller->class->options(),
                 .written = json_array(),
                 .out = out,
                 .error = error};
    set_rest(&call, row);
    if (!call.why) {
        int32_t number = row->run(&call);
        if (!call.why && number != kessai_error_number(*error) &&
            asprintf(&call.why, "%s returned %d, and the error says %d", name, number,
                     kessai_error_number(*error)) < 0) {
            abort();
        }
    }
    kessai_zaif_order_free(call.order);
    kessai_zaif_hint_free(call.hint);
    caller->class->free_options(call.options);
    json_decref(call.written);
    return call.why;
}
