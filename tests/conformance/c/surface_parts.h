/* What the header has for a part of the surface, beside what the data says of it. */

#ifndef SURFACE_PARTS_H
#define SURFACE_PARTS_H

#include <jansson.h>

/* Both sides are brought to what C can tell: objects of rows by name. */
typedef struct {
    json_t *expected;
    json_t *told;
} sides;

/* One part of the data: what it belongs to, as the header spells it. */
typedef struct {
    const json_t *data;
    const json_t *functions;
    const char *module;
    /* What its functions begin with. */
    char prefix[128];
} part;

/* Adds what takes something, under its name. */
void expect(json_t *into, const json_t *row);

/* Of a class of clients; `rows` are the part's. */
sides methods(const part *part, const json_t *rows);
sides options(const part *part);
sides credentials(const part *part);
sides own_options(const part *part, const json_t *rows);

/* Of a model. */
sides model(const part *part, const json_t *rows);

#endif
