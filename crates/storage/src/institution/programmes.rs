//! Programmes with their dated names and codes, and the versions of their curricula.

use base::{
    ids::{CurriculumId, ProgrammeId, UnitId},
    time::Date,
};
use domain::{programmes::Level, student_file::Name, units::CodeSystem};

use super::{
    dates::Dates,
    units::{DatedCode, DatedName, dated_code, dated_name},
};
use crate::{
    args,
    db::{Reader, Row, Tx},
    error::Result,
    permit::Permit,
};

/// A programme with the name of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammeLine {
    /// Row id.
    pub id: ProgrammeId,
    /// The unit that runs it.
    pub unit: UnitId,
    /// The institution's code.
    pub code: String,
    /// Its name; empty where none is valid that day.
    pub name: Name,
    /// Level of study.
    pub level: Level,
    /// Terms of the normal period.
    pub terms: u8,
    /// Two-letter language of instruction.
    pub language: String,
}

const PROGRAMME: &str =
    "SELECT p.id, p.unit_id, p.code, coalesce(n.name_tr, ''), coalesce(n.name_en, ''), p.level, p.terms, p.language FROM programme p
     LEFT JOIN programme_name n ON n.programme_id = p.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1) ";

fn programme(r: &Row<'_>) -> Result<ProgrammeLine> {
    Ok(ProgrammeLine {
        id: r.id(0)?,
        unit: r.id(1)?,
        code: r.text(2)?,
        name: Name { tr: r.text(3)?, en: r.text(4)? },
        level: r.word(5, Level::from_code)?,
        terms: r.small(6)?,
        language: r.text(7)?,
    })
}

/// All programmes in order of code.
///
/// # Errors
/// The engine's refusal.
pub fn all(db: &Reader<'_>, day: Date) -> Result<Vec<ProgrammeLine>> {
    db.query(&format!("{PROGRAMME} ORDER BY p.code"), args![day], programme)
}

/// The programmes that a unit runs itself, in order of code.
///
/// # Errors
/// The engine's refusal.
pub fn of_unit(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Vec<ProgrammeLine>> {
    db.query(&format!("{PROGRAMME} WHERE p.unit_id = $2 ORDER BY p.code"), args![day, unit], programme)
}

/// The programme of a code.
///
/// # Errors
/// The engine's refusal.
pub fn find(db: &Reader<'_>, code: &str, day: Date) -> Result<Option<ProgrammeLine>> {
    db.one(&format!("{PROGRAMME} WHERE p.code = $2"), args![day, code], programme)
}

/// Every name of a programme, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn names(db: &Reader<'_>, id: ProgrammeId) -> Result<Vec<DatedName>> {
    db.query(
        "SELECT name_tr, name_en, valid_from, valid_to FROM programme_name WHERE programme_id = $1 ORDER BY valid_from DESC",
        args![id],
        dated_name,
    )
}

/// Every code of a programme, the newest of each system first.
///
/// # Errors
/// The engine's refusal.
pub fn codes(db: &Reader<'_>, id: ProgrammeId) -> Result<Vec<DatedCode>> {
    db.query(
        "SELECT system, code, valid_from, valid_to FROM programme_code WHERE programme_id = $1 ORDER BY system, valid_from DESC",
        args![id],
        dated_code,
    )
}

const PROGRAMME_DATES: Dates =
    Dates { table: "programme", id: "programme_id", names: "programme_name", codes: "programme_code" };

/// Gives a programme another name from a day on; the name that counted until then ends with it.
///
/// # Errors
/// [`crate::StorageError::Stale`] when somebody gave the programme a name from that day on, or from a later one,
/// meanwhile.
pub fn insert_name(
    tx: &Tx<'_>,
    _permit: &Permit,
    programme: ProgrammeId,
    name: &Name,
    from: Date,
) -> Result<()> {
    PROGRAMME_DATES.insert_name(tx, programme.get(), name, from)
}

/// Gives a programme another code in an outside system from a day on, or none; the code that counted until then ends
/// with it.
///
/// # Errors
/// [`crate::StorageError::Stale`] when somebody gave the programme a code of that system from that day on, or from a
/// later one, meanwhile.
pub fn set_code(
    tx: &Tx<'_>,
    _permit: &Permit,
    programme: ProgrammeId,
    system: CodeSystem,
    code: Option<&str>,
    from: Date,
) -> Result<()> {
    PROGRAMME_DATES.set_code(tx, programme.get(), system, code, from)
}

/// Another programme that has a code on a day or later: its own code here.
///
/// # Errors
/// The engine's refusal.
pub fn other_with_code(
    db: &Reader<'_>,
    programme: ProgrammeId,
    system: CodeSystem,
    code: &str,
    from: Date,
) -> Result<Option<String>> {
    PROGRAMME_DATES.other_with_code(db, programme.get(), system, code, from)
}

/// A version of a programme's curriculum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CurriculumVersion {
    /// Row id.
    pub id: CurriculumId,
    /// Its number, from 1.
    pub version: i64,
    /// The year of entry from which it counts.
    pub effective_year: i32,
}

/// The versions of a programme's curriculum, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn curricula(db: &Reader<'_>, id: ProgrammeId) -> Result<Vec<CurriculumVersion>> {
    db.query(
        "SELECT id, version, effective_year FROM curriculum WHERE programme_id = $1 ORDER BY version DESC",
        args![id],
        |r| Ok(CurriculumVersion { id: r.id(0)?, version: r.int(1)?, effective_year: r.int32(2)? }),
    )
}
