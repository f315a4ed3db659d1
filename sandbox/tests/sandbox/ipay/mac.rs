//! HMAC-SHA256 by RFC 2104, written out: what judges signatures must not make them.

use kessai_sandbox::domain::hex::hex_lower;
use sha2::{Digest, Sha256};

pub(super) fn hmac(secret: &str, message: &[u8]) -> [u8; 32] {
    let mut key = [0_u8; 64];
    if secret.len() > 64 {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret.as_bytes());
    }
    let inner = Sha256::new()
        .chain_update(key.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(key.map(|byte| byte ^ 0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}

pub(super) fn hex(secret: &str, message: &[u8]) -> String {
    hex_lower(&hmac(secret, message))
}
