//! Personal texts against the salted hashes that entries keep: unchanged, or erased by a recorded act.

use domain::ledger::{LedgerKind, Subject, text_hash};
use serde::Serialize;
use storage::{
    Reader, StorageError,
    verify::{TextLine, each_text},
};

use super::finding::{Fault, Finding};

/// A text that was erased as it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Erased {
    /// Whose chain.
    #[serde(serialize_with = "as_words")]
    pub subject: Subject,
    /// The entry whose text it was.
    pub seq: i64,
    /// The entry of the act.
    pub by: i64,
}

fn as_words<S: serde::Serializer>(subject: &Subject, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(subject)
}

/// Compares every text.
pub(super) fn check(
    db: &Reader<'_>,
    erased: &mut Vec<Erased>,
    found: &mut Vec<Finding>,
) -> Result<(), StorageError> {
    each_text(db, |line| match judge(&line) {
        Ok(None) => {}
        Ok(Some(by)) => erased.push(Erased { subject: line.subject, seq: line.seq, by }),
        Err(fault) => found.push(Finding::of(line.subject, line.seq, fault)),
    })
}

/// Nothing for a text that stands; the act's position for one that was erased.
fn judge(line: &TextLine) -> Result<Option<i64>, Fault> {
    let (Some(salt), Some(hash)) = (&line.salt, &line.hash) else {
        return Err(if line.hash.is_some() { Fault::TextRemoved } else { Fault::TextAdded });
    };
    match (&line.body, &line.act) {
        (Some(body), None) if text_hash(salt, body)[..] == hash[..] => Ok(None),
        (Some(_), _) => Err(Fault::TextAltered),
        (None, Some(act))
            if act.subject == Some(line.subject)
                && act.id > line.entry
                && act.kind.as_deref() == Some(LedgerKind::TextErased.code())
                && names(act.payload.as_deref(), line.seq) =>
        {
            act.seq.map(Some).ok_or(Fault::TextRemoved)
        }
        (None, _) => Err(Fault::TextRemoved),
    }
}

/// Whether the payload of an act names the entry: `{"seq": 3}`.
fn names(payload: Option<&str>, seq: i64) -> bool {
    let payload: Option<serde_json::Value> = payload.and_then(|text| serde_json::from_str(text).ok());
    payload.and_then(|p| p.get("seq").and_then(serde_json::Value::as_i64)) == Some(seq)
}
