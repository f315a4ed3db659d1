/* Plays a case, step by step. */

#ifndef PLAYER_H
#define PLAYER_H

#include <jansson.h>

/* Plays the case of this number. NULL, or what went wrong: free it. */
char *play(const json_t *data, size_t number);

#endif
