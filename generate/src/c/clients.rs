//! The classes of clients: what each is built of, and its calls by name.

use std::fmt::Write as _;

use kessai::argument::ArgInfo;
use kessai::service::ClientInfo;

use super::arguments::taken;
use super::methods;
use super::modules::Module;
use super::text::{doc, flow, import};

pub(super) fn write(module: &Module) -> Result<String, String> {
    let mut all = String::new();
    for client in module.clients() {
        class(&mut all, module, client);
        methods::write(&mut all, module, client)?;
    }
    let import_of = |path: &str, names: &[&str]| import(&all, path, names);
    let models = module.handles();
    let models: Vec<&str> = models.iter().map(String::as_str).collect();
    let (options, calls) = (module.kind("Options"), module.kind("CallOptions"));
    Ok([
        format!("//! The clients, and their calls.\n//!\n{}", super::NOTICE),
        import_of("kessai::returned", &["Returns"]),
        "use kessai::service::AnyClient;\n\n".to_owned(),
        import_of("crate::boundary", &["Out", "Utf8", "Utf8s"]),
        "use crate::client::{self, Call};\nuse crate::error::Error;\n".to_owned(),
        import_of(
            &format!("crate::generated::{}_given", module.name),
            &[&calls, &options],
        ),
        import_of(
            &format!("crate::generated::{}_models", module.name),
            &models,
        ),
        import_of("crate::given", &["Given", "ZaifOrder"]),
        "use crate::guard;\n".to_owned(),
        import_of("crate::hint", &["ZaifHint"]),
        import_of("crate::returned", &["ZaifResumed"]),
        "use crate::table;\n".to_owned(),
        import_of("crate::text", &["Map", "Text", "Texts"]),
        all,
    ]
    .concat())
}

/// What a client is told as parameters of the function that makes it: what it needs.
/// Where nothing is needed whatever else is given, the key and its secret.
pub(super) fn credentials(client: &ClientInfo) -> Vec<&'static ArgInfo> {
    let needed: Vec<_> = client.credentials.iter().filter(|c| c.required).collect();
    if needed.is_empty() {
        client.credentials.iter().take(2).collect()
    } else {
        needed
    }
}

fn class(out: &mut String, module: &Module, client: &ClientInfo) {
    let (kind, c) = (module.kind(client.name), module.c(client.name));
    let (options, calls) = (module.kind("Options"), module.kind("CallOptions"));
    let (of_module, name) = (client.module, client.name);
    let said = doc(&[
        flow(client.doc.text()),
        "Threads may share it freely, and it survives a `fork`: a child makes its own connections. \
         Every call blocks until its result is known or its time limit has passed, or until it is \
         canceled."
            .to_owned(),
    ]);
    let _ = write!(
        out,
        "\n{said}#[derive(Debug)]\npub struct {kind}(AnyClient);\n"
    );
    let (mut declared, mut told, mut listed) = (String::new(), String::new(), Vec::new());
    for credential in credentials(client) {
        let taken = taken(credential.name, credential.takes);
        let null = if credential.required {
            ""
        } else {
            " May be NULL."
        };
        listed.push(format!(
            "* `{}`: {}{null}",
            credential.name,
            flow(credential.doc.text())
        ));
        declared.push_str(&taken.declared());
        if credential.required {
            let name = credential.name;
            let _ = writeln!(told, "            {name}.needed(\"{name}\")?;");
        }
        told.push_str(&taken.put(12));
    }
    let told = told.replace("            ", "        ");
    let mut said = vec![format!(
        "Build a client. Every option is checked, nothing is sent. `options` may be NULL. Free it \
         with `kessai_{c}_free`."
    )];
    said.extend(listed);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\npub extern \"C\" fn kessai_{c}_new(\n{declared}    \
         options: Option<&{options}>,\n    client: Out<'_, *mut {kind}>,\n    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    guard::call(error, || {{\n        \
         let place = client.needed(\"client\")?;\n        let mut told = Given::default();\n        \
         let given = &mut told;\n{told}        \
         let options = options.map(|options| &options.0);\n        \
         let built = client::build(\"{of_module}\", \"{name}\", false, told.read()?, options)?;\n        \
         place.give({kind}(built));\n        Ok(())\n    }})\n}}\n",
        said = doc(&said),
    );
    let words = |all: &[&str]| {
        let all: Vec<_> = all.iter().map(|name| format!("`{name}`")).collect();
        all.join(" and ")
    };
    let said = doc(&[format!(
        "Build a client from the environment: {}, and where they are set {}. Options given here \
         prevail; they may be NULL. Free it with `kessai_{c}_free`.",
        words(client.env.0),
        words(client.env.1)
    )]);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\npub extern \"C\" fn kessai_{c}_from_env(\n    \
         options: Option<&{options}>,\n    client: Out<'_, *mut {kind}>,\n    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    guard::call(error, || {{\n        \
         let place = client.needed(\"client\")?;\n        \
         let options = options.map(|options| &options.0);\n        \
         let built = client::build(\"{of_module}\", \"{name}\", true, Vec::new(), options)?;\n        \
         place.give({kind}(built));\n        Ok(())\n    }})\n}}\n\n\
         /// Free a client, once no call of it is under way. NULL is allowed. What it gave\n\
         /// lives on.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_free(client: Option<Box<{kind}>>) {{\n    \
         guard::get((), || drop(client));\n}}\n"
    );
    let example = client.methods.first().map_or("", |method| method.name);
    let said = doc(&[
        format!(
            "Make any call of this header by its name, such as `\"{example}\"`, with its arguments \
             and what it gives as JSON."
        ),
        "The arguments are one JSON object, under the names of the parameters and setters here, \
         with an order's among them; NULL stands for none. Spans of time are whole milliseconds, \
         with names that lack `_ms`. Amounts may be numbers or texts, and are taken as they are \
         spelled. In what it gives, exact amounts are texts, yen and times are numbers. `options` \
         may be NULL, and prevail."
            .to_owned(),
    ]);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\npub extern \"C\" fn kessai_{c}_call_json(\n    \
         client: Option<&{kind}>,\n    method: Utf8<'_>,\n    arguments: Utf8<'_>,\n    \
         options: Option<&{calls}>,\n    json: Out<'_, *mut Text>,\n    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    guard::call(error, || {{\n        \
         let place = json.needed(\"json\")?;\n        \
         let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));\n        \
         place.give(client::call_json(client, method, arguments, options)?.into());\n        \
         Ok(())\n    }})\n}}\n"
    );
}
