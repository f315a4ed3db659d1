/* What a step can do. */

#ifndef CALLS_H
#define CALLS_H

#include <jansson.h>
#include <kessai.h>

/* What a call gave, to be told and to be asked. */
typedef struct {
    json_t *told;
    /* What it stands for in later steps. */
    char *name;
    kessai_zaif_invoice *invoice;
    kessai_zaif_webhooks *webhooks;
    kessai_qr *code;
} thing;

void thing_free(thing *thing);

/* Who calls in a case. */
typedef struct {
    const char *key;
    const char *secret;
    const json_t *options;
    kessai_zaif_client *client;
    /* What the hook was told. */
    json_t *events;
} caller;

/* Builds a client with the case's options, and with more. */
int32_t build(const caller *caller, const json_t *more, kessai_zaif_client **client,
              kessai_error **error, char **why);

/* One call under way. */
typedef struct {
    const caller *caller;
    const thing *of;
    const json_t *given;
    kessai_zaif_order *order;
    kessai_zaif_call_options *options;
    thing *out;
    kessai_error **error;
} call;

typedef enum { ALONE, WITH_OPTIONS, WITH_ORDER, WITH_ANYTHING } besides;

/* One thing that a step can do. */
typedef struct {
    const char *name;
    int32_t (*run)(call *call);
    /* The arguments that it takes by themselves, each after a space. */
    const char *takes;
    besides besides;
} row;

/* What needs no client. */
extern const row FREE[];

/* Makes a call. NULL, or why it could not be made at all: free it. What became of
 * it stands in `out`, or in `error`. */
char *make(const caller *caller, const char *name, const thing *of, const json_t *given,
           thing *out, kessai_error **error);

/* For what makes calls: an argument that is text, NULL where it is not given; what
 * a call gave. These take what they are given, which may be NULL. */
const char *text(const call *call, const char *name);
void give(call *call, json_t *told);
void give_text(call *call, kessai_text *text);
void give_texts(call *call, kessai_texts *texts);
void give_invoice(call *call, kessai_zaif_invoice *invoice);

#endif
