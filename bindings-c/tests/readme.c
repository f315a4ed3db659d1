/* The two programs of the README, as they stand there, at the real sandbox.
 *
 *     readme COINS CARDS     the two that were built of it */

#include "shop.h"

static struct shop shop;

/* What a program says with this argument. */
static void says(const char *program, const char *argument, const char *wanted) {
    char command[1024], text[1024];
    size_t length;
    FILE *output;
    snprintf(command, sizeof command, "'%s' '%s' 2>&1", program, argument);
    output = popen(command, "r");
    CHECK(output);
    length = fread(text, 1, sizeof text - 1, output);
    text[length] = '\0';
    pclose(output);
    if (!HAS(text, wanted)) fprintf(stderr, "%s says: %s\n", program, text);
    CHECK(HAS(text, wanted));
}

static void pays(const char *program, const char *card, const char *wanted) {
    kessai_ipay_payment_method *method;
    free(world_ask(&shop.world, "POST", "reset", "{\"seed\":7}"));
    method = shop_method(&shop, card, NULL);
    says(program, kessai_ipay_payment_method_id(method), wanted);
    kessai_ipay_payment_method_free(method);
}

int main(int count, char **arguments) {
    CHECK(count == 3);
    shop_open(&shop);
    setenv("IPAY_API_KEY", shop.key, 1);
    setenv("IPAY_API_SECRET", shop.secret, 1);
    setenv("IPAY_BASE_URL", shop.base_url, 1);
    pays(arguments[2], PAYS, "ship A-1001");
    pays(arguments[2], ASKS, "send the customer to http");
    pays(arguments[2], DECLINED, "declined");
    shop_close(&shop);
    world_start(&shop.world);
    setenv("ZAIF_API_KEY", shop.world.key, 1);
    setenv("ZAIF_API_SECRET", shop.world.secret, 1);
    setenv("ZAIF_ENDPOINT", shop.world.endpoint, 1);
    says(arguments[1], "", "pay 0.");
    world_stop(&shop.world);
    puts("readme: fine");
    return 0;
}
