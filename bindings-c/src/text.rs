//! Texts that were made anew, and so have an owner of their own.

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;

use crate::boundary::Utf8;
use crate::guard;
use crate::shown::{lent, whole};

/// A text that was made anew: `kessai_text_data` reads it. Immutable: threads may
/// share it.
#[derive(Debug)]
pub struct Text {
    /// With a NUL after it.
    bytes: Vec<u8>,
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let mut bytes = text.into_bytes();
        bytes.push(0);
        Self { bytes }
    }
}

/// Several texts. Immutable: threads may share it. One that has a NUL inside
/// cannot be lent, and is NULL.
#[derive(Debug)]
pub struct Texts(Vec<Option<CString>>);

impl From<Vec<String>> for Texts {
    fn from(texts: Vec<String>) -> Self {
        Self(texts.iter().map(|text| whole(text)).collect())
    }
}

/// Texts by name. Immutable: threads may share it. A name or a text that has a
/// NUL inside cannot be lent, and is NULL: such an entry counts, and is found by
/// its number.
#[derive(Debug)]
pub struct Map(Vec<(Option<CString>, Option<CString>)>);

impl From<BTreeMap<String, String>> for Map {
    fn from(map: BTreeMap<String, String>) -> Self {
        let both = map.iter().map(|(name, text)| (whole(name), whole(text)));
        Self(both.collect())
    }
}

/// The text, NUL-terminated; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_text_data(text: Option<&Text>) -> *const c_char {
    guard::get(ptr::null(), || {
        text.map_or(ptr::null(), |text| text.bytes.as_ptr().cast())
    })
}

/// Its length in bytes, the NUL at its end not counted. A text with a NUL of its
/// own is longer than `strlen` says.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_text_length(text: Option<&Text>) -> usize {
    guard::get(0, || {
        text.map_or(0, |text| text.bytes.len().saturating_sub(1))
    })
}

/// Free a text. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_text_free(text: Option<Box<Text>>) {
    guard::get((), || drop(text));
}

/// How many texts there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_texts_count(texts: Option<&Texts>) -> usize {
    guard::get(0, || texts.map_or(0, |texts| texts.0.len()))
}

/// One of the texts, counted from 0, lent; NULL beyond the last, and for one that has
/// a NUL inside.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_texts_at(texts: Option<&Texts>, index: usize) -> *const c_char {
    guard::get(ptr::null(), || {
        let text = texts.and_then(|texts| texts.0.get(index));
        lent(text.and_then(|text| text.as_deref()))
    })
}

/// Free texts. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_texts_free(texts: Option<Box<Texts>>) {
    guard::get((), || drop(texts));
}

/// How many texts there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_count(map: Option<&Map>) -> usize {
    guard::get(0, || map.map_or(0, |map| map.0.len()))
}

/// The name of one of the texts, counted from 0, lent; NULL beyond the last, and for
/// one that has a NUL inside.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_name_at(map: Option<&Map>, index: usize) -> *const c_char {
    guard::get(ptr::null(), || {
        let entry = map.and_then(|map| map.0.get(index));
        lent(entry.and_then(|(name, _)| name.as_deref()))
    })
}

/// One of the texts, counted from 0, lent; NULL beyond the last, and for one that has
/// a NUL inside.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_at(map: Option<&Map>, index: usize) -> *const c_char {
    guard::get(ptr::null(), || {
        let entry = map.and_then(|map| map.0.get(index));
        lent(entry.and_then(|(_, text)| text.as_deref()))
    })
}

/// The text of this name, lent; NULL where there is none, and where it has a NUL
/// inside.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_get(map: Option<&Map>, name: Utf8<'_>) -> *const c_char {
    guard::get(ptr::null(), || {
        let name = name.read("name").ok().flatten();
        let (Some(map), Some(name)) = (map, name) else {
            return ptr::null();
        };
        let is_it = |known: &CStr| known.to_bytes() == name.as_bytes();
        let mut all = map.0.iter();
        let found = all.find(|(known, _)| known.as_deref().is_some_and(is_it));
        lent(found.and_then(|(_, text)| text.as_deref()))
    })
}

/// Free a map. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_free(map: Option<Box<Map>>) {
    guard::get((), || drop(map));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The core lets no id with a NUL through today: this is where one would be cut.
    #[test]
    fn a_text_that_would_be_cut_is_null() {
        let texts = Texts::from(["a\0b", "c", ""].map(str::to_owned).to_vec());
        assert_eq!(kessai_texts_count(Some(&texts)), 3);
        assert!(kessai_texts_at(Some(&texts), 0).is_null());
        assert!(!kessai_texts_at(Some(&texts), 1).is_null());
        assert!(!kessai_texts_at(Some(&texts), 2).is_null());
        assert!(kessai_texts_at(Some(&texts), 3).is_null());
    }
}
