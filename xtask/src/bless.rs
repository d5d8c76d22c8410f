//! `cargo xtask bless`: let the tests rewrite what they compare with, for a person to review.

use std::process::Command;

use crate::{
    Failure,
    postgres::Postgres,
    report::Report,
    runner::{self, Choice},
    tools,
};

/// Runs the tests with leave to write snapshots and `docs/generated`, then names the files that changed.
pub(crate) fn run(choice: &Choice) -> Result<bool, Failure> {
    tools::require_all()?;
    let mut report = Report::default();
    report.step("tests", || {
        let postgres = Postgres::start()?;
        runner::run(choice, postgres.url(), &[("INSTA_UPDATE", "always"), ("KUNYE_BLESS", "1")])
    });
    println!("\n==== changed, to be reviewed with git diff");
    Command::new("git").args(["status", "--short", "--", "docs/generated", "*.snap"]).status()?;
    Ok(report.close())
}
