#include "rows.h"

#include <stdlib.h>
#include <string.h>

const char *word(const json_t *row, const char *name) {
    return json_string_value(json_object_get(row, name));
}

bool is(const char *one, const char *other) {
    return one && strcmp(one, other) == 0;
}

bool ends(const char *text, const char *end) {
    size_t length = strlen(text), most = strlen(end);
    return length >= most && strcmp(text + length - most, end) == 0;
}

/* The rest of a name, in a list of names that are no row's apart. */
const char *rest(const char *name, const char *prefix, const char *const *apart) {
    size_t length = strlen(prefix);
    if (strncmp(name, prefix, length) != 0) {
        return NULL;
    }
    for (; *apart; apart++) {
        if (is(*apart, name + length)) {
            return NULL;
        }
    }
    return name + length;
}

/* A name without this end. */
char *without(const char *name, const char *end) {
    return strndup(name, strlen(name) - (ends(name, end) ? strlen(end) : 0));
}

/* What a setter's or an argument's type stands for in the tables. */
static const char *takes(const char *type, const char *name) {
    if (is(type, "constkessai_zaif_hint*")) {
        return "hint";
    }
    if (is(type, "constchar*const*")) {
        return "texts";
    }
    if (is(type, "int64_t")) {
        return ends(name, "_ms") ? "span" : "int";
    }
    if (is(type, "constchar*")) {
        return ends(name, "_json") ? "map" : is(name, "amount") ? "money" : "text";
    }
    return is(type, "bool") ? "bool" : type;
}

/* Adds every setter of a kind: its name, and what it takes. */
void setters(json_t *into, const json_t *functions, const char *prefix,
             const char *const *apart) {
    const char *name;
    json_t *function;
    json_object_foreach((json_t *)functions, name, function) {
        const char *own = rest(name, prefix, apart);
        if (own && !ends(own, "_yen")) {
            const json_t *param = json_array_get(json_object_get(function, "params"), 1);
            char *plain = without(own, "_ms");
            json_object_set_new(into, plain, json_string(takes(word(param, "type"), own)));
            free(plain);
        }
    }
}

/* What a place for a result stands for. */
static const char *returns(const char *type, const char *name) {
    if (is(type, "kessai_text**")) {
        return is(name, "json") ? "json" : "text";
    }
    return is(type, "kessai_zaif_invoice**")    ? "Invoice"
           : is(type, "kessai_zaif_invoices**") ? "a list of Invoice"
           : is(type, "kessai_zaif_resumed**")  ? "a resumed Invoice"
           : is(type, "kessai_texts**")         ? "texts"
           : is(type, "kessai_map**")           ? "map"
           : is(type, "bool*")                  ? "answer"
                                                : NULL;
}

/* What a function needs, and what it gives. */
json_t *needs_and_returns(const json_t *function) {
    const char *gives = "text";
    bool ordered = false;
    json_t *needs = json_object(), *param;
    size_t index;
    json_array_foreach(json_object_get(function, "params"), index, param) {
        const char *name = word(param, "name"), *type = word(param, "type");
        const char *place = returns(type, name);
        ordered |= is(type, "constkessai_zaif_order*");
        if (place) {
            gives = place;
        } else if (index && !ends(type, "**") && !ends(type, "_options*") &&
                   !ends(type, "_order*") && !is(type, "size_t")) {
            char *plain = without(name, "_json");
            json_object_set_new(needs, plain, json_string(takes(type, name)));
            free(plain);
        }
    }
    return json_pack("{s:b, s:o, s:s}", "order", ordered, "needs", needs, "returns", gives);
}
