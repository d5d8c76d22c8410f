//! One struct per page: what its template under `templates/pages/` needs, already worded.
//!
//! Handlers fill them and answer with `render()`. They must never contain a query or a decision.
//! Every struct has `t` and `frame`, because the macros read them from the page; signed-in pages have
//! `shell` too.

pub mod accounts;
pub mod cards;
pub mod documents;
pub mod errors;
pub mod forms;
pub mod gallery;
pub mod start;
pub mod students;
pub mod verify;

#[cfg(test)]
mod tests;
