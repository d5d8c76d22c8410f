//! The gateways over real sockets, against servers of this machine that are built from what is known of the systems.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod placements;
mod tls;
