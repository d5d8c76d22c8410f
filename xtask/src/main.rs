//! The developer's front door: `cargo xtask test`, `bless`, `new` and `bench`.
//!
//! It starts programs, says what they answered and how long they took. It depends on nothing but the standard
//! library, so that it is there within seconds of a fresh clone, and the product never depends on it.
//! What the tree itself must keep to (arrows between crates, links, the glossary) stands in `tests/tidy`.
//! Start reading at [`test::run`].
#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod bench;
mod bless;
mod new;
mod postgres;
mod report;
mod runner;
mod test;
mod tools;

use std::{env, process::ExitCode};

/// Whatever went wrong, in words for the developer.
type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "\
cargo xtask <command>

  test [--package CRATE] [--only NAME]   everything that has to be green: formatting, clippy, licences, all tests
                                         on both database engines; with a crate or a name only those tests
  bless [--package CRATE] [--only NAME]  run the tests and let them rewrite snapshots and docs/generated
  bench [desk] [--data DIR] [--only NAME] [--seconds N]
                                         build for release and measure the real program beside the machine's floors;
                                         `desk` measures registration morning alone, on both database engines
  new document NAME TITLE-TR TITLE-EN    begin a document kind in crates/catalogue/src/documents/NAME
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test", rest @ ..] => runner::Choice::parse(rest).and_then(|choice| test::run(&choice)),
        ["bless", rest @ ..] => runner::Choice::parse(rest).and_then(|choice| bless::run(&choice)),
        ["bench", rest @ ..] => bench::run(rest),
        ["new", "document", name, tr, en] => new::document(name, tr, en).map(|()| true),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
