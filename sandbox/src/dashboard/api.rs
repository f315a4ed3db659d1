//! Every control path with an example that can be run as it stands.

use super::api_words::Words;
use super::examples::newest_of_ipay;
use crate::world::World;

/// One control path.
#[derive(Debug, Clone, Copy)]
struct Entry {
    method: &'static str,
    /// With `{id}`, `{key}` or `{delivery}` for what differs.
    path: &'static str,
    /// What the example sends; the name of a file when it starts with `@`.
    body: &'static str,
    says: fn(&Words) -> &'static str,
}

/// Paths that belong together.
struct Group {
    title: fn(&Words) -> &'static str,
    entries: &'static [Entry],
}

const fn get(path: &'static str, says: fn(&Words) -> &'static str) -> Entry {
    Entry {
        method: "GET",
        path,
        body: "",
        says,
    }
}

const fn post(path: &'static str, body: &'static str, says: fn(&Words) -> &'static str) -> Entry {
    Entry {
        method: "POST",
        path,
        body,
        says,
    }
}

const GROUPS: [Group; 8] = [
    Group {
        title: |w| w.money,
        entries: &[
            post(
                "/_sandbox/zaif/invoices/{id}/pay",
                r#"{"amount": "0.1"}"#,
                |w| w.pay,
            ),
            get("/_sandbox/zaif/invoices/{id}", |w| w.invoice),
            post(
                "/_sandbox/zaif/mine",
                r#"{"coin": "btc", "blocks": 3}"#,
                |w| w.mine,
            ),
            get("/_sandbox/zaif/rates", |w| w.rates),
            post("/_sandbox/zaif/rates", r#"{"btc": "30012"}"#, |w| {
                w.set_rates
            }),
        ],
    },
    Group {
        title: |w| w.ipay_money,
        entries: &[
            get("/_sandbox/ipay/payments/{payment}", |w| w.ipay_payment),
            post(
                "/_sandbox/ipay/payments/{asking}/authenticate",
                r#"{"ok": true}"#,
                |w| w.ipay_authenticate,
            ),
            post(
                "/_sandbox/ipay/payments/{processing}/settle",
                r#"{"ok": true}"#,
                |w| w.ipay_settle,
            ),
            post("/_sandbox/ipay/payments/{paid}/dispute", "", |w| {
                w.ipay_dispute
            }),
            post(
                "/_sandbox/ipay/refunds/{refund}/settle",
                r#"{"ok": true}"#,
                |w| w.ipay_refund,
            ),
        ],
    },
    Group {
        title: |w| w.ipay_account,
        entries: &[
            get("/_sandbox/ipay/account", |w| w.ipay_credentials),
            get("/_sandbox/ipay/cards", |w| w.ipay_cards),
            post("/_sandbox/ipay/tokens/revoke", "", |w| w.ipay_revoke),
            get("/_sandbox/ipay/webhook_endpoints", |w| w.ipay_endpoints),
            post(
                "/_sandbox/ipay/webhook_endpoints",
                r#"{"url": "http://127.0.0.1:9000/webhooks/ipay"}"#,
                |w| w.ipay_add_endpoint,
            ),
            Entry {
                method: "DELETE",
                path: "/_sandbox/ipay/webhook_endpoints/{endpoint}",
                body: "",
                says: |w| w.ipay_end_endpoint,
            },
            post("/_sandbox/ipay/webhook_secret/rotate", "", |w| {
                w.ipay_rotate
            }),
            get("/_sandbox/ipay/modes", |w| w.modes),
            post("/_sandbox/ipay/modes", r#"{"errors": "nested"}"#, |w| {
                w.ipay_set_modes
            }),
        ],
    },
    Group {
        title: |w| w.time,
        entries: &[
            get("/_sandbox/clock", |w| w.clock),
            post("/_sandbox/clock", r#"{"advance": 600}"#, |w| w.advance),
            post("/_sandbox/clock", r#"{"freeze": true}"#, |w| w.freeze),
        ],
    },
    Group {
        title: |w| w.faults,
        entries: &[
            get("/_sandbox/faults", |w| w.read_faults),
            post(
                "/_sandbox/faults",
                r#"{"match": {"method": "createInvoice"}, "fault": "reset_after_execute", "times": 1}"#,
                |w| w.add_faults,
            ),
            Entry {
                method: "DELETE",
                path: "/_sandbox/faults",
                body: "",
                says: |w| w.clear_faults,
            },
        ],
    },
    Group {
        title: |w| w.webhooks,
        entries: &[
            get("/_sandbox/deliveries", |w| w.deliveries),
            post("/_sandbox/deliveries/{delivery}/redeliver", "", |w| {
                w.redeliver
            }),
            post("/_sandbox/deliveries/hold", "", |w| w.hold),
            post(
                "/_sandbox/deliveries/reorder",
                r#"{"ids": [{delivery}]}"#,
                |w| w.reorder,
            ),
            post("/_sandbox/deliveries/release", "", |w| w.release),
        ],
    },
    Group {
        title: |w| w.account,
        entries: &[
            get("/_sandbox/zaif/keys", |w| w.keys),
            post("/_sandbox/zaif/keys", "{}", |w| w.issue_key),
            post(
                "/_sandbox/zaif/keys/{key}",
                r#"{"rate_limit": {"method": "getInvoice", "calls": 2, "seconds": 10}}"#,
                |w| w.arrange_key,
            ),
            get("/_sandbox/zaif/modes", |w| w.modes),
            post("/_sandbox/zaif/modes", r#"{"spelling": "old"}"#, |w| {
                w.set_modes
            }),
        ],
    },
    Group {
        title: |w| w.state,
        entries: &[
            get("/_sandbox/ready", |w| w.ready),
            get("/_sandbox/ledger", |w| w.ledger),
            get("/_sandbox/events", |w| w.events),
            get("/_sandbox/snapshot", |w| w.snapshot),
            post("/_sandbox/restore", "@kessai-sandbox.json", |w| w.restore),
            post("/_sandbox/reset", "", |w| w.reset),
        ],
    },
];

/// One path as the page shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'static str,
    /// The path, with `{...}` for what differs.
    pub path: String,
    /// What it does.
    pub says: &'static str,
    /// A command that does it.
    pub curl: String,
}

/// Paths that belong together, as the page shows them.
#[derive(Debug, Clone)]
pub struct Section {
    /// What the address calls it.
    pub anchor: String,
    /// Its heading.
    pub title: &'static str,
    /// Its paths.
    pub shown: Vec<Shown>,
}

/// Every control path.
#[must_use]
pub fn sections(world: &World, words: &Words) -> Vec<Section> {
    let newest = world.invoices.newest_first().next();
    let id = newest.map_or("INVOICE_ID", |invoice| invoice.id.as_str());
    let delivery = world.outbox.all().last();
    let delivery = delivery.map_or_else(|| "1".to_owned(), |it| it.id.to_string());
    let of_ipay = newest_of_ipay(world);
    let filled = |text: &str| {
        let text = text
            .replace("{id}", id)
            .replace("{key}", "key_1")
            .replace("{delivery}", &delivery);
        let all = of_ipay.iter();
        all.fold(text, |text, (gap, id)| text.replace(gap, id))
    };
    // Which one an example is best about matters to the example alone.
    let plain = |path: &str| {
        let all = of_ipay.iter();
        all.fold(path.to_owned(), |path, (gap, _)| path.replace(gap, "{id}"))
    };
    let shown = |entry: &Entry| Shown {
        method: entry.method,
        path: plain(entry.path),
        says: (entry.says)(words),
        curl: curl(
            entry.method,
            &format!("{}{}", world.origin, filled(entry.path)),
            &filled(entry.body),
            world.is_encrypted(),
        ),
    };
    let section = |(place, group): (usize, &Group)| Section {
        anchor: format!("part-{}", place + 1),
        title: (group.title)(words),
        shown: group.entries.iter().map(shown).collect(),
    };
    GROUPS.iter().enumerate().map(section).collect()
}

fn curl(method: &str, address: &str, body: &str, encrypted: bool) -> String {
    let mut command = "curl -sS".to_owned();
    if encrypted {
        command.push_str(" --cacert \"$CA_FILE\"");
    }
    match (method, body) {
        ("GET", _) => {}
        // Data makes it a POST by itself.
        ("POST", body) if !body.is_empty() => {}
        (method, _) => command.push_str(&format!(" -X {method}")),
    }
    command.push_str(&format!(" {address}"));
    if body.starts_with('@') {
        command.push_str(&format!(" --data-binary {body}"));
    } else if !body.is_empty() {
        command.push_str(&format!(" -d '{body}'"));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_say_no_more_than_they_must() {
        let to = "http://127.0.0.1:1/x";
        assert_eq!(curl("GET", to, "", false), format!("curl -sS {to}"));
        assert_eq!(
            curl("POST", to, "", true),
            format!("curl -sS --cacert \"$CA_FILE\" -X POST {to}")
        );
        assert_eq!(
            curl("POST", to, "{}", false),
            format!("curl -sS {to} -d '{{}}'")
        );
    }
}
