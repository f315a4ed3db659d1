//! Texts that were made anew, and so have an owner of their own.

use std::collections::BTreeMap;
use std::ffi::{CString, c_char};
use std::ptr;

use crate::boundary::Utf8;
use crate::guard;
use crate::shown::lent;

/// A text that was made anew. Immutable: threads may share it.
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

/// Several texts. Immutable: threads may share it.
#[derive(Debug)]
pub struct Texts(Vec<Text>);

impl From<Vec<String>> for Texts {
    fn from(texts: Vec<String>) -> Self {
        Self(texts.into_iter().map(Text::from).collect())
    }
}

/// Texts by name. Immutable: threads may share it.
#[derive(Debug)]
pub struct Map(Vec<(CString, Text)>);

impl From<BTreeMap<String, String>> for Map {
    fn from(map: BTreeMap<String, String>) -> Self {
        let named = |(name, text): (String, String)| Some((CString::new(name).ok()?, text.into()));
        Self(map.into_iter().filter_map(named).collect())
    }
}

fn data(text: Option<&Text>) -> *const c_char {
    text.map_or(ptr::null(), |text| text.bytes.as_ptr().cast())
}

/// The text, NUL-terminated; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_text_data(text: Option<&Text>) -> *const c_char {
    guard::get(ptr::null(), || data(text))
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

/// One of the texts, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_texts_at(texts: Option<&Texts>, index: usize) -> *const c_char {
    guard::get(ptr::null(), || {
        data(texts.and_then(|texts| texts.0.get(index)))
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

/// The name of one of the texts, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_name_at(map: Option<&Map>, index: usize) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(
            map.and_then(|map| map.0.get(index))
                .map(|(name, _)| name.as_c_str()),
        )
    })
}

/// One of the texts, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_at(map: Option<&Map>, index: usize) -> *const c_char {
    guard::get(ptr::null(), || {
        data(map.and_then(|map| map.0.get(index)).map(|(_, text)| text))
    })
}

/// The text of this name, lent; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_get(map: Option<&Map>, name: Utf8<'_>) -> *const c_char {
    guard::get(ptr::null(), || {
        let name = name.read("name").ok().flatten();
        let (Some(map), Some(name)) = (map, name) else {
            return ptr::null();
        };
        let found = map.0.iter().find(|(n, _)| n.as_bytes() == name.as_bytes());
        data(found.map(|(_, text)| text))
    })
}

/// Free a map. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_map_free(map: Option<Box<Map>>) {
    guard::get((), || drop(map));
}
