//! The core's table of methods with the names as Node spells them.

use std::sync::OnceLock;

use kessai::argument::{ArgInfo, Takes};
use kessai::naming::camel;
use kessai::zaif::{Client, ClientBuilder};

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

fn named(info: &ArgInfo) -> Name {
    Name {
        here: camel(info.name),
        core: info.name,
        takes: info.takes,
    }
}

/// The row of a method by its name in the core.
pub(crate) fn row(method: &str) -> Option<&'static Row> {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let methods = Client::METHODS.iter();
        methods
            .map(|info| {
                let all = info.arguments();
                let is_own = |arg: &&ArgInfo| {
                    !info.takes_order
                        || arg.name == "timeout"
                        || info.args.iter().any(|own| own.name == arg.name)
                };
                let (own, order): (Vec<_>, Vec<_>) = all.iter().partition(is_own);
                let (first, options) = own.split_at(info.positional().min(own.len()));
                let names = |infos: &[&ArgInfo]| infos.iter().map(|info| named(info)).collect();
                Row {
                    method: info.name,
                    order: names(&order),
                    first: names(first),
                    options: names(options),
                }
            })
            .collect()
    });
    rows.iter().find(|row| row.method == method)
}

/// The options of a client.
pub(crate) fn options() -> &'static [Name] {
    static OPTIONS: OnceLock<Vec<Name>> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        let options = ClientBuilder::OPTIONS.iter();
        options
            .map(|info| Name {
                here: camel(info.name),
                core: info.name,
                takes: info.takes,
            })
            .collect()
    })
}
