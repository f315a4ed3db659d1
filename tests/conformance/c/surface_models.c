#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "surface_parts.h"

static const char *const NONE[] = {NULL};

/* Words of a set are texts in C. */
static const char *returned(const char *returns) {
    return returns && strncmp(returns, "words of ", 9) == 0 ? "texts" : returns;
}

/* A function that asks a handle and cannot fail: what it gives, and into which places. */
static json_t *signature(const json_t *function) {
    const json_t *params = json_object_get(function, "params");
    const char *second = word(json_array_get(params, 1), "type");
    return second ? json_sprintf("%s(%s)", word(function, "gives"), second)
                  : json_string(word(function, "gives"));
}

static bool asks(const json_t *function, const char *handle) {
    const json_t *first = json_array_get(json_object_get(function, "params"), 0);
    char type[128];
    snprintf(type, sizeof type, "const%.*s*", (int)strlen(handle) - 1, handle);
    return is(word(first, "type"), type);
}

/* What C has for a field: one function, or two. */
static void expect_field(const part *part, json_t *into, const json_t *row) {
    const char *shape = word(row, "shape"), *name = word(row, "name");
    bool optional = json_is_true(json_object_get(row, "optional"));
    char *as_json = NULL, *known = NULL, *model = NULL;
    if (asprintf(&as_json, "%s_json", name) < 0 || asprintf(&known, "%s_known", name) < 0 ||
        asprintf(&model, "%s.%s", part->module, shape) < 0) {
        abort();
    }
    const char *type = is(shape, "time")   ? "int64_t"
                       : is(shape, "bool") ? "bool"
                       : is(shape, "int")  ? (optional ? "bool(int64_t*)" : "int64_t")
                       : is(shape, "map")  ? "char(constchar*)"
                                           : "char";
    if (json_object_get(part->data, model)) {
        char *own = snake(shape);
        json_object_set_new(into, name, json_sprintf("kessai_%s_%s", part->module, own));
        free(own);
    } else if (!is(shape, "json")) {
        json_object_set_new(into, name, json_string(type));
    }
    if (is(shape, "json") || is(shape, "map")) {
        json_object_set_new(into, as_json, json_string("char"));
    }
    if (is(shape, "bool") && optional) {
        json_object_set_new(into, known, json_string("bool"));
    }
    free(as_json);
    free(known);
    free(model);
}

/* What something of a model is: the fields that it certainly has. */
static json_t *expected_variant(const part *part, const json_t *rows, const json_t *variant) {
    json_t *has = json_object(), *field, *row;
    size_t index, at;
    json_array_foreach(json_object_get(variant, "has"), index, field) {
        json_array_foreach(rows, at, row) {
            if (word(row, "shape") && is(word(row, "name"), json_string_value(field))) {
                expect_field(part, has, row);
            }
        }
    }
    return has;
}

static void model_expected(const part *part, const json_t *rows, json_t *into) {
    size_t index, at;
    json_t *row, *argument;
    json_array_foreach(rows, index, row) {
        if (word(row, "shape")) {
            expect_field(part, into, row);
        } else if (json_object_get(row, "has")) {
            char *name = snake(word(row, "name"));
            json_object_set_new(into, name, expected_variant(part, rows, row));
            free(name);
        } else {
            json_t *needs = json_object();
            json_array_foreach(json_object_get(row, "arguments"), at, argument) {
                expect(needs, argument);
            }
            json_object_set_new(into, word(row, "name"),
                                json_pack("{s:b, s:o, s:s}", "order", 0, "needs", needs, "returns",
                                          returned(word(row, "returns"))));
        }
    }
}

/* The functions of what a model can be, where this is what a function gives: a handle
 * that can be had back as the model. New; NULL where it is none. */
static json_t *told_variant(const part *part, const char *gives) {
    char back[128], prefix[128];
    const char *of = strchr(part->prefix + strlen("kessai_"), '_') + 1;
    snprintf(back, sizeof back, "%s_as_%.*s", gives, (int)strlen(of) - 1, of);
    snprintf(prefix, sizeof prefix, "%s_", gives);
    if (!json_object_get(part->functions, back)) {
        return NULL;
    }
    json_t *has = json_object(), *function;
    const char *name;
    json_object_foreach((json_t *)part->functions, name, function) {
        const char *own = rest(name, prefix, NONE);
        if (own && asks(function, prefix) && !is(name, back)) {
            json_object_set_new(has, own, signature(function));
        }
    }
    return has;
}

static void model_told(const part *part, json_t *into, bool asks_store) {
    /* What every model can do. */
    const char *const apart[] = {"copy",        "raw",   "json",                      "member_json",
                                 "member_text", "which", asks_store ? NULL : "store", NULL};
    const char *name;
    json_t *function;
    json_object_foreach((json_t *)part->functions, name, function) {
        const char *own = rest(name, part->prefix, apart);
        if (!own || !asks(function, part->prefix) || ends(own, "_yen")) {
            continue;
        }
        const json_t *params = json_object_get(function, "params");
        const json_t *last = json_array_get(params, json_array_size(params) - 1);
        json_t *variant = told_variant(part, word(function, "gives"));
        /* The key of an event is as good as a field, and yet a question. */
        bool is_question = is(word(last, "type"), "kessai_error**") || is(own, "event_key");
        json_object_set_new(into, own,
                            variant       ? variant
                            : is_question ? needs_and_returns(function, part->functions)
                                          : signature(function));
    }
}

/* A model: its fields, what it can be asked, and what it can be. */
sides model(const part *part, const json_t *rows) {
    sides sides = {json_object(), json_object()};
    model_expected(part, rows, sides.expected);
    model_told(part, sides.told, json_object_get(sides.expected, "store") != NULL);
    return sides;
}
