//! The real binary: started, used through a real browser, killed, and started again.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]
#![expect(unreachable_pub, reason = "modules of a test binary share their helpers")]

mod attendance;
mod chromium;
mod console;
mod day_pack;
mod demo_registration;
mod every_page;
mod first_sign_in;
mod full_disk;
mod import;
mod kill;
mod language;
mod placement;
mod placement_browser;
mod placement_service;
mod postgres;
mod registration_desk;
mod running;
mod server;
