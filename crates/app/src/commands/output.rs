//! Standard output and standard error, written so that a reader who goes away stops nothing.
//!
//! Whoever reads the results may have had enough (`kunye user list | head -1`): the command ends its work in silence. What
//! else keeps the results from being written, such as a full disk, is told when the command ends.

use std::{
    io::{Error, ErrorKind, Write},
    sync::OnceLock,
};

/// Why standard output takes no more.
static REFUSED: OnceLock<Error> = OnceLock::new();

/// Writes a line to standard output.
pub fn say(line: &str) {
    if REFUSED.get().is_some() {
        return;
    }
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}").and_then(|()| out.flush()) {
        drop(REFUSED.set(error));
    }
}

/// Writes a line to standard error; there is nobody to tell that this was not possible.
pub fn say_error(line: &str) {
    if !line.is_empty() {
        drop(writeln!(std::io::stderr().lock(), "{line}"));
    }
}

/// Why results were not written; nothing where they were, or where their reader went away.
pub fn refused() -> Option<&'static Error> {
    REFUSED.get().filter(|error| error.kind() != ErrorKind::BrokenPipe)
}
