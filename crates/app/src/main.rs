//! The binary `kunye`: settings, ports and commands put together.
//!
//! It must never contain a rule of the office or SQL. Start at [`commands`]: one file per command.

#![expect(unreachable_pub, reason = "the modules of the binary share their items")]

mod commands;
mod house;
mod invented;
mod logging;
mod ports;
mod settings;
mod texts;
mod wording;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::main(std::env::args_os().collect())
}
