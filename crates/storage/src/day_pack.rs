//! Day packs that were handed out, and the paper forms of that day.

use base::{
    ids::{CandidateId, DayPackId, UnitId},
    time::{Date, Timestamp},
};

use crate::{
    args,
    db::{Reader, Row, Tx},
    error::{Result, StorageError},
    permit::Permit,
};

/// A pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    /// Row id.
    pub id: DayPackId,
    /// For the candidates of this unit.
    pub unit: UnitId,
    /// For this day.
    pub day: Date,
    /// Candidates in it.
    pub candidates: i64,
    /// Blank forms in it, numbered from 1.
    pub forms: i64,
    /// Forms that were entered afterwards.
    pub entered: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// By whom.
    pub made_by: String,
}

const PACK: &str = "SELECT p.id, p.unit_id, p.day, p.candidates, p.forms,
       (SELECT count(*) FROM day_pack_form f WHERE f.pack_id = p.id AND f.outcome IS NOT NULL), p.made_at, a.display_name
     FROM day_pack p JOIN account a ON a.id = p.made_by";

fn pack(r: &Row<'_>) -> Result<Pack> {
    Ok(Pack {
        id: r.id(0)?,
        unit: r.id(1)?,
        day: r.date(2)?,
        candidates: r.int(3)?,
        forms: r.int(4)?,
        entered: r.int(5)?,
        made_at: r.time(6)?,
        made_by: r.text(7)?,
    })
}

/// Notes a pack with its blank forms.
///
/// # Errors
/// The engine's refusal.
pub fn insert(
    tx: &Tx<'_>,
    permit: &Permit,
    unit: UnitId,
    day: Date,
    candidates: i64,
    forms: u16,
) -> Result<DayPackId> {
    let id: DayPackId = tx.insert(
        "INSERT INTO day_pack (unit_id, day, candidates, forms, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        args![unit, day, candidates, forms, permit.at(), permit.account()],
    )?;
    tx.bulk("day_pack_form", &["pack_id", "form_no"], |rows| {
        (1..=i64::from(forms)).try_for_each(|form| rows.row(args![id, form]))
    })?;
    Ok(id)
}

/// All packs, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn all(db: &Reader<'_>) -> Result<Vec<Pack>> {
    db.query(&format!("{PACK} ORDER BY p.id DESC"), &[], pack)
}

/// One pack.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: DayPackId) -> Result<Option<Pack>> {
    db.one(&format!("{PACK} WHERE p.id = $1"), args![id], pack)
}

/// A paper form of a pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackForm {
    /// Its number.
    pub form_no: i64,
    /// Whose it was.
    pub candidate: Option<CandidateId>,
    /// `registered`, `provisional`, `already` or `void`; none while it waits.
    pub outcome: Option<String>,
    /// When it was entered.
    pub entered_at: Option<Timestamp>,
    /// What was noted beside it.
    pub note: Option<String>,
}

/// The forms of a pack in order.
///
/// # Errors
/// The engine's refusal.
pub fn forms(db: &Reader<'_>, pack: DayPackId) -> Result<Vec<PackForm>> {
    db.query(
        "SELECT form_no, candidate_id, outcome, entered_at, note FROM day_pack_form WHERE pack_id = $1 ORDER BY form_no",
        args![pack],
        |r| {
            Ok(PackForm {
                form_no: r.int(0)?,
                candidate: r.opt_id(1)?,
                outcome: r.opt_text(2)?,
                entered_at: r.opt_time(3)?,
                note: r.opt_text(4)?,
            })
        },
    )
}

/// Settles a form, once.
///
/// # Errors
/// [`StorageError::Stale`] when the pack has no such form or it was entered before.
pub fn settle_form(
    tx: &Tx<'_>,
    permit: &Permit,
    pack: DayPackId,
    form_no: i64,
    candidate: Option<CandidateId>,
    outcome: &str,
    note: Option<&str>,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE day_pack_form SET candidate_id = $3, outcome = $4, note = $5, entered_at = $6, entered_by = $7
         WHERE pack_id = $1 AND form_no = $2 AND outcome IS NULL",
        args![pack, form_no, candidate, outcome, note, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}
