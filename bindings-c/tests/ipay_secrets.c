/* What must not leave: card data is refused before anything is sent, and neither it nor a
 * credential is in anything that this library shows. */

#include "../../examples/c-checkout/world.h"
#include "check.h"

/* Nobody listens there: what the guard lets pass fails for that, and for nothing else. */
#define CLOSED "http://127.0.0.1:9/api"
#define AT_ONCE 250

#define KEY "test_canary_key_4f1c"
#define SECRET "secret_canary_7f3a"
#define BASIC "dGVzdF9jYW5hcnlfa2V5XzRmMWM6c2VjcmV0X2NhbmFyeV83ZjNh"
#define PAGE_KEY "pk_test_canary_2b"
#define CLIENT_SECRET "client_canary_9e"
#define JWT "canary.jwt.6e"
#define HOOK_SECRET "whsec_canary_9d"
#define CARD "4000056655665556"
#define CVC "93174"

/* The published test cards of every network, as the tests of every language have them. */
#define VECTORS "tests/vectors/ipay_card_guard.json"

static kessai_error *error;
static uint64_t state = 1;

static uint64_t chance(uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 20) % below;
}

static void article(char *code, size_t size) {
    unsigned sum = 0;
    snprintf(code, size, "%s%010llu", chance(2) ? "45" : "49",
             (unsigned long long)chance(10000000000u));
    for (int place = 0; place < 12; place++) {
        sum += (unsigned)(code[place] - '0') * (place % 2 ? 3 : 1);
    }
    snprintf(code + 12, size - 12, "%u", (10 - sum % 10) % 10);
}

/* Numbers of articles, of orders, and of moments: a third of each. */
static void harmless(unsigned number, char *code, size_t size) {
    static const uint64_t units[] = {1, 1000, 1000000};
    switch (number % 3) {
    case 0:
        article(code, size);
        break;
    case 1:
        snprintf(code, size, "20%u%02u%02u%08u", 20 + (unsigned)chance(20),
                 1 + (unsigned)chance(12), 1 + (unsigned)chance(28), (unsigned)chance(100000000));
        break;
    default:
        snprintf(code, size, "%llu",
                 (unsigned long long)((1577836800u + chance(552163200u)) * units[chance(3)]));
    }
}

static void codes_pass(const kessai_ipay_client *client, unsigned count) {
    static char notes[AT_ONCE * 48];
    for (unsigned done = 0; done < count; done += AT_ONCE) {
        kessai_ipay_call_options *options = kessai_ipay_call_options_new();
        kessai_ipay_payment *payment = NULL;
        size_t at = 0;
        for (unsigned place = 0; place < AT_ONCE; place++) {
            char code[32];
            harmless(place, code, sizeof code);
            at += (size_t)snprintf(notes + at, sizeof notes - at, "%c\"n%u\":\"%s\"",
                                   place ? ',' : '{', place, code);
        }
        snprintf(notes + at, sizeof notes - at, "}");
        kessai_ipay_call_options_set_metadata_json(options, notes);
        CHECK(kessai_ipay_client_create_payment(client, 1, "JPY", options, &payment, &error) ==
              KESSAI_ERROR_TRANSPORT_CONNECT);
        kessai_error_free(error);
        error = NULL;
        kessai_ipay_call_options_free(options);
    }
}

/* Nothing of an error, or of what lies behind it, has this in it. */
static void hides(const kessai_error *it, const char *hidden) {
    for (; it; it = kessai_error_cause(it)) {
        CHECK(!HAS(kessai_error_json(it), hidden));
        CHECK(!HAS(kessai_error_message(it), hidden));
    }
}

static void refused(const char *number, const char *place) {
    CHECK(kessai_error_number(error) == KESSAI_ERROR_IPAY_CARD_DATA);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE);
    CHECK_TEXT(kessai_error_param(error), place);
    hides(error, number);
    kessai_error_free(error);
    error = NULL;
}

static void card_does_not(const kessai_ipay_client *client, const char *number) {
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    kessai_ipay_payment *payment = NULL;
    kessai_ipay_customer *customer = NULL;
    kessai_ipay_refund *refund = NULL;
    kessai_text *json = NULL;
    char text[128];
    kessai_ipay_call_options_set_description(options, number);
    kessai_ipay_client_create_payment(client, 1, "JPY", options, &payment, &error);
    refused(number, "description");
    kessai_ipay_call_options_free(options);
    options = kessai_ipay_call_options_new();
    snprintf(text, sizeof text, "{\"note\":\"%s\"}", number);
    kessai_ipay_call_options_set_metadata_json(options, text);
    kessai_ipay_client_create_payment(client, 1, "JPY", options, &payment, &error);
    refused(number, "metadata.note");
    kessai_ipay_call_options_free(options);
    options = kessai_ipay_call_options_new();
    kessai_ipay_call_options_set_name(options, number);
    kessai_ipay_client_create_customer(client, options, &customer, &error);
    refused(number, "name");
    kessai_ipay_call_options_free(options);
    options = kessai_ipay_call_options_new();
    kessai_ipay_call_options_set_reason(options, number);
    kessai_ipay_client_create_refund(client, "pay_1", options, &refund, &error);
    refused(number, "reason");
    kessai_ipay_call_options_free(options);
    snprintf(text, sizeof text, "{\"a\":[%s]}", number);
    kessai_ipay_client_request(client, "POST", "/x", text, NULL, &json, &error);
    refused(number, "a[0]");
}

static void cards_do_not(const kessai_ipay_client *client) {
    static char read[65536];
    char number[32], *from, *end;
    unsigned count = 0;
    FILE *file = fopen(VECTORS, "r");
    CHECK(file);
    read[fread(read, 1, sizeof read - 1, file)] = '\0';
    fclose(file);
    from = strstr(read, "\"cards\"");
    end = strstr(read, "\"cases\"");
    CHECK(from && end && from < end);
    for (; from < end; from++) {
        size_t digits = strspn(from, "0123456789");
        if (digits == 0) {
            continue;
        }
        CHECK(digits < sizeof number);
        memcpy(number, from, digits);
        number[digits] = '\0';
        card_does_not(client, number);
        from += digits;
        count++;
    }
    CHECK(count >= 60);
}

static const char *const hidden[] = {
    KEY, SECRET, BASIC, PAGE_KEY, CLIENT_SECRET, JWT, HOOK_SECRET, CARD, CVC,
};

static void shows_nothing(const char *text) {
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        CHECK(!HAS(text, hidden[i]));
    }
}

static void hook(const kessai_event *event, void *user_data) {
    ++*(int *)user_data;
    shows_nothing(kessai_event_json(event));
}

/* The error that there must be. */
static void failed(int32_t number) {
    CHECK(number != KESSAI_OK && error);
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        hides(error, hidden[i]);
    }
    kessai_error_free(error);
    error = NULL;
}

static const char *token_source(void *user_data) {
    (void)user_data;
    return JWT;
}

/* The service says this back from now on. */
static void echo(const struct world *world, const char *said) {
    char rules[512];
    snprintf(rules, sizeof rules,
             "[{\"match\":{\"service\":\"ipay\"},\"fault\":\"message\",\"message\":\"%s\"}]", said);
    free(world_ask(world, "POST", "faults", rules));
}

/* Each way to say who calls, at a service that says it back, and at one that refuses it. */
static void no_credential_is_shown(const struct world *world) {
    static const char *const said[] = {KEY " " SECRET " " BASIC, KEY " " CLIENT_SECRET, JWT, JWT};
    char base[160];
    int told = 0;
    kessai_ipay_publishable_client *page = NULL;
    kessai_ipay_options *plain = kessai_ipay_options_new();
    kessai_ipay_token *token = NULL;
    snprintf(base, sizeof base, "http://127.0.0.1:%d/api", world->port);
    for (int way = 0; way < 4; way++) {
        kessai_ipay_options *options = kessai_ipay_options_new();
        kessai_ipay_client *client = NULL;
        kessai_ipay_payment *payment = NULL;
        kessai_ipay_options_set_base_url(options, base);
        kessai_ipay_options_set_max_retries(options, 0);
        kessai_ipay_options_set_on_event(options, hook, &told);
        if (way == 1) {
            kessai_ipay_options_set_client_id(options, KEY);
            kessai_ipay_options_set_client_secret(options, CLIENT_SECRET);
        } else if (way == 2) {
            kessai_ipay_options_set_token(options, JWT);
        } else if (way == 3) {
            kessai_ipay_options_set_token_source(options, token_source, NULL);
        }
        CHECK_OK(kessai_ipay_client_new(way ? NULL : KEY, way ? NULL : SECRET, options, &client,
                                        &error));
        echo(world, said[way]);
        failed(kessai_ipay_client_create_payment(client, 1, "JPY", NULL, &payment, &error));
        free(world_ask(world, "DELETE", "faults", ""));
        failed(kessai_ipay_client_create_payment(client, 1, "JPY", NULL, &payment, &error));
        kessai_ipay_client_free(client);
        kessai_ipay_options_free(options);
    }
    kessai_ipay_options_set_base_url(plain, base);
    kessai_ipay_options_set_max_retries(plain, 0);
    kessai_ipay_options_set_on_event(plain, hook, &told);
    CHECK_OK(kessai_ipay_publishable_client_new(PAGE_KEY, plain, &page, &error));
    echo(world, PAGE_KEY " " CARD " " CVC);
    failed(kessai_ipay_publishable_client_create_token(page, CARD, 12, 2040, CVC, NULL, &token,
                                                       &error));
    free(world_ask(world, "DELETE", "faults", ""));
    failed(kessai_ipay_publishable_client_create_token(page, CARD, 12, 2040, CVC, NULL, &token,
                                                       &error));
    kessai_ipay_publishable_client_free(page);
    kessai_ipay_options_free(plain);
    CHECK(told >= 20);
}

/* What is wrong with credentials is said without them. */
static void nor_is_a_bad_one(void) {
    const char *const secrets[] = {HOOK_SECRET};
    const char body[] = "{\"id\":\"evt_1\",\"type\":\"payment.failed\",\"data\":{}}";
    kessai_ipay_options *options = kessai_ipay_options_new();
    kessai_ipay_client *client = NULL;
    kessai_ipay_webhooks *hooks = NULL;
    kessai_ipay_event *event = NULL;
    kessai_ipay_options_set_base_url(options, CLOSED);
    failed(kessai_ipay_client_new(KEY "\n", SECRET, options, &client, &error));
    failed(kessai_ipay_client_new("live_" KEY, SECRET, options, &client, &error));
    kessai_ipay_options_set_token(options, JWT);
    failed(kessai_ipay_client_new(KEY, SECRET, options, &client, &error));
    kessai_ipay_options_set_token(options, NULL);
    kessai_ipay_options_set_base_url(options, "http://" KEY ":" SECRET "@127.0.0.1:9/api");
    failed(kessai_ipay_client_new(KEY, SECRET, options, &client, &error));
    CHECK_OK(kessai_ipay_webhooks_new(secrets, 1, &hooks, &error));
    failed(kessai_ipay_webhooks_verify(hooks, body, strlen(body), HOOK_SECRET, &event, &error));
    kessai_ipay_webhooks_free(hooks);
    kessai_ipay_options_free(options);
}

/* How many codes are tried may be told: fewer under a slow watcher. */
int main(int count, char **arguments) {
    struct world world;
    kessai_ipay_options *options = kessai_ipay_options_new();
    kessai_ipay_client *client = NULL;
    kessai_ipay_options_set_base_url(options, CLOSED);
    kessai_ipay_options_set_max_retries(options, 0);
    CHECK_OK(kessai_ipay_client_new("test_k", "secret_s", options, &client, &error));
    codes_pass(client, count > 1 ? (unsigned)atol(arguments[1]) : 8 * AT_ONCE);
    cards_do_not(client);
    kessai_ipay_client_free(client);
    kessai_ipay_options_free(options);
    world_start(&world);
    no_credential_is_shown(&world);
    nor_is_a_bad_one();
    world_stop(&world);
    puts("ipay_secrets: fine");
    return 0;
}
