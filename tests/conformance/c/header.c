#include "header.h"

#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The header without its comments, all of its blanks alike. New. */
static char *bare(void) {
    const char *path = getenv("KESSAI_TEST_HEADER");
    FILE *file = path ? fopen(path, "r") : NULL;
    if (!file) {
        fprintf(stderr, "no header at KESSAI_TEST_HEADER\n");
        exit(2);
    }
    char *text = NULL;
    size_t length = 0, at = 0;
    if (getdelim(&text, &length, '\0', file) < 0) {
        exit(2);
    }
    fclose(file);
    for (char *from = text; *from; from++) {
        if (from[0] == '/' && from[1] == '*') {
            from = strstr(from, "*/") + 1;
        } else if (!isspace((unsigned char)*from)) {
            text[at++] = *from;
        } else if (at && text[at - 1] != ' ') {
            text[at++] = ' ';
        }
    }
    text[at] = '\0';
    return text;
}

static char *part(const char *text, regmatch_t match) {
    return strndup(text + match.rm_so, (size_t)(match.rm_eo - match.rm_so));
}

/* Calls `found` for every place that fits, with its parts. */
static void each(const char *pattern, void (*found)(char **parts, json_t *all), json_t *all) {
    char *text = bare();
    regex_t regex;
    regmatch_t matches[4];
    regcomp(&regex, pattern, REG_EXTENDED);
    for (const char *at = text; regexec(&regex, at, 4, matches, 0) == 0; at += matches[0].rm_eo) {
        char *parts[3] = {NULL, NULL, NULL};
        for (size_t i = 0; i < 3 && matches[i + 1].rm_so >= 0; i++) {
            parts[i] = part(at, matches[i + 1]);
        }
        found(parts, all);
        for (size_t i = 0; i < 3; i++) {
            free(parts[i]);
        }
    }
    regfree(&regex);
    free(text);
}

/* `const char *order` as a name and a type without blanks. */
static json_t *parameter(const char *declared) {
    size_t end = strlen(declared), start, length = 0;
    char type[128];
    for (start = end; start && (isalnum((unsigned char)declared[start - 1]) ||
                                declared[start - 1] == '_');) {
        start--;
    }
    for (size_t i = 0; i < start && length + 1 < sizeof type; i++) {
        if (declared[i] != ' ') {
            type[length++] = declared[i];
        }
    }
    type[length] = '\0';
    return json_pack("{s:s, s:s}", "name", declared + start, "type", type);
}

static void function(char **parts, json_t *all) {
    json_t *params = json_array();
    char *rest = parts[2], *one;
    while ((one = strsep(&rest, ","))) {
        if (strcmp(one, "void") != 0) {
            json_array_append_new(params, parameter(one));
        }
    }
    json_t *row = json_pack("{s:s, s:o}", "gives", parts[0], "params", params);
    json_object_set_new(all, parts[1], row);
}

static void word(char **parts, json_t *all) {
    json_object_set_new(all, parts[0], json_string(parts[1]));
}

static void number(char **parts, json_t *all) {
    json_object_set_new(all, parts[0], json_integer(atoi(parts[1])));
}

json_t *header_functions(void) {
    json_t *all = json_object();
    each("([a-z0-9_]+) \\**(kessai_[a-z0-9_]+)\\(([^()]*)\\);", function, all);
    return all;
}

json_t *header_words(void) {
    json_t *all = json_object();
    each("#define (KESSAI_[A-Z0-9_]+) \"([^\"]*)\"", word, all);
    return all;
}

json_t *header_numbers(void) {
    json_t *all = json_object();
    each("(KESSAI_ERROR_[A-Z0-9_]+) = ([0-9]+)", number, all);
    return all;
}
