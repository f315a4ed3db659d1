/* Who calls iPay: OAuth 2.0 tokens, a JWT that the shop makes, the environment, and the
 * client that has a publishable key. */

#include "shop.h"

#include <pthread.h>

enum { THREADS = 8 };

static kessai_error *error;
static struct shop shop;

/* How many requests of a kind came to the sandbox. */
static int arrived(const char *call) {
    char *ledger = world_ask(&shop.world, "GET", "ledger", ""), wanted[64];
    const char *at = ledger;
    int count = 0;
    snprintf(wanted, sizeof wanted, "\"method\":\"%s\"", call);
    for (; (at = strstr(at, wanted)) != NULL; at++) count++;
    free(ledger);
    return count;
}

static void reads_its_account(const kessai_ipay_client *client) {
    kessai_ipay_account *account = NULL;
    CHECK_OK(kessai_ipay_client_get_account(client, NULL, &account, &error));
    CHECK(strlen(kessai_ipay_account_business_name(account)) > 0);
    kessai_ipay_account_free(account);
}

static void a_token_is_fetched_kept_and_renewed(void) {
    kessai_ipay_options *options = shop_options(&shop);
    kessai_ipay_client *client = NULL, *nobody = NULL;
    kessai_ipay_account *none = NULL;
    const int before = arrived("POST /oauth/token");
    kessai_ipay_options_set_client_id(options, shop.client_id);
    kessai_ipay_options_set_client_secret(options, shop.client_secret);
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &client, &error));
    reads_its_account(client);
    reads_its_account(client);
    CHECK(arrived("POST /oauth/token") == before + 1);
    /* Refused once, renewed, and the call made again. */
    shop_act(&shop, "ipay/tokens/revoke", NULL, "{}");
    reads_its_account(client);
    CHECK(arrived("POST /oauth/token") == before + 2);
    kessai_ipay_options_set_client_secret(options, "client_secret_nobody");
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &nobody, &error));
    CHECK(kessai_ipay_client_get_account(nobody, NULL, &none, &error) != KESSAI_OK && !none);
    CHECK_TEXT(kessai_error_kind(error), KESSAI_KIND_AUTHENTICATION);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE);
    CHECK(!HAS(kessai_error_json(error), "client_secret_nobody"));
    kessai_error_free(error);
    error = NULL;
    kessai_ipay_client_free(nobody);
    kessai_ipay_client_free(client);
    kessai_ipay_options_free(options);
}

static void *reads_it_too(void *client) {
    kessai_ipay_account *account = NULL;
    kessai_error *own = NULL;
    CHECK(kessai_ipay_client_get_account((const kessai_ipay_client *)client, NULL, &account,
                                         &own) == KESSAI_OK);
    CHECK(account && !own);
    kessai_ipay_account_free(account);
    return NULL;
}

/* However many threads ask, one token is fetched; and one more once it is refused. */
static void threads_share_a_token(void) {
    kessai_ipay_options *options = shop_options(&shop);
    kessai_ipay_client *client = NULL;
    pthread_t threads[THREADS];
    const int before = arrived("POST /oauth/token");
    int i, round;
    kessai_ipay_options_set_client_id(options, shop.client_id);
    kessai_ipay_options_set_client_secret(options, shop.client_secret);
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &client, &error));
    for (round = 1; round <= 2; round++) {
        for (i = 0; i < THREADS; i++) {
            CHECK(pthread_create(&threads[i], NULL, reads_it_too, client) == 0);
        }
        for (i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(arrived("POST /oauth/token") == before + round);
        shop_act(&shop, "ipay/tokens/revoke", NULL, "{}");
    }
    kessai_ipay_client_free(client);
    kessai_ipay_options_free(options);
}

/* Appends bytes as a JWT writes them (RFC 4648, section 5), without padding. */
static void put_base64(char *to, const unsigned char *bytes, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t i, at = strlen(to);
    for (i = 0; i < length; i += 3) {
        const unsigned second = i + 1 < length ? bytes[i + 1] : 0;
        const unsigned third = i + 2 < length ? bytes[i + 2] : 0;
        to[at++] = digits[bytes[i] >> 2];
        to[at++] = digits[(bytes[i] & 3u) << 4 | second >> 4];
        if (i + 1 < length) to[at++] = digits[(second & 15u) << 2 | third >> 6];
        if (i + 2 < length) to[at++] = digits[third & 63u];
    }
    to[at] = '\0';
}

/* A JWT of this shop, signed as the sandbox asks for: HMAC with SHA-256. */
static void write_jwt(char *to, size_t size) {
    const char head[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    char claims[256];
    unsigned char mac[32];
    kessai_text *signature = NULL;
    size_t i;
    snprintf(claims, sizeof claims, "{\"iss\":\"%s\",\"exp\":4102444800}", shop.key);
    CHECK(size > 2 * (sizeof head + sizeof claims + sizeof mac));
    to[0] = '\0';
    put_base64(to, (const unsigned char *)head, strlen(head));
    strcat(to, ".");
    put_base64(to, (const unsigned char *)claims, strlen(claims));
    CHECK_OK(kessai_ipay_sign(to, strlen(to), shop.secret, &signature, &error));
    for (i = 0; i < sizeof mac; i++) {
        unsigned byte = 0;
        CHECK(sscanf(kessai_text_data(signature) + 2 * i, "%2x", &byte) == 1);
        mac[i] = (unsigned char)byte;
    }
    strcat(to, ".");
    put_base64(to, mac, sizeof mac);
    kessai_text_free(signature);
}

/* What the shop's own function gives, one after another. */
struct source {
    const char *tokens[4];
    int asked;
};

static const char *next_token(void *user_data) {
    struct source *source = (struct source *)user_data;
    return source->tokens[source->asked++];
}

static void the_shop_gives_the_token(void) {
    struct source source = {{NULL, NULL, NULL, NULL}, 0};
    kessai_ipay_options *options = shop_options(&shop);
    kessai_ipay_client *client = NULL;
    kessai_ipay_account *none = NULL;
    char jwt[1024];
    write_jwt(jwt, sizeof jwt);
    source.tokens[0] = jwt;
    /* Refused, so that it is asked for another one. */
    source.tokens[1] = "no.such.token";
    source.tokens[2] = jwt;
    kessai_ipay_options_set_token_source(options, next_token, &source);
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &client, &error));
    reads_its_account(client);
    CHECK(source.asked == 1);
    reads_its_account(client);
    CHECK(source.asked == 3);
    kessai_ipay_client_free(client);
    client = NULL;
    /* A token by itself. */
    kessai_ipay_options_set_token_source(options, NULL, NULL);
    kessai_ipay_options_set_token(options, jwt);
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &client, &error));
    reads_its_account(client);
    kessai_ipay_client_free(client);
    client = NULL;
    kessai_ipay_options_set_token(options, "no.such.token");
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &client, &error));
    CHECK_FAILS(kessai_ipay_client_get_account(client, NULL, &none, &error),
                KESSAI_ERROR_IPAY_AUTHENTICATION, NULL);
    kessai_ipay_client_free(client);
    kessai_ipay_options_free(options);
}

/* No token, no call: and the reason says whose it was. */
static void no_token_ends_the_call(const char *given) {
    struct source source = {{given, NULL, NULL, NULL}, 0};
    kessai_ipay_options *options = shop_options(&shop);
    kessai_ipay_client *client = NULL;
    kessai_ipay_customer *none = NULL;
    const int before = arrived("POST /customers");
    kessai_ipay_options_set_token_source(options, next_token, &source);
    CHECK_OK(kessai_ipay_client_new(NULL, NULL, options, &client, &error));
    CHECK(kessai_ipay_client_create_customer(client, NULL, &none, &error) ==
          KESSAI_ERROR_IPAY_NO_TOKEN);
    CHECK(!none && source.asked == 1 && arrived("POST /customers") == before);
    CHECK_TEXT(kessai_error_kind(error), KESSAI_KIND_AUTHENTICATION);
    CHECK_TEXT(kessai_error_code(error), "ipay.no_token");
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE && !kessai_error_resume(error));
    CHECK_TEXT(kessai_error_kind(kessai_error_cause(error)), KESSAI_KIND_INPUT);
    kessai_error_free(error);
    error = NULL;
    kessai_ipay_client_free(client);
    kessai_ipay_options_free(options);
}

static void the_environment_makes_clients(void) {
    kessai_ipay_client *client = NULL;
    kessai_ipay_publishable_client *page = NULL;
    kessai_ipay_webhooks *webhooks = NULL;
    kessai_ipay_token *token = NULL;
    CHECK_FAILS(kessai_ipay_client_from_env(NULL, &client, &error), KESSAI_ERROR_INPUT_MISSING,
                "IPAY_API_KEY");
    CHECK_FAILS(kessai_ipay_publishable_client_from_env(NULL, &page, &error),
                KESSAI_ERROR_INPUT_MISSING, "IPAY_PUBLISHABLE_KEY");
    CHECK_FAILS(kessai_ipay_webhooks_from_environment(&webhooks, &error),
                KESSAI_ERROR_INPUT_MISSING, "IPAY_WEBHOOK_SECRET");
    setenv("IPAY_API_KEY", shop.key, 1);
    setenv("IPAY_API_SECRET", shop.secret, 1);
    setenv("IPAY_PUBLISHABLE_KEY", shop.publishable_key, 1);
    setenv("IPAY_WEBHOOK_SECRET", shop.webhook_secret, 1);
    setenv("IPAY_BASE_URL", shop.base_url, 1);
    /* The guide's code would take it for the sandbox. */
    setenv("IPAY_SANDBOX", "false", 1);
    CHECK_FAILS(kessai_ipay_client_from_env(NULL, &client, &error), KESSAI_ERROR_INPUT_INVALID,
                "IPAY_SANDBOX");
    setenv("IPAY_SANDBOX", "1", 1);
    CHECK_OK(kessai_ipay_client_from_env(NULL, &client, &error));
    reads_its_account(client);
    CHECK_OK(kessai_ipay_publishable_client_from_env(NULL, &page, &error));
    CHECK_OK(kessai_ipay_publishable_client_create_token(page, PAYS, 12, 2040, "123", NULL, &token,
                                                         &error));
    CHECK_OK(kessai_ipay_webhooks_from_environment(&webhooks, &error));
    kessai_ipay_webhooks_free(webhooks);
    kessai_ipay_token_free(token);
    kessai_ipay_publishable_client_free(page);
    kessai_ipay_client_free(client);
}

static void a_card_becomes_a_token_by_name(void) {
    const char card[] = "{\"number\":\"" PAYS "\",\"exp_month\":12,\"exp_year\":2040,"
                        "\"cvc\":\"123\",\"timeout\":20000}";
    kessai_ipay_options *options = shop_options(&shop);
    kessai_ipay_publishable_client *none = NULL;
    kessai_text *json = NULL;
    CHECK_OK(kessai_ipay_publishable_client_call_json(shop.page, "create_token", card, NULL, &json,
                                                      &error));
    CHECK(HAS(kessai_text_data(json), "\"id\":\"tok_"));
    CHECK(HAS(kessai_text_data(json), "\"last4\":\"4242\"") && !HAS(kessai_text_data(json), PAYS));
    kessai_text_free(json);
    json = NULL;
    /* It makes tokens, and nothing else; the other client makes none. */
    CHECK_FAILS(kessai_ipay_publishable_client_call_json(shop.page, "create_customer", NULL, NULL,
                                                         &json, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "method");
    CHECK_FAILS(kessai_ipay_client_call_json(shop.client, "create_token", card, NULL, &json,
                                             &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "method");
    CHECK_FAILS(kessai_ipay_publishable_client_call_json(
                    shop.page, "create_token",
                    "{\"number\":4242424242424242,\"exp_month\":12,\"exp_year\":2040,"
                    "\"cvc\":\"123\"}",
                    NULL, &json, &error),
                KESSAI_ERROR_INPUT_INVALID, "number");
    CHECK_FAILS(kessai_ipay_client_call_json(
                    shop.client, "create_payment",
                    "{\"amount\":2999,\"currency\":\"JPY\",\"confirm\":\"false\"}", NULL, &json,
                    &error),
                KESSAI_ERROR_INPUT_INVALID, "confirm");
    kessai_ipay_options_set_token_source(options, next_token, NULL);
    CHECK_FAILS(kessai_ipay_publishable_client_new("pk_test_1", options, &none, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "token_source");
    CHECK(!json && !none);
    kessai_ipay_options_free(options);
}

/* Any JSON is a body; what holds a card stays here. */
static void any_request_by_name(void) {
    kessai_text *json = NULL;
    CHECK_OK(kessai_ipay_client_call_json(
        shop.client, "request",
        "{\"method\":\"POST\",\"path\":\"/customers\",\"body\":{\"name\":\"A\","
        "\"metadata\":{\"tier\":\"gold\"}},\"idempotency_key\":\"customer-1\"}",
        NULL, &json, &error));
    CHECK(HAS(kessai_text_data(json), "\"tier\":\"gold\""));
    kessai_text_free(json);
    json = NULL;
    CHECK_FAILS(kessai_ipay_client_call_json(
                    shop.client, "request",
                    "{\"method\":\"POST\",\"path\":\"/customers\",\"body\":{\"name\":\"A\","
                    "\"metadata\":{\"note\":\"" PAYS "\"}}}",
                    NULL, &json, &error),
                KESSAI_ERROR_IPAY_CARD_DATA, "metadata.note");
    CHECK(!json);
}

int main(void) {
    shop_open(&shop);
    a_token_is_fetched_kept_and_renewed();
    threads_share_a_token();
    the_shop_gives_the_token();
    no_token_ends_the_call(NULL);
    no_token_ends_the_call("\xff");
    no_token_ends_the_call("");
    a_card_becomes_a_token_by_name();
    any_request_by_name();
    the_environment_makes_clients();
    shop_close(&shop);
    puts("ipay_who: fine");
    return 0;
}
