//! Addresses that a wallet accepts as valid for their coin.
//!
//! Nobody holds the keys behind them: money really sent there would be lost,
//! which is why the payment page says in every state that it is a sandbox.

use super::coin::Coin;
use crate::domain::draw::Draw;

/// The next address of `coin`: base58check of the coin's version byte and a drawn hash.
pub fn next_address(draw: &mut Draw, coin: Coin) -> String {
    let label = match coin {
        Coin::Btc => "address of btc",
        Coin::Mona => "address of mona",
    };
    let payload: Vec<u8> = std::iter::once(coin.address_version())
        .chain(draw.bytes(label).into_iter().take(20))
        .collect();
    bs58::encode(payload).with_check().into_string()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn carry_the_version_of_their_coin_and_a_right_checksum() {
        let mut draw = Draw::from_number(3);
        for (coin, first) in [(Coin::Btc, '1'), (Coin::Mona, 'M')] {
            for _ in 0..50 {
                let address = next_address(&mut draw, coin);
                let bytes = bs58::decode(&address).into_vec().unwrap();
                assert_eq!(bytes.len(), 25);
                assert_eq!(bytes[0], coin.address_version());
                let twice = Sha256::digest(Sha256::digest(&bytes[..21]));
                assert_eq!(bytes[21..], twice[..4], "checksum of {address}");
                assert!(address.starts_with(first), "{address}");
            }
        }
    }

    #[test]
    fn the_documents_own_example_has_the_same_form() {
        let bytes = bs58::decode("19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb")
            .with_check(Some(Coin::Btc.address_version()))
            .into_vec()
            .unwrap();
        assert_eq!(bytes.len(), 21);
    }
}
