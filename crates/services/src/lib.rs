//! What people do in the office: one file per use case, named as a sentence.
//!
//! It must never contain SQL, HTML, or a language of the user. Every use case asks [`authz`] first,
//! works inside one transaction of [`storage`], and leaves its trace in the audit log. Start reading
//! at [`office`], then [`authz`], then any use case under [`students`] or [`documents`].

pub mod accounts;
pub mod audit;
pub mod authz;
pub mod backup;
pub mod day_pack;
pub mod documents;
pub mod error;
pub mod first_day;
pub mod institution;
pub mod office;
mod once;
pub mod orientation;
pub mod placement;
pub mod ports;
pub mod records;
pub mod registration;
pub mod room;
pub mod start;
pub mod students;
mod table_file;
pub mod verify;
pub mod windows;
mod work;

pub use authz::{Action, Actor};
pub use error::{FieldError, Result, ServiceError};
pub use office::Office;
