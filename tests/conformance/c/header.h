/* What the header declares, read from its text. */

#ifndef HEADER_H
#define HEADER_H

#include <jansson.h>

/* Its functions, by name: what each `gives`, and its `params`, each a name and a
 * type without blanks. New. */
json_t *header_functions(void);

/* Its constants that are text, by name. New. */
json_t *header_words(void);

/* Its numbers of errors, by name. New. */
json_t *header_numbers(void);

#endif
