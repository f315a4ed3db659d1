//! What a method of a client is, whichever client: what bindings call and
//! document.

use std::time::Duration;

use crate::argument::{ArgInfo, Takes};
use crate::doc::Doc;
use crate::returned::Returns;

/// Where a call's time limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The client's, unless the call is given one.
    Clients,
    /// The method has a rule of its own: the longest that may be given.
    Own(Duration),
}

/// One method: what bindings and the generator need to know.
#[derive(Debug, Clone, Copy)]
pub struct MethodInfo {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// Its documentation.
    pub doc: Doc,
    /// Everything that an order can be made with, where it takes one.
    pub order: Option<fn() -> Vec<ArgInfo>>,
    /// Whether the order must have its number.
    pub needs_order_number: bool,
    /// Its other arguments.
    pub args: &'static [ArgInfo],
    /// How many of its arguments are what the call is about, and stand first
    /// without their names. A long list of parameters is told by name only.
    pub positional: usize,
    /// What every call of its service can be given besides.
    pub each: &'static [ArgInfo],
    /// What it gives.
    pub returns: Returns,
    /// Where its time limit comes from.
    pub limit: Limit,
}

/// The one argument that every method has.
pub(crate) const TIMEOUT: &str = "timeout";

impl MethodInfo {
    /// Whether it takes everything that an order can be made with.
    #[must_use]
    pub const fn takes_order(&self) -> bool {
        self.order.is_some()
    }

    /// Everything it can be given, in the order in which it is documented: an
    /// order's parameters, its own arguments, what every call can be given, the
    /// call's time limit.
    #[must_use]
    pub fn arguments(&self) -> Vec<ArgInfo> {
        let mut all = self.order.map_or_else(Vec::new, |order| order());
        all.extend(self.args);
        all.extend(self.each);
        if !all.iter().any(|argument| argument.name == TIMEOUT) {
            all.push(ArgInfo {
                name: TIMEOUT,
                doc: Doc::of(match self.limit {
                    Limit::Clients => "The time limit of this call, instead of the client's.",
                    Limit::Own(_) => "The time limit of this call.",
                }),
                takes: Takes::Span,
                required: false,
            });
        }
        all
    }

    /// Whether it has an argument of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        let own = self.args.iter().chain(self.each);
        name == TIMEOUT || own.into_iter().any(|arg| arg.name == name)
    }
}
