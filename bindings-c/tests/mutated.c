/* Webhooks of both services that are not as they were sent: none is believed, whatever
 * is changed, and each is refused by the one error that there is for it.
 *
 *     mutated [COUNT]     10,000 of each unless told otherwise */

#include "check.h"

#include <stdint.h>
#include <time.h>

/* Room for what is inserted. */
enum { ROOM = 512, MOST = 64 };

static kessai_error *error;

/* The same numbers in every run (splitmix64). */
static uint64_t state;

static size_t below(size_t most) {
    uint64_t mixed;
    state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (state ^ (state >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((mixed ^ (mixed >> 31)) % most);
}

/* Bytes that are changed, with their number. */
struct bytes {
    char at[ROOM];
    size_t length;
};

static struct bytes bytes_of(const char *text) {
    struct bytes bytes;
    bytes.length = strlen(text);
    CHECK(bytes.length + MOST < ROOM);
    memset(bytes.at, 0, ROOM);
    memcpy(bytes.at, text, bytes.length);
    return bytes;
}

/* One of them, or their number, or their order. */
static void change(struct bytes *bytes) {
    const size_t place = below(bytes->length + 1), many = 1 + below(MOST / 4);
    size_t i;
    switch (below(7)) {
    case 0:
        if (place < bytes->length) bytes->at[place] ^= (char)(1 << below(8));
        break;
    case 1:
        if (place < bytes->length) bytes->at[place] = (char)below(256);
        break;
    case 2:
        memmove(bytes->at + place + 1, bytes->at + place, bytes->length - place);
        bytes->at[place] = (char)below(256);
        bytes->length++;
        break;
    case 3:
        if (place < bytes->length) {
            memmove(bytes->at + place, bytes->at + place + 1, bytes->length - place - 1);
            bytes->length--;
        }
        break;
    case 4:
        bytes->length = place;
        break;
    case 5:
        for (i = 0; i < many; i++) bytes->at[bytes->length++] = (char)below(256);
        break;
    default:
        for (i = 0; i < bytes->length; i++) bytes->at[i] = (char)below(256);
    }
    bytes->at[bytes->length] = '\0';
}

static bool is_as(const struct bytes *bytes, const char *text) {
    return bytes->length == strlen(text) && memcmp(bytes->at, text, bytes->length) == 0;
}

/* Upper and lower case are the same digits. */
static bool is_same_hex(const char *one, const char *other) {
    for (; *one && *other; one++, other++) {
        const char a = *one >= 'A' && *one <= 'F' ? (char)(*one + 32) : *one;
        if (a != *other) return false;
    }
    return *one == *other;
}

static void ipay(long count) {
    const char *const secrets[] = {"whsec_of_today", "whsec_of_yesterday"};
    const char body[] = "{\"id\":\"evt_1\",\"type\":\"payment.succeeded\",\"created\":1763856000,"
                        "\"data\":{\"id\":\"pay_1\",\"amount\":2999,\"currency\":\"JPY\","
                        "\"metadata\":{\"orderId\":\"A-1001\"},\"note\":\"\xe6\xb3\xa8\"}}";
    kessai_ipay_webhooks *webhooks = NULL;
    kessai_ipay_event *event = NULL;
    kessai_text *signature = NULL;
    long i;
    CHECK_OK(kessai_ipay_webhooks_new(secrets, 2, &webhooks, &error));
    CHECK_OK(kessai_ipay_sign(body, strlen(body), secrets[1], &signature, &error));
    CHECK_OK(kessai_ipay_webhooks_verify(webhooks, body, strlen(body), kessai_text_data(signature),
                                         &event, &error));
    CHECK(kessai_ipay_event_secret_index(event) == 1);
    kessai_ipay_event_free(event);
    event = NULL;
    for (i = 0; i < count;) {
        struct bytes sent = bytes_of(body), header = bytes_of(kessai_text_data(signature));
        const bool has_header = below(1000) != 0;
        change(below(2) ? &sent : &header);
        if (has_header && is_as(&sent, body) &&
            is_same_hex(header.at, kessai_text_data(signature))) {
            continue;
        }
        CHECK(kessai_ipay_webhooks_verify(webhooks, sent.at, sent.length,
                                          has_header ? header.at : NULL, &event, &error) ==
              KESSAI_ERROR_IPAY_BAD_SIGNATURE);
        CHECK(!event && kessai_ipay_webhooks_status(kessai_error_number(error)) == 401);
        kessai_error_free(error);
        error = NULL;
        i++;
    }
    kessai_text_free(signature);
    kessai_ipay_webhooks_free(webhooks);
}

/* The two last parts of a path, behind which a query may stand: the order, and what
 * proves that the address was made for it. */
static bool is_same_address(const char *one, const char *other) {
    size_t length = strcspn(one, "?#");
    const size_t wanted = strlen(other);
    while (length && one[length - 1] == '/') length--;
    return length >= wanted && memcmp(one + length - wanted, other, wanted) == 0 &&
           (length == wanted || one[length - wanted - 1] == '/');
}

static void zaif(long count) {
    const char *const secrets[] = {"sandbox-webhook-secret-new", "sandbox-webhook-secret-old"};
    const char base[] = "https://shop.example/hooks", body[] = "{\"invoiceId\":\"d7dd735c-1650\"}";
    kessai_zaif_webhooks *webhooks = NULL;
    kessai_zaif_notice *notice = NULL;
    kessai_text *address = NULL;
    const char *path;
    long i;
    CHECK_OK(kessai_zaif_webhooks_new(base, secrets, 2, &webhooks, &error));
    CHECK_OK(kessai_zaif_webhooks_address(webhooks, "A-1001", &address, &error));
    path = kessai_text_data(address) + strlen(base);
    CHECK_OK(kessai_zaif_webhooks_receive(webhooks, path, body, strlen(body), &notice, &error));
    CHECK_TEXT(kessai_zaif_notice_order_number(notice), "A-1001");
    kessai_zaif_notice_free(notice);
    notice = NULL;
    for (i = 0; i < count;) {
        struct bytes asked = bytes_of(path);
        change(&asked);
        if (is_same_address(asked.at, path + 1)) continue;
        CHECK(kessai_zaif_webhooks_receive(webhooks, asked.at, body, strlen(body), &notice,
                                           &error) == KESSAI_ERROR_ZAIF_BAD_TOKEN);
        CHECK(!notice && kessai_zaif_webhooks_status(kessai_error_number(error)) == 404);
        kessai_error_free(error);
        error = NULL;
        i++;
    }
    kessai_text_free(address);
    kessai_zaif_webhooks_free(webhooks);
}

static double now(void) {
    struct timespec at;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &at) == 0);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    const long many = count > 1 ? atol(arguments[1]) : 10000;
    double began = now(), between;
    CHECK(many > 0);
    ipay(many);
    between = now();
    zaif(many);
    printf("mutated: fine: %ld of iPay in %.2f s, %ld of Zaif in %.2f s\n", many, between - began,
           many, now() - between);
    return 0;
}
