//! One struct per page: what its template under `templates/pages/` needs, already worded.
//!
//! Handlers fill them and answer with `render()`. They must never contain a query or a decision.
//! Every struct has `t` and `frame`, because the macros read them from the page; signed-in pages have
//! `shell` too.

pub mod accounts;
pub mod bulk_registration;
pub mod cards;
pub mod day_pack;
pub mod documents;
pub mod errors;
pub mod forms;
pub mod gallery;
pub mod notice;
pub mod orientation;
pub mod photos;
pub mod placement_fetch;
pub mod registration;
pub mod registration_figures;
pub mod slips;
pub mod start;
pub mod students;
pub mod verify;

#[cfg(test)]
mod tests;
