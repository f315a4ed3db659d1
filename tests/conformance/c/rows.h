/* What functions of the header come to as rows of the tables. */

#ifndef ROWS_H
#define ROWS_H

#include <jansson.h>
#include <stdbool.h>

/* A member that is text; NULL where it is none. */
const char *word(const json_t *row, const char *name);

bool is(const char *one, const char *other);
bool ends(const char *text, const char *end);

/* The rest of a name behind a prefix, except of names that stand apart; else NULL. */
const char *rest(const char *name, const char *prefix, const char *const *apart);

/* A name without this end. New. */
char *without(const char *name, const char *end);

/* `OrderKind` as `order_kind`, and back. New. */
char *snake(const char *name);
char *camel(const char *name);

/* Adds every setter whose name begins so: its name, and what it takes. */
void setters(json_t *into, const json_t *functions, const char *prefix,
             const char *const *apart);

/* What a function needs, and what it gives, as all functions tell it. New. */
json_t *needs_and_returns(const json_t *function, const json_t *functions);

#endif
