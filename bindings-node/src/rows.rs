//! The core's tables of clients with the names as Node spells them.

use std::sync::OnceLock;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::MethodInfo;
use kessai::naming::camel;
use kessai::service::{CLIENTS, ClientInfo};

/// One name that may be given.
pub(crate) struct Name {
    /// As Node spells it.
    pub(crate) here: String,
    /// As the core does.
    pub(crate) core: &'static str,
    pub(crate) takes: Takes,
}

/// One method.
pub(crate) struct Row {
    /// As the core spells it.
    method: &'static str,
    /// What its first argument holds, where that is an order.
    pub(crate) order: Vec<Name>,
    /// What stands first without a name.
    pub(crate) first: Vec<Name>,
    /// What its last argument holds.
    pub(crate) options: Vec<Name>,
}

/// One class of clients.
pub(crate) struct Class {
    pub(crate) info: &'static ClientInfo,
    /// Its credentials and its options.
    pub(crate) options: Vec<Name>,
    rows: Vec<Row>,
}

impl Class {
    fn of(info: &'static ClientInfo) -> Self {
        let options = info.options.iter().map(|option| Name {
            here: camel(option.name),
            core: option.name,
            takes: option.takes,
        });
        Self {
            info,
            options: info.credentials.iter().map(named).chain(options).collect(),
            rows: info.methods.iter().map(Row::of).collect(),
        }
    }

    /// A class by its module and its name.
    pub(crate) fn find(module: &str, name: &str) -> Option<&'static Self> {
        static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
        let classes = CLASSES.get_or_init(|| CLIENTS.iter().map(|info| Self::of(info)).collect());
        let mut classes = classes.iter();
        classes.find(|class| class.info.module == module && class.info.name == name)
    }

    /// The row of a method by its name in the core.
    pub(crate) fn row(&self, method: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.method == method)
    }

    /// Whether an option is a credential, which the environment gives otherwise.
    pub(crate) fn is_credential(&self, name: &str) -> bool {
        self.info.credentials.iter().any(|arg| arg.name == name)
    }

    /// Its name with its module, for messages.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.info.module, self.info.name)
    }
}

impl Row {
    fn of(info: &'static MethodInfo) -> Self {
        let all = info.arguments();
        let is_own = |arg: &&ArgInfo| {
            let mut own = info.args.iter().chain(info.each);
            !info.takes_order() || arg.name == "timeout" || own.any(|own| own.name == arg.name)
        };
        let (own, order): (Vec<_>, Vec<_>) = all.iter().partition(is_own);
        let (first, options) = own.split_at(info.positional.min(own.len()));
        let names = |infos: &[&ArgInfo]| infos.iter().map(|info| named(info)).collect();
        Self {
            method: info.name,
            order: names(&order),
            first: names(first),
            options: names(options),
        }
    }
}

fn named(info: &ArgInfo) -> Name {
    Name {
        here: camel(info.name),
        core: info.name,
        takes: info.takes,
    }
}
