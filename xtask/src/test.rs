//! `cargo xtask test`: everything that has to be green before a change is taken.

use std::process::Command;

use crate::{
    Failure,
    postgres::Postgres,
    report::{Outcome, Report},
    runner::{self, Choice},
    tools,
};

/// Runs every gate and all tests, goes on after a failure so that one run shows them all, and sums them up.
///
/// Clippy needs the metadata of every dependency, tests need their code: cargo keeps the two apart, so the
/// dependencies are read twice but only once turned into code. Both use the `dev` profile; nothing is built a third time.
pub(crate) fn run(choice: &Choice) -> Result<bool, Failure> {
    tools::require_all()?;
    let mut report = Report::default();
    if choice.is_all() {
        report.step("cargo fmt --check", || cargo("fmt", "rustfmt", &["--all", "--check"]));
        report.step("cargo clippy", || {
            cargo("clippy", "clippy", &["--workspace", "--all-targets", "--", "-D", "warnings"])
        });
        report.step("cargo deny", || cargo("deny", "cargo-deny", &["check", "bans", "licenses", "sources"]));
    }
    report.step("tests", || {
        let postgres = Postgres::start()?;
        runner::run(choice, postgres.url(), &[])
    });
    Ok(report.close())
}

/// Runs a cargo command that may not be installed.
fn cargo(command: &str, brought_by: &'static str, arguments: &[&str]) -> Result<Outcome, Failure> {
    if !tools::succeeds("cargo", &[command, "--version"]) {
        return Ok(Outcome::Without(brought_by));
    }
    Ok(Outcome::of(Command::new("cargo").arg(command).args(arguments).status()?.success()))
}
