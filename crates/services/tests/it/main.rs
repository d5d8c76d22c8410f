//! The services as whole use cases, on both database engines.

#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

mod accounts;
mod backup;
mod bulk_registration;
mod day_pack;
mod desk_papers;
mod desk_ways;
mod documents;
mod entry_kinds;
mod first_day;
mod forms;
mod house;
mod institution;
mod orientation;
mod orientation_papers;
mod papers;
mod papers_of_the_day;
mod permissions;
mod placement;
mod placement_fetch;
mod records;
mod registration;
mod registry;
mod renumbered;
mod start;
mod tampering;
mod verify;
mod windows;
