//! What verification finds.

use serde_json::{Value, json};
use services::verify::Finding;
use web::texts::Texts;

use super::filled;

/// A finding with its place.
pub fn finding(t: &Texts, finding: &Finding) -> String {
    let place = filled(t, &format!("place-{}", finding.place.code()), &finding.place.args());
    let text = fault(t, finding);
    match finding.seq {
        None => t.fmt("found-line", &[("place", &place), ("text", &text)]),
        Some(seq) => {
            t.fmt("found-line-entry", &[("place", &place), ("seq", &seq.to_string()), ("text", &text)])
        }
    }
}

fn fault(t: &Texts, finding: &Finding) -> String {
    let args = finding.fault.args();
    let is_run = args.iter().any(|(name, value)| *name == "days" && value != "1");
    let key = format!("found-{}{}", finding.fault.code(), if is_run { "-run" } else { "" });
    filled(t, &key, &args)
}

/// A finding as programs read it, with its sentence.
pub fn finding_json(t: &Texts, found: &Finding) -> Value {
    json!({ "code": found.fault.code(), "place": found.place.code(), "seq": found.seq,
            "values": found.place.args().into_iter().chain(found.fault.args()).collect::<std::collections::BTreeMap<_, _>>(),
            "message": finding(t, found) })
}
