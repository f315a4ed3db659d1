//! A request to iPay in a form that can be run again, its secrets as variables.

use super::copy::{is_encrypted, literal, quoted};
use crate::domain::ipay::mask::MASK;
use crate::domain::traffic::Exchange;

/// A piece of a body: text, or the variable that stands for what was masked.
enum Part<'a> {
    Text(&'a str),
    Variable(String),
}

/// Takes a body apart at what was masked as a whole; the last digits of a number that
/// was masked otherwise stay where they are.
fn parts(body: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut looked) = (0, 0);
    while let Some(at) = body.get(looked..).and_then(|rest| rest.find(MASK)) {
        let (start, end) = (looked + at, looked + at + MASK.len());
        looked = end;
        let before = body.get(from..start).unwrap_or_default();
        let after = body.get(end..).unwrap_or_default();
        let whole =
            before.ends_with(['"', '=']) && (after.is_empty() || after.starts_with(['"', '&']));
        let name = body.get(..start).and_then(field);
        if let (true, Some(name)) = (whole, name) {
            parts.push(Part::Text(before));
            parts.push(Part::Variable(format!(
                "IPAY_{}",
                name.to_ascii_uppercase()
            )));
            from = end;
        }
    }
    parts.push(Part::Text(body.get(from..).unwrap_or_default()));
    parts.retain(|part| !matches!(part, Part::Text("")));
    parts
}

/// The name of the field whose value comes next.
fn field(before: &str) -> Option<&str> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let end = before.trim_end_matches(|letter| !plain(letter));
    let start = end.rfind(|letter| !plain(letter)).map_or(0, |at| at + 1);
    end.get(start..).filter(|name| !name.is_empty())
}

/// Who asked.
enum Who {
    Nobody,
    Basic,
    /// The variable of a bearer token.
    Bearer(&'static str),
}

fn who(exchange: &Exchange) -> Who {
    let header = exchange.headers.iter().find(|it| it.0 == "authorization");
    let scheme = header.and_then(|it| it.1.split(' ').next());
    match scheme {
        None => Who::Nobody,
        Some(scheme) if scheme.eq_ignore_ascii_case("basic") => Who::Basic,
        Some(_) if exchange.line.starts_with("POST /api/tokens") => {
            Who::Bearer("IPAY_PUBLISHABLE_KEY")
        }
        Some(_) => Who::Bearer("IPAY_TOKEN"),
    }
}

/// Header fields other than that, as they were sent.
fn others(exchange: &Exchange) -> impl Iterator<Item = &(String, String)> {
    exchange.headers.iter().filter(|it| it.0 != "authorization")
}

/// Method and address.
fn line<'a>(exchange: &'a Exchange, origin: &str) -> (&'a str, String) {
    let (method, path) = exchange.line.split_once(' ').unwrap_or(("GET", "/"));
    (method, format!("{origin}{path}"))
}

fn body(exchange: &Exchange) -> Vec<Part<'_>> {
    parts(exchange.body.as_deref().unwrap_or_default())
}

/// As a command for a shell, with the idempotency key that was sent.
#[must_use]
pub fn curl(exchange: &Exchange, origin: &str) -> String {
    let (method, address) = line(exchange, origin);
    let mut command = "curl -sS".to_owned();
    if is_encrypted(origin) {
        command.push_str(" --cacert \"$CA_FILE\"");
    }
    command.push_str(&format!(" -X {method} {}", quoted(&address)));
    match who(exchange) {
        Who::Nobody => {}
        Who::Basic => command.push_str(" \\\n  -u \"$IPAY_API_KEY:$IPAY_API_SECRET\""),
        Who::Bearer(name) => {
            command.push_str(&format!(" \\\n  -H \"authorization: Bearer ${name}\""));
        }
    }
    for (name, value) in others(exchange) {
        command.push_str(&format!(
            " \\\n  -H {}",
            quoted(&format!("{name}: {value}"))
        ));
    }
    let body = body(exchange);
    if !body.is_empty() {
        let parts = body.iter().map(|part| match part {
            Part::Text(text) => quoted(text),
            Part::Variable(name) => format!("\"${name}\""),
        });
        command.push_str(&format!(" \\\n  --data-raw {}", parts.collect::<String>()));
    }
    command
}

/// A text made of literals and variables, in a language that adds them.
fn sum(parts: &[Part<'_>], variable: impl Fn(&str) -> String) -> String {
    let all = parts.iter().map(|part| match part {
        Part::Text(text) => literal(text),
        Part::Variable(name) => variable(name),
    });
    all.collect::<Vec<_>>().join(" + ")
}

/// The lines of a table of header fields.
fn headers(exchange: &Exchange, indent: &str, authorization: Option<String>) -> String {
    let first = authorization.map(|value| ("authorization".to_owned(), value));
    let rest = others(exchange).map(|(name, value)| (name.clone(), literal(value)));
    let all = first.into_iter().chain(rest);
    all.map(|(name, value)| format!("{indent}{}: {value},\n", literal(&name)))
        .collect()
}

/// As a program that needs nothing but Python.
#[must_use]
pub fn python(exchange: &Exchange, origin: &str) -> String {
    let (method, address) = line(exchange, origin);
    let variable = |name: &str| format!("os.environ[{}]", literal(name));
    let (mut modules, mut before) = ("import os, urllib.error, urllib.request", String::new());
    let authorization = match who(exchange) {
        Who::Nobody => None,
        Who::Basic => {
            modules = "import base64, os, urllib.error, urllib.request";
            before = format!(
                "pair = {} + \":\" + {}\n",
                variable("IPAY_API_KEY"),
                variable("IPAY_API_SECRET")
            );
            Some("\"Basic \" + base64.b64encode(pair.encode()).decode()".to_owned())
        }
        Who::Bearer(name) => Some(format!("\"Bearer \" + {}", variable(name))),
    };
    let (module, trusted, trust) = if is_encrypted(origin) {
        (
            ", ssl",
            "trust = ssl.create_default_context(cafile=os.environ[\"CA_FILE\"])\n",
            ", context=trust",
        )
    } else {
        ("", "", "")
    };
    let body = body(exchange);
    let data = if body.is_empty() {
        "None".to_owned()
    } else {
        format!("({}).encode()", sum(&body, variable))
    };
    format!(
        "{modules}{module}\n\n\
         {before}{trusted}\
         headers = {{\n{}}}\n\
         body = {data}\n\
         request = urllib.request.Request({}, body, headers, method={})\n\
         try:\n    print(urllib.request.urlopen(request{trust}).read().decode())\n\
         except urllib.error.HTTPError as error:\n    print(error.code, error.read().decode())",
        headers(exchange, "    ", authorization),
        literal(&address),
        literal(method),
    )
}

/// As a module that needs nothing but Node.
#[must_use]
pub fn node(exchange: &Exchange, origin: &str) -> String {
    let (method, address) = line(exchange, origin);
    let variable = |name: &str| format!("process.env.{name}");
    let mut before = String::new();
    let authorization = match who(exchange) {
        Who::Nobody => None,
        Who::Basic => {
            before = "const { IPAY_API_KEY, IPAY_API_SECRET } = process.env;\n\
                      const pair = Buffer.from(`${IPAY_API_KEY}:${IPAY_API_SECRET}`).toString(\"base64\");\n"
                .to_owned();
            Some("`Basic ${pair}`".to_owned())
        }
        Who::Bearer(name) => Some(format!("`Bearer ${{process.env.{name}}}`")),
    };
    let trust = if is_encrypted(origin) {
        "// Run it with NODE_EXTRA_CA_CERTS=$CA_FILE: Node reads that only at its start.\n"
    } else {
        ""
    };
    let body = body(exchange);
    let (data, sent) = if body.is_empty() {
        (String::new(), "")
    } else {
        (
            format!("const body = {};\n", sum(&body, variable)),
            ", body",
        )
    };
    format!(
        "{trust}{before}\
         const headers = {{\n{}}};\n\
         {data}\
         const answer = await fetch({}, {{ method: {}, headers{sent} }});\n\
         console.log(answer.status, await answer.text());",
        headers(exchange, "  ", authorization),
        literal(&address),
        literal(method),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(scheme: &str, line: &str, body: &str) -> Exchange {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Exchange {
            seq: 1,
            line: line.into(),
            body: Some(body.into()),
            headers: vec![
                header("authorization", &format!("{scheme} {MASK}")),
                header("content-type", "application/json"),
                header("idempotency-key", "it's-1"),
            ],
            parameters: Vec::new(),
            status: None,
            answer: String::new(),
        }
    }

    const AT: &str = "http://127.0.0.1:1";

    #[test]
    fn a_shell_runs_it_and_only_variables_are_expanded() {
        let body = r#"{"card": {"number": "•••", "cvc" : "•••"}, "note": "it's $(x) •••4242"}"#;
        assert_eq!(
            curl(&exchange("Bearer", "POST /api/tokens", body), AT),
            "curl -sS -X POST 'http://127.0.0.1:1/api/tokens' \\\n  \
             -H \"authorization: Bearer $IPAY_PUBLISHABLE_KEY\" \\\n  \
             -H 'content-type: application/json' \\\n  \
             -H 'idempotency-key: it'\\''s-1' \\\n  \
             --data-raw '{\"card\": {\"number\": \"'\"$IPAY_NUMBER\"'\", \"cvc\" : \"'\"$IPAY_CVC\"'\"}, \
             \"note\": \"it'\\''s $(x) •••4242\"}'"
        );
        let form = "grant_type=client_credentials&client_id=a&client_secret=•••";
        let command = curl(&exchange("Basic", "POST /api/oauth/token", form), AT);
        assert!(
            command.contains("client_secret='\"$IPAY_CLIENT_SECRET\""),
            "{command}"
        );
        assert!(command.contains("-u \"$IPAY_API_KEY:$IPAY_API_SECRET\""));
    }

    #[test]
    fn python_and_node_read_secrets_from_the_environment() {
        let payment = exchange("Basic", "POST /api/payments", r#"{"amount":2999}"#);
        let token = exchange("Bearer", "POST /api/tokens", r#"{"card":{"number":"•••"}}"#);
        for (text, wanted) in [
            (python(&payment, AT), "os.environ[\"IPAY_API_SECRET\"]"),
            (
                python(&payment, AT),
                r#"body = ("{\"amount\":2999}").encode()"#,
            ),
            (
                python(&token, AT),
                "\"Bearer \" + os.environ[\"IPAY_PUBLISHABLE_KEY\"]",
            ),
            (python(&token, AT), r#"os.environ["IPAY_NUMBER"] + "\"}}""#),
            (node(&payment, AT), "IPAY_API_SECRET } = process.env"),
            (
                node(&token, AT),
                "`Bearer ${process.env.IPAY_PUBLISHABLE_KEY}`",
            ),
            (node(&token, AT), r#"process.env.IPAY_NUMBER + "\"}}""#),
        ] {
            assert!(text.contains(wanted), "{text}");
        }
        let read = exchange("Bearer", "GET /api/payments/pay_1", "");
        assert!(python(&read, AT).contains("body = None"));
        assert!(node(&read, AT).contains("{ method: \"GET\", headers }"));
        assert!(curl(&read, AT).contains("Bearer $IPAY_TOKEN"));
    }

    #[test]
    fn by_https_all_of_them_say_whom_to_trust() {
        let it = exchange("Basic", "GET /api/account", "");
        for form in [curl, python, node] {
            assert!(form(&it, "https://127.0.0.1:1").contains("CA_FILE"));
            assert!(!form(&it, AT).contains("CA_FILE"));
        }
    }
}
