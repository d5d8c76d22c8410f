//! The proof at the end: after all this the ledger and every stored paper are sound.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Failure, ROUNDS, floor::read_millis, kunye::Kunye, options::Group, report::round, sheet::Sheet, tell,
};

/// Runs `kunye verify`; a finding is a wrong answer.
pub(crate) fn measure(program: &Kunye, office: &Path, sheet: &mut Sheet) -> Result<(), Failure> {
    for number in 1..=ROUNDS {
        tell(&round(Group::Verify, number));
        match program.run(&[&"verify", &"--dir", &office]) {
            Ok(done) => sheet.note("verify.s", done.took.as_secs_f64()),
            Err(failure) => {
                sheet.fault(failure.to_string());
                return Ok(());
            }
        }
        sheet.note("verify.read", read_millis(&below(office)?)? / 1000.0);
    }
    Ok(())
}

/// All files in a folder and below.
fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(below(&path)?) } else { found.push(path) }
    }
    Ok(found)
}
