//! The vocabulary of the student-affairs office and its transitions, all pure.
//!
//! It must never contain I/O, a clock, SQL, a language of the user, or a float. Start reading at
//! [`enrolments`] and [`ledger`]: what a status is, and why it has no setter.

#[macro_use]
mod vocabulary;

pub mod accounts;
pub mod documents;
pub mod enrolments;
pub mod ledger;
pub mod marks;
pub mod orientation;
pub mod papers;
pub mod people;
pub mod programmes;
pub mod record;
pub mod registration;
pub mod student_file;
pub mod units;
