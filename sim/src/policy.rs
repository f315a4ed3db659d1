//! Ways to decide that are compared: the core's own, and bad ones that the
//! judge must catch.

use std::fmt;
use std::str::FromStr;

use kessai::world::Micros;
use kessai::zaif::decide::OnRejection;

use crate::settings::{BadWorld, ClientSettings, Rejection};

/// What the shop's workers do all day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shop {
    /// They make invoices, one call for each.
    Creates,
    /// They serve pages, each of which makes its order's invoice when it is
    /// loaded.
    Pages,
}

impl Shop {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Creates => "creates",
            Self::Pages => "pages",
        }
    }
}

macro_rules! policies {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// A way to decide.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Policy { $($(#[doc = $doc])+ $variant,)+ }

        impl Policy {
            /// Every policy.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

policies! {
    /// The core's machines, set up as the world says.
    Core = "core";
    /// The core's machines with `on_rejection = "look"`, the default.
    Look = "look";
    /// Bad: an unknown create is made again.
    RetryOnTimeout = "retry_on_timeout";
    /// Bad: no time to settle between the fence and the next create.
    CreateRightAfterFence = "create_right_after_fence";
    /// Bad: the transport sends writes again and rejections are believed.
    TransportResends = "transport_resends";
    /// Bad: what was made before the call began, by the client's clock, does
    /// not count.
    AdoptByCreatedTime = "adopt_by_created_time";
    /// Bad: loads of a page take no turns, and do not look once they have
    /// made an invoice.
    HastyPages = "hasty_pages";
    /// Bad: a load makes its invoice on any fresh nonce.
    PagesOnFreshNonces = "pages_on_fresh_nonces";
    /// Bad: a load forgets that an earlier create may still show.
    PagesWithoutDoubt = "pages_without_doubt";
    /// What if: a lost create's own nonce is tried first.
    FenceByOwnNonce = "fence_by_own_nonce";
}

impl Policy {
    pub(crate) fn on_rejection(self, client: &ClientSettings) -> OnRejection {
        match (self, client.on_rejection) {
            (Self::Look | Self::TransportResends, _) | (_, Rejection::Look) => OnRejection::Look,
            (_, Rejection::Settle) => OnRejection::Settle,
        }
    }

    pub(crate) fn settle(self, client: &ClientSettings) -> Micros {
        if self == Self::CreateRightAfterFence {
            0
        } else {
            client.settle.micros()
        }
    }

    pub(crate) fn resends(self) -> bool {
        self == Self::TransportResends
    }

    pub(crate) fn hides_what_seems_older(self) -> bool {
        self == Self::AdoptByCreatedTime
    }

    /// Whether loads of a page take turns.
    pub(crate) fn locks_orders(self) -> bool {
        self != Self::HastyPages
    }

    /// Whether it is remembered that a create may still become visible.
    pub(crate) fn keeps_doubts(self) -> bool {
        self.locks_orders() && self != Self::PagesWithoutDoubt
    }

    /// Whether a nonce may be tried twice on purpose.
    pub(crate) fn probes(self) -> bool {
        self == Self::FenceByOwnNonce
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Policy {
    type Err = BadWorld;

    fn from_str(name: &str) -> Result<Self, BadWorld> {
        Self::ALL
            .iter()
            .copied()
            .find(|policy| policy.name() == name)
            .ok_or_else(|| BadWorld::new(format!("there is no policy {name}")))
    }
}
