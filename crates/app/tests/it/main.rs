//! The real binary: started, used through a real browser, killed, and started again.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]
#![expect(unreachable_pub, reason = "modules of a test binary share their helpers")]

mod chromium;
mod console;
mod full_disk;
mod import;
mod kill;
mod language;
mod postgres;
mod running;
mod server;
