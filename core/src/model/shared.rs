//! A model that has several owners: its copies cost nothing.

use std::any::Any;
use std::sync::Arc;

use super::{Model, ModelInfo, Value};
use crate::argument::Args;
use crate::error::Result;
use crate::returned::Returned;

impl<M: Model> Model for Arc<M> {
    fn info(&self) -> &'static ModelInfo {
        M::info(self)
    }

    fn field(&self, name: &str) -> Option<Value<'_>> {
        M::field(self, name)
    }

    fn raw(&self) -> &str {
        M::raw(self)
    }

    fn id(&self) -> &str {
        M::id(self)
    }

    fn store(&self) -> String {
        M::store(self)
    }

    fn class(&self) -> &'static str {
        M::class(self)
    }

    fn ask(&self, name: &str, args: Args) -> Result<Returned> {
        M::ask(self, name, args)
    }

    fn as_any(&self) -> &dyn Any {
        M::as_any(self)
    }

    fn copy(&self) -> Box<dyn Model> {
        Box::new(Self::clone(self))
    }

    fn equals(&self, other: &dyn Model) -> bool {
        M::equals(self, other)
    }
}
