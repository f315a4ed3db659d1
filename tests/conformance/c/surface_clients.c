#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "surface_parts.h"

static const char *const NONE[] = {NULL};

/* `kessai_ipay_call_options_set_`, say. */
static char *of_module(const part *part, const char *end) {
    char *made = NULL;
    if (asprintf(&made, "kessai_%s_%s", part->module, end) < 0) {
        abort();
    }
    return made;
}

/* What C can tell of what something takes: all JSON is a text, and so is a secret. */
static const char *as_c_takes(const json_t *row) {
    const char *takes = word(row, "takes");
    return is(takes, "secret") ? "text" : is(takes, "map") ? "json" : takes;
}

void expect(json_t *into, const json_t *row) {
    json_object_set_new(into, word(row, "name"), json_string(as_c_takes(row)));
}

/* Whether a method takes an order, which stands for many arguments. */
static bool takes_order(const json_t *method) {
    const json_t *first = json_array_get(json_object_get(method, "arguments"), 0);
    return is(word(first, "name"), "currency") && json_is_true(json_object_get(first, "required"));
}

/* What every client of the part's service has under this name. New. */
static json_t *of_clients(const part *part, const char *name) {
    json_t *all = json_array(), *client;
    size_t index, length = strlen(part->module);
    json_array_foreach(json_object_get(part->data, "clients"), index, client) {
        const char *full = json_string_value(client);
        char whole[128];
        snprintf(whole, sizeof whole, "%s.%s", full, name);
        if (strncmp(full, part->module, length) == 0 && full[length] == '.') {
            json_array_extend(all, json_object_get(part->data, whole));
        }
    }
    return all;
}

/* Methods: what each needs and gives. Besides them the setters of an order, and
 * those of all calls' options together. */
static void methods_expected(const part *part, const json_t *methods, json_t *rows) {
    size_t index, at;
    json_t *method, *argument, *order = json_object(), *options = json_object();
    json_t *all = of_clients(part, "methods");
    json_array_foreach(all, index, method) {
        if (is(word(method, "name"), "create_invoice")) {
            json_array_foreach(json_object_get(method, "arguments"), at, argument) {
                expect(order, argument);
            }
        }
    }
    json_object_del(order, "timeout");
    json_array_foreach(all, index, method) {
        bool ordered = takes_order(method);
        json_int_t positional = json_integer_value(json_object_get(method, "positional"));
        json_t *needs = json_object();
        json_array_foreach(json_object_get(method, "arguments"), at, argument) {
            bool needed = json_is_true(json_object_get(argument, "required")) ||
                          (json_int_t)at < positional;
            if (!ordered || !json_object_get(order, word(argument, "name"))) {
                expect(needed ? needs : options, argument);
            }
        }
        json_t *row = json_pack("{s:b, s:o, s:O}", "order", ordered, "needs", needs, "returns",
                                json_object_get(method, "returns"));
        for (at = 0; at < json_array_size(methods); at++) {
            if (is(word(json_array_get(methods, at), "name"), word(method, "name"))) {
                json_object_set(rows, word(method, "name"), row);
            }
        }
        json_decref(row);
    }
    json_object_set_new(rows, "an order's setters", order);
    json_object_set_new(rows, "a call's options", options);
    json_decref(all);
}

static void methods_told(const part *part, json_t *rows) {
    const char *const apart[] = {"new", "from_env", "free", "call_json", NULL};
    const char *const own[] = {"cancel", NULL};
    const char *name;
    json_t *function, *order = json_object(), *options = json_object();
    json_object_foreach((json_t *)part->functions, name, function) {
        const char *method = rest(name, part->prefix, apart);
        if (method && !ends(method, "_yen")) {
            json_object_set_new(rows, method, needs_and_returns(function, part->functions));
        }
    }
    char *of_order = of_module(part, "order_set_"), *of_call = of_module(part, "call_options_set_");
    setters(order, part->functions, of_order, NONE);
    setters(options, part->functions, of_call, own);
    json_object_set_new(rows, "an order's setters", order);
    json_object_set_new(rows, "a call's options", options);
    free(of_order);
    free(of_call);
}

sides methods(const part *part, const json_t *rows) {
    sides sides = {json_object(), json_object()};
    methods_expected(part, rows, sides.expected);
    methods_told(part, sides.told);
    return sides;
}

/* Every setter of a client's options, but for hooks. New. */
static json_t *options_told(const part *part) {
    const char *const own[] = {"on_event", "token_source", NULL};
    json_t *told = json_object();
    char *prefix = of_module(part, "options_set_");
    setters(told, part->functions, prefix, own);
    free(prefix);
    return told;
}

/* All clients of a service have the same type of options, with credentials in it. */
sides options(const part *part) {
    sides sides = {json_object(), options_told(part)};
    json_t *all = of_clients(part, "options"), *credentials = of_clients(part, "credentials");
    json_t *row;
    size_t index;
    json_array_foreach(all, index, row) {
        expect(sides.expected, row);
    }
    json_array_foreach(credentials, index, row) {
        json_object_del(sides.told, word(row, "name"));
    }
    json_decref(all);
    json_decref(credentials);
    return sides;
}

/* What clients of a service are made with besides their options: what is no option is
 * told, too. */
sides credentials(const part *part) {
    sides sides = {json_object(), options_told(part)};
    json_t *all = of_clients(part, "credentials"), *options = of_clients(part, "options"), *row;
    const char *name;
    size_t index;
    json_array_foreach(all, index, row) {
        expect(sides.expected, row);
    }
    json_array_foreach(options, index, row) {
        json_object_del(sides.told, word(row, "name"));
    }
    json_object_foreach((json_t *)part->functions, name, row) {
        const json_t *param;
        if (strncmp(name, "kessai_", 7) != 0 || strncmp(name + 7, part->module, 4) != 0 ||
            !ends(name, "client_new")) {
            continue;
        }
        json_array_foreach(json_object_get(row, "params"), index, param) {
            if (is(word(param, "type"), "constchar*")) {
                json_object_set_new(sides.told, word(param, "name"), json_string("text"));
            }
        }
    }
    json_decref(all);
    json_decref(options);
    return sides;
}

/* Only who has an event loop needs threads besides. */
sides own_options(const part *part, const json_t *rows) {
    sides sides = {json_object(), json_object()};
    size_t index;
    const json_t *name;
    char *prefix = of_module(part, "options_set_");
    json_array_foreach(rows, index, name) {
        char setter[128];
        const char *option = json_string_value(name);
        snprintf(setter, sizeof setter, "%s%s", prefix, option);
        if (!is(option, "threads")) {
            json_object_set_new(sides.expected, option, json_true());
        }
        if (json_object_get(part->functions, setter)) {
            json_object_set_new(sides.told, option, json_true());
        }
    }
    free(prefix);
    return sides;
}
