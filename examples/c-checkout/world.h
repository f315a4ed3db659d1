/* The world around a shop: a sandbox that plays Zaif Payment, iPay and their customers,
 * and as much of a web server as webhooks and a few pages need. Nothing here is worth
 * copying: a real shop has the real services, and a real web server. */

#ifndef WORLD_H
#define WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A running sandbox. */
struct world {
    pid_t pid;
    int port;
    char endpoint[128];
    char key[128];
    char secret[128];
    char ca_file[256];
    char ipay_base_url[128];
    char ipay_key[128];
    char ipay_secret[128];
    char ipay_publishable_key[128];
    char ipay_webhook_secret[128];
};

/* Starts the program of the environment's KESSAI_SANDBOX, or `kessai-sandbox` of
 * the PATH, and waits until it is ready. Ends the process when it cannot. */
void world_start(struct world *world);
/* The same one that speaks https only: `ca_file` is whom to trust. It cannot be asked
 * for what stands below. */
void world_start_tls(struct world *world);
/* Takes the sandbox that runs at the environment's KESSAI_SANDBOX_URL. Where there is
 * none it starts one, and puts its accounts into the environment. */
void world_find(struct world *world);
/* Stops it, if it was started here. */
void world_stop(struct world *world);

/* Makes a request for a path below /_sandbox/, with a body or "". Gives the answer,
 * to be freed; ends the process when the sandbox refuses. */
char *world_ask(const struct world *world, const char *method, const char *path, const char *body);

/* What a customer, the coin's network and time do. */
void world_pay(const struct world *world, const char *invoice_id);
void world_mine(const struct world *world, const char *coin, int blocks);
void world_advance(const struct world *world, long seconds);

/* One request that came in. */
struct request {
    int connection;
    char method[8];
    char path[2100];
    /* The header `ipay-signature`, or "". */
    char signature[200];
    char body[65536];
    size_t length;
};

/* Listens on loopback, on any port, which it writes down; gives the listener. */
int web_listen(int *port);
/* Waits for a request, at most 20 s, else ends the process. */
void web_receive(int listener, struct request *request);
/* Answers it, with a page or NULL, and with where to go instead or NULL. */
void web_answer(const struct request *request, unsigned status);
void web_answer_with(const struct request *request, unsigned status, const char *page,
                     const char *location);

/* Sends a request to a port of this machine, a form or NULL; gives the connection. */
int web_send(int port, const char *path, const char *form);
/* Waits, at most 20 s, until a connection has its answer, or else a request comes in:
 * false. */
bool web_is_answered(int connection, int listener);
/* The whole answer, to be freed. */
char *web_answer_of(int connection);

#ifdef __cplusplus
}
#endif

#endif
