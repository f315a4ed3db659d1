//! The list of what programs that were built before rest on.

use std::fs;
use std::path::Path;

/// Where it is.
pub(super) const PATH: &str = "tests/vectors/c_prototypes.txt";

/// The statements of a header, each in one line, without comments and blanks that
/// mean nothing.
pub(super) fn statements(header: &str) -> Vec<String> {
    let mut text = String::new();
    for (number, part) in header.split("/*").enumerate() {
        let code = part.split_once("*/").map_or("", |(_, code)| code);
        text.push_str(if number == 0 { part } else { code });
    }
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let text = lines.collect::<Vec<_>>().join(" ");
    let text = text.replace("extern \"C\" {", "");
    let each = text.split(';').map(|statement| {
        let words: Vec<_> = statement.split_whitespace().collect();
        words.join(" ")
    });
    each.collect()
}

/// The list as it is, with what the header has besides; why not, where the header
/// lacks what is listed.
pub(super) fn list(header: &str) -> Result<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PATH);
    let listed = fs::read_to_string(path).map_err(|e| format!("{PATH}: {e}"))?;
    grown(&listed, &prototypes(header))
}

/// Functions, types of hooks, and constants. The numbers of errors
/// have a list of their own.
fn prototypes(header: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in statements(header) {
        if let Some(body) = statement.strip_prefix("typedef enum {") {
            let (constants, _) = body.split_once('}').unwrap_or((body, ""));
            let constants = constants.split(',').map(str::trim);
            let lasting = constants.filter(|c| !c.starts_with("KESSAI_ERROR_") && !c.is_empty());
            let lasting = lasting.filter(|c| !c.starts_with("KESSAI_OK"));
            found.extend(lasting.map(str::to_owned));
        } else if statement.contains('(') {
            found.push(statement);
        }
    }
    found
}

fn grown(listed: &str, now: &[String]) -> Result<String, String> {
    let is_there = |line: &&str| line.starts_with('#') || now.iter().any(|one| one == line);
    let gone: Vec<&str> = listed.lines().filter(|line| !is_there(line)).collect();
    if !gone.is_empty() {
        let gone = gone.join("\n    ");
        return Err(format!(
            "include/kessai.h no longer has what programs built before it rest on:\n    {gone}\n\
             Give the function back as it was, and the new one another name. If they are to \
             break on purpose, take these lines out of {PATH} by hand and raise the version \
             that the SONAME has: bindings-c/README.md tells it."
        ));
    }
    let mut all = listed.to_owned();
    for one in now {
        if !listed.lines().any(|line| line == one) {
            all.push_str(one);
            all.push('\n');
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "/* All; of it. */\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\
        typedef enum {\n    /** One. */\n    KESSAI_OUTCOME_DONE = 2,\n} kessai_outcome;\n\
        typedef struct kessai_a kessai_a;\n\
        typedef void (*kessai_hook)(const kessai_a *a,\n    void *data);\n\
        int32_t kessai_b(const kessai_a *a,\n                 const char *text);\n";

    #[test]
    fn what_is_new_is_added_at_the_end() {
        let now = prototypes(HEADER);
        assert_eq!(
            now,
            [
                "KESSAI_OUTCOME_DONE = 2",
                "typedef void (*kessai_hook)(const kessai_a *a, void *data)",
                "int32_t kessai_b(const kessai_a *a, const char *text)",
            ]
        );
        let all = format!("# Why.\n{}\n", now.join("\n"));
        assert_eq!(grown("# Why.\n", &now), Ok(all.clone()));
        assert_eq!(grown(&all, &now), Ok(all));
    }

    #[test]
    fn what_is_listed_neither_changes_nor_vanishes() {
        let listed = format!("{}\n", prototypes(HEADER).join("\n"));
        for (from, to) in [
            ("const char *text", "int64_t text"),
            ("KESSAI_OUTCOME_DONE = 2", "KESSAI_OUTCOME_DONE = 1"),
            ("kessai_b(", "kessai_c("),
            ("void *data", "const void *data"),
            (
                "const kessai_a *a,\n                 const char *text",
                "const char *text",
            ),
        ] {
            assert!(HEADER.contains(from));
            let now = prototypes(&HEADER.replace(from, to));
            let why = grown(&listed, &now).unwrap_err();
            assert!(why.contains("built before") && why.contains(PATH), "{why}");
        }
    }
}
