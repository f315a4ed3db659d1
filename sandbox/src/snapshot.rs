//! The whole state as one JSON document, and its file.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::domain::{
    clock::Clock,
    draw::Draw,
    faults::Rules,
    ipay::state::Ipay,
    ledger::Ledger,
    outbox::Outbox,
    traffic::Traffic,
    zaif::{coin::Coin, invoices::Invoices, keys::KeyRing, modes::Modes},
};

/// The field that says what the document is, and the version this code writes.
const MARK: (&str, u64) = ("kessai_sandbox", 1);

/// Everything but the address the sandbox happens to listen on. It holds the keys'
/// secrets: without them a restored account could not be called.
#[derive(Debug, Clone, Serialize)]
pub struct Snapshot {
    /// Virtual time, as an offset from real time.
    pub clock: Clock,
    /// Keys, secrets and nonces.
    pub keys: KeyRing,
    /// Invoices.
    pub invoices: Invoices,
    /// What arrived.
    pub ledger: Ledger,
    /// What is delivered.
    pub outbox: Outbox,
    /// Rules with their counts.
    pub faults: Rules,
    /// What the last requests and answers said.
    pub traffic: Traffic,
    /// How the service is played.
    pub modes: Modes,
    /// The account at iPay.
    pub ipay: Ipay,
    /// Rates.
    pub rates: BTreeMap<Coin, Decimal>,
    /// Where ids come from.
    pub draw: Draw,
}

impl Snapshot {
    /// Reads a document.
    ///
    /// # Errors
    /// Names the part that is wrong.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        let mut parts: Map<String, Value> =
            serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let (mark, version) = MARK;
        if parts.remove(mark) != Some(Value::from(version)) {
            return Err(format!("{mark}: this is no snapshot of version {version}"));
        }
        let snapshot = Self {
            clock: part(&mut parts, "clock")?,
            keys: part(&mut parts, "keys")?,
            invoices: part(&mut parts, "invoices")?,
            ledger: part(&mut parts, "ledger")?,
            outbox: part(&mut parts, "outbox")?,
            faults: part(&mut parts, "faults")?,
            traffic: part(&mut parts, "traffic")?,
            modes: part(&mut parts, "modes")?,
            ipay: part(&mut parts, "ipay")?,
            rates: part(&mut parts, "rates")?,
            draw: part(&mut parts, "draw")?,
        };
        match parts.keys().next() {
            Some(unknown) => Err(format!("unknown field `{unknown}`")),
            None if snapshot.keys.first().is_none() => Err("keys: there must be one".to_owned()),
            None => Ok(snapshot),
        }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> Value {
        let (mark, version) = MARK;
        let mut document = Map::from_iter([(mark.to_owned(), Value::from(version))]);
        // None of the parts can fail to be written: their keys are text.
        if let Ok(Value::Object(parts)) = serde_json::to_value(self) {
            document.extend(parts);
        }
        Value::Object(document)
    }

    /// Reads a file; `None` when there is none yet.
    ///
    /// # Errors
    /// When it cannot be read or is no snapshot.
    pub fn load(file: &Path) -> Result<Option<Self>, String> {
        match fs::read(file) {
            Ok(json) => Self::read(&json).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Writes a document so that the file holds the old one or the new one, never half
/// of either, and is its owner's alone.
///
/// # Errors
/// When it cannot be written.
pub fn write(file: &Path, document: &Value) -> io::Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".new");
    let fresh = Path::new(&name);
    match fs::remove_file(fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(fresh)?;
    out.write_all(document.to_string().as_bytes())?;
    out.sync_all()?;
    fs::rename(fresh, file)
}

fn part<T: DeserializeOwned>(parts: &mut Map<String, Value>, name: &str) -> Result<T, String> {
    let value = parts
        .remove(name)
        .ok_or_else(|| format!("missing field `{name}`"))?;
    serde_json::from_value(value).map_err(|error| format!("{name}: {error}"))
}
