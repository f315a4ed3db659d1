/* What the header and the library offer, compared with the data. */

#ifndef SURFACE_H
#define SURFACE_H

#include <jansson.h>

/* Compares one part. NULL, or what is wrong with it: free it. */
char *compare_surface(const char *part, const json_t *data);

#endif
