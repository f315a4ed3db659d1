//! The two services as C tells them apart: by what names begin with.

use kessai::method::MethodInfo;
use kessai::model::ModelInfo;
use kessai::naming::snake;
use kessai::returned::Returns;
use kessai::service::{CLIENTS, ClientInfo, MODELS};

/// One service.
pub(super) struct Module {
    pub(super) name: &'static str,
    /// What its types begin with in Rust.
    prefix: &'static str,
    /// Where what is generated of it goes: what callers set, clients, models, and the
    /// rows of the conformance suite's runner.
    pub(super) files: [&'static str; 4],
}

macro_rules! module {
    ($name:literal, $prefix:literal) => {
        Module {
            name: $name,
            prefix: $prefix,
            files: [
                concat!("bindings-c/src/generated/", $name, "_given.rs"),
                concat!("bindings-c/src/generated/", $name, "_clients.rs"),
                concat!("bindings-c/src/generated/", $name, "_models.rs"),
                concat!("tests/conformance/c/generated/", $name, ".c"),
            ],
        }
    };
}

pub(super) const MODULES: [Module; 2] = [module!("zaif", "Zaif"), module!("ipay", "Ipay")];

impl Module {
    pub(super) fn clients(&self) -> impl Iterator<Item = &'static ClientInfo> {
        let name = self.name;
        let all = CLIENTS.iter().copied();
        all.filter(move |client| client.module == name)
    }

    pub(super) fn models(&self) -> impl Iterator<Item = &'static ModelInfo> {
        let name = self.name;
        let all = MODELS.iter().copied();
        all.filter(move |model| model.module == name)
    }

    /// Every method of every class of clients.
    pub(super) fn methods(&self) -> Vec<&'static MethodInfo> {
        self.clients().flat_map(|client| client.methods).collect()
    }

    /// `Invoice` as `ZaifInvoice`.
    pub(super) fn kind(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// `Invoice` as `zaif_invoice`.
    pub(super) fn c(&self, name: &str) -> String {
        format!("{}_{}", self.name, one(name))
    }

    /// Whether some method gives several of a model, and whether page by page.
    pub(super) fn several(&self, model: &str) -> Option<bool> {
        let mut methods = self.methods().into_iter();
        methods.find_map(|method| match method.returns {
            Returns::Models(name) if name == model => Some(false),
            Returns::Page(name) if name == model => Some(true),
            _ => None,
        })
    }

    /// The type of what a model is, one of several things. Where a function has the
    /// name of one already, the model's is added to each.
    pub(super) fn variant(&self, model: &ModelInfo, variant: &str) -> String {
        let of_function = |name: &str| {
            self.models().any(|other| {
                let mut all = other.variants.iter();
                all.any(|v| name == format!("{}_{}", one(other.name), one(v.name)))
            })
        };
        let taken = model.variants.iter().any(|v| of_function(&one(v.name)));
        let added = if taken && !variant.ends_with(model.name) {
            model.name
        } else {
            ""
        };
        self.kind(&format!("{variant}{added}"))
    }

    /// Every type of its models' file.
    pub(super) fn handles(&self) -> Vec<String> {
        let mut all = Vec::new();
        for model in self.models() {
            all.push(self.kind(model.name));
            all.push(self.kind(&format!("{}s", model.name)));
        }
        all
    }
}

/// `PaymentMethod` as `payment_method`.
pub(super) fn one(name: &str) -> String {
    snake(name).trim_start_matches('_').to_owned()
}
