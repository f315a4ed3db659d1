/* Plays the cases of one data file, and tells on a line each how it went.
 *
 *     conform scenarios/journeys.json
 *
 * ../README.md tells what a case is. */

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player.h"
#include "surface.h"

static void tell(const char *group, const char *name, char *why) {
    char case_name[512];
    snprintf(case_name, sizeof case_name, "%s/%s", group, name);
    json_t *line = json_pack("{s:s, s:b, s:s?}", "case", case_name, "ok", !why, "why", why);
    /* What a library says of itself need not be UTF-8. */
    if (!line) {
        line = json_pack("{s:s, s:b, s:s}", "case", case_name, "ok", 0, "why", "no UTF-8");
    }
    json_dumpf(line, stdout, 0);
    putchar('\n');
    fflush(stdout);
    json_decref(line);
    free(why);
}

/* Whether the case is one of C's, and asked for. */
static int is_asked(const char *group, const json_t *data) {
    const json_t *languages = json_object_get(data, "in");
    const char *match = getenv("KESSAI_TEST_MATCH");
    char name[512];
    snprintf(name, sizeof name, "%s/%s", group, json_string_value(json_object_get(data, "name")));
    int ours = !languages;
    for (size_t i = 0; i < json_array_size(languages); i++) {
        ours |= strcmp(json_string_value(json_array_get(languages, i)), "c") == 0;
    }
    return ours && (!match || strstr(name, match));
}

int main(int count, char **arguments) {
    char path[1024], group[64];
    if (count != 2) {
        fprintf(stderr, "usage: conform FILE\n");
        return 2;
    }
    snprintf(path, sizeof path, "%s/%s", getenv("KESSAI_TEST_DATA"), arguments[1]);
    const char *slash = strrchr(arguments[1], '/');
    snprintf(group, sizeof group, "%s", slash ? slash + 1 : arguments[1]);
    group[strcspn(group, ".")] = '\0';

    json_error_t problem;
    json_t *data = json_load_file(path, JSON_ALLOW_NUL, &problem);
    if (!data) {
        fprintf(stderr, "%s:%d: %s\n", path, problem.line, problem.text);
        return 2;
    }
    curl_global_init(CURL_GLOBAL_ALL);
    if (strcmp(group, "surface") == 0) {
        const char *part;
        json_t *rows;
        json_object_foreach(data, part, rows) {
            if (strcmp(part, "about") != 0) {
                tell(group, part, compare_surface(part, data));
            }
        }
    }
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(data, "cases"), index, one) {
        if (is_asked(group, one)) {
            tell(group, json_string_value(json_object_get(one, "name")), play(one, index + 1));
        }
    }
    curl_global_cleanup();
    json_decref(data);
    return 0;
}
