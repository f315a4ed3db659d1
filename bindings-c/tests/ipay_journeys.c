/* What takes several steps: a customer who is asked, a webhook that is confirmed, an
 * answer that was lost, a subscription, and threads that share a client. */

#include "shop.h"

#include <pthread.h>
#include <unistd.h>

enum { THREADS = 8, CALLS = 4 };

static kessai_error *error;
static struct shop shop;

static kessai_ipay_payment *read_again(const char *id) {
    kessai_ipay_payment *payment = NULL;
    CHECK_OK(kessai_ipay_client_get_payment(shop.client, id, NULL, &payment, &error));
    CHECK_TEXT(kessai_ipay_payment_id(payment), id);
    return payment;
}

/* 3-D Secure: what needs the customer is no success until the customer was there. */
static void the_customer_answers(void) {
    kessai_ipay_payment *payment = NULL, *read;
    CHECK_OK(shop_pay(&shop, shop.client, ASKS, "A-3001", 2999, &payment, &error));
    CHECK(kessai_ipay_payment_needs_action(payment));
    read = read_again(kessai_ipay_payment_id(payment));
    CHECK(!kessai_ipay_payment_succeeded(read) && kessai_ipay_payment_needs_action(read));
    kessai_ipay_payment_free(read);
    shop_act(&shop, "ipay/payments/%s/authenticate", kessai_ipay_payment_id(payment),
             "{\"ok\":true}");
    read = read_again(kessai_ipay_payment_id(payment));
    CHECK(kessai_ipay_payment_which(read) == KESSAI_IPAY_PAYMENT_SUCCEEDED);
    CHECK(kessai_ipay_payment_succeeded(read) && !kessai_ipay_payment_needs_action(read));
    /* What was read before stays what it was. */
    CHECK(kessai_ipay_payment_needs_action(payment));
    kessai_ipay_payment_free(read);
    kessai_ipay_payment_free(payment);
    payment = NULL;
    CHECK_OK(shop_pay(&shop, shop.client, ASKS, "A-3002", 2999, &payment, &error));
    shop_act(&shop, "ipay/payments/%s/authenticate", kessai_ipay_payment_id(payment),
             "{\"ok\":false}");
    read = read_again(kessai_ipay_payment_id(payment));
    CHECK(kessai_ipay_payment_failed(read) && !kessai_ipay_payment_succeeded(read));
    kessai_ipay_payment_free(read);
    kessai_ipay_payment_free(payment);
}

/* The next webhook, checked; answered as the shop answers. */
static kessai_ipay_event *next_event(int listener, const kessai_ipay_webhooks *webhooks) {
    static struct request request;
    kessai_ipay_event *event = NULL;
    int32_t ended;
    web_receive(listener, &request);
    CHECK(strlen(request.signature) == 64);
    ended = kessai_ipay_webhooks_verify(webhooks, request.body, request.length, request.signature,
                                        &event, &error);
    web_answer(&request, kessai_ipay_webhooks_status(ended));
    CHECK(ended == KESSAI_OK);
    return event;
}

static void a_webhook_is_confirmed(void) {
    const char *secrets[1];
    kessai_ipay_webhooks *webhooks = NULL;
    kessai_ipay_event *event = NULL, *again = NULL;
    kessai_ipay_payment *payment = NULL, *confirmed = NULL;
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    kessai_text *stored = NULL;
    char endpoint[128];
    int port, listener = web_listen(&port);
    secrets[0] = shop.webhook_secret;
    CHECK_OK(kessai_ipay_webhooks_new(secrets, 1, &webhooks, &error));
    snprintf(endpoint, sizeof endpoint, "{\"url\":\"http://127.0.0.1:%d/hooks/ipay\"}", port);
    shop_act(&shop, "ipay/webhook_endpoints", NULL, endpoint);
    CHECK_OK(shop_pay(&shop, shop.client, PAYS, "A-4001", 2999, &payment, &error));
    event = next_event(listener, webhooks);
    CHECK(kessai_ipay_event_payment_succeeded(event) && !kessai_ipay_event_payment_failed(event));
    CHECK_TEXT(kessai_ipay_event_type(event), "payment.succeeded");
    CHECK_OK(kessai_ipay_client_confirm(shop.client, event, "A-4001", 2999, "JPY", NULL, &confirmed,
                                        &error));
    CHECK(kessai_ipay_payment_succeeded(confirmed));
    CHECK_TEXT(kessai_ipay_payment_id(confirmed), kessai_ipay_payment_id(payment));
    kessai_ipay_payment_free(confirmed);
    confirmed = NULL;
    /* Genuine, and yet not what the shop expects. */
    CHECK(kessai_ipay_client_confirm(shop.client, event, "A-4002", 2999, "JPY", NULL, &confirmed,
                                     &error) == KESSAI_ERROR_IPAY_MISMATCH);
    kessai_error_free(error);
    error = NULL;
    CHECK(kessai_ipay_client_confirm(shop.client, event, "A-4001", 299, "JPY", NULL, &confirmed,
                                     &error) == KESSAI_ERROR_IPAY_MISMATCH);
    kessai_error_free(error);
    error = NULL;
    kessai_ipay_call_options_set_status(options, KESSAI_IPAY_PAYMENT_STATUS_FAILED);
    CHECK(kessai_ipay_client_confirm(shop.client, event, "A-4001", 2999, "JPY", options, &confirmed,
                                     &error) == KESSAI_ERROR_IPAY_MISMATCH);
    kessai_error_free(error);
    error = NULL;
    CHECK(!confirmed);
    /* One that waited in a queue. */
    CHECK_OK(kessai_ipay_event_store(event, &stored, &error));
    CHECK_OK(kessai_ipay_event_restore(kessai_text_data(stored), &again, &error));
    CHECK_TEXT(kessai_ipay_event_key(again), kessai_ipay_event_key(event));
    CHECK_OK(kessai_ipay_client_confirm(shop.client, again, "A-4001", 2999, "JPY", NULL, &confirmed,
                                        &error));
    kessai_ipay_payment_free(confirmed);
    kessai_text_free(stored);
    kessai_ipay_event_free(again);
    kessai_ipay_event_free(event);
    kessai_ipay_payment_free(payment);
    kessai_ipay_call_options_free(options);
    kessai_ipay_webhooks_free(webhooks);
    /* Nothing is listening there from now on. */
    shop_act(&shop, "reset", NULL, "{\"seed\":7}");
    CHECK(close(listener) == 0);
}

static void a_lost_answer_is_found_out(void) {
    kessai_ipay_options *options = shop_options(&shop);
    kessai_ipay_client *client = NULL;
    kessai_ipay_payment *payment = NULL;
    kessai_ipay_payments *all = NULL;
    char *handle;
    kessai_ipay_options_set_max_retries(options, 0);
    CHECK_OK(kessai_ipay_client_new(shop.key, shop.secret, options, &client, &error));
    kessai_ipay_options_free(options);
    shop_act(&shop, "faults", NULL,
             "{\"match\":{\"service\":\"ipay\",\"route\":\"POST /payments\"},"
             "\"fault\":\"reset_after_execute\",\"times\":1}");
    CHECK(shop_pay(&shop, client, PAYS, "A-5001", 2999, &payment, &error) ==
          KESSAI_ERROR_IPAY_OUTCOME_UNKNOWN);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_UNKNOWN && !payment);
    CHECK(kessai_error_idempotency_key(error) && kessai_error_resume(error));
    handle = (char *)malloc(strlen(kessai_error_resume(error)) + 1);
    strcpy(handle, kessai_error_resume(error));
    kessai_error_free(error);
    error = NULL;
    /* Asked as often as one likes: it was made once. */
    for (int i = 0; i < 2; i++) {
        CHECK_OK(kessai_ipay_client_resume_payment(client, handle, NULL, &payment, &error));
        CHECK(kessai_ipay_payment_succeeded(payment) && kessai_ipay_payment_replayed(payment));
        CHECK_TEXT(kessai_ipay_payment_order_id(payment), "A-5001");
        kessai_ipay_payment_free(payment);
        payment = NULL;
    }
    CHECK_OK(kessai_ipay_client_list_payments(client, NULL, &all, &error));
    CHECK(kessai_ipay_payments_count(all) == 1 && !kessai_ipay_payments_next(all));
    CHECK_FAILS(kessai_ipay_client_resume_payment(client, "no handle", NULL, &payment, &error),
                KESSAI_ERROR_INPUT_INVALID, "handle");
    kessai_ipay_payments_free(all);
    kessai_ipay_client_free(client);
    free(handle);
}

static void a_subscription_lives_and_ends(void) {
    kessai_ipay_customer *customer = NULL;
    kessai_ipay_payment_method *method;
    kessai_ipay_subscription *subscription = NULL, *read = NULL;
    kessai_ipay_subscriptions *all = NULL;
    kessai_ipay_payments *payments = NULL;
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    int64_t amount = 0, ends;
    CHECK_OK(kessai_ipay_client_create_customer(shop.client, NULL, &customer, &error));
    method = shop_method(&shop, PAYS, kessai_ipay_customer_id(customer));
    CHECK_OK(kessai_ipay_client_create_subscription(
        shop.client, kessai_ipay_customer_id(customer), kessai_ipay_payment_method_id(method), 980,
        "JPY", "month", NULL, &subscription, &error));
    CHECK_TEXT(kessai_ipay_subscription_status(subscription), "active");
    ends = kessai_ipay_subscription_current_period_end(subscription);
    CHECK(ends > kessai_ipay_subscription_created(subscription));
    kessai_ipay_call_options_set_amount(options, 1980);
    kessai_ipay_call_options_set_metadata_json(options, "{\"plan\":\"large\"}");
    CHECK_OK(kessai_ipay_client_update_subscription(
        shop.client, kessai_ipay_subscription_id(subscription), options, &read, &error));
    CHECK(kessai_ipay_subscription_amount(read, &amount) && amount == 1980);
    CHECK_TEXT(kessai_ipay_subscription_metadata(read, "plan"), "large");
    kessai_ipay_subscription_free(read);
    world_advance(&shop.world, 32 * 86400);
    CHECK_OK(kessai_ipay_client_get_subscription(
        shop.client, kessai_ipay_subscription_id(subscription), NULL, &read, &error));
    CHECK(kessai_ipay_subscription_current_period_end(read) > ends);
    kessai_ipay_subscription_free(read);
    CHECK_OK(kessai_ipay_client_list_payments(shop.client, NULL, &payments, &error));
    CHECK(kessai_ipay_payment_amount(kessai_ipay_payments_at(payments, 0)) == 1980);
    CHECK_TEXT(kessai_ipay_payment_customer(kessai_ipay_payments_at(payments, 0)),
               kessai_ipay_customer_id(customer));
    kessai_ipay_call_options_clear(options);
    kessai_ipay_call_options_set_customer(options, kessai_ipay_customer_id(customer));
    CHECK_OK(kessai_ipay_client_list_subscriptions(shop.client, options, &all, &error));
    CHECK(kessai_ipay_subscriptions_count(all) == 1);
    CHECK_OK(kessai_ipay_client_cancel_subscription(
        shop.client, kessai_ipay_subscription_id(subscription), NULL, &read, &error));
    CHECK_TEXT(kessai_ipay_subscription_status(read), "canceled");
    kessai_ipay_subscription_free(read);
    kessai_ipay_subscriptions_free(all);
    kessai_ipay_payments_free(payments);
    kessai_ipay_subscription_free(subscription);
    kessai_ipay_payment_method_free(method);
    kessai_ipay_customer_free(customer);
    kessai_ipay_call_options_free(options);
}

struct lot {
    pthread_t thread;
    int number;
};

static void *a_lot(void *from) {
    const struct lot *lot = (const struct lot *)from;
    kessai_error *own = NULL;
    for (int i = 0; i < CALLS; i++) {
        kessai_ipay_call_options *options = kessai_ipay_call_options_new();
        kessai_ipay_customer *made = NULL, *read = NULL;
        char name[32];
        snprintf(name, sizeof name, "C-%d-%d", lot->number, i);
        kessai_ipay_call_options_set_name(options, name);
        CHECK(kessai_ipay_client_create_customer(shop.client, options, &made, &own) == KESSAI_OK);
        CHECK(kessai_ipay_client_get_customer(shop.client, kessai_ipay_customer_id(made), NULL,
                                              &read, &own) == KESSAI_OK);
        CHECK_TEXT(kessai_ipay_customer_name(read), name);
        kessai_ipay_customer_free(read);
        kessai_ipay_customer_free(made);
        kessai_ipay_call_options_free(options);
    }
    return NULL;
}

/* Under one key all of them make the same refund. */
static void *the_same(void *payment) {
    const char *id = kessai_ipay_payment_id((const kessai_ipay_payment *)payment);
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    kessai_ipay_refund *refund = NULL;
    kessai_error *own = NULL;
    kessai_ipay_call_options_set_amount(options, 100);
    kessai_ipay_call_options_set_idempotency_key(options, "refund-of-all");
    CHECK(kessai_ipay_client_create_refund(shop.client, id, options, &refund, &own) == KESSAI_OK);
    kessai_ipay_call_options_free(options);
    return refund;
}

static void threads_share_a_client(void) {
    struct lot lots[THREADS];
    pthread_t threads[THREADS];
    void *refunds[THREADS];
    kessai_ipay_payment *payment = NULL, *read;
    int64_t refunded = 0;
    int i;
    for (i = 0; i < THREADS; i++) {
        lots[i].number = i;
        CHECK(pthread_create(&lots[i].thread, NULL, a_lot, &lots[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) CHECK(pthread_join(lots[i].thread, NULL) == 0);
    CHECK_OK(shop_pay(&shop, shop.client, PAYS, "A-7001", 2999, &payment, &error));
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, the_same, payment) == 0);
    }
    for (i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], &refunds[i]) == 0);
    for (i = 0; i < THREADS; i++) {
        CHECK_TEXT(kessai_ipay_refund_id((const kessai_ipay_refund *)refunds[i]),
                   kessai_ipay_refund_id((const kessai_ipay_refund *)refunds[0]));
    }
    for (i = 0; i < THREADS; i++) kessai_ipay_refund_free((kessai_ipay_refund *)refunds[i]);
    read = read_again(kessai_ipay_payment_id(payment));
    CHECK(kessai_ipay_payment_amount_refunded(read, &refunded) && refunded == 100);
    kessai_ipay_payment_free(read);
    kessai_ipay_payment_free(payment);
}

int main(void) {
    shop_open(&shop);
    the_customer_answers();
    a_webhook_is_confirmed();
    a_lost_answer_is_found_out();
    a_subscription_lives_and_ends();
    threads_share_a_client();
    shop_close(&shop);
    puts("ipay_journeys: fine");
    return 0;
}
