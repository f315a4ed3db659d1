//! Nothing that C can call lacks its guard, and the header has all of it.
#![allow(
    clippy::unwrap_used,
    reason = "a test may fail by a panic, also in what it is made of"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// One export: its name, and what stands between its outermost braces.
struct Export {
    name: String,
    body: String,
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Every export of a source, with what makes it one.
fn exports(text: &str) -> Vec<Export> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("extern \"C\" fn") {
        rest = after;
        // The type of a pointer to a function has no name.
        if after.starts_with('(') {
            continue;
        }
        assert!(
            before.trim_end().ends_with("#[unsafe(no_mangle)]\npub"),
            "not exported as the others are: {}",
            after.lines().next().unwrap()
        );
        let (name, after) = after.split_once('(').unwrap();
        let (_, body) = after.split_once('{').unwrap();
        let (body, _) = body.split_once("\n}\n").unwrap();
        found.push(Export {
            name: name.trim().to_owned(),
            body: body.trim().trim_end_matches(';').to_owned(),
        });
    }
    found
}

/// Whether a guard is all of it, from its first letter to its last.
fn is_guarded(export: &Export) -> bool {
    let inside = ["guard::call(error, ", "guard::get("];
    let Some(inside) = inside.iter().find_map(|g| export.body.strip_prefix(g)) else {
        return false;
    };
    let mut open = 1;
    for (at, c) in inside.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at + 1 == inside.len();
        }
    }
    false
}

fn all() -> Vec<Export> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let texts = sources(&folder).into_iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(
            text.matches("no_mangle").count(),
            exports(&text).len(),
            "something else is exported"
        );
        exports(&text)
    });
    texts.flatten().collect()
}

#[test]
fn every_export_is_guarded() {
    let all = all();
    assert!(all.len() > 150);
    for export in all {
        assert!(is_guarded(&export), "{} lacks its guard", export.name);
        assert!(export.name.starts_with("kessai_"), "{}", export.name);
    }
}

#[test]
fn the_header_declares_every_export_once() {
    // Comments speak of functions too.
    let header = include_str!("../../include/kessai.h").split("/*");
    let code = header.map(|part| part.split_once("*/").map_or(part, |(_, code)| code));
    let header = code.collect::<String>();
    for Export { name, .. } in all() {
        let call = format!("{name}(");
        let declared = header.match_indices(&call).filter(|(at, _)| {
            let before = header[..*at].chars().next_back();
            before.is_some_and(|c| c == ' ' || c == '*')
        });
        assert_eq!(declared.count(), 1, "{name}");
    }
}

/// The check itself: what it must find.
#[test]
fn an_export_without_its_guard_is_found() {
    let wrong = |body: &str| {
        let text =
            format!("#[unsafe(no_mangle)]\npub extern \"C\" fn kessai_x(a: i32) {{\n{body}\n}}\n");
        let found = exports(&text);
        assert_eq!(found.len(), 1);
        !is_guarded(&found[0])
    };
    assert!(!wrong("    guard::get((), || drop(a));"));
    assert!(wrong("    drop(a);"));
    assert!(wrong("    drop(a);\n    guard::get((), || ());"));
    assert!(wrong("    guard::get((), || ());\n    drop((a));"));
    assert!(wrong("    let a = a();\n    guard::get((), || drop(a));"));
    assert!(wrong("    guard::get((), || ()).max(a)"));
}
