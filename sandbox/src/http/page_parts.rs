//! Everything on the payment page that does not change while it is open.

use askama::Template;

use crate::domain::zaif::{
    invoice::Invoice,
    money::{grouped, shortest},
    terms::{Asked, Terms},
};
use crate::page::view::{Live, front_door, safe_redirect, sign};
use crate::page::words::{Words, fill};

type Row = (&'static str, String);

/// Where the page may lead.
struct Back {
    /// Once the money is seen.
    success: String,
    /// Otherwise.
    shop: String,
}

/// The page as its template sees it.
#[derive(Template)]
#[template(path = "payment.html")]
pub(super) struct PaymentPage {
    w: &'static Words,
    kind: &'static str,
    id: String,
    shop: Option<String>,
    state: String,
    seconds_left: String,
    live: Live,
    unit: &'static str,
    price: String,
    item: Option<String>,
    total_seconds: u64,
    checking_sign: &'static str,
    address_label: String,
    address: String,
    redirect: Option<Back>,
    rows: Vec<Row>,
    buyer: Vec<Row>,
}

impl PaymentPage {
    /// The page of `invoice`; `kind` is `form` or `iframe`.
    pub(super) fn of(invoice: &Invoice, w: &'static Words, live: Live, kind: &'static str) -> Self {
        let terms = &invoice.terms;
        let redirect = terms.redirect_uri.clone();
        Self {
            w,
            kind,
            id: invoice.id.clone(),
            shop: terms.merchant_name.clone(),
            state: state_name(&live),
            seconds_left: live
                .seconds_left
                .map_or_else(String::new, |seconds| seconds.to_string()),
            live,
            unit: terms.coin.unit(),
            price: match terms.asked {
                Asked::Yen(yen) => format!("¥{}", grouped(yen)),
                Asked::Coins(_) => format!("{} {}", shortest(invoice.due), terms.coin.unit()),
            },
            item: terms.item_name.clone(),
            total_seconds: invoice.created.millis_until(invoice.expires) / 1_000,
            checking_sign: sign::UNDER_WAY,
            address_label: fill(w.address, &[("coin", terms.coin.name())]),
            address: invoice.address.clone(),
            redirect: redirect
                .filter(|address| safe_redirect(address))
                .and_then(|success| {
                    let shop = front_door(&success)?;
                    Some(Back { success, shop })
                }),
            rows: rows(invoice, w),
            buyer: buyer(terms, w),
        }
    }
}

/// The state's name as the script and the style sheet know it.
fn state_name(live: &Live) -> String {
    serde_json::to_value(live.state)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn rows(invoice: &Invoice, w: &'static Words) -> Vec<Row> {
    let terms = &invoice.terms;
    let unit = terms.coin.unit();
    let yen = |yen: u64| format!("¥{}", grouped(yen));
    let asked = match terms.asked {
        Asked::Yen(amount) => Some(yen(amount)),
        Asked::Coins(_) => None,
    };
    let rate = invoice.rate.map(|rate| {
        let rate = with_groups(&rate.to_string());
        fill(w.rate_value, &[("unit", unit), ("rate", &rate)])
    });
    let shop = terms.merchant_name.as_deref().unwrap_or(w.not_given);
    [
        (w.shop, Some(shop.to_owned())),
        (w.item, terms.item_name.clone()),
        (w.regular_price, terms.regular_price.map(yen)),
        (w.discount, terms.discount.map(yen)),
        (w.sub_total, terms.sub_total.map(yen)),
        (w.tax, terms.tax.map(yen)),
        (w.yen, asked),
        (w.rate, rate),
        (w.due, Some(format!("{} {unit}", shortest(invoice.due)))),
        (w.order, terms.order_number.clone()),
        (w.reference, terms.reference_number.clone()),
        (w.invoice, Some(invoice.id.clone())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// A decimal as people read it: `30012.50` as `30,012.50`.
fn with_groups(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    format!("{whole}{rest}")
}

/// Who buys, as far as the shop said so. The shop's own id for the buyer is not shown.
fn buyer(terms: &Terms, w: &'static Words) -> Vec<Row> {
    let buyer = &terms.buyer;
    let joined = |parts: &[String]| (!parts.is_empty()).then(|| parts.join(" "));
    [
        (w.buyer_name, buyer.name.clone()),
        (w.buyer_kana, buyer.kana.clone()),
        (w.buyer_postal, joined(&buyer.postal)),
        (w.buyer_phone, joined(&buyer.phones)),
        (w.buyer_email, buyer.email.clone()),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}
