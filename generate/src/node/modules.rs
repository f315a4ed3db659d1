//! The two services as modules of the package: what of the core's tables belongs to
//! each.

use kessai::model::ModelInfo;
use kessai::service::{CLIENTS, ClientInfo, MODELS, SETS};
use kessai::words::WordSet;

/// One module.
#[derive(Clone, Copy)]
pub(super) struct Module {
    pub(super) name: &'static str,
    /// The files that are generated for it: the clients, the models, and their types.
    pub(super) files: [&'static str; 4],
    /// Arguments that take the words of a set.
    words: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($module:literal) => {
        [
            concat!("bindings-node/lib/", $module, "-client.js"),
            concat!("bindings-node/lib/", $module, "-client.d.ts"),
            concat!("bindings-node/lib/", $module, "-models.js"),
            concat!("bindings-node/lib/", $module, "-models.d.ts"),
        ]
    };
}

/// Every module.
pub(super) const MODULES: &[Module] = &[
    Module {
        name: "zaif",
        files: files!("zaif"),
        words: &[
            ("billing_currency", "Coin"),
            ("currency", "Coin"),
            ("earlier", "Status"),
            ("seen", "readonly Status[]"),
            ("until", "Until"),
        ],
    },
    Module {
        name: "ipay",
        files: files!("ipay"),
        words: &[
            ("capture_method", "CaptureMethod"),
            ("reason", "RefundReason"),
            ("status", "PaymentStatus"),
            ("type", "PaymentMethodType"),
        ],
    },
];

impl Module {
    /// Its clients.
    pub(super) fn clients(self) -> impl Iterator<Item = &'static ClientInfo> {
        CLIENTS
            .iter()
            .copied()
            .filter(move |client| client.module == self.name)
    }

    /// The sets of words that it uses.
    pub(super) fn sets(self) -> &'static [WordSet] {
        let mut all = SETS.iter();
        all.find(|(name, _)| *name == self.name)
            .map_or(&[], |(_, sets)| sets)
    }

    /// Its models.
    pub(super) fn models(self) -> impl Iterator<Item = &'static ModelInfo> {
        MODELS
            .iter()
            .copied()
            .filter(move |model| model.module == self.name)
    }

    /// A model by its name.
    pub(super) fn model(self, name: &str) -> Option<&'static ModelInfo> {
        self.models().find(|model| model.name == name)
    }

    /// The type of an argument's words.
    pub(super) fn words(self, argument: &str) -> Option<&'static str> {
        let mut words = self.words.iter();
        words
            .find(|(name, _)| *name == argument)
            .map(|(_, kind)| *kind)
    }
}

/// The class of what all variants of a model have, or of a model that has none.
pub(super) fn class_of(model: &ModelInfo) -> String {
    if model.variants.is_empty() {
        model.name.to_owned()
    } else {
        format!("Any{}", model.name)
    }
}
