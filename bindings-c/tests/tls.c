/* https, with an authority of the shop's own. */

#include "check.h"

#include "../../examples/c-checkout/world.h"

static struct world world;
static kessai_error *error;

static kessai_zaif_client *client_that_trusts(const char *ca_file) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *made = NULL;
    kessai_zaif_options_set_endpoint(options, world.endpoint);
    kessai_zaif_options_set_ca_file(options, ca_file);
    /* Once is enough to be refused, and may take its time under a slow watcher. */
    if (!ca_file) kessai_zaif_options_set_max_retries(options, 0);
    CHECK_OK(kessai_zaif_client_new(world.key, world.secret, options, &made, &error));
    kessai_zaif_options_free(options);
    return made;
}

static int32_t create(kessai_zaif_client *client, int64_t timeout_ms,
                      kessai_zaif_invoice **invoice) {
    kessai_zaif_order *order = kessai_zaif_order_new();
    kessai_zaif_call_options *options = kessai_zaif_call_options_new();
    int32_t ended;
    kessai_zaif_call_options_set_timeout_ms(options, timeout_ms);
    kessai_zaif_order_set_currency(order, "btc");
    kessai_zaif_order_set_amount_yen(order, 10800);
    kessai_zaif_order_set_order_number(order, "T-1");
    ended = kessai_zaif_client_create_invoice(client, order, options, invoice, &error);
    kessai_zaif_call_options_free(options);
    kessai_zaif_order_free(order);
    return ended;
}

static void whoever_is_not_trusted_gets_nothing(void) {
    kessai_zaif_client *client = client_that_trusts(NULL);
    kessai_zaif_invoice *invoice = NULL;
    CHECK(create(client, 20000, &invoice) == KESSAI_ERROR_TRANSPORT_TLS);
    CHECK(!invoice);
    CHECK_TEXT(kessai_error_code(error), "transport.tls");
    CHECK_TEXT(kessai_error_kind(error), KESSAI_KIND_CONNECTION);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE);
    CHECK_TEXT(kessai_error_resume(error), NULL);
    kessai_error_free(error);
    error = NULL;
    kessai_zaif_client_free(client);
}

static void whoever_is_trusted_is_called(void) {
    kessai_zaif_client *client = client_that_trusts(world.ca_file);
    kessai_zaif_invoice *invoice = NULL;
    kessai_texts *ids = NULL;
    CHECK(strncmp(world.endpoint, "https://", 8) == 0);
    /* What was refused before was not done. */
    CHECK_OK(kessai_zaif_client_find_invoice_ids(client, "T-1", NULL, &ids, &error));
    CHECK(kessai_texts_count(ids) == 0);
    kessai_texts_free(ids);
    CHECK_OK(create(client, 20000, &invoice));
    CHECK_TEXT(kessai_zaif_invoice_order_number(invoice), "T-1");
    kessai_zaif_invoice_free(invoice);
    kessai_zaif_client_free(client);
}

static void a_file_that_is_none_is_told(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *none = NULL;
    kessai_zaif_options_set_ca_file(options, "/nowhere/at all.pem");
    CHECK_FAILS(kessai_zaif_client_new(world.key, world.secret, options, &none, &error),
                KESSAI_ERROR_INPUT_INVALID, "ca_file");
    CHECK(!none);
    kessai_zaif_options_free(options);
}

int main(void) {
    world_start_tls(&world);
    whoever_is_not_trusted_gets_nothing();
    whoever_is_trusted_is_called();
    a_file_that_is_none_is_told();
    world_stop(&world);
    puts("tls: fine");
    return 0;
}
