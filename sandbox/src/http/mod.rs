//! What the outside reaches: sockets, routes, the control API and the pages.

mod api_page;
pub mod bomb;
pub mod breakage;
pub mod control;
mod control_deliveries;
mod control_ipay;
mod dashboard;
pub mod ecapi;
pub mod guard;
pub mod harm;
pub mod ipay;
pub mod json;
pub mod page;
mod page_authenticate;
mod page_card;
mod page_parts;
pub mod routes;
pub mod server;
mod socket;
