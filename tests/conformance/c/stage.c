#include "stage.h"

#include "jwt.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sandbox does not do what it is told: no case can be played any more. */
static void broken(const char *path, const char *why) {
    fprintf(stderr, "%s: %s\n", path, why);
    exit(2);
}

static size_t keep(char *part, size_t size, size_t count, void *answer) {
    return fwrite(part, size, count, answer) * size;
}

/* Asks, or acts where there is a body. */
static json_t *control(const char *path, const char *body) {
    char url[512], *text = NULL;
    size_t length = 0;
    FILE *answer = open_memstream(&text, &length);
    CURL *curl = curl_easy_init();
    snprintf(url, sizeof url, "%s/_sandbox/%s", getenv("KESSAI_TEST_URL"), path);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    /* No proxy of the environment stands between a machine and itself. */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    if (body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    }
    CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    fclose(answer);
    if (code != CURLE_OK) {
        broken(path, curl_easy_strerror(code));
    }
    json_t *read = json_loads(text, 0, NULL);
    free(text);
    if (!read) {
        broken(path, "the answer is no JSON");
    }
    return read;
}

json_t *stage_act(const char *path, const json_t *body) {
    char *text = json_dumps(body, 0);
    json_t *answer = control(path, text);
    free(text);
    return answer;
}

json_t *stage_begin(size_t number) {
    json_t *seed = json_pack("{s:I}", "seed", (json_int_t)number);
    json_t *drawn = stage_act("reset", seed);
    json_t *ipay = json_incref(json_object_get(drawn, "ipay"));
    json_decref(drawn);
    json_decref(seed);
    return ipay;
}

static json_t *account_of_zaif(const json_t *key) {
    const char *word = json_string_value(key);
    if (word && strcmp(word, "unknown") == 0) {
        const char *unknown = "00000000-0000-0000-0000-000000000000";
        return json_pack("{s:s, s:s}", "key", unknown, "secret", "no_secret");
    }
    if (word && strcmp(word, "wrong_secret") != 0) {
        return NULL;
    }
    json_t *none = json_object();
    json_t *issued = stage_act("zaif/keys", json_is_object(key) ? key : none);
    const char *secret = word ? "not_the_secret" : json_string_value(json_object_get(issued, "secret"));
    json_t *account = json_pack("{s:O, s:s}", "key", json_object_get(issued, "key"), "secret",
                                secret);
    json_decref(none);
    json_decref(issued);
    return account;
}

/* Members of an object under their own names. New. */
static json_t *members(const json_t *of, const char *first, const char *second) {
    return json_pack("{s:O, s:O}", first, json_object_get(of, first), second,
                     json_object_get(of, second));
}

static json_t *account_of_ipay(const json_t *key, const json_t *ipay) {
    const char *word = json_string_value(key);
    if (json_is_object(key)) {
        return json_deep_copy(key);
    }
    if (!word) {
        return members(ipay, "key", "secret");
    }
    if (strcmp(word, "unknown") == 0) {
        return json_pack("{s:s, s:s}", "key", "test_unknown", "secret", "secret_unknown");
    }
    if (strcmp(word, "wrong_secret") == 0) {
        return json_pack("{s:O, s:s}", "key", json_object_get(ipay, "key"), "secret",
                         "secret_wrong");
    }
    if (strcmp(word, "jwt") == 0) {
        return json_pack("{s:s}", "token", jwt_of(ipay));
    }
    if (strcmp(word, "token_source") == 0) {
        /* For whom it makes tokens. */
        return json_pack("{s:o}", "token_source", members(ipay, "key", "secret"));
    }
    return strcmp(word, "client_credentials") == 0 ? members(ipay, "client_id", "client_secret")
                                                   : NULL;
}

json_t *stage_account(const char *client, const json_t *key, const json_t *ipay) {
    if (strcmp(client, "zaif") == 0) {
        json_t *account = account_of_zaif(key);
        json_object_set_new(account, "endpoint", json_string(getenv("KESSAI_TEST_ENDPOINT")));
        return account;
    }
    if (strcmp(client, "ipay.publishable") == 0) {
        return members(ipay, "publishable_key", "base_url");
    }
    json_t *account = account_of_ipay(key, ipay);
    json_object_set(account, "base_url", json_object_get(ipay, "base_url"));
    return account;
}

static int is_live(const char *status) {
    return strcmp(status, "new") == 0 || strcmp(status, "paid") == 0 ||
           strcmp(status, "confirmed") == 0 || strcmp(status, "complete") == 0;
}

json_t *stage_books(const char *order, json_int_t *live) {
    json_t *ledger = control("ledger", NULL), *ids = json_array(), *invoice;
    size_t index;
    *live = 0;
    json_array_foreach(json_object_get(ledger, "invoices"), index, invoice) {
        const char *number = json_string_value(json_object_get(invoice, "order_number"));
        if (number && strcmp(number, order) == 0) {
            json_array_append(ids, json_object_get(invoice, "invoice_id"));
            *live += is_live(json_string_value(json_object_get(invoice, "status")));
        }
    }
    json_decref(ledger);
    return ids;
}

json_t *stage_calls(void) {
    json_t *ledger = control("ledger", NULL), *calls = json_array(), *row;
    size_t index;
    json_array_foreach(json_object_get(ledger, "requests"), index, row) {
        json_t *method = json_object_get(row, "method");
        if (strcmp(json_string_value(method), "getSupportedCurrencies") != 0) {
            json_array_append(calls, method);
        }
    }
    json_decref(ledger);
    return calls;
}

json_t *stage_made(const char *kind) {
    json_t *ledger = control("ledger", NULL);
    json_t *made = json_incref(json_object_get(json_object_get(ledger, "ipay"), kind));
    json_decref(ledger);
    return made;
}

json_t *stage_wire(const char *call) {
    json_t *ledger = control("ledger", NULL), *keys = json_array(), *row;
    json_int_t tries = 0, executed = 0, replayed = 0;
    size_t index;
    json_array_foreach(json_object_get(ledger, "requests"), index, row) {
        if (strcmp(json_string_value(json_object_get(row, "method")), call) != 0) {
            continue;
        }
        json_t *key = json_object_get(row, "idempotency_key");
        const json_t *last = json_array_get(keys, json_array_size(keys) - 1);
        if (!last || !json_equal(last, key)) {
            json_array_append(keys, key);
        }
        tries++;
        executed += json_is_true(json_object_get(row, "executed"));
        replayed += json_is_true(json_object_get(row, "replayed"));
    }
    json_decref(ledger);
    return json_pack("{s:I, s:I, s:I, s:o}", "tries", tries, "executed", executed, "replayed",
                     replayed, "keys", keys);
}

json_t *stage_delivered(const char *event, const json_t *ipay) {
    json_t *all = control("deliveries", NULL), *found = NULL, *delivery, *header;
    size_t index, at;
    json_array_foreach(json_object_get(all, "deliveries"), index, delivery) {
        json_t *body = json_object_get(delivery, "body"), *signature = NULL;
        json_array_foreach(json_object_get(delivery, "headers"), at, header) {
            if (strcmp(json_string_value(json_array_get(header, 0)), "ipay-signature") == 0) {
                signature = json_array_get(header, 1);
            }
        }
        json_t *read = signature ? json_loads(json_string_value(body), 0, NULL) : NULL;
        const char *type = json_string_value(json_object_get(read, "type"));
        if (type && strcmp(type, event) == 0) {
            json_decref(found);
            found = json_pack("{s:O, s:O, s:O}", "body", body, "signature", signature, "secret",
                              json_object_get(ipay, "webhook_secret"));
        }
        json_decref(read);
    }
    json_decref(all);
    return found;
}
