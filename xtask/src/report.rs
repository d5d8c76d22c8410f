//! The table at the end of a run: each step, what came of it and how long it took.

use std::{
    fmt,
    time::{Duration, Instant},
};

use crate::Failure;

/// What came of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// So many checks passed and so many failed; a step that is one command counts as one.
    Counted { passed: u64, failed: u64 },
    /// Not run, because this program is not installed.
    Without(&'static str),
}

impl Outcome {
    /// The outcome of one command.
    pub(crate) fn of(success: bool) -> Self {
        Self::Counted { passed: u64::from(success), failed: u64::from(!success) }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counted { failed: 0, .. } => f.write_str("ok"),
            Self::Counted { .. } => f.write_str("FAILED"),
            Self::Without(program) => write!(f, "not run: {program} is not installed"),
        }
    }
}

/// The steps so far.
#[derive(Default)]
pub(crate) struct Report {
    steps: Vec<(&'static str, Outcome, Duration)>,
}

impl Report {
    /// Runs a step under its headline. A step that cannot run at all counts as failed, and the run goes on.
    pub(crate) fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<Outcome, Failure>) {
        println!("\n==== {name}");
        let (result, took) = timed(run);
        let outcome = result.unwrap_or_else(|failure| {
            eprintln!("xtask: {failure}");
            Outcome::of(false)
        });
        self.steps.push((name, outcome, took));
    }

    /// Prints the table and, as the last line, the sums. True where nothing failed.
    pub(crate) fn close(&self) -> bool {
        println!("\n==== summary");
        for (name, outcome, took) in &self.steps {
            println!("  {name:<22} {:>8} s  {outcome}", seconds(*took));
        }
        let whole = self.steps.iter().map(|(.., took)| *took).sum();
        println!("  {:<22} {:>8} s", "together", seconds(whole));
        let (passed, failed) = self.sums();
        println!("{passed} passed, {failed} failed");
        failed == 0
    }

    fn sums(&self) -> (u64, u64) {
        self.steps.iter().fold((0, 0), |(passed, failed), (_, outcome, _)| match outcome {
            Outcome::Counted { passed: p, failed: f } => (passed + p, failed + f),
            Outcome::Without(_) => (passed, failed),
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "measures how long a step takes")]
fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

/// Seconds with one digit after the point.
fn seconds(took: Duration) -> String {
    format!("{}.{}", took.as_secs(), took.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_cannot_run_counts_as_failed_and_one_left_out_as_nothing() {
        let mut report = Report::default();
        report.step("tests", || Ok(Outcome::Counted { passed: 41, failed: 0 }));
        report.step("clippy", || Ok(Outcome::of(true)));
        report.step("deny", || Ok(Outcome::Without("cargo-deny")));
        assert_eq!(report.sums(), (42, 0));
        report.step("fmt", || Err("no such file".into()));
        assert_eq!(report.sums(), (42, 1));
        assert!(!report.close());
    }

    #[test]
    fn seconds_are_cut_not_rounded_up() {
        assert_eq!(seconds(Duration::from_millis(1_999)), "1.9");
    }
}
