//! The lines of the account.

use super::answer::shown;
use super::execute::Visit;
use crate::domain::ipay::fields::Query;
use crate::domain::ipay::refusal::Refusal;
use crate::world::World;

/// `GET /transactions`, from `from` on and before `to`.
pub(super) fn list(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut query = Query::read(&visit.call.query)?;
    let paging = query.paging()?;
    let (from, to) = (query.number("from")?, query.number("to")?);
    query.finish()?;
    let page = world.ipay.transactions.page(&paging, visit.now, |entry| {
        from.is_none_or(|from| from <= entry.it.created)
            && to.is_none_or(|to| entry.it.created < to)
    })?;
    Ok(shown(&page))
}
