//! Placement lists that were taken over, rows that did not go in, and saved column mappings.

use std::collections::{HashMap, HashSet};

use base::{
    ids::{AccountId, PlacementListId, PlacementUploadId, ProgrammeId},
    time::{Date, Timestamp},
};
use domain::{enrolments::EntryKind, registration::ListOrigin};

use crate::{
    args,
    candidates::Sight,
    db::{Reader, Row, Tx, Value},
    error::Result,
    permit::Permit,
};

/// A list as it is taken over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewList {
    /// Way of entry of its candidates.
    pub entry_kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// Where it came from.
    pub origin: ListOrigin,
    /// Name of the file, of the service's query, or of the way of entry.
    pub name: String,
    /// Hash of the file.
    pub sha256: Option<[u8; 32]>,
    /// Rows in it.
    pub rows: i64,
    /// Candidates that it added.
    pub added: i64,
    /// Candidates that it changed.
    pub changed: i64,
    /// Candidates that were there already, the same.
    pub same: i64,
    /// Rows with faults, which did not go in.
    pub faulty: i64,
    /// Whether only sound rows were taken although others had faults.
    pub sound_only: bool,
}

/// A list that was taken over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct List {
    /// Row id.
    pub id: PlacementListId,
    /// What it was.
    pub entry_kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// Where it came from.
    pub origin: ListOrigin,
    /// Its name.
    pub name: String,
    /// Rows, added, changed, same, faulty.
    pub counts: [i64; 5],
    /// Whether only sound rows were taken although others had faults.
    pub sound_only: bool,
    /// When.
    pub applied_at: Timestamp,
    /// By whom.
    pub applied_by: AccountId,
}

const LIST: &str = "SELECT id, entry_kind, year, origin, name, rows, added, changed, same, faulty, sound_only, applied_at, applied_by
     FROM placement_list";

fn list_line(r: &Row<'_>) -> Result<List> {
    Ok(List {
        id: r.id(0)?,
        entry_kind: r.word(1, EntryKind::from_code)?,
        year: r.int32(2)?,
        origin: r.word(3, ListOrigin::from_code)?,
        name: r.text(4)?,
        counts: [r.int(5)?, r.int(6)?, r.int(7)?, r.int(8)?, r.int(9)?],
        sound_only: r.bool(10)?,
        applied_at: r.time(11)?,
        applied_by: r.id(12)?,
    })
}

/// Notes that a list is taken over.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, new: &NewList) -> Result<PlacementListId> {
    tx.insert(
        "INSERT INTO placement_list (entry_kind, year, origin, name, sha256, rows, added, changed, same, faulty, sound_only, applied_at,
           applied_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        args![
            new.entry_kind.code(),
            new.year,
            new.origin.code(),
            new.name,
            new.sha256,
            new.rows,
            new.added,
            new.changed,
            new.same,
            new.faulty,
            new.sound_only,
            permit.at(),
            permit.account()
        ],
    )
}

/// One list.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: PlacementListId) -> Result<Option<List>> {
    db.one(&format!("{LIST} WHERE id = $1"), args![id], list_line)
}

/// The newest lists.
///
/// # Errors
/// The engine's refusal.
pub fn newest(db: &Reader<'_>, limit: u32) -> Result<Vec<List>> {
    db.query(&format!("{LIST} WHERE origin <> 'form' ORDER BY id DESC LIMIT $1"), args![limit], list_line)
}

// Rows that did not go in -----------------------------------------------------------------------------

/// A row that did not go in, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewFault {
    /// Its row in the file.
    pub row: i64,
    /// Who and where, as the row says.
    pub key: String,
    /// Its cells, JSON.
    pub cells: String,
    /// What is wrong with it, JSON.
    pub faults: String,
}

/// Keeps rows that did not go in, and in which form their file is written.
///
/// # Errors
/// The engine's refusal.
pub fn keep_faults(
    tx: &Tx<'_>,
    _permit: &Permit,
    list: PlacementListId,
    layout: &str,
    faults: &[NewFault],
) -> Result<()> {
    tx.execute("UPDATE placement_list SET layout = $2 WHERE id = $1", args![list, layout])?;
    tx.bulk("placement_fault", &["list_id", "row_no", "row_key", "cells", "faults"], |put| {
        for fault in faults {
            put.row(args![list, fault.row, fault.key, fault.cells, fault.faults])?;
        }
        Ok(())
    })?;
    Ok(())
}

/// In which form the file of a list is written; none where all its rows went in.
///
/// # Errors
/// The engine's refusal.
pub fn layout(db: &Reader<'_>, list: PlacementListId) -> Result<Option<String>> {
    let found = db.one("SELECT layout FROM placement_list WHERE id = $1", args![list], |r| r.opt_text(0))?;
    Ok(found.flatten())
}

/// The rows of a list that nobody has mended yet, in their order.
///
/// # Errors
/// The engine's refusal.
pub fn open_faults(db: &Reader<'_>, list: PlacementListId) -> Result<Vec<NewFault>> {
    db.query(
        "SELECT row_no, row_key, cells, faults FROM placement_fault WHERE list_id = $1 AND settled_at IS NULL ORDER BY row_no",
        args![list],
        |r| Ok(NewFault { row: r.int(0)?, key: r.text(1)?, cells: r.text(2)?, faults: r.text(3)? }),
    )
}

/// A row that did not go in and that nobody has mended yet, as a later list finds it again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsettled {
    /// The list that brought it.
    pub list: PlacementListId,
    /// Its row in the file.
    pub row: i64,
    /// Who and where, as the row says.
    pub key: String,
    /// Hash of the file.
    pub sha256: Option<[u8; 32]>,
}

/// Every row of a way of entry and year that nobody has mended yet.
///
/// # Errors
/// The engine's refusal.
pub fn unsettled(db: &Reader<'_>, kind: EntryKind, year: i32) -> Result<Vec<Unsettled>> {
    db.query(
        "SELECT f.list_id, f.row_no, f.row_key, l.sha256 FROM placement_fault f JOIN placement_list l ON l.id = f.list_id
         WHERE l.entry_kind = $1 AND l.year = $2 AND f.settled_at IS NULL ORDER BY f.list_id, f.row_no",
        args![kind.code(), year],
        |r| {
            let sha256 = r.opt_bytes(3)?.and_then(|bytes| bytes.try_into().ok());
            Ok(Unsettled { list: r.id(0)?, row: r.int(1)?, key: r.text(2)?, sha256 })
        },
    )
}

/// How many rows of each list nobody has mended yet.
///
/// # Errors
/// The engine's refusal.
pub fn open_counts(db: &Reader<'_>) -> Result<HashMap<PlacementListId, i64>> {
    let rows = db.query(
        "SELECT list_id, count(*) FROM placement_fault WHERE settled_at IS NULL GROUP BY list_id",
        &[],
        |r| Ok((r.id(0)?, r.int(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// How a row left the worklist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// A later list brought it again, sound or wrong.
    LaterList,
    /// Somebody mended it by hand.
    Mended,
    /// Somebody said why it needs no mending.
    Dismissed,
}

impl Settled {
    const fn code(self) -> &'static str {
        match self {
            Self::LaterList => "later_list",
            Self::Mended => "mended",
            Self::Dismissed => "dismissed",
        }
    }
}

/// Key and cells of every row of a way of entry and year about which somebody has decided by hand.
///
/// # Errors
/// The engine's refusal.
pub fn decided(db: &Reader<'_>, kind: EntryKind, year: i32) -> Result<HashSet<(String, String)>> {
    let rows = db.query(
        "SELECT f.row_key, f.cells FROM placement_fault f JOIN placement_list l ON l.id = f.list_id
         WHERE l.entry_kind = $1 AND l.year = $2 AND f.settled_how IN ('mended', 'dismissed')",
        args![kind.code(), year],
        |r| Ok((r.text(0)?, r.text(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// Notes that a row that did not go in was mended, or needs no mending.
///
/// # Errors
/// [`crate::StorageError::Stale`] when it has been noted already, here or at the next statement.
pub fn settle(tx: &Tx<'_>, permit: &Permit, list: PlacementListId, row: i64, how: Settled) -> Result<()> {
    tx.later_one(
        "UPDATE placement_fault SET settled_at = $3, settled_by = $4, settled_how = $5
         WHERE list_id = $1 AND row_no = $2 AND settled_at IS NULL",
        args![list, row, permit.at(), permit.account(), how.code()],
    )
}

// Saved mappings -----------------------------------------------------------------------------------------

/// How a kind of file names its columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// From field to heading, JSON.
    pub columns: String,
}

/// All saved mappings in order of name.
///
/// # Errors
/// The engine's refusal.
pub fn mappings(db: &Reader<'_>) -> Result<Vec<Mapping>> {
    db.query("SELECT name, columns FROM column_mapping ORDER BY name", &[], |r| {
        Ok(Mapping { name: r.text(0)?, columns: r.text(1)? })
    })
}

/// The mapping of a name.
///
/// # Errors
/// The engine's refusal.
pub fn mapping(db: &Reader<'_>, name: &str) -> Result<Option<Mapping>> {
    db.one("SELECT name, columns FROM column_mapping WHERE name = $1", args![name], |r| {
        Ok(Mapping { name: r.text(0)?, columns: r.text(1)? })
    })
}

/// Saves a mapping under its name; one that had the name is replaced.
///
/// # Errors
/// The engine's refusal.
pub fn save_mapping(tx: &Tx<'_>, permit: &Permit, mapping: &Mapping) -> Result<()> {
    tx.execute(
        "INSERT INTO column_mapping (name, columns, saved_at, saved_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET columns = $2, saved_at = $3, saved_by = $4, version = column_mapping.version + 1",
        args![mapping.name, mapping.columns, permit.at(), permit.account()],
    )?;
    Ok(())
}

// Files between preview and import ---------------------------------------------------------------------

/// A file that waits for its preview to be confirmed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Way of entry of its candidates.
    pub entry_kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// Name of the mapping that was chosen or made for it.
    pub mapping: Option<String>,
    /// The file.
    pub content: Vec<u8>,
}

/// Keeps a file until its preview is confirmed.
///
/// # Errors
/// The engine's refusal.
pub fn keep_upload(tx: &Tx<'_>, permit: &Permit, upload: &Upload) -> Result<PlacementUploadId> {
    tx.insert(
        "INSERT INTO placement_upload (name, entry_kind, year, mapping, content, uploaded_at, uploaded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        args![
            upload.name,
            upload.entry_kind.code(),
            upload.year,
            upload.mapping,
            upload.content,
            permit.at(),
            permit.account()
        ],
    )
}

/// The file of an upload, for whoever uploaded it alone.
///
/// # Errors
/// The engine's refusal.
pub fn upload(db: &Reader<'_>, id: PlacementUploadId, by: AccountId) -> Result<Option<Upload>> {
    db.one(
        "SELECT name, entry_kind, year, mapping, content FROM placement_upload WHERE id = $1 AND uploaded_by = $2",
        args![id, by],
        |r| {
            Ok(Upload {
                name: r.text(0)?,
                entry_kind: r.word(1, EntryKind::from_code)?,
                year: r.int32(2)?,
                mapping: r.opt_text(3)?,
                content: r.bytes(4)?,
            })
        },
    )
}

/// Reads the upload's file by another mapping.
///
/// # Errors
/// The engine's refusal.
pub fn map_upload(tx: &Tx<'_>, permit: &Permit, id: PlacementUploadId, mapping: &str) -> Result<()> {
    tx.execute(
        "UPDATE placement_upload SET mapping = $3 WHERE id = $1 AND uploaded_by = $2",
        args![id, permit.account(), mapping],
    )?;
    Ok(())
}

/// Forgets an upload, or everything that was uploaded before `before`.
///
/// # Errors
/// The engine's refusal.
pub fn forget_uploads(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: Option<PlacementUploadId>,
    before: Option<Timestamp>,
) -> Result<()> {
    tx.execute("DELETE FROM placement_upload WHERE id = $1 OR uploaded_at < $2", args![id, before])?;
    Ok(())
}

// Seats ----------------------------------------------------------------------------------------------------

/// Seats of programmes for a way of entry and year, as far as a list told them.
///
/// # Errors
/// The engine's refusal.
pub fn quotas(db: &Reader<'_>, kind: EntryKind, year: i32) -> Result<HashMap<ProgrammeId, i64>> {
    let rows = db.query(
        "SELECT programme_id, seats FROM placement_quota WHERE entry_kind = $1 AND year = $2",
        args![kind.code(), year],
        |r| Ok((r.id(0)?, r.int(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// Notes how many seats a programme has, as `list` tells it; what an earlier list told is replaced.
///
/// # Errors
/// The engine's refusal.
pub fn save_quota(
    tx: &Tx<'_>,
    permit: &Permit,
    list: PlacementListId,
    place: (EntryKind, i32, ProgrammeId),
    seats: i64,
) -> Result<()> {
    let (kind, year, programme) = place;
    tx.execute(
        "INSERT INTO placement_quota (programme_id, year, entry_kind, seats, list_id, told_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (programme_id, year, entry_kind) DO UPDATE SET seats = $4, list_id = $5, told_at = $6",
        args![programme, year, kind.code(), seats, list, permit.at()],
    )?;
    Ok(())
}

// What a list is checked against ---------------------------------------------------------------------------

/// A programme with the codes by which lists know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodedProgramme {
    /// The programme.
    pub id: ProgrammeId,
    /// Its code here.
    pub code: String,
    /// Its code in ÖSYM's guide.
    pub osym: Option<String>,
    /// Its code in YÖKSİS.
    pub yoksis: Option<String>,
    /// Whether the asking actor may place candidates in it.
    pub in_sight: bool,
}

/// Every programme with its codes of `day`.
///
/// # Errors
/// The engine's refusal.
pub fn coded_programmes(db: &Reader<'_>, sight: &Sight, day: Date) -> Result<Vec<CodedProgramme>> {
    let mut args = Vec::new();
    let condition = sight.condition(&mut args);
    let seen: HashSet<ProgrammeId> = db
        .query(&format!("SELECT p.id FROM programme p WHERE 1 = 1{condition}"), &args, |r| r.id(0))?
        .into_iter()
        .collect();
    db.query(
        "SELECT p.id, p.code,
           (SELECT max(c.code) FROM programme_code c WHERE c.programme_id = p.id AND c.system = 'osym' AND c.valid_from <= $1
              AND (c.valid_to IS NULL OR c.valid_to > $1)),
           (SELECT max(c.code) FROM programme_code c WHERE c.programme_id = p.id AND c.system = 'yoksis' AND c.valid_from <= $1
              AND (c.valid_to IS NULL OR c.valid_to > $1))
         FROM programme p ORDER BY p.id",
        args![day],
        |r| {
            let id = r.id(0)?;
            Ok(CodedProgramme {
                id,
                code: r.text(1)?,
                osym: r.opt_text(2)?,
                yoksis: r.opt_text(3)?,
                in_sight: seen.contains(&id),
            })
        },
    )
}

/// Identity numbers asked for at once.
const AT_ONCE: usize = 500;

/// The open enrolments of people with these identity numbers: identity number, student number, programme.
///
/// # Errors
/// The engine's refusal.
pub fn studies_of(
    db: &Reader<'_>,
    identity_numbers: &[String],
    open: &[&str],
) -> Result<Vec<(String, String, ProgrammeId)>> {
    let mut out = Vec::new();
    let states = open.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
    for some in identity_numbers.chunks(AT_ONCE) {
        let args: Vec<Value<'_>> = some.iter().map(|number| Value::Text(number)).collect();
        let places: Vec<String> = (1..=args.len()).map(|n| format!("${n}")).collect();
        let text = format!(
            "SELECT p.identity_no, e.number, e.programme_id FROM person p JOIN enrolment e ON e.person_id = p.id
             WHERE p.identity_no IN ({}) AND e.status IN ({states}) ORDER BY e.number",
            places.join(", ")
        );
        db.each(&text, &args, |r| {
            out.push((r.text(0)?, r.text(1)?, r.id(2)?));
            Ok(())
        })?;
    }
    Ok(out)
}

/// The open enrolments of people who were registered here by a passport.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassportStudy {
    /// The passport.
    pub passport: String,
    /// Day of birth.
    pub birth_date: Date,
    /// Country code.
    pub nationality: String,
    /// Student number.
    pub number: String,
    /// Programme.
    pub programme: ProgrammeId,
}

/// The open enrolments of whoever was registered here as a candidate with one of these passports.
///
/// # Errors
/// The engine's refusal.
pub fn studies_of_passports(
    db: &Reader<'_>,
    passports: &[String],
    open: &[&str],
) -> Result<Vec<PassportStudy>> {
    let mut out = Vec::new();
    let states = open.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
    for some in passports.chunks(AT_ONCE) {
        let args: Vec<Value<'_>> = some.iter().map(|passport| Value::Text(passport)).collect();
        let places: Vec<String> = (1..=args.len()).map(|n| format!("${n}")).collect();
        let text = format!(
            "SELECT DISTINCT c.passport, c.birth_date, c.nationality, e.number, e.programme_id
             FROM candidate c JOIN registration g ON g.candidate_id = c.id JOIN enrolment own ON own.id = g.enrolment_id
             JOIN enrolment e ON e.person_id = own.person_id
             WHERE c.passport IN ({}) AND e.status IN ({states}) ORDER BY e.number",
            places.join(", ")
        );
        db.each(&text, &args, |r| {
            out.push(PassportStudy {
                passport: r.text(0)?,
                birth_date: r.date(1)?,
                nationality: r.text(2)?,
                number: r.text(3)?,
                programme: r.id(4)?,
            });
            Ok(())
        })?;
    }
    Ok(out)
}

/// A place by another way of entry, as a list is held against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceBeside {
    /// Identity number.
    pub identity_no: Option<String>,
    /// Passport.
    pub passport: Option<String>,
    /// Day of birth.
    pub birth_date: Date,
    /// By which way of entry.
    pub entry_kind: EntryKind,
    /// Where.
    pub programme: ProgrammeId,
}

/// Everybody who waits for a place of `year` by another way of entry than `kind`, or is registered by it.
///
/// # Errors
/// The engine's refusal.
pub fn places_beside(db: &Reader<'_>, kind: EntryKind, year: i32) -> Result<Vec<PlaceBeside>> {
    db.query(
        "SELECT identity_no, passport, birth_date, entry_kind, programme_id FROM candidate
         WHERE year = $1 AND entry_kind <> $2 AND state IN ('waiting', 'provisional', 'registered') ORDER BY id",
        args![year, kind.code()],
        |r| {
            Ok(PlaceBeside {
                identity_no: r.opt_text(0)?,
                passport: r.opt_text(1)?,
                birth_date: r.date(2)?,
                entry_kind: r.word(3, EntryKind::from_code)?,
                programme: r.id(4)?,
            })
        },
    )
}
