//! Opening many chains of the ledger at once, for subjects that are new in the same transaction.

use base::{
    ids::{Entry, EntryId},
    random::Randomness,
    time::{Date, Timestamp},
};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{GENESIS, Ground, Hash, LedgerKind, Sealed, Subject, text_hash},
};

use crate::{args, db::Tx, error::Result, permit::Permit};

/// An entry of a new chain: a draft whose payload is written out already, and which undoes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    /// Whose chain.
    pub subject: Subject,
    /// What it records.
    pub kind: LedgerKind,
    /// From which day it counts.
    pub effective_on: Date,
    /// The status after it.
    pub status_after: Option<EnrolmentStatus>,
    /// What it rests on.
    pub ground: Ground,
    /// Codes and ids, as JSON.
    pub payload: String,
    /// Personal text.
    pub text: Option<String>,
}

/// Length of a text's salt.
const SALT: usize = 16;

/// Writes the first entries of subjects that have no chain yet, each list being one subject's, with their personal
/// texts and heads.
///
/// # Errors
/// [`StorageError::Constraint`] when a subject has a chain already.
pub fn open(
    tx: &Tx<'_>,
    permit: &Permit,
    chains: &[Vec<Opening>],
    chance: &dyn Randomness,
) -> Result<Vec<EntryId>> {
    let total = chains.iter().map(Vec::len).sum();
    // All salts from one draw: chance may be a system call.
    let mut drawn = vec![0; SALT * chains.iter().flatten().filter(|draft| draft.text.is_some()).count()];
    chance.fill(&mut drawn);
    let mut salts = drawn.as_chunks::<SALT>().0.iter();
    let mut texts: Vec<(EntryId, &[u8; SALT], &str)> = Vec::with_capacity(salts.len());
    let ids = tx.reserve_ids::<Entry>("ledger_entry", total)?;
    let mut next = ids.iter().copied();
    let mut heads: Vec<(Subject, i64, Hash)> = Vec::with_capacity(chains.len());
    // Both engines keep microseconds; the hash must cover what will be read back.
    let recorded_at = Timestamp::from_microsecond(permit.at().as_microsecond()).unwrap_or(permit.at());
    tx.bulk(
        "ledger_entry",
        &[
            "id",
            "subject_kind",
            "subject_id",
            "seq",
            "kind",
            "effective_on",
            "status_after",
            "ground_kind",
            "ground_ref",
            "ground_on",
            "payload",
            "text_hash",
            "recorded_at",
            "recorded_by",
            "prev_hash",
            "hash",
        ],
        |put| {
            for drafts in chains {
                let mut prev = GENESIS;
                for (seq, draft) in (1_i64..).zip(drafts) {
                    let Some(id) = next.next() else { return Ok(()) };
                    let text = draft.text.as_deref().and_then(|text| Some((text, salts.next()?)));
                    let sealed = Sealed {
                        subject: draft.subject,
                        seq,
                        kind: draft.kind.code().to_owned(),
                        effective_on: draft.effective_on,
                        status_after: draft.status_after.map(|s| s.code().to_owned()),
                        ground_kind: draft.ground.kind.code().to_owned(),
                        ground_ref: draft.ground.reference.clone(),
                        ground_on: draft.ground.dated,
                        payload: draft.payload.clone(),
                        text_hash: text.map(|(text, salt)| text_hash(salt, text)),
                        reverses: None,
                        recorded_at,
                        recorded_by: permit.account(),
                        prev,
                    };
                    let hash = sealed.hash();
                    put.row(args![
                        id,
                        sealed.subject.kind.code(),
                        sealed.subject.id,
                        seq,
                        sealed.kind,
                        sealed.effective_on,
                        sealed.status_after,
                        sealed.ground_kind,
                        sealed.ground_ref,
                        sealed.ground_on,
                        sealed.payload,
                        sealed.text_hash,
                        sealed.recorded_at,
                        sealed.recorded_by,
                        sealed.prev,
                        hash
                    ])?;
                    texts.extend(text.map(|(text, salt)| (id, salt, text)));
                    prev = hash;
                }
                if let Some(first) = drafts.first() {
                    heads.push((first.subject, i64::try_from(drafts.len()).unwrap_or(i64::MAX), prev));
                }
            }
            Ok(())
        },
    )?;
    tx.bulk("ledger_text", &["entry_id", "salt", "body"], |put| {
        texts.iter().try_for_each(|(entry, salt, text)| put.row(args![entry, salt, text]))
    })?;
    heads.sort_unstable_by_key(|(subject, ..)| *subject);
    tx.bulk("ledger_head", &["subject_kind", "subject_id", "length", "hash"], |put| {
        heads.iter().try_for_each(|(subject, length, hash)| {
            put.row(args![subject.kind.code(), subject.id, length, hash])
        })
    })?;
    Ok(ids)
}

/// Gives enrolments without a status the one of the last status entry among those from `first` to `last`.
///
/// Only for chains that were opened in order of their days, where the last entry is the one in force.
///
/// # Errors
/// [`StorageError::Refused`] by the trigger where an entry does not give the status.
pub fn settle_new(tx: &Tx<'_>, _permit: &Permit, first: EntryId, last: EntryId) -> Result<u64> {
    tx.execute(
        "UPDATE enrolment SET status = l.status_after, status_since = l.effective_on, status_entry_id = l.id
         FROM ledger_entry l
         WHERE l.id >= $1 AND l.id <= $2 AND l.subject_kind = 'enrolment' AND l.status_after IS NOT NULL
           AND enrolment.id = l.subject_id AND enrolment.status IS NULL
           AND NOT EXISTS (SELECT 1 FROM ledger_entry n WHERE n.subject_kind = 'enrolment' AND n.subject_id = l.subject_id
                             AND n.status_after IS NOT NULL AND n.seq > l.seq)",
        args![first, last],
    )
}
