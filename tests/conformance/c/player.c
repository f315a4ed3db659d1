#include "player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "calls.h"
#include "stage.h"
#include "told.h"

/* What a step of each kind may say, the kind itself first. */
static const char *const DO[] = {"do", "client", "with",     "of",    "each",   "take",
                                 "as", "gives",  "contains", "fails", "within", NULL};
static const char *const SANDBOX[] = {"sandbox", "body", NULL};
static const char *const BOOKS[] = {"books", "ids", "live", "as", NULL};
static const char *const CALLS[] = {"calls", NULL};
static const char *const EVENTS[] = {"events", NULL};
static const char *const WIRE[] = {"wire", "tries", "executed", "replayed", "keys", NULL};
static const char *const MADE[] = {"made", "rows", "count", NULL};
static const char *const DELIVERED[] = {"delivered", "as", NULL};
static const char *const *const KINDS[] = {DO,   SANDBOX, BOOKS,     CALLS, EVENTS,
                                           WIRE, MADE,    DELIVERED, NULL};
static const char *const CASE[] = {"name", "client", "key", "options", "in", "steps", NULL};

typedef struct {
    caller caller;
    /* What the sandbox tells of iPay. */
    json_t *ipay;
    /* What steps gave, by its letter. */
    thing things['z' + 1];
} player;

static char *because(const char *format, const char *text) {
    char *why = NULL;
    return asprintf(&why, format, text) < 0 ? NULL : why;
}

/* Refuses what this player does not know. */
static char *only(const json_t *value, const char *const *known) {
    const char *name;
    json_t *inner;
    json_object_foreach((json_t *)value, name, inner) {
        const char *const *at = known;
        while (*at && strcmp(*at, name) != 0) {
            at++;
        }
        if (!*at) {
            return because("%s is not known", name);
        }
    }
    return NULL;
}

/* A text with what is known by now in the place of `$a`. */
static json_t *filled_text(const player *player, const char *text) {
    char *filled = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&filled, &length);
    for (; *text; text++) {
        size_t letter = (unsigned char)text[1];
        const char *name = *text == '$' && letter <= 'z' ? player->things[letter].name : NULL;
        if (name) {
            fputs(name, out);
            text++;
        } else {
            fputc(*text, out);
        }
    }
    fclose(out);
    json_t *value = json_string(filled);
    free(filled);
    return value;
}

/* The same of all texts in a value. New. */
static json_t *filled(const player *player, const json_t *value) {
    if (json_is_string(value)) {
        return filled_text(player, json_string_value(value));
    }
    if (json_is_array(value)) {
        json_t *all = json_array();
        for (size_t i = 0; i < json_array_size(value); i++) {
            json_array_append_new(all, filled(player, json_array_get(value, i)));
        }
        return all;
    }
    if (json_is_object(value)) {
        json_t *all = json_object();
        const char *name;
        json_t *inner;
        json_object_foreach((json_t *)value, name, inner) {
            json_object_set_new(all, name, filled(player, inner));
        }
        return all;
    }
    return value ? json_deep_copy(value) : json_object();
}

static char *compare_filled(const player *player, const json_t *expected, const json_t *told) {
    json_t *wanted = filled(player, expected);
    char *why = compare(wanted, told);
    json_decref(wanted);
    return why;
}

static void remember(player *player, const json_t *step, thing thing) {
    const char *as = json_string_value(json_object_get(step, "as"));
    if (as) {
        thing_free(&player->things[(unsigned char)*as]);
        player->things[(unsigned char)*as] = thing;
    } else {
        thing_free(&thing);
    }
}

/* How a call ended, where something is the matter with that. */
static char *judge(const player *player, const json_t *step, const json_t *told, bool failed,
                   double took) {
    const json_t *fails = json_object_get(step, "fails"), *gives = json_object_get(step, "gives");
    const json_t *part = json_object_get(step, "contains");
    const json_t *within = json_object_get(step, "within");
    if (failed != (fails != NULL)) {
        char *text = json_dumps(told, JSON_ENCODE_ANY);
        char *why = because(failed ? "it failed: %s" : "it did not fail, but gave %s", text);
        free(text);
        return why;
    }
    char *why = NULL;
    if (fails || gives) {
        why = compare_filled(player, fails ? fails : gives, told);
    }
    if (!why && part) {
        json_t *wanted = filled(player, part);
        const char *text = json_string_value(told);
        if (!text || !strstr(text, json_string_value(wanted))) {
            why = because("it does not contain %s", json_string_value(wanted));
        }
        json_decref(wanted);
    }
    if (!why && within && took > (double)json_integer_value(within)) {
        why = because("it took too long%s", "");
    }
    return why;
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* Makes a call with another client, which has no options. */
static char *make_with(const player *player, const char *client, const json_t *step,
                       const json_t *given, thing *out, kessai_error **error) {
    caller other = {.class = class_named(client)};
    if (!other.class) {
        return because("there is no client called %s", client);
    }
    json_t *account = stage_account(client, NULL, player->ipay);
    char *why = NULL;
    other.account = account;
    other.events = json_array();
    build(&other, NULL, &other.client, error, &why);
    if (!why && !*error) {
        why = make(&other, step, NULL, given, out, error);
    }
    other.class->free(other.client);
    json_decref(other.events);
    json_decref(account);
    return why;
}

static char *do_call(player *player, const json_t *step) {
    thing out = {0};
    kessai_error *error = NULL;
    const char *letter = json_string_value(json_object_get(step, "of"));
    const thing *of = letter ? &player->things[(unsigned char)*letter] : NULL;
    json_t *given = filled(player, json_object_get(step, "with"));
    const char *client = json_string_value(json_object_get(step, "client"));
    double began = now();
    char *why = client ? make_with(player, client, step, given, &out, &error)
                       : make(&player->caller, step, of, given, &out, &error);
    double took = now() - began;
    json_decref(given);
    if (!why && error) {
        thing_free(&out);
        out.told = told_error(error);
        if (kessai_error_resume(error)) {
            out.name = strdup(kessai_error_resume(error));
        }
    }
    if (!why) {
        why = judge(player, step, out.told, error != NULL, took);
    }
    kessai_error_free(error);
    remember(player, step, out);
    return why;
}

static char *act(const player *player, const json_t *step) {
    json_t *path = filled(player, json_object_get(step, "sandbox"));
    json_t *body = filled(player, json_object_get(step, "body"));
    json_decref(stage_act(json_string_value(path), body));
    json_decref(path);
    json_decref(body);
    return NULL;
}

static char *books(player *player, const json_t *step) {
    json_int_t live;
    json_t *ids = stage_books(json_string_value(json_object_get(step, "books")), &live);
    const json_t *wanted = json_object_get(step, "ids"), *count = json_object_get(step, "live");
    char *why = wanted ? compare_filled(player, wanted, ids) : NULL;
    if (!why && count) {
        json_t *told = json_integer(live);
        why = compare(count, told);
        json_decref(told);
    }
    if (!why && json_object_get(step, "as")) {
        if (json_array_size(ids) == 1) {
            thing thing = {.name = strdup(json_string_value(json_array_get(ids, 0)))};
            remember(player, step, thing);
        } else {
            why = because("the books do not hold one invoice%s", "");
        }
    }
    json_decref(ids);
    return why;
}

static char *calls(const json_t *step) {
    json_t *told = stage_calls();
    char *why = compare(json_object_get(step, "calls"), told);
    json_decref(told);
    return why;
}

/* How a call of iPay went over the wire. */
static char *wire(const player *player, const json_t *step) {
    json_t *told = stage_wire(json_string_value(json_object_get(step, "wire")));
    json_t *wanted = filled(player, step), *keys = json_object_get(wanted, "keys");
    json_object_del(wanted, "wire");
    if (json_is_integer(keys)) {
        size_t count = json_array_size(json_object_get(told, "keys"));
        json_object_set_new(told, "keys", json_integer((json_int_t)count));
    }
    char *why = compare(wanted, told);
    json_decref(wanted);
    json_decref(told);
    return why;
}

static char *made(const player *player, const json_t *step) {
    json_t *told = stage_made(json_string_value(json_object_get(step, "made")));
    const json_t *rows = json_object_get(step, "rows"), *count = json_object_get(step, "count");
    char *why = rows ? compare_filled(player, rows, told) : NULL;
    if (!why && count) {
        json_t *size = json_integer((json_int_t)json_array_size(told));
        why = compare(count, size);
        json_decref(size);
    }
    json_decref(told);
    return why;
}

static char *delivered(player *player, const json_t *step) {
    const char *event = json_string_value(json_object_get(step, "delivered"));
    thing thing = {.delivered = stage_delivered(event, player->ipay)};
    if (!thing.delivered) {
        return because("%s was not delivered", event);
    }
    remember(player, step, thing);
    return NULL;
}

static char *play_step(player *player, const json_t *step) {
    const char *const *const *kind = KINDS;
    while (*kind && !json_object_get(step, (*kind)[0])) {
        kind++;
    }
    if (!*kind) {
        return because("it is of no known kind%s", "");
    }
    char *why = only(step, *kind);
    if (why) {
        return why;
    }
    if (*kind == DO) {
        return do_call(player, step);
    }
    if (*kind == SANDBOX) {
        return act(player, step);
    }
    if (*kind == EVENTS) {
        return compare(json_object_get(step, "events"), player->caller.events);
    }
    if (*kind == WIRE) {
        return wire(player, step);
    }
    if (*kind == MADE) {
        return made(player, step);
    }
    if (*kind == DELIVERED) {
        return delivered(player, step);
    }
    return *kind == BOOKS ? books(player, step) : calls(step);
}

static char *play_steps(player *player, const json_t *data) {
    size_t index;
    json_t *step;
    json_array_foreach(json_object_get(data, "steps"), index, step) {
        char *why = play_step(player, step), *where = NULL;
        if (why) {
            int length = asprintf(&where, "step %zu: %s", index + 1, why);
            free(why);
            return length < 0 ? NULL : where;
        }
    }
    return NULL;
}

char *play(const json_t *data, size_t number) {
    player player = {0};
    kessai_error *error = NULL;
    char *why = only(data, CASE);
    const char *client = json_string_value(json_object_get(data, "client"));
    client = client ? client : "zaif";
    player.ipay = stage_begin(number);
    json_t *account = stage_account(client, json_object_get(data, "key"), player.ipay);
    player.caller.class = class_named(client);
    player.caller.account = account;
    player.caller.options = json_object_get(data, "options");
    player.caller.events = json_array();
    if (!why && !player.caller.class) {
        why = because("there is no client called %s", client);
    }
    if (!why && !account) {
        why = because("there is no key of the kind %s",
                      json_string_value(json_object_get(data, "key")));
    }
    if (!why && build(&player.caller, NULL, &player.caller.client, &error, &why) != KESSAI_OK) {
        why = because("no client: %s", kessai_error_message(error));
    }
    if (!why) {
        why = play_steps(&player, data);
    }
    for (size_t i = 0; i < sizeof player.things / sizeof *player.things; i++) {
        thing_free(&player.things[i]);
    }
    if (player.caller.class) {
        player.caller.class->free(player.caller.client);
    }
    kessai_error_free(error);
    json_decref(player.caller.events);
    json_decref(player.ipay);
    json_decref(account);
    return why;
}
