/* Threads that share a client, and calls that are ended from outside: by another
 * thread, and by a signal's handler. */

#include "check.h"

#include "../../examples/c-checkout/world.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 8, CALLS = 6 };

static struct world world;
static kessai_zaif_client *client;
static kessai_cancel *cancel;

struct lot {
    pthread_t thread;
    int number;
};

static void *a_lot(void *from) {
    const struct lot *lot = (const struct lot *)from;
    kessai_error *error = NULL;
    int i;
    for (i = 0; i < CALLS; i++) {
        char number[32];
        kessai_zaif_order *order = kessai_zaif_order_new();
        kessai_zaif_invoice *made = NULL, *read = NULL;
        snprintf(number, sizeof number, "T-%d-%d", lot->number, i);
        kessai_zaif_order_set_currency(order, "btc");
        kessai_zaif_order_set_amount_yen(order, 1000 + i);
        kessai_zaif_order_set_order_number(order, number);
        CHECK_OK(kessai_zaif_client_create_invoice(client, order, NULL, &made, &error));
        CHECK_TEXT(kessai_zaif_invoice_order_number(made), number);
        CHECK_OK(kessai_zaif_client_get_invoice(client, kessai_zaif_invoice_invoice_id(made), NULL,
                                                &read, &error));
        CHECK_TEXT(kessai_zaif_invoice_order_number(read), number);
        kessai_zaif_order_free(order);
        kessai_zaif_invoice_free(read);
        kessai_zaif_invoice_free(made);
    }
    return NULL;
}

static void threads_share_a_client(void) {
    struct lot lots[THREADS];
    int i;
    for (i = 0; i < THREADS; i++) {
        lots[i].number = i;
        CHECK(pthread_create(&lots[i].thread, NULL, a_lot, &lots[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) CHECK(pthread_join(lots[i].thread, NULL) == 0);
}

/* What is lent is made once, whoever asks first. */
static void *ask(void *invoice) {
    const kessai_zaif_invoice *shared = (const kessai_zaif_invoice *)invoice;
    const char *address = kessai_zaif_invoice_address(shared);
    CHECK(address == kessai_zaif_invoice_address(shared));
    CHECK(kessai_zaif_invoice_raw(shared) && kessai_zaif_invoice_json(shared));
    return (void *)address;
}

static void threads_share_an_invoice(void) {
    kessai_zaif_order *order = kessai_zaif_order_new();
    kessai_zaif_invoice *invoice = NULL;
    kessai_error *error = NULL;
    pthread_t threads[THREADS];
    void *seen[THREADS];
    int i;
    kessai_zaif_order_set_currency(order, "btc");
    kessai_zaif_order_set_amount_yen(order, 500);
    CHECK_OK(kessai_zaif_client_create_invoice(client, order, NULL, &invoice, &error));
    for (i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, ask, invoice) == 0);
    for (i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], &seen[i]) == 0);
    for (i = 1; i < THREADS; i++) CHECK(seen[i] == seen[0]);
    kessai_zaif_invoice_free(invoice);
    kessai_zaif_order_free(order);
}

/* Asks to end whatever waits, once the sandbox has its request. */
static void *ask_to_end(void *way) {
    for (;;) {
        char *ledger = world_ask(&world, "GET", "ledger", "");
        const int arrived = HAS(ledger, "timeout_before_execute");
        const struct timespec little = {0, 10 * 1000 * 1000};
        free(ledger);
        if (arrived) break;
        nanosleep(&little, NULL);
    }
    if (way) {
        kill(getpid(), SIGINT);
    } else {
        kessai_cancel_request(cancel);
    }
    return NULL;
}

static void handler(int signal) {
    (void)signal;
    kessai_cancel_request(cancel);
}

static void a_call_ends_when_it_is_asked_to(int by_signal) {
    kessai_zaif_call_options *options = kessai_zaif_call_options_new();
    kessai_zaif_order *order = kessai_zaif_order_new();
    kessai_zaif_invoice *none = NULL;
    kessai_error *error = NULL;
    pthread_t thread;
    time_t began = time(NULL);
    free(world_ask(&world, "POST", "reset", ""));
    free(world_ask(&world, "POST", "faults",
                   "{\"match\":{\"method\":\"createInvoice\"},"
                   "\"fault\":\"timeout_before_execute\"}"));
    cancel = kessai_cancel_new();
    kessai_zaif_call_options_set_cancel(options, cancel);
    kessai_zaif_call_options_set_timeout_ms(options, 60000);
    kessai_zaif_order_set_currency(order, "btc");
    kessai_zaif_order_set_amount_yen(order, 500);
    CHECK(pthread_create(&thread, NULL, ask_to_end, by_signal ? &world : NULL) == 0);
    CHECK(kessai_zaif_client_create_invoice(client, order, options, &none, &error) != KESSAI_OK);
    CHECK(kessai_error_number(error) == KESSAI_ERROR_TRANSPORT_INTERRUPTED ||
          kessai_error_number(kessai_error_cause(error)) == KESSAI_ERROR_TRANSPORT_INTERRUPTED);
    /* The request was on its way: nobody knows. */
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_UNKNOWN);
    CHECK(time(NULL) - began < 30 && !none);
    CHECK(pthread_join(thread, NULL) == 0);
    kessai_error_free(error);
    kessai_cancel_free(cancel);
    kessai_zaif_call_options_free(options);
    kessai_zaif_order_free(order);
    free(world_ask(&world, "DELETE", "faults", ""));
}

int main(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_error *error = NULL;
    struct sigaction action;
    world_start(&world);
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    kessai_zaif_options_set_timeout_ms(options, 60000);
    CHECK_OK(kessai_zaif_client_new(world.key, world.secret, options, &client, &error));
    kessai_zaif_options_free(options);
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    CHECK(sigaction(SIGINT, &action, NULL) == 0);

    threads_share_a_client();
    threads_share_an_invoice();
    a_call_ends_when_it_is_asked_to(0);
    a_call_ends_when_it_is_asked_to(1);
    kessai_zaif_client_free(client);
    world_stop(&world);
    puts("threads: fine");
    return 0;
}
