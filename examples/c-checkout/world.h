/* The world around a shop: a sandbox that plays Zaif Payment and its customers,
 * and as much of a web server as webhooks need. Nothing here is worth copying:
 * a real shop has the real service, and a real web server. */

#ifndef WORLD_H
#define WORLD_H

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
};

/* Starts the program of the environment's KESSAI_SANDBOX, or `kessai-sandbox` of
 * the PATH, and waits until it is ready. Ends the process when it cannot. */
void world_start(struct world *world);
/* The same one that speaks https only: `ca_file` is whom to trust. It cannot be asked
 * for what stands below. */
void world_start_tls(struct world *world);
/* Takes the sandbox that runs at the environment's KESSAI_SANDBOX_URL. Where there is
 * none it starts one, and puts its account into the environment. */
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
    char path[2100];
    /* iPay's header `ipay-signature`; empty where there is none. */
    char signature[128];
    char body[65536];
    size_t length;
};

/* Listens on loopback, on any port, which it writes down; gives the listener. */
int web_listen(int *port);
/* Waits for a request, at most 20 s, else ends the process. */
void web_receive(int listener, struct request *request);
/* Answers it. */
void web_answer(const struct request *request, unsigned status);

#ifdef __cplusplus
}
#endif

#endif
