//! Entries and their personal texts as stored, and the root of a day.

use base::{ids::EntryId, time::Date};
use domain::ledger::{Hash, Sealed, Subject, SubjectKind};

use crate::{
    args,
    db::{Engine, Reader, Row, Tx},
    error::{Result, StorageError},
    ledger::{Root, store_root},
    permit::Permit,
};

/// Hands every entry to `visit` in order of writing: row id, place in a chain, and content with stored hash; none
/// for what cannot be read as what the schema promises.
///
/// # Errors
/// The engine's refusal.
pub fn each_entry(
    db: &Reader<'_>,
    mut visit: impl FnMut(EntryId, Option<(Subject, i64)>, Option<(Sealed, Hash)>),
) -> Result<()> {
    db.each(
        "SELECT id, subject_kind, subject_id, seq, kind, effective_on, status_after, ground_kind, ground_ref, ground_on, payload,
                text_hash, reverses_id, recorded_at, recorded_by, prev_hash, hash
         FROM ledger_entry ORDER BY id",
        &[],
        |r| {
            let place = readable(place(r))?;
            let sealed = match place {
                Some((subject, seq)) => readable(sealed(r, subject, seq))?,
                None => None,
            };
            visit(r.id(0)?, place, sealed);
            Ok(())
        },
    )
}

fn readable<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(StorageError::Decode { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn place(r: &Row<'_>) -> Result<(Subject, i64)> {
    Ok((subject(r, 1)?, r.int(3)?))
}

fn subject(r: &Row<'_>, from: usize) -> Result<Subject> {
    Ok(Subject { kind: r.word(from, SubjectKind::from_code)?, id: r.int(from + 1)? })
}

fn sealed(r: &Row<'_>, subject: Subject, seq: i64) -> Result<(Sealed, Hash)> {
    let sealed = Sealed {
        subject,
        seq,
        kind: r.text(4)?,
        effective_on: r.date(5)?,
        status_after: r.opt_text(6)?,
        ground_kind: r.text(7)?,
        ground_ref: r.text(8)?,
        ground_on: r.opt_date(9)?,
        payload: r.text(10)?,
        text_hash: r.opt_bytes(11)?.map(|_| r.hash(11)).transpose()?,
        reverses: r.opt_int(12)?,
        recorded_at: r.time(13)?,
        recorded_by: r.id(14)?,
        prev: r.hash(15)?,
    };
    Ok((sealed, r.hash(16)?))
}

/// A personal text, or an entry that should have one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextLine {
    /// Whose chain.
    pub subject: Subject,
    /// Position of the entry in it.
    pub seq: i64,
    /// Row id of the entry.
    pub entry: EntryId,
    /// The hash that the entry keeps.
    pub hash: Option<Vec<u8>>,
    /// Salt of the text; none where there is no row for it.
    pub salt: Option<Vec<u8>>,
    /// The text; none where it was erased.
    pub body: Option<String>,
    /// The act that is said to have erased it.
    pub act: Option<Act>,
}

/// The entry under which a text was erased.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// Its row id.
    pub id: EntryId,
    /// Its chain; none where the entry is not there.
    pub subject: Option<Subject>,
    /// Its position there.
    pub seq: Option<i64>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its payload.
    pub payload: Option<String>,
}

/// Hands every personal text to `visit`, and every entry that lacks its own, in order of writing.
///
/// # Errors
/// The engine's refusal.
pub fn each_text(db: &Reader<'_>, mut visit: impl FnMut(TextLine)) -> Result<()> {
    db.each(
        "SELECT e.subject_kind, e.subject_id, e.seq, e.id, e.text_hash, t.salt, t.body, t.erased_by_entry,
                a.subject_kind, a.subject_id, a.seq, a.kind, a.payload
         FROM ledger_entry e LEFT JOIN ledger_text t ON t.entry_id = e.id LEFT JOIN ledger_entry a ON a.id = t.erased_by_entry
         WHERE e.text_hash IS NOT NULL OR t.entry_id IS NOT NULL ORDER BY e.id",
        &[],
        |r| {
            let act = r.opt_id(7)?.map(|id| -> Result<Act> {
                Ok(Act {
                    id,
                    subject: if r.opt_str(8)?.is_some() { Some(subject(r, 8)?) } else { None },
                    seq: r.opt_int(10)?,
                    kind: r.opt_text(11)?,
                    payload: r.opt_text(12)?,
                })
            });
            visit(TextLine {
                subject: subject(r, 0)?,
                seq: r.int(2)?,
                entry: r.id(3)?,
                hash: r.opt_bytes(4)?,
                salt: r.opt_bytes(5)?,
                body: r.opt_text(6)?,
                act: act.transpose()?,
            });
            Ok(())
        },
    )
}

/// Stores the root of a day unless that day, or a later one, has one already.
///
/// # Errors
/// The engine's refusal.
pub fn store_root_once(tx: &Tx<'_>, permit: &Permit, day: Date) -> Result<Option<Root>> {
    if tx.engine() == Engine::Postgres {
        // Two instances whose day begins at once take turns.
        tx.batch("SELECT pg_advisory_xact_lock(7306612)")?;
    }
    if tx.count("SELECT count(*) FROM ledger_root WHERE day >= $1", args![day])? > 0 {
        return Ok(None);
    }
    store_root(tx, permit, day).map(Some)
}
