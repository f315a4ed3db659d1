//! A payment that repeats.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime};

use super::fields::Metadata;
use super::shelf::Object;
use crate::domain::clock::Moment;

/// How often it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// Every day.
    Day,
    /// Every seven days.
    Week,
    /// On the same day of every month, or on the last one where there is none.
    Month,
    /// On the same day of every year, likewise.
    Year,
}

impl Interval {
    /// By the names of the API.
    pub const ALL: [(&'static str, Self); 4] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("year", Self::Year),
    ];

    /// The end of period number `count` (from 1) of what began at `start`.
    #[must_use]
    pub fn after(self, start: Moment, count: u32) -> Moment {
        let days = |each: u64| start.plus_secs(each.saturating_mul(u64::from(count)) * 86_400);
        match self {
            Self::Day => days(1),
            Self::Week => days(7),
            Self::Month => months_after(start, count),
            Self::Year => months_after(start, count.saturating_mul(12)),
        }
    }
}

fn months_after(start: Moment, count: u32) -> Moment {
    // Counted from the start, so that the 31st comes back after a February.
    let later = || {
        let begun = OffsetDateTime::from_unix_timestamp(i64::try_from(start.secs()).ok()?).ok()?;
        let months = i64::from(u8::from(begun.month()) - 1) + i64::from(count);
        let year = begun.year().checked_add(i32::try_from(months / 12).ok()?)?;
        let month = Month::try_from(u8::try_from(months % 12 + 1).ok()?).ok()?;
        let day = begun.day().min(month.length(year));
        let date = Date::from_calendar_date(year, month, day).ok()?;
        u64::try_from(begun.replace_date(date).unix_timestamp()).ok()
    };
    // Beyond the calendar nothing is due any more.
    later().map_or_else(|| Moment::from_millis(u64::MAX), Moment::from_secs)
}

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Paid so far.
    Active,
    /// The last payment failed; the next one may not.
    PastDue,
    /// Ended.
    Canceled,
}

/// A payment that repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// `sub_…`.
    pub id: String,
    /// `subscription`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// Who pays.
    pub customer: String,
    /// With what.
    pub payment_method: String,
    /// Each time, in the smallest unit of the currency.
    pub amount: u64,
    /// As it was sent.
    pub currency: String,
    /// How often.
    pub interval: Interval,
    /// Where it stands.
    pub status: Status,
    /// Since when the running period runs, Unix seconds.
    pub current_period_start: u64,
    /// When it is paid for, Unix seconds.
    pub current_period_end: u64,
    /// The last payment made for it.
    pub latest_payment: Option<String>,
    /// As it was sent.
    pub metadata: Metadata,
}

impl Object for Subscription {
    /// How many periods are over.
    type Inner = u32;
    const NAME: &'static str = "subscription";

    fn id(&self) -> &str {
        &self.id
    }
}

impl Subscription {
    /// Period number `over` is over: the next one runs. Answers its end.
    pub fn enter_next(&mut self, over: u32) -> Moment {
        let start = Moment::from_secs(self.created);
        let end = self.interval.after(start, over.saturating_add(1));
        self.current_period_start = self.current_period_end;
        self.current_period_end = end.secs();
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_keep_their_day_where_there_is_one() {
        // 2026-01-31T12:00:00Z.
        let start = Moment::from_secs(1_769_860_800);
        let date = |count| {
            let secs = Interval::Month.after(start, count).secs();
            let it = OffsetDateTime::from_unix_timestamp(i64::try_from(secs).unwrap()).unwrap();
            (it.year(), u8::from(it.month()), it.day(), it.hour())
        };
        assert_eq!(date(1), (2026, 2, 28, 12));
        assert_eq!(date(2), (2026, 3, 31, 12));
        assert_eq!(date(12), (2027, 1, 31, 12));
        assert_eq!(date(25), (2028, 2, 29, 12));
        assert_eq!(Interval::Week.after(start, 2), start.plus_secs(14 * 86_400));
        assert_eq!(
            Interval::Year.after(start, 1),
            Interval::Month.after(start, 12)
        );
    }
}
