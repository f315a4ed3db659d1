//! What the conformance suite's runner in C knows of a service: how each client is
//! built, what each method is called with, and what each model tells.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::MethodInfo;
use kessai::model::{FieldInfo, ModelInfo, Shape};
use kessai::returned::Returns;
use kessai::service::ClientInfo;

use super::clients::credentials;
use super::methods::{is_own, parameters};
use super::modules::{Module, one};
use super::setters::{client_options, merged, optional};

/// The runner's rows of one service.
pub(super) fn write(module: &Module) -> Result<String, String> {
    let mut out = String::from(
        "/* The clients of one service, row by row.\n * Generated from the core's tables by \
         `make generate`: do not edit. */\n\n#include \"../classes.h\"\n#include \"../told.h\"\n",
    );
    let of_client = client_options(module).into_iter();
    let of_client: Vec<_> = of_client.map(|(name, takes, _)| (name, takes)).collect();
    setters(&mut out, &module.c("Options"), &of_client);
    let methods = module.methods();
    if let Some(ordering) = methods.iter().find(|method| method.takes_order()) {
        let mut all = ordering.arguments();
        all.retain(|argument| !is_own(ordering, argument));
        let all: Vec<_> = all.iter().map(|arg| (arg.name, arg.takes)).collect();
        setters(&mut out, &module.c("Order"), &all);
    }
    let of_call = merged(methods.iter().map(|m| (m.name, optional(m))))?;
    setters(&mut out, &module.c("CallOptions"), &of_call);
    for info in module.models() {
        told(&mut out, module, info);
    }
    for client in module.clients() {
        for method in client.methods {
            run(&mut out, module, client, method)?;
        }
        class(&mut out, module, client);
    }
    Ok(out)
}

/// The setters of a handle by name, each for the values of JSON that it takes.
fn setters(out: &mut String, handle: &str, all: &[(&str, Takes)]) {
    let _ = write!(out, "\nSETTERS({handle}) = {{\n");
    for (name, takes) in all {
        let set = format!("kessai_{handle}_set_{name}");
        let by = match takes {
            Takes::Text | Takes::Secret | Takes::Hint | Takes::Event => format!(".text = {set}"),
            Takes::Int => format!(".whole = {set}"),
            Takes::Bool => format!(".flag = {set}"),
            Takes::Span => format!(".span = {set}_ms"),
            Takes::Money => format!(".text = {set}, .whole = {set}_yen"),
            Takes::Texts => format!(".texts = {set}"),
            Takes::Map | Takes::Json => format!(".json = {set}_json"),
        };
        let _ = writeln!(out, "    {{\"{name}\", {by}}},");
    }
    let _ = write!(out, "    {{.name = NULL}},\n}};\n\nSET({handle})\n");
}

/// What a model tells, and the model as the runner knows all of them.
fn told(out: &mut String, module: &Module, info: &ModelInfo) {
    let c = module.c(info.name);
    let _ = write!(
        out,
        "\nstatic json_t *told_{c}(const kessai_{c} *of) {{\n    if (!of) {{\n        \
         return json_null();\n    }}\n    json_t *told = json_object();\n"
    );
    let is_counted = |field: &FieldInfo| field.optional && field.shape == Shape::Int;
    if info.fields.iter().any(is_counted) {
        out.push_str("    int64_t whole;\n");
    }
    for field in info.fields {
        let name = field.name;
        let get = format!("kessai_{c}_{name}(of)");
        let value = match field.shape {
            Shape::Bool if field.optional => {
                format!("told_answer({get},\n        kessai_{c}_{name}_known(of))")
            }
            Shape::Bool => format!("json_boolean({get})"),
            Shape::Time => format!("told_time({get})"),
            Shape::Int if field.optional => {
                format!(
                    "{}\n        ? told_whole(whole) : json_null()",
                    get.replace("of)", "of, &whole)")
                )
            }
            Shape::Int => format!("told_whole({get})"),
            Shape::Text | Shape::Word(_) | Shape::Decimal | Shape::Amount => {
                format!("told_text({get})")
            }
            Shape::Map | Shape::Json => format!("told_json(kessai_{c}_{name}_json(of))"),
            Shape::Model(model) => format!("told_{}({get})", module.c(model)),
        };
        let _ = writeln!(out, "    tell(told, \"{name}\", {value});");
    }
    if !info.variants.is_empty() {
        let _ = write!(
            out,
            "    const char *class = NULL;\n    switch (kessai_{c}_which(of)) {{\n"
        );
        for variant in info.variants {
            let name = variant.name;
            let constant = format!("KESSAI_{c}_{}", one(name)).to_uppercase();
            let _ = write!(
                out,
                "    case {constant}:\n        class = kessai_{c}_{}(of)\n            ? \"{name}\" : NULL;\n        \
                 break;\n",
                one(name)
            );
        }
        out.push_str(
            "    default:\n        break;\n    }\n    \
             tell(told, \"class\", told_text(class));\n",
        );
    }
    let _ = write!(
        out,
        "    tell(told, \"raw\", told_text(kessai_{c}_raw(of)));\n    \
         return told;\n}}\n\nMODEL({c})\n"
    );
}

/// The function that makes one call.
fn run(
    out: &mut String,
    module: &Module,
    client: &ClientInfo,
    method: &MethodInfo,
) -> Result<(), String> {
    let c = module.c(client.name);
    let own = parameters(method);
    let _ = write!(out, "\nstatic int32_t {c}_{}(call *call) {{\n", method.name);
    let how = made(module, method.returns)?;
    if let Some(hint) = own.iter().find(|p| p.takes == Takes::Hint) {
        let _ = write!(
            out,
            "    int32_t refused = read_hint(call, \"{}\");\n    if (refused != KESSAI_OK) {{\n        \
             return refused;\n    }}\n",
            hint.name
        );
    }
    let mut calling = String::new();
    let money = own.iter().find(|p| p.takes == Takes::Money);
    if let Some(money) = money {
        let _ = write!(
            calling,
            "is_whole(call, \"{}\")\n            ? {}\n            : ",
            money.name,
            expression(&c, method, &own, &how.place, true)?
        );
    }
    calling.push_str(&expression(&c, method, &own, &how.place, false)?);
    let whole = how.body.replace("CALL", &calling);
    out.push_str(&whole);
    out.push_str("}\n");
    Ok(())
}

/// What a call gives, and the statements around it: `CALL` is the call itself.
struct Made {
    place: String,
    body: String,
}

fn made(module: &Module, returns: Returns) -> Result<Made, String> {
    let around = |kind: &str, place: &str, give: &str| Made {
        place: place.to_owned(),
        body: format!(
            "    {kind} *{place} = NULL;\n    int32_t number =\n        CALL;\n    {give};\n    \
             return number;\n"
        ),
    };
    Ok(match returns {
        Returns::Model(name) => {
            let (c, place) = (module.c(name), one(name));
            let give = format!("give_model(call, &{c}, {place})");
            around(&format!("kessai_{c}"), &place, &give)
        }
        Returns::Text => around("kessai_text", "given", "give_text(call, given)"),
        Returns::Json => around("kessai_text", "given", "give_json(call, given)"),
        Returns::Texts | Returns::Words(_) => {
            around("kessai_texts", "given", "give_texts(call, given)")
        }
        Returns::Map => around("kessai_map", "given", "give_map(call, given)"),
        Returns::Resumed(_) => {
            let kind = format!("kessai_{}_resumed", module.name);
            around(&kind, "given", "give_resumed(call, given)")
        }
        Returns::Models(name) => {
            let c = module.c(name);
            Made {
                place: "all".to_owned(),
                body: format!(
                    "    kessai_{c}s *all = NULL;\n    int32_t number =\n        CALL;\n    \
                     begin_walk(call);\n    \
                     for (size_t i = 0; i < kessai_{c}s_count(all); i++) {{\n        \
                     walk(call, told_{c}(kessai_{c}s_at(all, i)));\n    }}\n    \
                     kessai_{c}s_free(all);\n    return number;\n"
                ),
            }
        }
        Returns::Page(name) => {
            let (c, options) = (module.c(name), module.c("CallOptions"));
            Made {
                place: "page".to_owned(),
                body: format!(
                    "    int32_t number;\n    bool more;\n    begin_walk(call);\n    do {{\n        \
                     kessai_{c}s *page = NULL;\n        number =\n            CALL;\n        \
                     for (size_t i = 0; i < kessai_{c}s_count(page); i++) {{\n            \
                     walk(call, told_{c}(kessai_{c}s_at(page, i)));\n        }}\n        \
                     more = walks_on(call) && kessai_{c}s_next(page);\n        if (more) {{\n            \
                     kessai_{options}_set_starting_after(call->options,\n                                                \
                     kessai_{c}s_next(page));\n        }}\n        \
                     kessai_{c}s_free(page);\n    }} while (more);\n    return number;\n"
                ),
            }
        }
        Returns::Answer => return Err("no method of a client gives an answer so far".to_owned()),
    })
}

/// The call, with what the step gives for each parameter.
fn expression(
    c: &str,
    method: &MethodInfo,
    parameters: &[ArgInfo],
    place: &str,
    in_yen: bool,
) -> Result<String, String> {
    let unit = if in_yen { "_yen" } else { "" };
    let mut given = vec!["call->client".to_owned()];
    if method.takes_order() {
        given.push("call->order".to_owned());
    }
    for parameter in parameters {
        let name = parameter.name;
        given.push(match parameter.takes {
            Takes::Money if in_yen => format!("whole(call, \"{name}\")"),
            Takes::Text | Takes::Secret | Takes::Money => format!("text(call, \"{name}\")"),
            Takes::Int => format!("whole(call, \"{name}\")"),
            Takes::Bool => format!("flag(call, \"{name}\")"),
            Takes::Span => format!("1000 * whole(call, \"{name}\")"),
            Takes::Map | Takes::Json => format!("json(call, \"{name}\")"),
            Takes::Hint => "call->hint".to_owned(),
            Takes::Event => "event(call)".to_owned(),
            Takes::Texts => return Err(format!("`{}` needs several texts", method.name)),
        });
    }
    given.extend(["call->options", "call->error"].map(str::to_owned));
    given.insert(given.len().saturating_sub(1), format!("&{place}"));
    Ok(format!(
        "kessai_{c}_{}{unit}(\n            {})",
        method.name,
        given.join(",\n            ")
    ))
}

/// The rows of a client's methods, and how it is built.
fn class(out: &mut String, module: &Module, client: &ClientInfo) {
    let (c, of_module) = (module.c(client.name), module.name);
    let rows = c.to_uppercase();
    let _ = write!(out, "\nstatic const row {rows}[] = {{\n");
    for method in client.methods {
        let takes = parameters(method).into_iter();
        let takes: String = takes
            // An event is what an earlier step gave.
            .filter(|parameter| parameter.takes != Takes::Event)
            .map(|parameter| match parameter.takes {
                // To the letter, too.
                Takes::Json => format!(" {0} {0}_text", parameter.name),
                _ => format!(" {}", parameter.name),
            })
            .collect();
        let besides = if method.takes_order() {
            "WITH_ORDER"
        } else {
            "WITH_OPTIONS"
        };
        let name = method.name;
        let _ = writeln!(
            out,
            "    {{\"{name}\", {c}_{name}, \"{takes}\", {besides}}},"
        );
    }
    let needed = credentials(client);
    let mut names: String = needed.iter().map(|arg| format!(" {}", arg.name)).collect();
    let mut source = String::new();
    if client.takes_token_source {
        names.push_str(" token_source");
        let _ = write!(
            source,
            "    json_t *source = json_object_get(caller->account, \"token_source\");\n    \
             kessai_{of_module}_options_set_token_source(\n        \
             options, source ? jwt_source : NULL, source);\n"
        );
    }
    let texts: String = needed
        .iter()
        .map(|arg| format!("given_text(given, \"{}\"), ", arg.name))
        .collect();
    let _ = write!(
        out,
        "    {{NULL, NULL, NULL, ALONE}},\n}};\n\n\
         static int32_t build_{c}(const caller *caller, const json_t *given,\n    \
         void **client, kessai_error **error, char **why) {{\n    \
         kessai_{of_module}_options *options = kessai_{of_module}_options_new();\n    \
         kessai_{c} *made = NULL;\n    \
         kessai_{of_module}_options_set_on_event(options, hear, caller->events);\n    \
         set_each(set_{of_module}_options, options, given, \"{names}\", why);\n\
         {source}    \
         int32_t number = kessai_{c}_new(\n        {texts}options, &made, error);\n    \
         kessai_{of_module}_options_free(options);\n    *client = made;\n    return number;\n}}\n\n\
         CLASS({c}, {of_module}, {rows})\n"
    );
}
