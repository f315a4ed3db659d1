/* What the stories share. */

#ifndef STORY_H
#define STORY_H

#include "world.h"

/* Ends the program at a surprise. */
void check(bool fine, const char *problem);

/* Tells how the shop takes cards. */
void tell_of_cards(const struct world *world);

#endif
