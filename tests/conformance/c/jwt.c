#include "jwt.h"

#include <kessai.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char made[1024];

/* Appends bytes as they stand in a token (RFC 4648, section 5), without padding. */
static void put(const unsigned char *bytes, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t at = strlen(made);
    if (at + 2 * length + 4 > sizeof made) {
        abort();
    }
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < length; i++) {
        held = held << 8 | bytes[i];
        for (bits += 8; bits >= 6; bits -= 6) {
            made[at++] = digits[held >> (bits - 6) & 63u];
        }
    }
    if (bits > 0) {
        made[at++] = digits[held << (6 - bits) & 63u];
    }
    made[at] = '\0';
}

static void put_text(const char *text) {
    put((const unsigned char *)text, strlen(text));
}

const char *jwt_of(const json_t *ipay) {
    char claims[256];
    unsigned char mac[32];
    kessai_text *signature = NULL;
    kessai_error *error = NULL;
    snprintf(claims, sizeof claims, "{\"iss\":\"%s\",\"exp\":%lld}",
             json_string_value(json_object_get(ipay, "key")), (long long)time(NULL) + 60);
    made[0] = '\0';
    put_text("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    strcat(made, ".");
    put_text(claims);
    /* What signs a webhook's body signs any bytes. */
    const char *secret = json_string_value(json_object_get(ipay, "secret"));
    if (kessai_ipay_sign(made, strlen(made), secret, &signature, &error) != KESSAI_OK) {
        abort();
    }
    for (size_t i = 0; i < sizeof mac; i++) {
        const char digits[] = {kessai_text_data(signature)[2 * i],
                               kessai_text_data(signature)[2 * i + 1], '\0'};
        mac[i] = (unsigned char)strtoul(digits, NULL, 16);
    }
    kessai_text_free(signature);
    strcat(made, ".");
    put(mac, sizeof mac);
    return made;
}

const char *jwt_source(void *ipay) {
    return jwt_of(ipay);
}
