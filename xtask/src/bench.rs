//! `cargo xtask bench`: the program and its benchmark built for release, and the benchmark run on it.

use std::{env, process::Command};

use crate::{Failure, postgres, postgres::Postgres};

/// The part that is measured on PostgreSQL, too.
const DESK: &str = "desk";

/// Hands the options on to the benchmark; true where every answer was right, whatever the speed.
pub(crate) fn run(options: &[&str]) -> Result<bool, Failure> {
    // The part alone may be named without its option.
    let (only, options) = match options {
        [first, rest @ ..] if *first == DESK => (Some(["--only", DESK]), rest),
        _ => (None, options),
    };
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
    let cluster = if only.is_some() || wants_desk(options) { cluster() } else { None };
    let mut bench = Command::new(release.join("bench"));
    bench.arg("--kunye").arg(release.join("kunye")).args(only.into_iter().flatten()).args(options);
    if let Some(cluster) = &cluster {
        bench.args(["--postgres", cluster.url()]);
        if let Some(programs) = postgres::programs() {
            bench.arg("--psql").arg(programs.join("psql"));
        }
    }
    Ok(bench.status()?.success())
}

/// Whether the options leave the desk among what is measured.
fn wants_desk(options: &[&str]) -> bool {
    let only = options.iter().skip_while(|word| **word != "--only").nth(1);
    only.is_none_or(|part| *part == DESK)
}

/// A private cluster; a machine without PostgreSQL measures on SQLite alone.
fn cluster() -> Option<Postgres> {
    Postgres::start().inspect_err(|reason| eprintln!("xtask: measuring without PostgreSQL: {reason}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_measured_unless_another_part_is_named() {
        assert!(wants_desk(&[]));
        assert!(wants_desk(&["--seconds", "5"]));
        assert!(wants_desk(&["--only", "desk"]));
        assert!(!wants_desk(&["--seconds", "5", "--only", "pages"]));
    }
}
