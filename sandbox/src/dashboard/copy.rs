//! A request to Zaif Payment in a form that can be run again, its secrets as variables.

use crate::domain::traffic::Exchange;
use crate::ecapi::call::MASK;

/// The variable for a credential.
fn variable(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    format!("ZAIF_{}", name.chars().map(plain).collect::<String>())
}

/// Whether a client has to be told whom to trust.
pub(super) fn is_encrypted(origin: &str) -> bool {
    origin.starts_with("https:")
}

/// As a command for a shell. The nonce is a new one: the old one is used up.
#[must_use]
pub fn curl(exchange: &Exchange, origin: &str) -> String {
    let trust = if is_encrypted(origin) {
        " --cacert \"$CA_FILE\""
    } else {
        ""
    };
    let mut command = format!("curl -sS{trust} {origin}/ecapi");
    for (name, _) in &exchange.headers {
        command.push_str(&format!(" \\\n  -H \"{name}: ${}\"", variable(name)));
    }
    for (name, value) in &exchange.parameters {
        let part = if name == "nonce" {
            "\"nonce=$(date +%s)\"".to_owned()
        } else if value == MASK {
            format!("{}\"=${}\"", quoted(name), variable(name))
        } else {
            quoted(&format!("{name}={value}"))
        };
        command.push_str(&format!(" \\\n  --data-urlencode {part}"));
    }
    command
}

/// For a shell, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A string of JSON is one of Python and of JavaScript too.
pub(super) fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// As a program that needs nothing but Python.
#[must_use]
pub fn python(exchange: &Exchange, origin: &str) -> String {
    let secret = |name: &str| format!("os.environ[{}]", literal(&variable(name)));
    let headers = exchange
        .headers
        .iter()
        .map(|(name, _)| format!("    {}: {},\n", literal(name), secret(name)));
    let parameters = exchange.parameters.iter().map(|(name, value)| {
        let value = if name == "nonce" {
            "f\"{now // 10**9}.{now % 10**9 // 1000:06d}\"".to_owned()
        } else if value == MASK {
            secret(name)
        } else {
            literal(value)
        };
        format!("    {}: {value},\n", literal(name))
    });
    let (module, context, trust) = if is_encrypted(origin) {
        (
            "ssl, ",
            "trust = ssl.create_default_context(cafile=os.environ[\"CA_FILE\"])\n",
            ", context=trust",
        )
    } else {
        ("", "", "")
    };
    format!(
        "import os, {module}time, urllib.parse, urllib.request\n\n\
         now = time.time_ns()\n\
         headers = {{\n{}}}\n\
         data = {{\n{}}}\n\
         body = urllib.parse.urlencode(data).encode()\n\
         request = urllib.request.Request({}, body, headers)\n\
         {context}\
         print(urllib.request.urlopen(request{trust}).read().decode())",
        headers.collect::<String>(),
        parameters.collect::<String>(),
        literal(&format!("{origin}/ecapi")),
    )
}

/// As a module that needs nothing but Node.
#[must_use]
pub fn node(exchange: &Exchange, origin: &str) -> String {
    let secret = |name: &str| format!("process.env.{}", variable(name));
    let headers = exchange
        .headers
        .iter()
        .map(|(name, _)| format!("  {}: {},\n", literal(name), secret(name)));
    let parameters = exchange.parameters.iter().map(|(name, value)| {
        let value = if name == "nonce" {
            "(Date.now() / 1000).toFixed(6)".to_owned()
        } else if value == MASK {
            secret(name)
        } else {
            literal(value)
        };
        format!("  {}: {value},\n", literal(name))
    });
    let trust = if is_encrypted(origin) {
        "// Run it with NODE_EXTRA_CA_CERTS=$CA_FILE: Node reads that only at its start.\n"
    } else {
        ""
    };
    format!(
        "{trust}\
         const headers = {{\n{}}};\n\
         const data = {{\n{}}};\n\
         const body = new URLSearchParams(data);\n\
         const answer = await fetch({}, {{ method: \"POST\", headers, body }});\n\
         console.log(await answer.text());",
        headers.collect::<String>(),
        parameters.collect::<String>(),
        literal(&format!("{origin}/ecapi")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange() -> Exchange {
        let pairs = |all: &[(&str, &str)]| {
            let own = all.iter().map(|it| (it.0.to_owned(), it.1.to_owned()));
            own.collect()
        };
        Exchange {
            seq: 1,
            line: "POST /ecapi".into(),
            body: None,
            headers: pairs(&[("key", MASK)]),
            parameters: pairs(&[
                ("method", "createInvoice"),
                ("nonce", "5"),
                ("sha1secret", MASK),
                ("itemName", "it's \"new\" $(x)"),
            ]),
            status: None,
            answer: String::new(),
        }
    }

    #[test]
    fn a_shell_runs_it_and_only_variables_are_expanded() {
        assert_eq!(
            curl(&exchange(), "http://127.0.0.1:1"),
            "curl -sS http://127.0.0.1:1/ecapi \\\n  \
             -H \"key: $ZAIF_KEY\" \\\n  \
             --data-urlencode 'method=createInvoice' \\\n  \
             --data-urlencode \"nonce=$(date +%s)\" \\\n  \
             --data-urlencode 'sha1secret'\"=$ZAIF_SHA1SECRET\" \\\n  \
             --data-urlencode 'itemName=it'\\''s \"new\" $(x)'"
        );
    }

    #[test]
    fn python_reads_secrets_from_the_environment() {
        let text = python(&exchange(), "http://127.0.0.1:1");
        for part in [
            "\"key\": os.environ[\"ZAIF_KEY\"],",
            "\"sha1secret\": os.environ[\"ZAIF_SHA1SECRET\"],",
            r#""itemName": "it's \"new\" $(x)","#,
        ] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn node_reads_secrets_from_the_environment() {
        let text = node(&exchange(), "http://127.0.0.1:1");
        for part in [
            "\"key\": process.env.ZAIF_KEY,",
            "\"sha1secret\": process.env.ZAIF_SHA1SECRET,",
            r#""itemName": "it's \"new\" $(x)","#,
        ] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn by_https_all_of_them_say_whom_to_trust() {
        for form in [curl, python, node] {
            assert!(form(&exchange(), "https://127.0.0.1:1").contains("CA_FILE"));
            assert!(!form(&exchange(), "http://127.0.0.1:1").contains("CA_FILE"));
        }
    }
}
