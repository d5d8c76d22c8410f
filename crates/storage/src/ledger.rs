//! Appending to the ledger, and reading it back.
//!
//! The head of a chain is moved on first; that takes its row lock on PostgreSQL, so that two
//! writers of one subject stand in line. There is no function here that changes or removes an entry.
//! What the entries of an enrolment or a person tell of the row beside them is written in [`told`].

pub mod told;

use base::{
    ids::{EnrolmentId, EntryId},
    random::{self, Randomness},
    time::{Date, Timestamp},
};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{
        Draft, GENESIS, GroundKind, Hash, Head, LedgerKind, RootVersion, Sealed, StatusEntry, Subject,
        SubjectKind, hex, root_after, status_in_force, text_hash,
    },
};

use crate::{
    args,
    db::{Engine, Reader, Tx},
    error::{Result, StorageError},
    permit::Permit,
};

/// Appends one entry to its subject's chain, opening the chain where it is the first.
///
/// A status is not set here: [`settle_status`] brings the enrolment's state in line afterwards.
///
/// # Errors
/// [`StorageError::Constraint`] when `reverses` names an entry that is already undone.
pub fn append(tx: &Tx<'_>, permit: &Permit, draft: &Draft, chance: &dyn Randomness) -> Result<EntryId> {
    let Subject { kind, id } = draft.subject;
    // The lock comes with the first statement that touches the head.
    let moved = tx.one(
        "UPDATE ledger_head SET length = length + 1 WHERE subject_kind = $1 AND subject_id = $2 RETURNING length, hash",
        args![kind.code(), id],
        |r| Ok((r.int(0)?, r.hash(1)?)),
    )?;
    let Some((seq, prev)) = moved else { return open(tx, permit, draft, chance) };
    let (sealed, salt) = seal(permit, draft, seq, prev, chance);
    let hash = sealed.hash();
    let entry = insert(tx, draft, &sealed, &hash, salt)?;
    set_head(tx, draft.subject, seq, hash)?;
    Ok(entry)
}

/// As [`append`], for a subject that was put into the register just now: its first entry, with which the chain opens.
///
/// # Errors
/// [`StorageError::Constraint`] `ledger_head_pkey` when the subject has a chain.
pub fn open(tx: &Tx<'_>, permit: &Permit, draft: &Draft, chance: &dyn Randomness) -> Result<EntryId> {
    let (sealed, salt) = seal(permit, draft, 1, GENESIS, chance);
    let hash = sealed.hash();
    // The head comes first: it holds back whoever takes a root meanwhile.
    tx.later(
        "INSERT INTO ledger_head (subject_kind, subject_id, length, hash) VALUES ($1, $2, 1, $3)",
        args![draft.subject.kind.code(), draft.subject.id, hash],
    )?;
    insert(tx, draft, &sealed, &hash, salt)
}

fn set_head(tx: &Tx<'_>, subject: Subject, seq: i64, hash: Hash) -> Result<()> {
    // The length has been moved on already; the trigger lets a head only grow, so the hash follows by its own statement.
    tx.execute(
        "UPDATE ledger_head SET hash = $4 WHERE subject_kind = $1 AND subject_id = $2 AND length = $3",
        args![subject.kind.code(), subject.id, seq, hash],
    )?;
    Ok(())
}

/// An entry with its place in the chain, and the salt of its text.
fn seal(
    permit: &Permit,
    draft: &Draft,
    seq: i64,
    prev: Hash,
    chance: &dyn Randomness,
) -> (Sealed, Option<[u8; 16]>) {
    let salted = draft.text.as_deref().map(|text| {
        let salt: [u8; 16] = random::array(chance);
        (salt, text_hash(&salt, text))
    });
    let sealed = Sealed {
        subject: draft.subject,
        seq,
        kind: draft.kind.code().to_owned(),
        effective_on: draft.effective_on,
        status_after: draft.status_after.map(|s| s.code().to_owned()),
        ground_kind: draft.ground.kind.code().to_owned(),
        ground_ref: draft.ground.reference.clone(),
        ground_on: draft.ground.dated,
        payload: draft.payload.to_string(),
        text_hash: salted.map(|(_, hash)| hash),
        reverses: draft.reverses.map(EntryId::get),
        // Both engines keep microseconds; the hash must cover what will be read back.
        recorded_at: Timestamp::from_microsecond(permit.at().as_microsecond()).unwrap_or(permit.at()),
        recorded_by: permit.account(),
        prev,
    };
    (sealed, salted.map(|(salt, _)| salt))
}

fn insert(
    tx: &Tx<'_>,
    draft: &Draft,
    sealed: &Sealed,
    hash: &Hash,
    salt: Option<[u8; 16]>,
) -> Result<EntryId> {
    let entry: EntryId = tx.insert(
        "INSERT INTO ledger_entry (subject_kind, subject_id, seq, kind, effective_on, status_after, ground_kind, ground_ref,
           ground_on, payload, text_hash, reverses_id, recorded_at, recorded_by, prev_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id",
        args![
            sealed.subject.kind.code(),
            sealed.subject.id,
            sealed.seq,
            sealed.kind,
            sealed.effective_on,
            sealed.status_after,
            sealed.ground_kind,
            sealed.ground_ref,
            sealed.ground_on,
            sealed.payload,
            sealed.text_hash,
            draft.reverses,
            sealed.recorded_at,
            sealed.recorded_by,
            sealed.prev,
            *hash
        ],
    )?;
    if let (Some(salt), Some(text)) = (salt, draft.text.as_deref()) {
        tx.later(
            "INSERT INTO ledger_text (entry_id, salt, body) VALUES ($1, $2, $3)",
            args![entry, salt, text],
        )?;
    }
    Ok(entry)
}

/// Brings an enrolment's status in line with its chain: the one place where a status is written.
///
/// # Errors
/// [`StorageError::Refused`] by the trigger if the chain gives no status.
pub fn settle_status(tx: &Tx<'_>, _permit: &Permit, enrolment: EnrolmentId) -> Result<Option<StatusEntry>> {
    let entries = status_entries(tx, enrolment)?;
    let Some(now) = status_in_force(&entries) else { return Ok(None) };
    write_status(tx, enrolment, now.id, now.status, now.effective_on)?;
    Ok(Some(now))
}

/// Settles the status of an enrolment whose chain was opened just now with `first`: that entry alone gives one.
///
/// # Errors
/// [`StorageError::Refused`] by the trigger when the entry gives another status.
pub fn settle_first_status(
    tx: &Tx<'_>,
    _permit: &Permit,
    enrolment: EnrolmentId,
    first: EntryId,
    status: EnrolmentStatus,
    effective_on: Date,
) -> Result<()> {
    tx.later_one(WRITE_STATUS, args![enrolment, status.code(), effective_on, first])
}

fn write_status(
    tx: &Tx<'_>,
    enrolment: EnrolmentId,
    entry: EntryId,
    status: EnrolmentStatus,
    since: Date,
) -> Result<()> {
    tx.execute(WRITE_STATUS, args![enrolment, status.code(), since, entry])?;
    Ok(())
}

const WRITE_STATUS: &str = "UPDATE enrolment SET status = $2, status_since = $3, status_entry_id = $4, version = version + 1 WHERE id = $1";

/// The status entries of an enrolment in order of their writing.
///
/// # Errors
/// The engine's refusal.
pub fn status_entries(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Vec<StatusEntry>> {
    db.query(
        "SELECT e.id, e.seq, e.effective_on, e.status_after, r.id
         FROM ledger_entry e LEFT JOIN ledger_entry r ON r.reverses_id = e.id
         WHERE e.subject_kind = 'enrolment' AND e.subject_id = $1 AND e.status_after IS NOT NULL ORDER BY e.seq",
        args![enrolment],
        |r| {
            Ok(StatusEntry {
                id: r.id(0)?,
                seq: r.int(1)?,
                effective_on: r.date(2)?,
                status: r.word(3, EnrolmentStatus::from_code)?,
                reversed: r.opt_int(4)?.is_some(),
            })
        },
    )
}

/// An entry as the timeline shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryLine {
    /// Row id.
    pub id: EntryId,
    /// Whose chain.
    pub subject: Subject,
    /// Position in the chain.
    pub seq: i64,
    /// What it records.
    pub kind: LedgerKind,
    /// From which day it counts.
    pub effective_on: Date,
    /// Status after it.
    pub status_after: Option<EnrolmentStatus>,
    /// Kind of its ground.
    pub ground_kind: GroundKind,
    /// Reference of its ground.
    pub ground_ref: String,
    /// Day of the ground's paper.
    pub ground_on: Option<Date>,
    /// Payload, JSON text.
    pub payload: String,
    /// Reason in words; none where there was none or it was erased. The identity that `person_registered` keeps as its
    /// text is no reason and is read from the register.
    pub text: Option<String>,
    /// Whether its text was erased.
    pub erased: bool,
    /// The entry it undoes.
    pub reverses: Option<EntryId>,
    /// The entry that undid it.
    pub reversed_by: Option<EntryId>,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Name of who wrote it.
    pub recorded_by: String,
}

const ENTRY_LINE: &str = "SELECT e.id, e.seq, e.kind, e.effective_on, e.status_after, e.ground_kind, e.ground_ref, e.ground_on, e.payload,
       t.body, t.erased_by_entry, e.reverses_id, r.id, e.recorded_at, a.display_name, e.subject_kind, e.subject_id
     FROM ledger_entry e JOIN account a ON a.id = e.recorded_by
     LEFT JOIN ledger_text t ON t.entry_id = e.id LEFT JOIN ledger_entry r ON r.reverses_id = e.id ";

fn entry_line(r: &crate::Row<'_>) -> Result<EntryLine> {
    let kind = r.word(2, LedgerKind::from_code)?;
    Ok(EntryLine {
        id: r.id(0)?,
        seq: r.int(1)?,
        kind,
        effective_on: r.date(3)?,
        status_after: r.opt_word(4, EnrolmentStatus::from_code)?,
        ground_kind: r.word(5, GroundKind::from_code)?,
        ground_ref: r.text(6)?,
        ground_on: r.opt_date(7)?,
        payload: r.text(8)?,
        text: r.opt_text(9)?.filter(|_| kind != LedgerKind::PersonRegistered),
        erased: r.opt_int(10)?.is_some(),
        reverses: r.opt_id(11)?,
        reversed_by: r.opt_id(12)?,
        recorded_at: r.time(13)?,
        recorded_by: r.text(14)?,
        subject: Subject { kind: r.word(15, SubjectKind::from_code)?, id: r.int(16)? },
    })
}

/// The chain of a subject, newest first.
///
/// # Errors
/// The engine's refusal.
pub fn chain(db: &Reader<'_>, subject: Subject) -> Result<Vec<EntryLine>> {
    db.query(
        &format!("{ENTRY_LINE} WHERE e.subject_kind = $1 AND e.subject_id = $2 ORDER BY e.seq DESC"),
        args![subject.kind.code(), subject.id],
        entry_line,
    )
}

/// One entry.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_entry(db: &Reader<'_>, id: EntryId) -> Result<Option<EntryLine>> {
    db.one(&format!("{ENTRY_LINE} WHERE e.id = $1"), args![id], entry_line)
}

/// Erases the personal text of an entry under a recorded act; the chain stays verifiable.
///
/// # Errors
/// [`StorageError::Stale`] when there is no text, or it was erased before.
pub fn erase_text(
    tx: &Tx<'_>,
    permit: &Permit,
    entry: EntryId,
    draft: &Draft,
    chance: &dyn Randomness,
) -> Result<EntryId> {
    let act = append(tx, permit, draft, chance)?;
    let touched = tx.execute(
        "UPDATE ledger_text SET body = NULL, erased_by_entry = $2 WHERE entry_id = $1 AND body IS NOT NULL",
        args![entry, act],
    )?;
    if touched == 1 { Ok(act) } else { Err(StorageError::Stale) }
}

/// A stored root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Root {
    /// Office day it was made.
    pub day: Date,
    /// The newest entry under it.
    pub upto_entry: i64,
    /// Chains under it.
    pub chains: i64,
    /// Entries under it.
    pub entries: i64,
    /// How it was made.
    pub version: RootVersion,
    /// The hash.
    pub hash: Hash,
}

/// Computes the root over all entries and stores it. Writers wait while it is taken, which is no longer than the
/// entries since the root before it need: it goes on from there. If somebody alters a stored root, those made after
/// it are wrong too, and verification, which computes all of them from the entries, tells so.
///
/// # Errors
/// The engine's refusal.
pub fn store_root(tx: &Tx<'_>, permit: &Permit, day: Date) -> Result<Root> {
    if tx.engine() == Engine::Postgres {
        // Entries draw their number only after their head moved, so none with a lower number can follow.
        tx.batch("LOCK TABLE ledger_head IN SHARE MODE")?;
    }
    let last = tx.one(&format!("{ROOT} ORDER BY id DESC LIMIT 1"), &[], root_line)?;
    let mut made = last.filter(|last| last.version == RootVersion::Entries).unwrap_or(Root {
        day,
        upto_entry: 0,
        chains: 0,
        entries: 0,
        version: RootVersion::Entries,
        hash: GENESIS,
    });
    made.day = day;
    let before = made.upto_entry;
    tx.each(
        "SELECT id, subject_kind, subject_id, seq, hash FROM ledger_entry WHERE id > $1 ORDER BY id",
        args![before],
        |r| {
            let entry: EntryId = r.id(0)?;
            let subject = Subject { kind: r.word(1, SubjectKind::from_code)?, id: r.int(2)? };
            let seq = r.int(3)?;
            made.hash = root_after(&made.hash, entry, subject, seq, &r.hash(4)?);
            made.upto_entry = entry.get();
            made.entries += 1;
            made.chains += i64::from(seq == 1);
            Ok(())
        },
    )?;
    tx.execute(
        "INSERT INTO ledger_root (day, upto_entry, chains, entries, hash, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![made.day, made.upto_entry, made.chains, made.entries, versioned(made.version, &made.hash), permit.at()],
    )?;
    Ok(made)
}

/// A root's hash as the column holds it: version 1 is the hash alone, every later one has its number before it.
pub(crate) fn versioned(version: RootVersion, hash: &Hash) -> Vec<u8> {
    match version {
        RootVersion::Heads => hash.to_vec(),
        later => [&[later.number()], &hash[..]].concat(),
    }
}

const ROOT: &str = "SELECT day, upto_entry, chains, entries, hash FROM ledger_root";

fn root_line(r: &crate::Row<'_>) -> Result<Root> {
    let bytes = r.bytes(4)?;
    let (version, hash) = match bytes.as_slice() {
        [number, hash @ ..] if hash.len() == GENESIS.len() => (RootVersion::from_number(*number), hash),
        hash => (Some(RootVersion::Heads), hash),
    };
    let unknown = || StorageError::Decode { column: "ledger_root.hash".to_owned(), found: hex(&bytes) };
    Ok(Root {
        day: r.date(0)?,
        upto_entry: r.int(1)?,
        chains: r.int(2)?,
        entries: r.int(3)?,
        version: version.ok_or_else(unknown)?,
        hash: hash.try_into().map_err(|_| unknown())?,
    })
}

/// All heads, sorted by subject.
///
/// # Errors
/// The engine's refusal.
pub fn heads(db: &Reader<'_>) -> Result<Vec<Head>> {
    db.query(
        "SELECT subject_kind, subject_id, length, hash FROM ledger_head ORDER BY subject_kind, subject_id",
        &[],
        |r| {
            Ok(Head {
                subject: Subject { kind: r.word(0, SubjectKind::from_code)?, id: r.int(1)? },
                length: r.int(2)?,
                hash: r.hash(3)?,
            })
        },
    )
}

/// All stored roots, oldest first.
///
/// # Errors
/// The engine's refusal.
pub fn roots(db: &Reader<'_>) -> Result<Vec<Root>> {
    db.query(&format!("{ROOT} ORDER BY id"), &[], root_line)
}

/// Hands every entry to `visit` in order of writing, exactly as stored, with its row id and stored hash.
///
/// # Errors
/// The engine's refusal.
pub fn each_sealed(db: &Reader<'_>, mut visit: impl FnMut(i64, Sealed, Hash)) -> Result<()> {
    db.each(
        "SELECT id, subject_kind, subject_id, seq, kind, effective_on, status_after, ground_kind, ground_ref, ground_on, payload,
                text_hash, reverses_id, recorded_at, recorded_by, prev_hash, hash
         FROM ledger_entry ORDER BY id",
        &[],
        |r| {
            let sealed = Sealed {
                subject: Subject { kind: r.word(1, SubjectKind::from_code)?, id: r.int(2)? },
                seq: r.int(3)?,
                kind: r.text(4)?,
                effective_on: r.date(5)?,
                status_after: r.opt_text(6)?,
                ground_kind: r.text(7)?,
                ground_ref: r.text(8)?,
                ground_on: r.opt_date(9)?,
                payload: r.text(10)?,
                text_hash: if r.opt_bytes(11)?.is_some() { Some(r.hash(11)?) } else { None },
                reverses: r.opt_int(12)?,
                recorded_at: r.time(13)?,
                recorded_by: r.id(14)?,
                prev: r.hash(15)?,
            };
            visit(r.int(0)?, sealed, r.hash(16)?);
            Ok(())
        },
    )
}
