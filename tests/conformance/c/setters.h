/* Named values on their way into the setters of the header. */

#ifndef SETTERS_H
#define SETTERS_H

#include <jansson.h>
#include <kessai.h>

/* False where there is no setter of this name for a value of this type. */
bool set_option(kessai_zaif_options *options, const char *name, const json_t *value);
bool set_order(kessai_zaif_order *order, const char *name, const json_t *value);
bool set_call_option(kessai_zaif_call_options *options, const char *name, const json_t *value);

#endif
