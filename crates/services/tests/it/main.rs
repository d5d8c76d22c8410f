//! The services as whole use cases, on both database engines.

#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

mod accounts;
mod backup;
mod documents;
mod forms;
mod house;
mod institution;
mod papers;
mod permissions;
mod records;
mod registry;
mod renumbered;
mod start;
mod tampering;
mod verify;
