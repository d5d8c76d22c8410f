//! `cargo xtask bench`: the program and its benchmark built for release, and the benchmark run on it.

use std::{env, process::Command};

use crate::Failure;

/// Hands the options on to the benchmark; true where every answer was right, whatever the speed.
pub(crate) fn run(options: &[&str]) -> Result<bool, Failure> {
    let built = Command::new("cargo")
        .args(["build", "--release", "--package", "app", "--package", "bench"])
        .status()?;
    if !built.success() {
        return Ok(false);
    }
    // This very program lies in `target/debug`; asking it finds a target folder that was moved, too.
    let here = env::current_exe()?;
    let target = here.parent().and_then(|debug| debug.parent()).ok_or("the target folder was not found")?;
    let release = target.join("release");
    let done = Command::new(release.join("bench"))
        .arg("--kunye")
        .arg(release.join("kunye"))
        .args(options)
        .status()?;
    Ok(done.success())
}
