//! What C hands over, as types that have the layout of C's own.
//!
//! Rust cannot make one of these: whoever holds one got it from C, with what
//! the header asks of a caller. So only this file reads and writes through
//! pointers of others.

use std::ffi::{CStr, c_char, c_void};
use std::fmt;
use std::marker::PhantomData;
use std::mem::MaybeUninit;

use kessai::{Error, Result};

/// A text: NUL-terminated UTF-8, or NULL.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Utf8<'a>(*const c_char, PhantomData<&'a c_char>);

impl<'a> Utf8<'a> {
    /// The text; `None` for NULL.
    pub(crate) fn read(self, name: &str) -> Result<Option<&'a str>> {
        if self.0.is_null() {
            return Ok(None);
        }
        // SAFETY: not NULL, so by the header's rules NUL-terminated, and there
        // for the whole call.
        let text = unsafe { CStr::from_ptr(self.0) };
        let text = text.to_str();
        text.map(Some)
            .map_err(|_| Error::of_bad_input(name, format!("{name} must be UTF-8")))
    }

    /// The text, which must be there.
    pub(crate) fn needed(self, name: &str) -> Result<&'a str> {
        self.read(name)?
            .ok_or_else(|| Error::of_missing_input(name))
    }
}

/// Whether so many can lie in one piece of memory. A length of -1, as of a request
/// that told none, comes here as more than there can be.
fn fits<T>(count: usize, name: &str) -> Result<()> {
    let most = isize::MAX.unsigned_abs() / size_of::<T>();
    if count <= most {
        return Ok(());
    }
    let why = format!("{name} must be how many there are, and nothing holds so many");
    Err(Error::of_bad_input(name, why))
}

/// The first of several texts, or NULL where there are none.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Utf8s<'a>(*const Utf8<'a>);

impl Utf8s<'_> {
    /// The texts, all of which must be there.
    ///
    /// # Safety
    ///
    /// There must be `count` of them, unless it is NULL.
    pub(crate) unsafe fn needed(self, count: usize, name: &str) -> Result<Vec<String>> {
        if count == 0 {
            return Ok(Vec::new());
        }
        if self.0.is_null() {
            return Err(Error::of_missing_input(name));
        }
        fits::<Utf8<'_>>(count, &format!("{name}_count"))?;
        // SAFETY: not NULL, so the caller vouches for `count` of them, and no more
        // than one piece of memory holds.
        let texts = unsafe { std::slice::from_raw_parts(self.0, count) };
        texts
            .iter()
            .map(|text| text.needed(name).map(str::to_owned))
            .collect()
    }
}

/// The first of several bytes, or NULL where there are none.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Bytes<'a>(*const c_void, PhantomData<&'a u8>);

impl<'a> Bytes<'a> {
    /// The bytes.
    ///
    /// # Safety
    ///
    /// There must be `length` of them, unless it is NULL.
    pub(crate) unsafe fn needed(self, length: usize, name: &str) -> Result<&'a [u8]> {
        if length == 0 {
            return Ok(&[]);
        }
        if self.0.is_null() {
            return Err(Error::of_missing_input(name));
        }
        fits::<u8>(length, "length")?;
        // SAFETY: not NULL, so the caller vouches for `length` of them, and no more
        // than one piece of memory holds.
        Ok(unsafe { std::slice::from_raw_parts(self.0.cast(), length) })
    }
}

/// A place for a result, or NULL. What stands there before is never read, so
/// it may be nothing at all.
#[repr(transparent)]
pub struct Out<'a, T>(Option<&'a mut MaybeUninit<T>>);

impl<'a, T> Out<'a, T> {
    /// The place, which must be there.
    pub(crate) fn needed(self, name: &str) -> Result<Place<'a, T>> {
        self.0
            .map(Place)
            .ok_or_else(|| Error::of_missing_input(name))
    }

    /// The place, if there is one.
    pub(crate) fn wanted(self) -> Option<Place<'a, T>> {
        self.0.map(Place)
    }
}

/// A place for a result.
pub(crate) struct Place<'a, T>(&'a mut MaybeUninit<T>);

impl<T> Place<'_, T> {
    pub(crate) fn put(self, value: T) {
        self.0.write(value);
    }
}

impl<T> Place<'_, *mut T> {
    /// Gives a handle, which C then owns.
    pub(crate) fn give(self, value: T) {
        self.put(owned(value));
    }
}

/// A handle that C owns, until it hands it to the function that frees it.
pub(crate) fn owned<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

/// A handle that must be there.
pub(crate) fn needed<'a, T>(handle: Option<&'a T>, name: &str) -> Result<&'a T> {
    handle.ok_or_else(|| Error::of_missing_input(name))
}

impl fmt::Debug for Utf8<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Utf8")
    }
}

impl fmt::Debug for Utf8s<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Utf8s")
    }
}

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bytes")
    }
}

impl<T> fmt::Debug for Out<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Out")
    }
}
