#define _POSIX_C_SOURCE 200809L

#include "world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

extern char **environ;

static void surprise(const char *what, const char *more) {
    fprintf(stderr, "surprise: %s%s\n", what, more);
    exit(1);
}

static void wait_for_input(int from, const char *what) {
    struct pollfd one;
    one.fd = from;
    one.events = POLLIN;
    if (poll(&one, 1, PATIENCE_MS) != 1) surprise(what, ": nothing came in time");
}

/* Copies the text of a JSON member that holds no escapes. */
static void member(const char *json, const char *name, char *to, size_t size) {
    char wanted[64];
    const char *from;
    size_t length;
    snprintf(wanted, sizeof wanted, "\"%s\":\"", name);
    from = strstr(json, wanted);
    if (!from) surprise("the sandbox does not tell its ", name);
    from += strlen(wanted);
    length = strcspn(from, "\"");
    if (length >= size) surprise("too long: ", name);
    memcpy(to, from, length);
    to[length] = '\0';
}

static void start(struct world *world, bool with_tls) {
    const char *given = getenv("KESSAI_SANDBOX");
    char name[] = "kessai-sandbox", tls[] = "--tls", line[4096], url[128];
    const char *zaif, *ipay;
    char *arguments[3] = {name, with_tls ? tls : NULL, NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    size_t length = 0;
    if (pipe(ends) != 0) surprise("no pipe", "");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    if (posix_spawnp(&world->pid, given ? given : name, &actions, NULL, arguments, environ) != 0) {
        surprise("kessai-sandbox cannot be started: ", "set KESSAI_SANDBOX to where it is");
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    while (length == 0 || line[length - 1] != '\n') {
        ssize_t more;
        wait_for_input(ends[0], "the sandbox");
        more = read(ends[0], line + length, sizeof line - 1 - length);
        if (more <= 0) surprise("the sandbox ended", "");
        length += (size_t)more;
    }
    line[length] = '\0';
    close(ends[0]);
    member(line, "url", url, sizeof url);
    zaif = strstr(line, "\"zaif\":{");
    if (!zaif) surprise("the sandbox does not tell its ", "zaif");
    member(zaif, "endpoint", world->endpoint, sizeof world->endpoint);
    member(zaif, "key", world->key, sizeof world->key);
    member(zaif, "secret", world->secret, sizeof world->secret);
    ipay = strstr(line, "\"ipay\":{");
    if (!ipay) surprise("the sandbox does not tell its ", "ipay");
    member(ipay, "base_url", world->ipay_base_url, sizeof world->ipay_base_url);
    member(ipay, "key", world->ipay_key, sizeof world->ipay_key);
    member(ipay, "secret", world->ipay_secret, sizeof world->ipay_secret);
    member(ipay, "publishable_key", world->ipay_publishable_key,
           sizeof world->ipay_publishable_key);
    member(ipay, "webhook_secret", world->ipay_webhook_secret,
           sizeof world->ipay_webhook_secret);
    if (with_tls) member(line, "ca_file", world->ca_file, sizeof world->ca_file);
    world->port = atoi(strrchr(url, ':') + 1);
}

void world_start(struct world *world) {
    start(world, false);
}

void world_start_tls(struct world *world) {
    start(world, true);
}

void world_find(struct world *world) {
    const char *url = getenv("KESSAI_SANDBOX_URL"), *port = url ? strrchr(url, ':') : NULL;
    memset(world, 0, sizeof *world);
    if (port) {
        world->port = atoi(port + 1);
        return;
    }
    world_start(world);
    setenv("ZAIF_API_KEY", world->key, 1);
    setenv("ZAIF_API_SECRET", world->secret, 1);
    setenv("ZAIF_ENDPOINT", world->endpoint, 1);
    setenv("IPAY_API_KEY", world->ipay_key, 1);
    setenv("IPAY_API_SECRET", world->ipay_secret, 1);
    setenv("IPAY_PUBLISHABLE_KEY", world->ipay_publishable_key, 1);
    setenv("IPAY_WEBHOOK_SECRET", world->ipay_webhook_secret, 1);
    setenv("IPAY_BASE_URL", world->ipay_base_url, 1);
}

void world_stop(struct world *world) {
    if (world->pid == 0) return;
    kill(world->pid, SIGTERM);
    waitpid(world->pid, NULL, 0);
}

static int connected(int port) {
    struct sockaddr_in to;
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((unsigned short)port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connection < 0 || connect(connection, (struct sockaddr *)&to, sizeof to) != 0) {
        surprise("the sandbox cannot be reached", "");
    }
    return connection;
}

static void put(int to, const char *text) {
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t written = write(to, text, length);
        if (written <= 0) surprise("a connection broke", "");
        text += written;
        length -= (size_t)written;
    }
}

char *web_answer_of(int connection) {
    char *answer = NULL;
    size_t length = 0;
    for (;;) {
        ssize_t more;
        answer = (char *)realloc(answer, length + 4097);
        if (!answer) surprise("no memory", "");
        wait_for_input(connection, "an answer");
        more = read(connection, answer + length, 4096);
        if (more < 0) surprise("a connection broke", "");
        if (more == 0) break;
        length += (size_t)more;
    }
    close(connection);
    answer[length] = '\0';
    return answer;
}

char *world_ask(const struct world *world, const char *method, const char *path,
                const char *body) {
    char head[512], *answer, *found;
    int connection = connected(world->port);
    snprintf(head, sizeof head,
             "%s /_sandbox/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
             "Content-Type: application/json\r\nContent-Length: %lu\r\n\r\n",
             method, path, world->port, (unsigned long)strlen(body));
    put(connection, head);
    put(connection, body);
    answer = web_answer_of(connection);
    found = strstr(answer, "\r\n\r\n");
    if (strncmp(answer, "HTTP/1.1 2", 10) != 0 || !found) surprise("the sandbox refused: ", answer);
    memmove(answer, found + 4, strlen(found + 4) + 1);
    return answer;
}

void world_pay(const struct world *world, const char *invoice_id) {
    char path[200];
    snprintf(path, sizeof path, "zaif/invoices/%s/pay", invoice_id);
    free(world_ask(world, "POST", path, "{}"));
}

void world_mine(const struct world *world, const char *coin, int blocks) {
    char body[100];
    snprintf(body, sizeof body, "{\"coin\":\"%s\",\"blocks\":%d}", coin, blocks);
    free(world_ask(world, "POST", "zaif/mine", body));
}

void world_advance(const struct world *world, long seconds) {
    char body[64];
    snprintf(body, sizeof body, "{\"advance\":%ld}", seconds);
    free(world_ask(world, "POST", "clock", body));
}

int web_listen(int *port) {
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(listener, 16) != 0 || getsockname(listener, (struct sockaddr *)&at, &size) != 0) {
        surprise("no port can be listened on", "");
    }
    *port = ntohs(at.sin_port);
    return listener;
}

int web_send(int port, const char *path, const char *form) {
    char head[2400];
    int connection = connected(port);
    snprintf(head, sizeof head,
             "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
             "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %lu\r\n\r\n",
             form ? "POST" : "GET", path, port, (unsigned long)(form ? strlen(form) : 0));
    put(connection, head);
    if (form) put(connection, form);
    return connection;
}

bool web_is_answered(int connection, int listener) {
    struct pollfd both[2];
    both[0].fd = connection;
    both[1].fd = listener;
    both[0].events = both[1].events = POLLIN;
    if (poll(both, 2, PATIENCE_MS) < 1) surprise("an answer", ": nothing came in time");
    return both[0].revents != 0;
}

/* Copies the value of a header that the text of a request has, else "". */
static void header(const char *text, const char *name, char *to, size_t size) {
    const char *line = text, *end = strstr(text, "\r\n\r\n");
    size_t length = strlen(name);
    to[0] = '\0';
    while (line && line < end) {
        line = strstr(line, "\r\n") + 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            line += length + 1;
            line += strspn(line, " ");
            snprintf(to, size, "%.*s", (int)strcspn(line, "\r"), line);
            return;
        }
        line = strstr(line, "\r\n");
    }
}

void web_receive(int listener, struct request *request) {
    static char text[sizeof request->body];
    char said[32];
    size_t length = 0;
    char *end = NULL;
    wait_for_input(listener, "a request");
    request->connection = accept(listener, NULL, NULL);
    if (request->connection < 0) surprise("a request could not be accepted", "");
    for (;;) {
        ssize_t more;
        wait_for_input(request->connection, "a request");
        more = read(request->connection, text + length, sizeof text - 1 - length);
        if (more <= 0) surprise("a request broke off", "");
        length += (size_t)more;
        text[length] = '\0';
        if (!end) end = strstr(text, "\r\n\r\n");
        if (!end) continue;
        header(text, "content-length", said, sizeof said);
        request->length = (size_t)atol(said);
        if (length >= (size_t)(end + 4 - text) + request->length) break;
    }
    memcpy(request->body, end + 4, request->length);
    request->body[request->length] = '\0';
    header(text, "ipay-signature", request->signature, sizeof request->signature);
    if (sscanf(text, "%7s %2099s", request->method, request->path) != 2) {
        surprise("a request is no HTTP", "");
    }
}

void web_answer_with(const struct request *request, unsigned status, const char *page,
                     const char *location) {
    char head[2400];
    snprintf(head, sizeof head,
             "HTTP/1.1 %u Ok\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
             "Cache-Control: no-store\r\nContent-Length: %lu\r\n%s%s%s\r\n",
             status, (unsigned long)(page ? strlen(page) : 0), location ? "Location: " : "",
             location ? location : "", location ? "\r\n" : "");
    put(request->connection, head);
    if (page) put(request->connection, page);
    close(request->connection);
}

void web_answer(const struct request *request, unsigned status) {
    web_answer_with(request, status, NULL, NULL);
}
