//! What the buttons beside an invoice do.

use rust_decimal::Decimal;

use crate::domain::clock::Now;
use crate::world::World;

/// Does what the button `act` says to the invoice `id`.
///
/// # Errors
/// Why not, in words; nothing has changed then.
pub fn press(world: &mut World, id: &str, act: Option<&str>, now: Now) -> Result<(), &'static str> {
    let invoice = world.invoices.get(id).ok_or("no such invoice")?;
    let (due, remaining) = (invoice.due, invoice.remaining());
    let coin = invoice.terms.coin;
    let amount = match act {
        Some("pay_all") => remaining,
        Some("pay_half") => due / Decimal::TWO,
        Some("pay_more") => remaining + due / Decimal::TEN,
        Some("mine") => {
            world.mine(coin, 1, now.at);
            return Ok(());
        }
        Some("settle") => {
            world.mine(coin, u64::from(coin.confirmations_needed()), now.at);
            return Ok(());
        }
        Some("advance") => {
            world.advance(600, now.real);
            return Ok(());
        }
        _ => return Err("unknown act"),
    };
    if amount > Decimal::ZERO {
        world
            .pay(id, Some(amount), now.at)
            .map_err(|_| "cannot be paid")?;
    }
    Ok(())
}
