/* The sandbox in which a case plays: its own account, controls and books. */

#ifndef STAGE_H
#define STAGE_H

#include <jansson.h>

/* A sandbox as it is at the start, with keys that no case had before. Gives what the
 * sandbox tells of iPay. New. */
json_t *stage_begin(size_t number);

/* Who calls in a case with this client, and where: credentials and an address. New;
 * NULL where nobody knows such a key. */
json_t *stage_account(const char *client, const json_t *key, const json_t *ipay);

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

/* The last delivery of an event of iPay: `body`, `signature`, and the `secret` for it.
 * New; NULL where there is none. */
json_t *stage_delivered(const char *event, const json_t *ipay);

#endif
