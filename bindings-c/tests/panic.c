/* A defect inside kessai: an error with an unknown outcome, and nothing unwinds.
 * Needs a library with the feature `panic-on-purpose`. */

#include "check.h"

int main(void) {
    kessai_zaif_options *options = kessai_zaif_options_new();
    kessai_zaif_client *client = NULL;
    kessai_text *json = NULL;
    kessai_error *error = NULL;
    kessai_zaif_options_set_endpoint(options, "http://127.0.0.1:1/");
    CHECK_OK(kessai_zaif_client_new("k", "s", options, &client, &error));
    kessai_zaif_options_free(options);
    CHECK(kessai_zaif_client_call_json(client, "panic_on_purpose", NULL, NULL, &json, &error) ==
          KESSAI_ERROR_INTERNAL_DEFECT);
    CHECK(!json);
    CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_UNKNOWN);
    CHECK(!kessai_error_retryable(error));
    CHECK_TEXT(kessai_error_class(error), "InternalError");
    kessai_error_free(error);
    CHECK(kessai_zaif_client_call_json(client, "panic_on_purpose", NULL, NULL, &json, NULL) ==
          KESSAI_ERROR_INTERNAL_DEFECT);
    error = NULL;
    /* The client is as good as before. */
    CHECK_FAILS(kessai_zaif_client_call_json(client, "no_such", NULL, NULL, &json, &error),
                KESSAI_ERROR_INPUT_UNKNOWN, "method");
    kessai_zaif_client_free(client);
    puts("panic: fine");
    return 0;
}
