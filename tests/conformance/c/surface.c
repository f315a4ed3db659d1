#include "surface.h"

#include <ctype.h>
#include <dlfcn.h>
#include <kessai.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "header.h"
#include "rows.h"
#include "told.h"

/* Both sides are brought to what C can tell: objects of rows by name. */
typedef struct {
    json_t *expected;
    json_t *told;
} sides;

/* Whether a method takes an order, which stands for many arguments. */
static bool takes_order(const json_t *method) {
    const json_t *first = json_array_get(json_object_get(method, "arguments"), 0);
    return is(word(first, "name"), "currency") && json_is_true(json_object_get(first, "required"));
}

static const char *const NONE[] = {NULL};

/* Words of a set are texts in C. */
static const char *returned(const char *returns) {
    return returns && strncmp(returns, "words of ", 9) == 0 ? "texts" : returns;
}

/* Methods: what each needs and gives. Besides them the setters of an order, and
 * those of all calls' options together. */
static void methods_expected(const json_t *data, json_t *rows) {
    size_t index, at;
    json_t *method, *argument, *order = json_object(), *options = json_object();
    const json_t *all = json_object_get(data, "zaif.Client.methods");
    json_array_foreach(all, index, method) {
        if (is(word(method, "name"), "create_invoice")) {
            json_array_foreach(json_object_get(method, "arguments"), at, argument) {
                json_object_set(order, word(argument, "name"), json_object_get(argument, "takes"));
            }
        }
    }
    json_object_del(order, "timeout");
    json_array_foreach(all, index, method) {
        bool ordered = takes_order(method);
        json_int_t positional = json_integer_value(json_object_get(method, "positional"));
        json_t *needs = json_object();
        json_array_foreach(json_object_get(method, "arguments"), at, argument) {
            const char *name = word(argument, "name");
            bool needed = json_is_true(json_object_get(argument, "required")) ||
                          (json_int_t)at < positional;
            if (ordered && json_object_get(order, name)) {
                continue;
            }
            json_object_set(needed ? needs : options, name, json_object_get(argument, "takes"));
        }
        json_t *row = json_pack("{s:b, s:o, s:O}", "order", ordered, "needs", needs, "returns",
                                json_object_get(method, "returns"));
        json_object_set_new(rows, word(method, "name"), row);
    }
    json_object_set_new(rows, "an order's setters", order);
    json_object_set_new(rows, "a call's options", options);
}

static void methods_told(const json_t *functions, json_t *rows) {
    const char *const apart[] = {"new", "from_env", "free", "call_json", NULL};
    const char *const own[] = {"cancel", NULL};
    const char *name;
    json_t *function, *order = json_object(), *options = json_object();
    json_object_foreach((json_t *)functions, name, function) {
        const char *method = rest(name, "kessai_zaif_client_", apart);
        if (method && !ends(method, "_yen")) {
            json_object_set_new(rows, method, needs_and_returns(function));
        }
    }
    setters(order, functions, "kessai_zaif_order_set_", NONE);
    setters(options, functions, "kessai_zaif_call_options_set_", own);
    json_object_set_new(rows, "an order's setters", order);
    json_object_set_new(rows, "a call's options", options);
}

static sides methods(const json_t *data, const json_t *functions) {
    sides sides = {json_object(), json_object()};
    methods_expected(data, sides.expected);
    methods_told(functions, sides.told);
    return sides;
}

static sides options(const json_t *data, const json_t *functions) {
    const char *const own[] = {"on_event", NULL};
    sides sides = {json_object(), json_object()};
    size_t index;
    json_t *row;
    json_array_foreach(json_object_get(data, "zaif.Client.options"), index, row) {
        json_object_set(sides.expected, word(row, "name"), json_object_get(row, "takes"));
    }
    setters(sides.told, functions, "kessai_zaif_options_set_", own);
    return sides;
}

/* Only who has an event loop needs threads besides. */
static sides own_options(const json_t *data, const json_t *functions) {
    sides sides = {json_object(), json_object()};
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(data, "zaif.Client.own_options"), index, name) {
        char setter[128];
        const char *option = json_string_value(name);
        snprintf(setter, sizeof setter, "kessai_zaif_options_set_%s", option);
        if (!is(option, "threads")) {
            json_object_set_new(sides.expected, option, json_true());
        }
        if (json_object_get(functions, setter)) {
            json_object_set_new(sides.told, option, json_true());
        }
    }
    return sides;
}

/* `zaif.nonce_stuck` as `KESSAI_ERROR_ZAIF_NONCE_STUCK`; the same for other names. */
static char *constant(const char *prefix, const char *name) {
    char *made = NULL;
    if (asprintf(&made, "%s%s", prefix, name) < 0) {
        abort();
    }
    for (char *at = made; *at; at++) {
        *at = *at == '.' ? '_' : (char)toupper((unsigned char)*at);
    }
    return made;
}

/* `OrderKind` as `order_kind`. */
static char *snake(const char *name) {
    char *made = calloc(2 * strlen(name) + 1, 1), *at = made;
    for (const char *letter = name; *letter; letter++) {
        if (isupper((unsigned char)*letter) && letter > name) {
            *at++ = '_';
        }
        *at++ = (char)tolower((unsigned char)*letter);
    }
    return made;
}

/* `order_kind` as `OrderKind`. */
static char *camel(const char *name) {
    char *made = calloc(strlen(name) + 1, 1), *at = made;
    for (const char *letter = name; *letter; letter++) {
        bool begins = letter == name || letter[-1] == '_';
        if (*letter != '_') {
            *at++ = begins ? (char)toupper((unsigned char)*letter) : *letter;
        }
    }
    return made;
}

static sides codes(const json_t *data) {
    sides sides = {json_object(), header_numbers()};
    size_t index;
    json_t *row, *number;
    json_array_foreach(json_object_get(data, "codes"), index, row) {
        char *name = constant("kessai_error_", word(row, "code"));
        json_object_set(sides.expected, name, json_object_get(row, "number"));
        free(name);
    }
    /* What the library itself calls its numbers. */
    const char *name;
    json_object_foreach(sides.told, name, number) {
        const char *code = kessai_code_name((int32_t)json_integer_value(number));
        char *own = code ? constant("kessai_error_", code) : NULL;
        if (!is(own, name)) {
            json_integer_set(number, -1);
        }
        free(own);
    }
    return sides;
}

static sides kinds(const json_t *data) {
    sides sides = {json_object(), json_object()};
    json_t *words = header_words(), *row;
    size_t index;
    const char *name;
    json_array_foreach(json_object_get(data, "kinds"), index, row) {
        char *made = constant("kessai_kind_", word(row, "kind"));
        json_object_set(sides.expected, made, json_object_get(row, "kind"));
        free(made);
    }
    json_object_foreach(words, name, row) {
        if (strncmp(name, "KESSAI_KIND_", 12) == 0) {
            json_object_set(sides.told, name, row);
        }
    }
    json_decref(words);
    return sides;
}

/* `zaif` as `KESSAI_ZAIF_`. */
static sides words(const json_t *data, const char *module) {
    sides sides = {json_object(), json_object()};
    json_t *all = header_words(), *set, *one;
    size_t index, at;
    const char *name;
    char part[64], prefix[128];
    snprintf(part, sizeof part, "%s.words", module);
    json_array_foreach(json_object_get(data, part), index, set) {
        char *of_set = snake(word(set, "name"));
        snprintf(prefix, sizeof prefix, "kessai_%s_%s_", module, of_set);
        json_array_foreach(json_object_get(set, "words"), at, one) {
            char *made = constant(prefix, json_string_value(one));
            json_object_set(sides.expected, made, one);
            free(made);
        }
        free(of_set);
    }
    snprintf(prefix, sizeof prefix, "kessai_%s_", module);
    char *start = constant(prefix, "");
    json_object_foreach(all, name, one) {
        if (strncmp(name, start, strlen(start)) == 0) {
            json_object_set(sides.told, name, one);
        }
    }
    free(start);
    json_decref(all);
    return sides;
}

/* A part that is names alone, and a function for each of them: of each of these
 * ends, behind a module's prefix, the name of what it belongs to. */
static sides named(const json_t *rows, const json_t *functions, const char *end) {
    sides sides = {json_object(), json_object()};
    size_t index;
    json_t *row;
    const char *name;
    json_array_foreach(rows, index, row) {
        json_object_set_new(sides.expected, json_string_value(row), json_true());
    }
    json_object_foreach((json_t *)functions, name, row) {
        char *plain = without(name, end);
        const char *module = plain + strlen("kessai_");
        const char *class = strncmp(plain, "kessai_", 7) == 0 ? strchr(module, '_') : NULL;
        if (ends(name, end) && class && (strncmp(module, "zaif_", 5) == 0 ||
                                         strncmp(module, "ipay_", 5) == 0)) {
            char *told = camel(class + 1), *full = NULL;
            if (asprintf(&full, "%.*s.%s", (int)(class - module), module, told) < 0) {
                abort();
            }
            json_object_set_new(sides.told, full, json_true());
            free(full);
            free(told);
        }
        free(plain);
    }
    return sides;
}

/* What a client is made with besides its options. */
static sides credentials(const json_t *data, const json_t *functions) {
    sides sides = {json_object(), json_object()};
    size_t index;
    json_t *row;
    json_array_foreach(json_object_get(data, "zaif.Client.credentials"), index, row) {
        json_object_set_new(sides.expected, word(row, "name"), json_string("text"));
    }
    json_t *made = needs_and_returns(json_object_get(functions, "kessai_zaif_client_new"));
    const char *name;
    json_object_foreach(json_object_get(made, "needs"), name, row) {
        json_object_set(sides.told, name, row);
    }
    const json_t *make = json_object_get(functions, "kessai_zaif_client_new");
    const json_t *first = json_array_get(json_object_get(make, "params"), 0);
    json_object_set_new(sides.told, word(first, "name"), json_string("text"));
    json_decref(made);
    return sides;
}

static sides facts(const json_t *data, const json_t *functions) {
    /* What only C has: numbers, classes by name, the cause as a handle, all as JSON. */
    const char *const apart[] = {"free", "number", "class", "cause", "json", "invoice_ids_at", NULL};
    sides sides = {json_object(), json_object()};
    size_t index;
    json_t *fact;
    const char *name;
    json_array_foreach(json_object_get(data, "facts"), index, fact) {
        json_object_set_new(sides.expected, json_string_value(fact), json_true());
    }
    json_object_foreach((json_t *)functions, name, fact) {
        const char *own = rest(name, "kessai_error_", apart);
        if (own) {
            char *plain = without(own, ends(own, "_ms") ? "_ms" : "_count");
            json_object_set_new(sides.told, plain, json_true());
            free(plain);
        }
    }
    return sides;
}

static const char *const OF_INVOICES[] = {"free",        "copy",        "restore", "raw", "json",
                                          "member_json", "member_text", NULL};

/* What an invoice tells by itself: a function of it alone. The key of an event is
 * as good as a field, and yet a question. */
static bool is_field(const char *own, const json_t *function) {
    return json_array_size(json_object_get(function, "params")) == 1 && !is(own, "event_key");
}

/* What C has for a field. */
static const char *type_of(const char *shape) {
    return is(shape, "time") ? "int64_t" : is(shape, "bool") ? "bool" : "char";
}

/* An invoice: its fields, and what it can be asked. */
static sides invoice(const json_t *data, const json_t *functions) {
    sides sides = {json_object(), json_object()};
    size_t index, at;
    json_t *row, *argument;
    const char *name;
    json_array_foreach(json_object_get(data, "zaif.Invoice"), index, row) {
        const char *shape = word(row, "shape"), *own = word(row, "name");
        if (!shape) {
            json_t *needs = json_object();
            json_array_foreach(json_object_get(row, "arguments"), at, argument) {
                json_object_set(needs, word(argument, "name"), json_object_get(argument, "takes"));
            }
            json_object_set_new(sides.expected, own,
                                json_pack("{s:b, s:o, s:s}", "order", 0, "needs", needs, "returns",
                                          returned(word(row, "returns"))));
            continue;
        }
        char *known = NULL;
        if (asprintf(&known, "%s_known", own) < 0) {
            abort();
        }
        json_object_set_new(sides.expected, own, json_string(type_of(shape)));
        if (is(shape, "bool") && json_is_true(json_object_get(row, "optional"))) {
            json_object_set_new(sides.expected, known, json_string("bool"));
        }
        free(known);
    }
    json_object_foreach((json_t *)functions, name, row) {
        const char *own = rest(name, "kessai_zaif_invoice_", OF_INVOICES);
        if (own && is_field(own, row)) {
            json_object_set(sides.told, own, json_object_get(row, "gives"));
        } else if (own && !ends(own, "_yen")) {
            json_object_set_new(sides.told, own, needs_and_returns(row));
        }
    }
    return sides;
}

/* Rows that only one side has, and what the library lacks of the header. */
static void extra(FILE *out, const sides *sides, const json_t *functions) {
    const char *name;
    json_t *row;
    json_object_foreach(sides->told, name, row) {
        if (!json_object_get(sides->expected, name)) {
            fprintf(out, "%s is nowhere else; ", name);
        } else if (json_is_object(row)) {
            const char *inner;
            json_t *value;
            json_object_foreach(row, inner, value) {
                if (!json_object_get(json_object_get(sides->expected, name), inner)) {
                    fprintf(out, "%s of %s is nowhere else; ", inner, name);
                }
            }
            size_t here = json_object_size(json_object_get(row, "needs"));
            const json_t *there = json_object_get(sides->expected, name);
            if (here > json_object_size(json_object_get(there, "needs"))) {
                fprintf(out, "%s needs more here; ", name);
            }
        }
    }
    json_object_foreach((json_t *)functions, name, row) {
        if (!dlsym(RTLD_DEFAULT, name)) {
            fprintf(out, "the library has no %s; ", name);
        }
    }
}

static sides of_part(const char *part, const json_t *data, const json_t *functions) {
    if (is(part, "clients")) {
        return named(json_object_get(data, part), functions, "_from_env");
    }
    if (is(part, "models")) {
        return named(json_object_get(data, part), functions, "_raw");
    }
    if (is(part, "codes")) {
        return codes(data);
    }
    if (is(part, "kinds")) {
        return kinds(data);
    }
    if (is(part, "facts")) {
        return facts(data, functions);
    }
    if (ends(part, ".words")) {
        char *module = without(part, ".words");
        sides sides = words(data, module);
        free(module);
        return sides;
    }
    if (is(part, "zaif.Client.methods")) {
        return methods(data, functions);
    }
    if (is(part, "zaif.Client.options")) {
        return options(data, functions);
    }
    if (is(part, "zaif.Client.own_options")) {
        return own_options(data, functions);
    }
    if (is(part, "zaif.Client.credentials")) {
        return credentials(data, functions);
    }
    if (is(part, "zaif.Invoice")) {
        return invoice(data, functions);
    }
    /* Unknown: it fails for its emptiness. */
    return (sides){json_object(), json_object()};
}

char *compare_surface(const char *part, const json_t *data) {
    json_t *functions = header_functions();
    sides sides = of_part(part, data, functions);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (json_object_size(sides.expected) == 0) {
        fprintf(out, "there is no part called %s; ", part);
    }
    char *why = compare(sides.expected, sides.told);
    fputs(why ? why : "", out);
    extra(out, &sides, functions);
    fclose(out);
    free(why);
    json_decref(sides.expected);
    json_decref(sides.told);
    json_decref(functions);
    if (length == 0) {
        free(text);
        return NULL;
    }
    return text;
}
