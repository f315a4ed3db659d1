//! A test in C that calls every function of the header with NULL.

use std::fmt::Write as _;

use super::prototypes::statements;

/// Calls that can fail must do so, and name what is missing; all others must come
/// back.
pub(super) fn calls(header: &str) -> String {
    let mut out = String::from(
        "/* Every function of the header, with NULL for all that can be NULL.\n * \
         Generated from the header by `make generate`: do not edit. */\n\n\
         #include \"check.h\"\n\n\
         static kessai_error *error;\n\n\
         /* It fails before it does anything, and names what is missing. */\n\
         static void misses(int32_t silent, int32_t told) {\n    \
         CHECK(silent == KESSAI_ERROR_INPUT_MISSING && told == KESSAI_ERROR_INPUT_MISSING);\n    \
         CHECK(kessai_error_number(error) == KESSAI_ERROR_INPUT_MISSING);\n    \
         CHECK(kessai_error_outcome(error) == KESSAI_OUTCOME_NOT_DONE);\n    \
         CHECK(kessai_error_param(error) != NULL);\n    \
         kessai_error_free(error);\n    error = NULL;\n}\n\nint main(void) {\n",
    );
    for (name, parameters) in functions(header) {
        let nothing = |parameter: &String| {
            let hook = ["kessai_on_event", "kessai_token_source"];
            let hook = hook.iter().any(|hook| parameter.starts_with(hook));
            let pointer = parameter.contains('*') || hook;
            if pointer { "NULL" } else { "0" }
        };
        let mut given: Vec<_> = parameters.iter().map(nothing).collect();
        let can_fail = parameters
            .last()
            .is_some_and(|p| p.starts_with("kessai_error **"));
        let silent = given.join(", ");
        if can_fail {
            given.pop();
            given.push("&error");
            let told = given.join(", ");
            let _ = writeln!(out, "    misses({name}({silent}), {name}({told}));");
        } else {
            let _ = writeln!(out, "    (void){name}({silent});");
        }
    }
    out.push_str("    puts(\"nulls: fine\");\n    return 0;\n}\n");
    out
}

/// Every function that takes anything: its name and its parameters.
fn functions(header: &str) -> Vec<(String, Vec<String>)> {
    let each = statements(header).into_iter().filter_map(|statement| {
        let (head, parameters) = statement.split_once('(')?;
        let name = head.rsplit([' ', '*']).next()?;
        let parameters = parameters.strip_suffix(')')?;
        if head.contains("typedef") || parameters == "void" {
            return None;
        }
        let parameters = parameters.split(',').map(|p| p.trim().to_owned());
        Some((name.to_owned(), parameters.collect()))
    });
    each.collect()
}
