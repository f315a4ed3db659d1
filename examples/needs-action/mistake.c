/* What a compiler warns of, and with -Werror refuses: a payment that waits for its customer
 * is shipped. Where it is paid, `kessai_ipay_payment_succeeded` gives a handle of another
 * type than where it needs an action, and NULL where it is not paid. */

#include <kessai.h>

static const char *ship(const kessai_ipay_succeeded *paid) {
    return kessai_ipay_payment_id(kessai_ipay_succeeded_as_payment(paid));
}

const char *go_on(const kessai_ipay_payment *payment);

const char *go_on(const kessai_ipay_payment *payment) {
    switch (kessai_ipay_payment_which(payment)) {
        case KESSAI_IPAY_PAYMENT_SUCCEEDED:
            return ship(kessai_ipay_payment_succeeded(payment));
        case KESSAI_IPAY_PAYMENT_NEEDS_ACTION:
            return ship(kessai_ipay_payment_needs_action(payment)); /* the mistake */
        case KESSAI_IPAY_PAYMENT_FAILED:
        case KESSAI_IPAY_PAYMENT_CANCELED:
            return "another card, please";
        default:
            return "one moment, please";
    }
}
