/* Leaks on purpose: whoever looks for leaks must find this. Several, because the
 * stack may still hold the last pointer. With an argument something still points into
 * each of them, so that they are lost only possibly. */

#include "check.h"

static const char *volatile into[9];

int main(int count, char **given) {
    int i;
    (void)given;
    for (i = 0; i < 9; i++) {
        kessai_zaif_order *order = kessai_zaif_order_new();
        CHECK(order);
        kessai_zaif_order_set_item_name(order, "never freed");
        if (count > 1) into[i] = (const char *)order + 1;
    }
    return 0;
}
