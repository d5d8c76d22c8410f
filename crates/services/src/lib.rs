//! What people do in the office: one file per use case, named as a sentence.
//!
//! It must never contain SQL, HTML, or a language of the user. Every use case asks [`authz`] first,
//! works inside one transaction of [`storage`], and leaves its trace in the audit log. Start reading
//! at [`office`], then [`authz`], then any use case under [`students`] or [`documents`].

pub mod accounts;
pub mod audit;
pub mod authz;
pub mod backup;
pub mod documents;
pub mod error;
pub mod institution;
pub mod office;
mod once;
pub mod ports;
pub mod records;
pub mod room;
pub mod start;
pub mod students;
pub mod verify;

pub use authz::{Action, Actor};
pub use error::{FieldError, Result, ServiceError};
pub use office::Office;
