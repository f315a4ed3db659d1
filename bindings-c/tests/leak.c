/* Leaks on purpose: whoever looks for leaks must find this. Several, because the
 * stack may still hold the last pointer. */

#include "check.h"

int main(void) {
    int i;
    for (i = 0; i < 9; i++) {
        kessai_zaif_order *order = kessai_zaif_order_new();
        CHECK(order);
        kessai_zaif_order_set_item_name(order, "never freed");
    }
    return 0;
}
