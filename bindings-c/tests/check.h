/* As much of a test framework as these tests need. They are C99, C11 and C++17
 * at once. */

#ifndef CHECK_H
#define CHECK_H

#include <kessai.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(fine)                                                            \
    do {                                                                       \
        if (!(fine)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #fine); \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

#define CHECK_TEXT(is, wanted) check_text(__FILE__, __LINE__, (is), (wanted))

static inline void check_text(const char *file, int line, const char *is, const char *wanted) {
    if (is ? !wanted || strcmp(is, wanted) != 0 : wanted != NULL) {
        fprintf(stderr, "%s:%d: \"%s\" should be \"%s\"\n", file, line, is ? is : "(NULL)",
                wanted ? wanted : "(NULL)");
        exit(1);
    }
}

/* The call must go well. `error` must stand beside it. */
#define CHECK_OK(call)                                                                \
    do {                                                                              \
        if ((call) != KESSAI_OK) {                                                    \
            fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #call,             \
                    kessai_error_json(error));                                        \
            exit(1);                                                                  \
        }                                                                             \
        CHECK(!error);                                                                \
    } while (0)

/* The call must fail with this number, and name this parameter. Frees the error. */
#define CHECK_FAILS(call, wanted, named)                   \
    do {                                                   \
        CHECK((call) == (wanted));                         \
        CHECK(kessai_error_number(error) == (wanted));     \
        CHECK_TEXT(kessai_error_param(error), (named));    \
        kessai_error_free(error);                          \
        error = NULL;                                      \
    } while (0)

#define HAS(text, part) (strstr((text), (part)) != NULL)

#endif
