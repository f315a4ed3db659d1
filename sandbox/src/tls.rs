//! A certificate authority of this start's own, and connections that use it.

use std::fs::{OpenOptions, Permissions};
use std::io::Write;
use std::net::IpAddr;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// How the certificates name themselves.
const NAME: &str = "kessai-sandbox";
/// Some clients refuse certificates that are valid for longer.
const VALID: Duration = Duration::days(397);
/// Clocks in containers and virtual machines may be behind.
const BEFORE: Duration = Duration::days(1);

/// What https needs: how to accept a connection, and whom clients are to trust.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    pub(crate) ca_file: PathBuf,
    /// Removed with the sandbox, unless the file stands beside the data.
    _folder: Option<TempDir>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Tls");
        shown
            .field("ca_file", &self.ca_file)
            .finish_non_exhaustive()
    }
}

impl Tls {
    /// Makes an authority, a certificate for this machine and `listen`, and the file
    /// that clients trust: beside `data`, or in a folder that only its owner may open.
    /// The authority's key is never written and forgotten at once: nobody can sign
    /// anything else with what clients trust.
    pub(crate) fn make(listen: IpAddr, data: Option<&Path>) -> Result<Self, String> {
        let failed = |error: rcgen::Error| format!("no certificate: {error}");
        let (authority, own, own_key) = certificates(listen).map_err(failed)?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_no_client_auth()
            .with_single_cert(vec![own], own_key)
            .map_err(|error| error.to_string())?;
        let (ca_file, folder) = match data {
            Some(data) => {
                let mut name = data.as_os_str().to_owned();
                name.push(".ca.pem");
                (PathBuf::from(name), None)
            }
            None => {
                let folder = tempfile::Builder::new()
                    .prefix("kessai-sandbox-")
                    .permissions(Permissions::from_mode(0o700))
                    .tempdir();
                let folder = folder.map_err(|error| format!("no folder for the CA: {error}"))?;
                (folder.path().join("ca.pem"), Some(folder))
            }
        };
        write(&ca_file, &authority)
            .map_err(|error| format!("cannot write {}: {error}", ca_file.display()))?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            ca_file,
            _folder: folder,
        })
    }
}

/// The authority as text, and the certificate with its key.
type Made = (String, CertificateDer<'static>, PrivateKeyDer<'static>);

fn certificates(listen: IpAddr) -> Result<Made, rcgen::Error> {
    let authority_key = KeyPair::generate()?;
    let mut authority = params(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let text = authority.self_signed(&authority_key)?.pem();
    let issuer = Issuer::from_params(&authority, &authority_key);

    let mut names = ["localhost", "127.0.0.1", "::1"]
        .map(str::to_owned)
        .to_vec();
    let listen = listen.to_string();
    if !names.contains(&listen) {
        names.push(listen);
    }
    let own_key = KeyPair::generate()?;
    let mut own = params(names)?;
    // Named otherwise than its authority: the same name reads as self-signed.
    own.distinguished_name = DistinguishedName::new();
    own.distinguished_name.push(DnType::CommonName, "localhost");
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    own.use_authority_key_identifier_extension = true;
    let own = own.signed_by(&own_key, &issuer)?;
    let secret = PrivatePkcs8KeyDer::from(own_key.serialize_der());
    Ok((text, own.der().clone(), PrivateKeyDer::Pkcs8(secret)))
}

fn params(names: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, NAME);
    let now = OffsetDateTime::now_utc();
    params.not_before = now.saturating_sub(BEFORE);
    params.not_after = now.saturating_add(VALID);
    Ok(params)
}

/// A file of its owner's alone; one from an earlier start gives way, a link is not followed.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    let mut out = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    out.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_its_owners_alone_and_goes_with_the_sandbox() {
        let made = Tls::make(IpAddr::from([192, 0, 2, 7]), None).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let file = made.ca_file.clone();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("-----BEGIN CERTIFICATE-----"));
        assert!(!text.contains("PRIVATE"));
        drop(made);
        assert!(!file.exists());
    }

    #[test]
    fn beside_the_data_it_gives_way_to_a_new_one_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("state.json");
        let elsewhere = folder.path().join("elsewhere");
        std::fs::write(&elsewhere, "kept").unwrap();
        let beside = folder.path().join("state.json.ca.pem");
        std::os::unix::fs::symlink(&elsewhere, &beside).unwrap();
        let made = Tls::make(IpAddr::from([127, 0, 0, 1]), Some(&data)).unwrap();
        assert_eq!(made.ca_file, beside);
        assert_eq!(std::fs::read_to_string(elsewhere).unwrap(), "kept");
        drop(made);
        assert!(beside.exists());
    }
}
