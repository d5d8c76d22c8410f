//! The storage contract: the same suite on SQLite and, where `KUNYE_TEST_POSTGRES` names a server, on PostgreSQL.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]
#![expect(unreachable_pub, reason = "modules of a test binary share their helpers")]

mod by_set;
mod contract;
mod engines;
mod full_disk;
mod paper_subjects;
mod roles;
mod schema;
