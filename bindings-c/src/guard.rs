//! What stands around every export: no panic reaches C.

use std::panic::{AssertUnwindSafe, catch_unwind};

use kessai::{Code, Result};

use crate::boundary::Out;
use crate::error::{Error, OK, number};

/// Around an export that can fail: gives the error's number, and the error
/// where the caller wants it. A panic is a defect, and what was done is not
/// known.
pub(crate) fn call(error: Out<'_, *mut Error>, work: impl FnOnce() -> Result<()>) -> i32 {
    get(number(Code::Internal), || {
        let result = catch_unwind(AssertUnwindSafe(work));
        let result = result.unwrap_or_else(|_| Err(kessai::Error::of_a_defect()));
        let Err(failure) = result else {
            return OK;
        };
        let number = number(failure.code());
        if let Some(place) = error.wanted() {
            place.give(Error::from(failure));
        }
        number
    })
}

/// Around an export that cannot fail, with what it gives should it do so all
/// the same.
pub(crate) fn get<T>(otherwise: T, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(otherwise)
}
