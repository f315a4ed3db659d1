/* A shop at a sandbox of its own, for the tests of iPay. */

#ifndef SHOP_H
#define SHOP_H

#include "../../examples/c-checkout/world.h"
#include "check.h"

/* The sandbox's cards: one that pays, one whose bank asks its owner, one that does not. */
#define PAYS "4242424242424242"
#define ASKS "4000002500003155"
#define DECLINED "4000000000000002"

/* What the sandbox drew for the shop, and clients that have it. */
struct shop {
    struct world world;
    char base_url[128], key[128], secret[128], publishable_key[128];
    char client_id[128], client_secret[128], webhook_secret[128];
    kessai_ipay_client *client;
    kessai_ipay_publishable_client *page;
};

/* A member of the iPay half of what the sandbox tells. */
static inline void shop_member(const char *json, const char *name, char *to, size_t size) {
    char wanted[64];
    const char *from = strstr(json, "\"ipay\":");
    size_t length;
    CHECK(from);
    snprintf(wanted, sizeof wanted, "\"%s\":\"", name);
    from = strstr(from, wanted);
    CHECK(from);
    from += strlen(wanted);
    length = strcspn(from, "\"");
    CHECK(length < size);
    memcpy(to, from, length);
    to[length] = '\0';
}

/* Options for a client of this shop. */
static inline kessai_ipay_options *shop_options(const struct shop *shop) {
    kessai_ipay_options *options = kessai_ipay_options_new();
    kessai_ipay_options_set_base_url(options, shop->base_url);
    return options;
}

static inline void shop_open(struct shop *shop) {
    kessai_error *error = NULL;
    kessai_ipay_options *options;
    char *told;
    memset(shop, 0, sizeof *shop);
    world_start(&shop->world);
    told = world_ask(&shop->world, "POST", "reset", "{\"seed\":7}");
    shop_member(told, "base_url", shop->base_url, sizeof shop->base_url);
    shop_member(told, "key", shop->key, sizeof shop->key);
    shop_member(told, "secret", shop->secret, sizeof shop->secret);
    shop_member(told, "publishable_key", shop->publishable_key, sizeof shop->publishable_key);
    shop_member(told, "client_id", shop->client_id, sizeof shop->client_id);
    shop_member(told, "client_secret", shop->client_secret, sizeof shop->client_secret);
    shop_member(told, "webhook_secret", shop->webhook_secret, sizeof shop->webhook_secret);
    free(told);
    options = shop_options(shop);
    CHECK_OK(kessai_ipay_client_new(shop->key, shop->secret, options, &shop->client, &error));
    CHECK_OK(kessai_ipay_publishable_client_new(shop->publishable_key, options, &shop->page,
                                                &error));
    kessai_ipay_options_free(options);
}

static inline void shop_close(struct shop *shop) {
    kessai_ipay_publishable_client_free(shop->page);
    kessai_ipay_client_free(shop->client);
    world_stop(&shop->world);
}

/* Asks the control API with this path, in which `%s` is an id. */
static inline void shop_act(const struct shop *shop, const char *path, const char *id,
                            const char *body) {
    char whole[256];
    const char *place = strstr(path, "%s");
    const int before = (int)(place ? place - path : (long)strlen(path));
    snprintf(whole, sizeof whole, "%.*s%s%s", before, path, place ? id : "",
             place ? place + 2 : "");
    free(world_ask(&shop->world, "POST", whole, body));
}

/* A card as a payment method, of a customer where there is one. */
static inline kessai_ipay_payment_method *shop_method(const struct shop *shop, const char *number,
                                                      const char *customer) {
    kessai_error *error = NULL;
    kessai_ipay_token *token = NULL;
    kessai_ipay_payment_method *method = NULL;
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    CHECK_OK(kessai_ipay_publishable_client_create_token(shop->page, number, 12, 2040, "123", NULL,
                                                         &token, &error));
    kessai_ipay_call_options_set_token(options, kessai_ipay_token_id(token));
    kessai_ipay_call_options_set_customer(options, customer);
    CHECK_OK(kessai_ipay_client_create_payment_method(shop->client, "card", options, &method,
                                                      &error));
    kessai_ipay_call_options_free(options);
    kessai_ipay_token_free(token);
    return method;
}

/* Charges a card for an order, with a client that may be another one. */
static inline int32_t shop_pay(const struct shop *shop, const kessai_ipay_client *client,
                               const char *number, const char *order, int64_t amount,
                               kessai_ipay_payment **payment, kessai_error **error) {
    kessai_ipay_payment_method *method = shop_method(shop, number, NULL);
    kessai_ipay_call_options *options = kessai_ipay_call_options_new();
    char metadata[128];
    int32_t ended;
    snprintf(metadata, sizeof metadata, "{\"orderId\":\"%s\",\"tier\":\"3\"}", order);
    kessai_ipay_call_options_set_payment_method(options, kessai_ipay_payment_method_id(method));
    kessai_ipay_call_options_set_confirm(options, true);
    kessai_ipay_call_options_set_confirmation_token(options, true);
    kessai_ipay_call_options_set_metadata_json(options, metadata);
    ended = kessai_ipay_client_create_payment(client, amount, "JPY", options, payment, error);
    kessai_ipay_call_options_free(options);
    kessai_ipay_payment_method_free(method);
    return ended;
}

#endif
