/* What a step can do. */

#ifndef CALLS_H
#define CALLS_H

#include <jansson.h>
#include <kessai.h>
#include <stdbool.h>
#include <stdlib.h>

/* A type of models. */
typedef struct {
    json_t *(*told)(const void *model);
    const char *(*raw)(const void *model);
    /* One that was stored and read again. */
    int32_t (*restored)(const void *model, void **again, kessai_error **error);
    void (*free)(void *model);
} model_class;

extern const model_class zaif_invoice, ipay_event;

/* What a call gave, to be told and to be asked. */
typedef struct {
    json_t *told;
    /* What it stands for in later steps. */
    char *name;
    const model_class *class;
    void *model;
    kessai_zaif_webhooks *webhooks;
    kessai_qr *code;
    /* A webhook as the sandbox sent it: `body`, `signature`, and the `secret` for it. */
    json_t *delivered;
} thing;

void thing_free(thing *thing);

typedef struct client_class client_class;

/* Who calls in a case. */
typedef struct {
    const client_class *class;
    /* Credentials, and where the service is. */
    const json_t *account;
    const json_t *options;
    void *client;
    /* What the hook was told. */
    json_t *events;
} caller;

/* One call under way. */
typedef struct {
    const caller *caller;
    void *client;
    const thing *of;
    const json_t *step;
    const json_t *given;
    kessai_zaif_order *order;
    kessai_zaif_hint *hint;
    void *options;
    /* Texts that were written for it. */
    json_t *written;
    thing *out;
    kessai_error **error;
    /* Why it cannot be made at all. */
    char *why;
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

/* A class of clients: of what they are built, and what they can do. */
struct client_class {
    int32_t (*build)(const caller *caller, const json_t *given, void **client,
                     kessai_error **error, char **why);
    void (*free)(void *client);
    void *(*options)(void);
    bool (*set)(void *options, const char *name, const json_t *value);
    void (*free_options)(void *options);
    const row *methods;
};

/* The class that the data calls so; NULL where there is none. */
const client_class *class_named(const char *name);

bool set_zaif_order(void *order, const char *name, const json_t *value);

/* Builds a client with the case's options, and with more: whose `credentials`, where
 * they are given, stand for the account's. */
int32_t build(const caller *caller, const json_t *more, void **client, kessai_error **error,
              char **why);

/* What needs no client. */
extern const row FREE[];

/* Makes the call of a step. NULL, or why it could not be made at all: free it. What
 * became of it stands in `out`, or in `error`. */
char *make(const caller *caller, const json_t *step, const thing *of, const json_t *given,
           thing *out, kessai_error **error);

/* For what makes calls: an argument of a type, NULL or 0 where it is not given. One of
 * another type cannot be given. */
const char *text(call *call, const char *name);
int64_t whole(call *call, const char *name);
bool flag(call *call, const char *name);
/* Any value, as JSON; where the step has it with `_text`, that to the letter. */
const char *json(call *call, const char *name);
bool is_whole(const call *call, const char *name);
/* Reads a hint, for the call to have it. */
int32_t read_hint(call *call, const char *name);
/* The event that an earlier step gave. */
const kessai_ipay_event *event(const call *call);

/* What a call gave. These take what they are given, which may be NULL. */
void give(call *call, json_t *told);
void give_text(call *call, kessai_text *text);
void give_json(call *call, kessai_text *json);
void give_texts(call *call, kessai_texts *texts);
void give_map(call *call, kessai_map *map);
void give_resumed(call *call, kessai_zaif_resumed *resumed);
void give_model(call *call, const model_class *class, void *model);

/* Lists are walked through as far as the step says, page after page. */
void begin_walk(call *call);
void walk(call *call, json_t *told);
bool walks_on(const call *call);

#endif
