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
#include "surface_parts.h"
#include "told.h"

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

/* `ipay.Client.methods` as its three names, or two. */
static char **split(const char *part) {
    char **names = calloc(3, sizeof *names);
    for (size_t i = 0; i < 3 && part; i++) {
        const char *dot = strchr(part, '.');
        names[i] = strndup(part, dot ? (size_t)(dot - part) : strlen(part));
        part = dot ? dot + 1 : NULL;
    }
    return names;
}

/* A part of a class of clients, or a model. */
static sides of_class(char **names, const json_t *rows, const json_t *data,
                      const json_t *functions) {
    part part = {.data = data, .functions = functions, .module = names[0]};
    char *class = snake(names[1] ? names[1] : "");
    snprintf(part.prefix, sizeof part.prefix, "kessai_%s_%s_", names[0], class);
    free(class);
    const char *what = names[2];
    if (names[1] && !what) {
        return model(&part, rows);
    }
    return is(what, "methods")       ? methods(&part, rows)
           : is(what, "options")     ? options(&part)
           : is(what, "own_options") ? own_options(&part, rows)
           : is(what, "credentials") ? credentials(&part)
                                     /* Unknown: it fails for its emptiness. */
                                     : (sides){json_object(), json_object()};
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
    char **names = split(part);
    sides sides = of_class(names, json_object_get(data, part), data, functions);
    for (size_t i = 0; i < 3; i++) {
        free(names[i]);
    }
    free(names);
    return sides;
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
