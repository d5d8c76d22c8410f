//! What is wrong with the files of records.

use services::records::{Expected, Fault, Phase, Problem};
use web::texts::Texts;

use super::filled;

/// A fault with its place.
pub fn fault(t: &Texts, fault: &Fault) -> String {
    let text = problem(t, &fault.problem);
    let row = fault.row.map(|row| row.to_string());
    let args = |more: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let usual = [("file", fault.file), ("text", text.as_str())];
        usual.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    match (fault.file, row.as_deref(), fault.column) {
        ("", _, _) => text,
        (_, None, _) => filled(t, "fault-at-file", &args(&[])),
        (_, Some(row), None) => filled(t, "fault-at-row", &args(&[("row", row)])),
        (_, Some(row), Some(column)) => {
            filled(t, "fault-at-column", &args(&[("row", row), ("column", column)]))
        }
    }
}

/// What is wrong and how to mend it, without the place.
pub fn problem(t: &Texts, problem: &Problem) -> String {
    let mut args = problem.args();
    if let Some(what) = problem.expected() {
        for (_, value) in args.iter_mut().filter(|(name, _)| *name == "expected") {
            *value = expected(t, what);
        }
    }
    filled(t, &format!("fault-{}", problem.code()), &args)
}

/// What may stand in a column.
pub fn expected(t: &Texts, expected: &Expected) -> String {
    filled(t, &format!("expected-{}", expected.code()), &expected.args())
}

/// What an import is doing.
pub fn phase(t: &Texts, phase: Phase) -> String {
    t.fmt(&format!("phase-{}", phase.code()), &[("file", phase.file())])
}
