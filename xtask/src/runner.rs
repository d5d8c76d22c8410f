//! Running the workspace's tests and counting what passed, with cargo-nextest or with cargo alone.

use std::{
    io::{BufRead, BufReader, IsTerminal, Read, Write, stderr, stdout},
    process::{Command, Stdio},
};

use crate::{Failure, report::Outcome, tools};

/// Which tests to run: all, those of one crate, those whose name contains a text, or both.
#[derive(Default, PartialEq, Eq, Debug)]
pub(crate) struct Choice {
    package: Option<String>,
    only: Option<String>,
}

impl Choice {
    /// Reads `--package CRATE` and `--only NAME`.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut choice = Self::default();
        let mut rest = words;
        loop {
            rest = match rest {
                [] => return Ok(choice),
                ["--package" | "-p", package, rest @ ..] => {
                    choice.package = Some((*package).to_owned());
                    rest
                }
                ["--only", name, rest @ ..] => {
                    choice.only = Some((*name).to_owned());
                    rest
                }
                [word, ..] => return Err(format!("`{word}` is not understood here").into()),
            };
        }
    }

    /// Whether nothing was left out.
    pub(crate) fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// Runs the chosen tests against the given PostgreSQL; `settings` are further environment variables.
pub(crate) fn run(choice: &Choice, postgres: &str, settings: &[(&str, &str)]) -> Result<Outcome, Failure> {
    let nextest = tools::succeeds("cargo", &["nextest", "--version"]);
    let mut command = Command::new("cargo");
    command.args(if nextest { ["nextest", "run"] } else { ["test", "--no-fail-fast"] });
    match &choice.package {
        Some(package) => command.args(["--package", package]),
        None => command.arg("--workspace"),
    };
    if nextest && stderr().is_terminal() {
        command.args(["--color", "always"]);
    }
    if let Some(name) = &choice.only {
        command.args(["--", name]);
    }
    command.env("KUNYE_TEST_POSTGRES", postgres).envs(settings.iter().copied());

    // The counts stand in the runner's own report: nextest writes it on standard error, cargo on standard output.
    let (success, counts) = if nextest {
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let report = child.stderr.take().map(|report| pass_on(report, stderr(), nextest_summary));
        (child.wait()?.success(), report)
    } else {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let report = child.stdout.take().map(|report| pass_on(report, stdout(), cargo_summary));
        (child.wait()?.success(), report)
    };
    let Counts { passed, failed } = counts.transpose()?.unwrap_or_default();
    // A crate that does not compile has no tests that could fail.
    let failed = if success { failed } else { failed.max(1) };
    Ok(Outcome::Counted { passed, failed })
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Counts {
    passed: u64,
    failed: u64,
}

/// Shows the runner's report as it comes and adds up what its summary lines say.
fn pass_on(
    report: impl Read,
    mut screen: impl Write,
    summary: fn(&str) -> Option<&str>,
) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    let mut report = BufReader::new(report);
    let mut line = Vec::new();
    while report.read_until(b'\n', &mut line)? > 0 {
        screen.write_all(&line)?;
        let plain = plain(&String::from_utf8_lossy(&line));
        if let Some(results) = summary(&plain) {
            counts.add(results);
        }
        line.clear();
    }
    Ok(counts)
}

/// The results in nextest's `     Summary [   1.2s] 3 tests run: 2 passed (1 slow), 1 timed out, 0 skipped`.
///
/// It is the only line that begins so: what a test printed is indented less or more.
fn nextest_summary(line: &str) -> Option<&str> {
    Some(line.strip_prefix("     Summary [")?.split_once(" run: ")?.1)
}

/// The results in cargo's `test result: FAILED. 2 passed; 1 failed; 0 ignored; ..`, one line for each binary.
fn cargo_summary(line: &str) -> Option<&str> {
    Some(line.strip_prefix("test result: ")?.split_once(". ")?.1)
}

impl Counts {
    fn add(&mut self, results: &str) {
        for result in results.split([',', ';']) {
            let Some((number, kind)) = result.trim().split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match kind {
                "passed" => self.passed += number,
                "failed" | "timed out" | "exec failed" => self.failed += number,
                _ => {}
            }
        }
    }
}

/// The line without colours and without what stands in brackets behind a count.
fn plain(line: &str) -> String {
    let mut skipping_to = None;
    let mut keep = |letter| match (skipping_to, letter) {
        (Some(end), letter) => {
            if letter == end {
                skipping_to = None;
            }
            false
        }
        (None, '\u{1b}') => {
            skipping_to = Some('m');
            false
        }
        (None, '(') => {
            skipping_to = Some(')');
            false
        }
        (None, _) => true,
    };
    line.chars().filter(|letter| keep(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(report: &str, summary: fn(&str) -> Option<&str>) -> Counts {
        let mut screen = Vec::new();
        let counts = pass_on(report.as_bytes(), &mut screen, summary).expect("memory can be written");
        assert_eq!(screen, report.as_bytes(), "the report is shown as it is");
        counts
    }

    #[test]
    fn nextest_counts_are_read_with_and_without_colours() {
        let expected = Counts { passed: 20, failed: 3 };
        let bare = "  FAIL [ 1s] a\n    test result: FAILED. 0 passed; 1 failed;\n\
                    \u{20}    Summary [   1.2s] 23 tests run: 20 passed (2 slow, 1 leaky), 2 failed, 1 timed out, 4 skipped\n";
        assert_eq!(counts(bare, nextest_summary), expected);
        let coloured = "\u{1b}[31;1m     Summary\u{1b}[0m [   1.2s] \u{1b}[1m23\u{1b}[0m tests run: \
                        \u{1b}[1m20\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m (\u{1b}[1m2\u{1b}[0m slow), \
                        \u{1b}[1m3\u{1b}[0m \u{1b}[31;1mfailed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m skipped";
        assert_eq!(counts(coloured, nextest_summary), expected);
    }

    #[test]
    fn cargo_counts_of_all_binaries_are_added_up() {
        let report = "running 6 tests\ntest result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured\n\
                      running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(counts(report, cargo_summary), Counts { passed: 7, failed: 1 });
    }

    #[test]
    fn a_choice_names_a_crate_or_a_test() {
        let choice = Choice::parse(&["--package", "storage", "--only", "ledger"]).expect("both are known");
        assert_eq!(choice, Choice { package: Some("storage".into()), only: Some("ledger".into()) });
        assert!(!choice.is_all());
        assert!(Choice::parse(&[]).expect("nothing is all").is_all());
        assert!(Choice::parse(&["--onyl", "ledger"]).is_err());
        assert!(Choice::parse(&["--only"]).is_err());
    }
}
