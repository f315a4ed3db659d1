/* The sandbox in which a case plays: its own account, controls and books. */

#ifndef STAGE_H
#define STAGE_H

#include <jansson.h>

/* A sandbox as it is at the start, with keys that no case had before. */
void stage_begin(size_t number);

/* Who calls in a case: an object with `key` and `secret`. New; NULL where nobody
 * knows such a key. */
json_t *stage_account(const json_t *key);

/* Acts through the control API; gives its answer. New. */
json_t *stage_act(const char *path, const json_t *body);

/* The ids of an order's invoices as the books have them, and how many are live.
 * New. */
json_t *stage_books(const char *order, json_int_t *live);

/* The methods that were called, but for the question for the time. New. */
json_t *stage_calls(void);

/* Every object of iPay of this kind, in the order in which they were made. New. */
json_t *stage_made(const char *kind);

/* The requests of a call of iPay: which came, with which keys, and what was made of
 * them. New. */
json_t *stage_wire(const char *call);

#endif
