//! The core's tables of clients, made ready for looking a method up.

use std::collections::HashMap;
use std::sync::OnceLock;

use kessai::argument::{ArgInfo, Args};
use kessai::service::{CLIENTS, ClientInfo};
use kessai::{Error, Outcome};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::arguments::one;
use crate::errors::input;

/// One class of clients.
#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) info: &'static ClientInfo,
    rows: HashMap<&'static str, Vec<ArgInfo>>,
}

/// A class by its module and its name.
pub(crate) fn class(module: &str, name: &str) -> Result<&'static Class, Error> {
    static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
    let classes = CLASSES.get_or_init(|| {
        let classes = CLIENTS.iter().map(|info| Class {
            info,
            rows: (info.methods.iter())
                .map(|method| (method.name, method.arguments()))
                .collect(),
        });
        classes.collect()
    });
    let mut classes = classes.iter();
    classes
        .find(|class| class.info.module == module && class.info.name == name)
        .ok_or_else(|| Error::of_bad_input("name", format!("there is no {module}.{name}")))
}

impl Class {
    /// The arguments of a method, in the order of its row; those that are None
    /// were not given.
    pub(crate) fn arguments(
        &self,
        py: Python<'_>,
        method: &str,
        given: &Bound<'_, PyTuple>,
    ) -> PyResult<Args> {
        self.read(py, method, given).map_err(|refused| {
            // What the call was to find out is as unknown as before.
            let untouched = self.info.untouched(method);
            if untouched == Outcome::NotDone {
                return refused;
            }
            let told = refused.value(py).setattr("outcome", untouched.as_str());
            told.map_or_else(|broken| broken, |()| refused)
        })
    }

    fn read(&self, py: Python<'_>, method: &str, given: &Bound<'_, PyTuple>) -> PyResult<Args> {
        let infos = self.rows.get(method).map_or(&[][..], Vec::as_slice);
        // Modules of two builds would put values under other names.
        if given.len() != infos.len() {
            let why = format!("{method} was handed {} values", given.len());
            return Err(input(py, "method", why));
        }
        let mut named = Vec::with_capacity(8);
        for (info, value) in infos.iter().zip(given.iter_borrowed()) {
            if !value.is_none() {
                let value = one(py, info.name, &value, Some(info.takes))?;
                named.push((info.name.to_owned(), value));
            }
        }
        Ok(Args::new(named))
    }
}
