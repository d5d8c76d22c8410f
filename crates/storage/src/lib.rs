//! The only crate with SQL: two engines behind one [`Db`], migrations, one file per aggregate.
//!
//! It must never contain a rule of the office, a question of permission, or a remote call. Work is
//! plain synchronous code on a [`Reader`] or a [`Tx`]; the closure that holds it is one transaction.
//! Start reading at [`db`], then [`ledger`].

pub mod accounts;
pub mod audit;
pub mod candidates;
pub mod day_pack;
pub mod db;
pub mod demo;
pub mod documents;
pub mod dump;
pub mod enrolments;
pub mod error;
pub mod figures;
pub mod files;
pub mod first_day;
pub mod idempotency;
pub mod institution;
pub mod jobs;
pub mod ledger;
pub mod marks;
pub mod migrate;
pub mod orientation;
pub mod papers;
pub mod people;
pub mod permit;
pub mod placements;
#[cfg(feature = "tampering")]
pub mod probe;
pub mod records;
pub mod registration_figures;
pub mod registrations;
pub mod search;
#[cfg(feature = "tampering")]
pub mod tampering;
pub mod throttle;
pub mod verify;
pub mod windows;

pub use db::{Db, Reader, Row, Settings, Tx, Value};
pub use error::{AddressFault, Result, StorageError};
pub use permit::Permit;
