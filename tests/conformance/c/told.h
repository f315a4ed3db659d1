/* What a call gave, in the form in which the data tells it, and the comparison. */

#ifndef TOLD_H
#define TOLD_H

#include <jansson.h>
#include <kessai.h>

/* Compares what was told with what is expected; more may be told. NULL, or what
 * differs: free it. */
char *compare(const json_t *expected, const json_t *told);

/* All of these give something new. */
json_t *told_text(const char *text);
json_t *told_texts(const kessai_texts *texts);
json_t *told_map(const kessai_map *map);
json_t *told_json(const char *text);
json_t *told_time(int64_t time);
json_t *told_answer(bool yes, bool known);
json_t *told_resumed(const kessai_zaif_resumed *resumed);
json_t *told_notice(const kessai_zaif_notice *notice);
json_t *told_payment_uri(const kessai_zaif_payment_uri *uri);
json_t *told_qr(const kessai_qr *code);

/* Whole numbers are told as text. New. */
json_t *told_whole(int64_t whole);

/* Adds a member, which this takes. */
void tell(json_t *told, const char *name, json_t *value);

/* Everything of an error; of a handle only whether there is one. */
json_t *told_error(const kessai_error *error);

/* What the hook is told; of times and handles only whether they are there. */
json_t *told_event(const kessai_event *event);

#endif
