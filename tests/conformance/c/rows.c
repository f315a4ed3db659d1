#include "rows.h"

#include <ctype.h>
#include <stdio.h>
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

char *snake(const char *name) {
    char *made = calloc(2 * strlen(name) + 1, 1), *at = made;
    for (const char *letter = name; *letter; letter++) {
        if (isupper((unsigned char)*letter) && letter > name) {
            *at++ = '_';
        }
        *at++ = (char)tolower((unsigned char)*letter);
    }
    return made;
}

char *camel(const char *name) {
    char *made = calloc(strlen(name) + 1, 1), *at = made;
    for (const char *letter = name; *letter; letter++) {
        bool begins = letter == name || letter[-1] == '_';
        if (*letter != '_') {
            *at++ = begins ? (char)toupper((unsigned char)*letter) : *letter;
        }
    }
    return made;
}

/* What a setter's or an argument's type stands for in the tables. */
static const char *takes(const char *type, const char *name) {
    if (is(type, "constkessai_zaif_hint*")) {
        return "hint";
    }
    if (is(type, "constkessai_ipay_event*")) {
        return "event";
    }
    if (is(type, "constchar*const*")) {
        return "texts";
    }
    if (is(type, "int64_t")) {
        return ends(name, "_ms") ? "span" : "int";
    }
    if (is(type, "constchar*")) {
        return ends(name, "_json") ? "json" : is(name, "amount") ? "money" : "text";
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
            char *plain = without(own, ends(own, "_json") ? "_json" : "_ms");
            json_object_set_new(into, plain, json_string(takes(word(param, "type"), own)));
            free(plain);
        }
    }
}

/* What a model's handle stands for, or a handle of several. New. */
static char *returned_model(const char *type, const json_t *functions) {
    char *handle = strndup(type, strlen(type) - 2), *made = NULL;
    const char *own = strchr(handle + strlen("kessai_"), '_');
    char counts[128], next[128];
    snprintf(counts, sizeof counts, "%s_count", handle);
    snprintf(next, sizeof next, "%s_next", handle);
    bool several = json_object_get(functions, counts) != NULL;
    char *one = without(own ? own + 1 : handle, several ? "s" : ""), *name = camel(one);
    const char *what = !several                           ? ""
                       : json_object_get(functions, next) ? "pages of "
                                                          : "a list of ";
    if (asprintf(&made, "%s%s", what, name) < 0) {
        abort();
    }
    free(handle);
    free(one);
    free(name);
    return made;
}

/* What a place for a result stands for. New; NULL where it is no such place. */
static char *returns(const char *type, const char *name, const json_t *functions) {
    if (is(type, "kessai_text**")) {
        return strdup(is(name, "json") ? "json" : "text");
    }
    return is(type, "kessai_zaif_resumed**") ? strdup("a resumed Invoice")
           : is(type, "kessai_texts**")      ? strdup("texts")
           : is(type, "kessai_map**")        ? strdup("map")
           : is(type, "bool*")               ? strdup("answer")
           : ends(type, "**") && !is(type, "kessai_error**") ? returned_model(type, functions)
                                                             : NULL;
}

/* What a function needs, and what it gives. */
json_t *needs_and_returns(const json_t *function, const json_t *functions) {
    char *gives = NULL;
    bool ordered = false;
    json_t *needs = json_object(), *param;
    size_t index;
    json_array_foreach(json_object_get(function, "params"), index, param) {
        const char *name = word(param, "name"), *type = word(param, "type");
        char *place = returns(type, name, functions);
        ordered |= is(type, "constkessai_zaif_order*");
        if (place) {
            free(gives);
            gives = place;
        } else if (index && !ends(type, "**") && !ends(type, "_options*") &&
                   !ends(type, "_order*") && !is(type, "size_t")) {
            char *plain = without(name, "_json");
            json_object_set_new(needs, plain, json_string(takes(type, name)));
            free(plain);
        }
    }
    json_t *row = json_pack("{s:b, s:o, s:s}", "order", ordered, "needs", needs, "returns",
                            gives ? gives : "text");
    free(gives);
    return row;
}
