/* Makes the same call with kessai or with libcurl: `client WHICH PORT CALLS`.
 * Prints nanoseconds of processor and of wall for a call. Both read one member
 * of the answer. */

#include <curl/curl.h>
#include <jansson.h>
#include <kessai.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define KEY "sandbox_key"
#define SECRET "sandbox_secret"
/* The SHA-1 of the secret: what any client computes once. */
#define DIGEST "043c99831798f6c5997c65a61205fede9ac1c6ea"

static void fail(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(1);
}

static long long nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

struct answer {
    char text[4096];
    size_t length;
};

static size_t keep(char *part, size_t size, size_t count, void *to) {
    struct answer *answer = to;
    size_t length = size * count;
    if (answer->length + length >= sizeof answer->text) return 0;
    memcpy(answer->text + answer->length, part, length);
    answer->length += length;
    return length;
}

static void with_curl(CURL *curl, struct answer *answer) {
    char body[512];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(body, sizeof body,
             "method=createInvoice&nonce=%lld.%06ld&currency=btc&amount=10800&orderNumber=A-1"
             "&key=" KEY "&sha1secret=" DIGEST,
             (long long)now.tv_sec, now.tv_nsec / 1000);
    answer->length = 0;
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    if (curl_easy_perform(curl) != CURLE_OK) fail("libcurl failed");
    json_t *read = json_loadb(answer->text, answer->length, 0, NULL);
    json_t *address = json_object_get(json_object_get(read, "return"), "address");
    if (!json_string_value(address)) fail("no address");
    json_decref(read);
}

static void with_kessai(const kessai_zaif_client *client) {
    kessai_zaif_order *order = kessai_zaif_order_new();
    kessai_zaif_invoice *invoice = NULL;
    kessai_zaif_order_set_currency(order, "btc");
    kessai_zaif_order_set_amount_yen(order, 10800);
    kessai_zaif_order_set_order_number(order, "A-1");
    if (kessai_zaif_client_create_invoice(client, order, NULL, &invoice, NULL) != KESSAI_OK)
        fail("kessai failed");
    if (!kessai_zaif_invoice_address(invoice)) fail("no address");
    kessai_zaif_invoice_free(invoice);
    kessai_zaif_order_free(order);
}

int main(int count, char **arguments) {
    if (count != 4) fail("client WHICH PORT CALLS");
    int ours = strcmp(arguments[1], "kessai") == 0;
    long calls = strtol(arguments[3], NULL, 10);
    char url[64];
    snprintf(url, sizeof url, "http://%s:%s/ecapi", ours ? "localhost" : "127.0.0.1", arguments[2]);

    kessai_zaif_client *client = NULL;
    CURL *curl = NULL;
    struct curl_slist *headers = NULL;
    struct answer answer;
    if (ours) {
        kessai_zaif_options *options = kessai_zaif_options_new();
        kessai_zaif_options_set_endpoint(options, url);
        if (kessai_zaif_client_new(KEY, SECRET, options, &client, NULL) != KESSAI_OK)
            fail("no client");
        kessai_zaif_options_free(options);
    } else {
        curl = curl_easy_init();
        headers = curl_slist_append(headers, "key: " KEY);
        headers = curl_slist_append(headers, "sha1secret: " DIGEST);
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 15000L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    }

    long long cpu = 0, wall = 0;
    for (long number = -calls / 10; number < calls; number++) {
        if (number == 0) {
            cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
            wall = nanoseconds(CLOCK_MONOTONIC);
        }
        if (ours)
            with_kessai(client);
        else
            with_curl(curl, &answer);
    }
    printf("%lld %lld\n", (nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) / calls,
           (nanoseconds(CLOCK_MONOTONIC) - wall) / calls);

    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    kessai_zaif_client_free(client);
    return 0;
}
