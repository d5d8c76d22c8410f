//! Pages and API over the services: HTML in two languages, and JSON beside it.
//!
//! It must never contain a rule of the office, SQL, or a sentence outside `texts/`. Start reading at
//! [`ctx`] (who asks), then [`pages`] (every route), then any module there; `DESIGN.md` is the manual
//! of the look.

pub mod api;
pub mod assets;
pub mod audit_words;
pub mod components;
pub mod ctx;
pub mod fault;
pub mod pages;
pub mod placement_words;
pub mod proxies;
mod qr;
pub mod remote_words;
pub mod site;
pub mod texts;
pub mod url;
pub mod views;
pub mod waiting;
pub mod words;
