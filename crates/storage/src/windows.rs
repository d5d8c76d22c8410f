//! Dated windows: from when to when something may be done.

use base::{
    ids::{TermId, UnitId, WindowId},
    time::{Date, Timestamp},
};
use domain::{enrolments::EntryKind, registration::WindowKind, student_file::TermFacts};

use crate::{
    args,
    db::{Reader, Row, Tx},
    error::{Result, StorageError},
    permit::Permit,
};

/// A window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    /// Row id.
    pub id: WindowId,
    /// What may be done in it.
    pub kind: WindowKind,
    /// For this unit and below it; none for the whole institution.
    pub unit: Option<UnitId>,
    /// For this term.
    pub term: Option<TermId>,
    /// For this way of entry; none for all.
    pub entry_kind: Option<EntryKind>,
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// The decision or announcement that sets it.
    pub source: String,
    /// When it was entered.
    pub noted_at: Timestamp,
    /// By whom.
    pub noted_by: String,
    /// Version for two people editing at once.
    pub version: i64,
}

/// A window as it is entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewWindow {
    /// What may be done in it.
    pub kind: WindowKind,
    /// For this unit and below it; none for the whole institution.
    pub unit: Option<UnitId>,
    /// For this term.
    pub term: Option<TermId>,
    /// For this way of entry; none for all.
    pub entry_kind: Option<EntryKind>,
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// The decision or announcement that sets it.
    pub source: String,
}

const WINDOW: &str =
    "SELECT w.id, w.kind, w.unit_id, w.term_id, w.entry_kind, w.opens_on, w.closes_on, w.source, w.noted_at,
       a.display_name, w.version
     FROM calendar_window w JOIN account a ON a.id = w.noted_by";

fn window(r: &Row<'_>) -> Result<Window> {
    Ok(Window {
        id: r.id(0)?,
        kind: r.word(1, WindowKind::from_code)?,
        unit: r.opt_id(2)?,
        term: r.opt_id(3)?,
        entry_kind: r.opt_word(4, EntryKind::from_code)?,
        opens_on: r.date(5)?,
        closes_on: r.date(6)?,
        source: r.text(7)?,
        noted_at: r.time(8)?,
        noted_by: r.text(9)?,
        version: r.int(10)?,
    })
}

/// Windows in force that end on or after a day, soonest first.
///
/// # Errors
/// The engine's refusal.
pub fn list(db: &Reader<'_>, ending_from: Date) -> Result<Vec<Window>> {
    db.query(
        &format!(
            "{WINDOW} WHERE w.withdrawn_at IS NULL AND w.closes_on >= $1 ORDER BY w.opens_on, w.closes_on, w.id"
        ),
        args![ending_from],
        window,
    )
}

/// One window in force.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: WindowId) -> Result<Option<Window>> {
    db.one(&format!("{WINDOW} WHERE w.id = $1 AND w.withdrawn_at IS NULL"), args![id], window)
}

/// The window that counts for a unit and a way of entry on a day.
///
/// The narrowest that fits counts: the nearest unit before those above it and the whole institution, then the way of
/// entry before all. Among equals the one that is open on that day, then the next to open, then the last that closed.
///
/// # Errors
/// The engine's refusal.
pub fn counting(
    db: &Reader<'_>,
    kind: WindowKind,
    unit: UnitId,
    entry: Option<EntryKind>,
    day: Date,
) -> Result<Option<Window>> {
    let mut found = db.query(
        "SELECT w.id, w.kind, w.unit_id, w.term_id, w.entry_kind, w.opens_on, w.closes_on, w.source, w.noted_at, a.display_name, w.version,
                coalesce(c.depth, 1000)
         FROM calendar_window w JOIN account a ON a.id = w.noted_by
         LEFT JOIN unit_closure c ON c.descendant_id = $2 AND c.ancestor_id = w.unit_id
         WHERE w.kind = $1 AND w.withdrawn_at IS NULL AND (w.unit_id IS NULL OR c.depth IS NOT NULL)
           AND (w.entry_kind IS NULL OR w.entry_kind = $3)",
        args![kind.code(), unit, entry.map(EntryKind::code)],
        |r| Ok((r.int(11)?, window(r)?)),
    )?;
    found.sort_by_key(|(depth, w)| {
        let distance = if day < w.opens_on {
            (1, (w.opens_on - day).get_days())
        } else if day > w.closes_on {
            (2, (day - w.closes_on).get_days())
        } else {
            (0, 0)
        };
        // A window of a year ago says nothing about this year's, however narrow it is.
        let of_another_year = distance.1 > 180;
        (of_another_year, *depth, w.entry_kind.is_none(), distance, w.id)
    });
    Ok(found.into_iter().next().map(|(_, window)| window))
}

/// The terms by their row ids, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn terms(db: &Reader<'_>) -> Result<Vec<(TermId, TermFacts)>> {
    db.query(
        "SELECT id, academic_year, season, starts_on, ends_on FROM term ORDER BY starts_on DESC",
        &[],
        |r| Ok((r.id(0)?, crate::enrolments::term_facts(r, 0)?)),
    )
}

/// Enters a window.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, new: &NewWindow) -> Result<WindowId> {
    tx.insert(
        "INSERT INTO calendar_window (kind, unit_id, term_id, entry_kind, opens_on, closes_on, source, noted_at, noted_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        args![
            new.kind.code(),
            new.unit,
            new.term,
            new.entry_kind.map(EntryKind::code),
            new.opens_on,
            new.closes_on,
            new.source,
            permit.at(),
            permit.account()
        ],
    )
}

/// Changes the days and the source of a window, if nobody else did since `version` was read; what it said before stays
/// beside it ([`past`]).
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn change(
    tx: &Tx<'_>,
    permit: &Permit,
    id: WindowId,
    version: i64,
    opens_on: Date,
    closes_on: Date,
    source: &str,
) -> Result<()> {
    tx.execute(
        "INSERT INTO calendar_window_past (window_id, version, opens_on, closes_on, source, noted_at, noted_by)
         SELECT id, version, opens_on, closes_on, source, noted_at, noted_by FROM calendar_window
         WHERE id = $1 AND version = $2 AND withdrawn_at IS NULL",
        args![id, version],
    )?;
    let touched = tx.execute(
        "UPDATE calendar_window SET opens_on = $3, closes_on = $4, source = $5, noted_at = $6, noted_by = $7, version = version + 1
         WHERE id = $1 AND version = $2 AND withdrawn_at IS NULL",
        args![id, version, opens_on, closes_on, source, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Takes a window back with the reason; the row stays.
///
/// # Errors
/// [`StorageError::Stale`] when somebody changed it since `version` was read.
pub fn withdraw(tx: &Tx<'_>, permit: &Permit, id: WindowId, version: i64, reason: &str) -> Result<()> {
    let touched = tx.execute(
        "UPDATE calendar_window SET withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5, version = version + 1
         WHERE id = $1 AND version = $2 AND withdrawn_at IS NULL",
        args![id, version, permit.at(), permit.account(), reason],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// What a window said before it was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastDays {
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// The decision or announcement that set it.
    pub source: String,
    /// When it was entered.
    pub noted_at: Timestamp,
    /// By whom.
    pub noted_by: String,
}

/// What a window said before, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn past(db: &Reader<'_>, id: WindowId) -> Result<Vec<PastDays>> {
    db.query(
        "SELECT h.opens_on, h.closes_on, h.source, h.noted_at, a.display_name
         FROM calendar_window_past h JOIN account a ON a.id = h.noted_by WHERE h.window_id = $1 ORDER BY h.version DESC",
        args![id],
        |r| {
            Ok(PastDays {
                opens_on: r.date(0)?,
                closes_on: r.date(1)?,
                source: r.text(2)?,
                noted_at: r.time(3)?,
                noted_by: r.text(4)?,
            })
        },
    )
}

/// That a window was taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawal {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// One window, in force or taken back.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_any(db: &Reader<'_>, id: WindowId) -> Result<Option<(Window, Option<Withdrawal>)>> {
    let Some(found) = db.one(&format!("{WINDOW} WHERE w.id = $1"), args![id], window)? else {
        return Ok(None);
    };
    let withdrawn = db.one(
        "SELECT w.withdrawn_at, a.display_name, w.withdrawn_reason FROM calendar_window w JOIN account a ON a.id = w.withdrawn_by
         WHERE w.id = $1",
        args![id],
        |r| Ok(Withdrawal { at: r.time(0)?, by: r.text(1)?, reason: r.text(2)? }),
    )?;
    Ok(Some((found, withdrawn)))
}

/// Windows that were taken back on or after an instant, the last first.
///
/// # Errors
/// The engine's refusal.
pub fn withdrawn(db: &Reader<'_>, since: Timestamp) -> Result<Vec<(Window, Withdrawal)>> {
    db.query(
        "SELECT w.id, w.kind, w.unit_id, w.term_id, w.entry_kind, w.opens_on, w.closes_on, w.source, w.noted_at,
           a.display_name, w.version, w.withdrawn_at, b.display_name, w.withdrawn_reason
         FROM calendar_window w JOIN account a ON a.id = w.noted_by JOIN account b ON b.id = w.withdrawn_by
         WHERE w.withdrawn_at >= $1 ORDER BY w.withdrawn_at DESC, w.id DESC",
        args![since],
        |r| Ok((window(r)?, Withdrawal { at: r.time(11)?, by: r.text(12)?, reason: r.text(13)? })),
    )
}
