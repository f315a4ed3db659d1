/* What the generated rows are made of: setters by name, models, classes of clients. */

#ifndef CLASSES_H
#define CLASSES_H

#include <string.h>

#include "calls.h"
#include "jwt.h"

/* Several texts as the header takes them; free `each`. */
typedef struct {
    const char **each;
    size_t count;
} texts;

texts several(const json_t *all);

/* A table of setters by type. Spans are seconds in the data. */
#define SETTERS(T)                                                \
    struct T##_setter {                                           \
        const char *name;                                         \
        void (*text)(kessai_##T *, const char *);                 \
        void (*whole)(kessai_##T *, int64_t);                     \
        void (*span)(kessai_##T *, int64_t);                      \
        void (*flag)(kessai_##T *, bool);                         \
        void (*json)(kessai_##T *, const char *);                 \
        void (*texts)(kessai_##T *, const char *const *, size_t); \
    };                                                            \
    static const struct T##_setter T##_setters[]

/* What finds one of them: false where there is none of this name for a value of this
 * type. */
#define SET(T)                                                           \
    bool set_##T(void *target, const char *name, const json_t *value) {  \
        const struct T##_setter *setter = T##_setters;                   \
        while (setter->name && strcmp(setter->name, name) != 0) {        \
            setter++;                                                    \
        }                                                                \
        if (setter->text && json_is_string(value)) {                     \
            setter->text(target, json_string_value(value));              \
        } else if (setter->whole && json_is_integer(value)) {            \
            setter->whole(target, json_integer_value(value));            \
        } else if (setter->span && json_is_integer(value)) {             \
            setter->span(target, json_integer_value(value) * 1000);      \
        } else if (setter->flag && json_is_boolean(value)) {             \
            setter->flag(target, json_is_true(value));                   \
        } else if (setter->json) {                                       \
            char *written = json_dumps(value, JSON_ENCODE_ANY);          \
            setter->json(target, written);                               \
            free(written);                                               \
        } else if (setter->texts && json_is_array(value)) {              \
            texts all = several(value);                                  \
            setter->texts(target, all.each, all.count);                  \
            free(all.each);                                              \
        } else {                                                         \
            return false;                                                \
        }                                                                \
        return true;                                                     \
    }

/* A model whose functions in the header begin so. `told_` of it stands before this. */
#define MODEL(T)                                                                         \
    static json_t *tell_##T(const void *model) { return told_##T(model); }               \
    static const char *raw_##T(const void *model) { return kessai_##T##_raw(model); }    \
    static void free_##T(void *model) { kessai_##T##_free(model); }                      \
    static int32_t restored_##T(const void *model, void **again, kessai_error **error) { \
        kessai_text *stored = NULL;                                                      \
        kessai_##T *made = NULL;                                                         \
        int32_t number = kessai_##T##_store(model, &stored, error);                      \
        if (number == KESSAI_OK) {                                                       \
            number = kessai_##T##_restore(kessai_text_data(stored), &made, error);       \
        }                                                                                \
        kessai_text_free(stored);                                                        \
        *again = made;                                                                   \
        return number;                                                                   \
    }                                                                                    \
    const model_class T = {tell_##T, raw_##T, restored_##T, free_##T};

/* A class of clients whose functions begin so, of a service, with its rows. `build_`
 * of it stands before this. */
#define CLASS(T, service, rows)                                                          \
    static void free_##T(void *client) { kessai_##T##_free(client); }                    \
    static void *options_of_##T(void) { return kessai_##service##_call_options_new(); }  \
    static void free_options_of_##T(void *options) {                                     \
        kessai_##service##_call_options_free(options);                                   \
    }                                                                                    \
    const client_class T = {                                                             \
        build_##T,           free_##T, options_of_##T, set_##service##_call_options,     \
        free_options_of_##T, rows,                                                       \
    };

/* Sets each that is given, but for those in a list, each after a space; `why` says
 * which one has no setter. */
void set_each(bool (*set)(void *, const char *, const json_t *), void *options,
              const json_t *given, const char *but, char **why);

/* What is given as text; NULL where it is not. */
const char *given_text(const json_t *given, const char *name);

/* Keeps what the hook is told. */
void hear(const kessai_event *event, void *events);

#endif
