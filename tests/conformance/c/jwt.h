/* Bearer tokens that a shop makes itself (RFC 7519). */

#ifndef JWT_H
#define JWT_H

#include <jansson.h>

/* One that the sandbox of this account accepts for a minute: signed with HMAC-SHA-256
 * under the account's secret. Stands until the next one is made. */
const char *jwt_of(const json_t *ipay);

/* The same as the function that a client asks for a token. */
const char *jwt_source(void *ipay);

#endif
