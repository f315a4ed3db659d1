//! The parameters of an order.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use crate::boundary::Utf8;
use crate::given::ZaifOrder;
use crate::guard;

/// The coin it is paid in: `btc`, `mona`, or one added since.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_currency(
    order: Option<&mut ZaifOrder>,
    currency: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("currency", currency);
        }
    });
}

/// Whole yen; an amount of the coin where `billing_currency` is given. Never a float.
///
/// An exact decimal, such as `"10800"`. NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_amount(
    order: Option<&mut ZaifOrder>,
    amount: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("amount", amount);
        }
    });
}

/// The same setting as `kessai_zaif_order_set_amount`, in whole yen.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_amount_yen(
    order: Option<&mut ZaifOrder>,
    amount_yen: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("amount", amount_yen);
        }
    });
}

/// The same coin as `currency`, to bill in it instead of in yen: the exchange-rate risk
/// is then the shop's.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_billing_currency(
    order: Option<&mut ZaifOrder>,
    billing_currency: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("billing_currency", billing_currency);
        }
    });
}

/// The shop's own order number. With it a lost answer can be found again, and one call
/// never makes two invoices: always send one.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_order_number(
    order: Option<&mut ZaifOrder>,
    order_number: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("order_number", order_number);
        }
    });
}

/// The shop's own reference number.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_reference_number(
    order: Option<&mut ZaifOrder>,
    reference_number: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("reference_number", reference_number);
        }
    });
}

/// The article's name, shown on the payment page.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_item_name(
    order: Option<&mut ZaifOrder>,
    item_name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("item_name", item_name);
        }
    });
}

/// The shop's name, shown on the payment page.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_merchant_name(
    order: Option<&mut ZaifOrder>,
    merchant_name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("merchant_name", merchant_name);
        }
    });
}

/// Where the service posts every change of state. The posts are not signed: treat each
/// as a hint and re-read the invoice.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_webhook_url(
    order: Option<&mut ZaifOrder>,
    webhook_url: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("webhook_url", webhook_url);
        }
    });
}

/// Where the service sends one notification when the invoice is complete. It is neither
/// signed nor repeated: prefer `webhook_url`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_notification_uri(
    order: Option<&mut ZaifOrder>,
    notification_uri: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("notification_uri", notification_uri);
        }
    });
}

/// `POST` (the default) or `GET`, which carries no parameters.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_notification_method(
    order: Option<&mut ZaifOrder>,
    notification_method: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("notification_method", notification_method);
        }
    });
}

/// Where the payment page sends the customer once money is seen: seen is not settled.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_redirect_uri(
    order: Option<&mut ZaifOrder>,
    redirect_uri: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("redirect_uri", redirect_uri);
        }
    });
}

/// Subtotal in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_sub_total(
    order: Option<&mut ZaifOrder>,
    sub_total: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("sub_total", sub_total);
        }
    });
}

/// Tax in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_tax(
    order: Option<&mut ZaifOrder>,
    tax: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("tax", tax);
        }
    });
}

/// The regular price in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_regular_price(
    order: Option<&mut ZaifOrder>,
    regular_price: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("regular_price", regular_price);
        }
    });
}

/// The discount in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_discount(
    order: Option<&mut ZaifOrder>,
    discount: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("discount", discount);
        }
    });
}

/// Obsolete since 2022: accepted and ignored by the service.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_speed(
    order: Option<&mut ZaifOrder>,
    speed: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("speed", speed);
        }
    });
}

/// The shop's own name for the buyer. Not shown on the payment page.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_id(
    order: Option<&mut ZaifOrder>,
    buyer_id: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_id", buyer_id);
        }
    });
}

/// The buyer's name. Shown on the payment page, which anyone with its address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_name(
    order: Option<&mut ZaifOrder>,
    buyer_name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_name", buyer_name);
        }
    });
}

/// The buyer's name in kana. Shown on the payment page, which anyone with its address
/// can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_kana(
    order: Option<&mut ZaifOrder>,
    buyer_kana: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_kana", buyer_kana);
        }
    });
}

/// The buyer's postcode. Shown on the payment page, which anyone with its address can
/// open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_zip(
    order: Option<&mut ZaifOrder>,
    buyer_zip: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_zip", buyer_zip);
        }
    });
}

/// The buyer's address, first line. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_addr1(
    order: Option<&mut ZaifOrder>,
    buyer_addr1: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_addr1", buyer_addr1);
        }
    });
}

/// The buyer's address, second line. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_addr2(
    order: Option<&mut ZaifOrder>,
    buyer_addr2: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_addr2", buyer_addr2);
        }
    });
}

/// The buyer's address, third line. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_addr3(
    order: Option<&mut ZaifOrder>,
    buyer_addr3: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_addr3", buyer_addr3);
        }
    });
}

/// The buyer's telephone number. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_phone(
    order: Option<&mut ZaifOrder>,
    buyer_phone: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_phone", buyer_phone);
        }
    });
}

/// The buyer's mobile number. Shown on the payment page, which anyone with its address
/// can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_cellphone(
    order: Option<&mut ZaifOrder>,
    buyer_cellphone: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_cellphone", buyer_cellphone);
        }
    });
}

/// The buyer's e-mail address. Shown on the payment page, which anyone with its address
/// can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_email(
    order: Option<&mut ZaifOrder>,
    buyer_email: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_email", buyer_email);
        }
    });
}
