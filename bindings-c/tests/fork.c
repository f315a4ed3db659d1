/* A server that forks its workers after it made the client: each goes on with it,
 * over connections of its own. What the child inherited it leaves to its parent, so
 * this test is none for those who look for leaks. */

#include "check.h"

#include "../../examples/c-checkout/world.h"

#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 3, CALLS = 5 };

static kessai_zaif_client *client;

static void work(int worker) {
    kessai_error *error = NULL;
    int i;
    for (i = 0; i < CALLS; i++) {
        char number[32];
        kessai_zaif_order *order = kessai_zaif_order_new();
        kessai_zaif_invoice *invoice = NULL;
        snprintf(number, sizeof number, "F-%d-%d", worker, i);
        kessai_zaif_order_set_currency(order, "btc");
        kessai_zaif_order_set_amount_yen(order, 1000 + i);
        kessai_zaif_order_set_order_number(order, number);
        CHECK_OK(kessai_zaif_client_create_invoice(client, order, NULL, &invoice, &error));
        CHECK_TEXT(kessai_zaif_invoice_order_number(invoice), number);
        kessai_zaif_invoice_free(invoice);
        kessai_zaif_order_free(order);
    }
}

int main(void) {
    struct world world;
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_error *error = NULL;
    pid_t workers[WORKERS];
    int i;
    world_start(&world);
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    kessai_zaif_options_set_timeout_ms(options, 60000);
    CHECK_OK(kessai_zaif_client_new(world.key, world.secret, options, &client, &error));
    kessai_zaif_options_free(options);
    work(0);
    for (i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        CHECK(workers[i] >= 0);
        if (workers[i] == 0) {
            work(1 + i);
            _exit(0);
        }
    }
    work(1 + WORKERS);
    for (i = 0; i < WORKERS; i++) {
        int status = -1;
        CHECK(waitpid(workers[i], &status, 0) == workers[i] && status == 0);
    }
    kessai_zaif_client_free(client);
    world_stop(&world);
    puts("fork: fine");
    return 0;
}
