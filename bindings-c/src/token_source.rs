//! Tokens that a function of the shop supplies.

use std::ffi::{CStr, c_char, c_void};

use kessai::{Error, Result, Secret};

/// Gives the bearer token of a call, such as a JWT that is made anew; NULL ends the
/// call. The text is copied at once, and never freed here.
pub type TokenSource = Option<extern "C" fn(user_data: *mut c_void) -> *const c_char>;

/// A source and what it was set with.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    ask: extern "C" fn(user_data: *mut c_void) -> *const c_char,
    user_data: *mut c_void,
}

// SAFETY: what `user_data` points to is only handed on, to a function that by the
// header's rules may be called on several threads at once.
unsafe impl Send for Source {}
// SAFETY: as above.
unsafe impl Sync for Source {}

impl Source {
    pub(crate) fn new(source: TokenSource, user_data: *mut c_void) -> Option<Self> {
        source.map(|ask| Self { ask, user_data })
    }

    pub(crate) fn token(&self) -> Result<Secret> {
        let token = (self.ask)(self.user_data);
        if token.is_null() {
            let why = "token_source gave no token";
            return Err(Error::of_bad_input("token_source", why));
        }
        // SAFETY: not NULL, so by the header's rules NUL-terminated, and there until
        // the next call of the function on this thread.
        let token = unsafe { CStr::from_ptr(token) };
        let token = token.to_str().map_err(|_| {
            let why = "token_source must give UTF-8";
            Error::of_bad_input("token_source", why)
        })?;
        Ok(token.to_owned().into())
    }
}
