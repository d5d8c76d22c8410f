//! The tree of units with their dated names and codes, and who holds which office in them.

use std::collections::{HashMap, hash_map::Entry};

use base::{
    ids::{StaffId, UnitId},
    time::Date,
};
use domain::{
    student_file::Name,
    units::{CodeSystem, Office, UnitKind, academic_title},
};

use super::dates::Dates;
use crate::{
    args,
    db::{Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// A unit with the name of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitLine {
    /// Row id.
    pub id: UnitId,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// What it is.
    pub kind: UnitKind,
    /// The institution's code.
    pub code: String,
    /// Its name; empty where none is valid that day.
    pub name: Name,
}

const UNIT: &str = "SELECT u.id, u.parent_id, u.kind, u.code, coalesce(n.name_tr, ''), coalesce(n.name_en, '') FROM unit u
     LEFT JOIN unit_name n ON n.unit_id = u.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1) ";

fn unit_line(r: &Row<'_>) -> Result<UnitLine> {
    Ok(UnitLine {
        id: r.id(0)?,
        parent: r.opt_id(1)?,
        kind: r.word(2, UnitKind::from_code)?,
        code: r.text(3)?,
        name: Name { tr: r.text(4)?, en: r.text(5)? },
    })
}

/// All units in the order in which they were set up.
///
/// # Errors
/// The engine's refusal.
pub fn all(db: &Reader<'_>, day: Date) -> Result<Vec<UnitLine>> {
    db.query(&format!("{UNIT} ORDER BY u.id"), args![day], unit_line)
}

/// The units for which papers are issued in their own name, in the order in which they were set up: neither the
/// university itself nor departments.
///
/// # Errors
/// The engine's refusal.
pub fn issuing(db: &Reader<'_>, day: Date) -> Result<Vec<UnitLine>> {
    db.query(
        &format!("{UNIT} WHERE u.kind <> 'university' AND u.kind <> 'department' ORDER BY u.id"),
        args![day],
        unit_line,
    )
}

/// The units of some ids, in the order in which they were set up.
///
/// # Errors
/// The engine's refusal.
pub fn some(db: &Reader<'_>, ids: &[UnitId], day: Date) -> Result<Vec<UnitLine>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut args = vec![Value::Date(day)];
    let places: Vec<String> = ids
        .iter()
        .map(|id| {
            args.push(Value::Int(id.get()));
            format!("${}", args.len())
        })
        .collect();
    db.query(&format!("{UNIT} WHERE u.id IN ({}) ORDER BY u.id", places.join(", ")), &args, unit_line)
}

/// For every unit the name of the one that issues papers for it: its own, or that of the nearest one above that is not
/// a department.
///
/// # Errors
/// The engine's refusal.
pub fn issuing_names(db: &Reader<'_>, day: Date) -> Result<HashMap<UnitId, Name>> {
    let mut names = HashMap::new();
    db.each(
        "SELECT c.descendant_id, n.name_tr, n.name_en FROM unit_closure c
         JOIN unit u ON u.id = c.ancestor_id AND u.kind <> 'department'
         JOIN unit_name n ON n.unit_id = u.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1)
         ORDER BY c.descendant_id, c.depth",
        args![day],
        |r| {
            let unit: UnitId = r.id(0)?;
            if let Entry::Vacant(place) = names.entry(unit) {
                place.insert(Name { tr: r.text(1)?, en: r.text(2)? });
            }
            Ok(())
        },
    )?;
    Ok(names)
}

/// The unit of a code.
///
/// # Errors
/// The engine's refusal.
pub fn find(db: &Reader<'_>, code: &str, day: Date) -> Result<Option<UnitLine>> {
    db.one(&format!("{UNIT} WHERE u.code = $2"), args![day, code], unit_line)
}

/// The units above one, the highest first.
///
/// # Errors
/// The engine's refusal.
pub fn above(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Vec<UnitLine>> {
    db.query(
        &format!("{UNIT} JOIN unit_closure k ON k.ancestor_id = u.id WHERE k.descendant_id = $2 AND k.depth > 0 ORDER BY k.depth DESC"),
        args![day, unit],
        unit_line,
    )
}

/// The units directly below one.
///
/// # Errors
/// The engine's refusal.
pub fn below(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Vec<UnitLine>> {
    db.query(&format!("{UNIT} WHERE u.parent_id = $2 ORDER BY u.id"), args![day, unit], unit_line)
}

/// A name with the days on which it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DatedName {
    /// The name.
    pub name: Name,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer counts.
    pub valid_to: Option<Date>,
}

/// Every name of a unit, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn names(db: &Reader<'_>, unit: UnitId) -> Result<Vec<DatedName>> {
    db.query(
        "SELECT name_tr, name_en, valid_from, valid_to FROM unit_name WHERE unit_id = $1 ORDER BY valid_from DESC",
        args![unit],
        dated_name,
    )
}

pub(super) fn dated_name(r: &Row<'_>) -> Result<DatedName> {
    Ok(DatedName {
        name: Name { tr: r.text(0)?, en: r.text(1)? },
        valid_from: r.date(2)?,
        valid_to: r.opt_date(3)?,
    })
}

/// A code in an outside system with the days on which it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DatedCode {
    /// Whose code.
    pub system: CodeSystem,
    /// The code.
    pub code: String,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer counts.
    pub valid_to: Option<Date>,
}

/// Every code of a unit, the newest of each system first.
///
/// # Errors
/// The engine's refusal.
pub fn codes(db: &Reader<'_>, unit: UnitId) -> Result<Vec<DatedCode>> {
    db.query(
        "SELECT system, code, valid_from, valid_to FROM unit_code WHERE unit_id = $1 ORDER BY system, valid_from DESC",
        args![unit],
        dated_code,
    )
}

pub(super) fn dated_code(r: &Row<'_>) -> Result<DatedCode> {
    Ok(DatedCode {
        system: r.word(0, CodeSystem::from_code)?,
        code: r.text(1)?,
        valid_from: r.date(2)?,
        valid_to: r.opt_date(3)?,
    })
}

/// Gives a unit another name from a day on; the name that counted until then ends with it.
///
/// # Errors
/// [`StorageError::Stale`] when somebody gave the unit a name from that day on, or from a later one, meanwhile.
pub fn insert_name(tx: &Tx<'_>, _permit: &Permit, unit: UnitId, name: &Name, from: Date) -> Result<()> {
    UNIT_DATES.insert_name(tx, unit.get(), name, from)
}

/// Gives a unit another code in an outside system from a day on, or none; the code that counted until then ends with it.
///
/// # Errors
/// [`StorageError::Stale`] when somebody gave the unit a code of that system from that day on, or from a later one,
/// meanwhile.
pub fn set_code(
    tx: &Tx<'_>,
    _permit: &Permit,
    unit: UnitId,
    system: CodeSystem,
    code: Option<&str>,
    from: Date,
) -> Result<()> {
    UNIT_DATES.set_code(tx, unit.get(), system, code, from)
}

/// Another unit that has a code on a day or later: its own code here.
///
/// # Errors
/// The engine's refusal.
pub fn other_with_code(
    db: &Reader<'_>,
    unit: UnitId,
    system: CodeSystem,
    code: &str,
    from: Date,
) -> Result<Option<String>> {
    UNIT_DATES.other_with_code(db, unit.get(), system, code, from)
}

const UNIT_DATES: Dates = Dates { table: "unit", id: "unit_id", names: "unit_name", codes: "unit_code" };

/// An office held in a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appointment {
    /// Row number.
    pub id: i64,
    /// The unit.
    pub unit: UnitId,
    /// Who.
    pub staff: StaffId,
    /// Academic title of the day asked for, given name, surname. Who has no such title is called by the office.
    pub who: String,
    /// The office.
    pub office: Office,
    /// First day.
    pub starts_on: Date,
    /// First day on which it is no longer held.
    pub ends_on: Option<Date>,
}

impl Appointment {
    /// Whether it is held on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day < end)
    }
}

const APPOINTMENT: &str = "SELECT a.id, a.unit_id, a.staff_id, coalesce(t.title, ''), s.given_name, s.surname, a.office, a.starts_on, a.ends_on
     FROM appointment a JOIN staff s ON s.id = a.staff_id
     LEFT JOIN staff_title t ON t.staff_id = s.id AND t.valid_from <= $1 AND (t.valid_to IS NULL OR t.valid_to > $1) ";

fn appointment(r: &Row<'_>) -> Result<Appointment> {
    Ok(Appointment {
        id: r.int(0)?,
        unit: r.id(1)?,
        staff: r.id(2)?,
        who: {
            let title = academic_title(r.str(3)?).unwrap_or_default().tr;
            format!("{title} {} {}", r.str(4)?, r.str(5)?).trim().to_owned()
        },
        office: r.word(6, Office::from_code)?,
        starts_on: r.date(7)?,
        ends_on: r.opt_date(8)?,
    })
}

fn full_name(r: &Row<'_>, from: usize) -> Result<String> {
    Ok(format!("{} {} {}", r.str(from)?, r.str(from + 1)?, r.str(from + 2)?).trim().to_owned())
}

/// Every appointment in a unit, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn appointments(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Vec<Appointment>> {
    db.query(
        &format!("{APPOINTMENT} WHERE a.unit_id = $2 ORDER BY a.starts_on DESC, a.id DESC"),
        args![day, unit],
        appointment,
    )
}

/// Appointments that hold on a day, in all units.
///
/// # Errors
/// The engine's refusal.
pub fn appointments_on(db: &Reader<'_>, day: Date) -> Result<Vec<Appointment>> {
    db.query(
        &format!("{APPOINTMENT} WHERE a.starts_on <= $1 AND (a.ends_on IS NULL OR a.ends_on > $1) ORDER BY a.unit_id, a.id"),
        args![day],
        appointment,
    )
}

/// Appoints somebody.
///
/// # Errors
/// [`StorageError::Constraint`] when the same appointment is there already.
pub fn insert_appointment(
    tx: &Tx<'_>,
    _permit: &Permit,
    unit: UnitId,
    staff: StaffId,
    office: Office,
    starts_on: Date,
    ends_on: Option<Date>,
) -> Result<i64> {
    let id: base::ids::Id<Appointment> = tx.insert(
        "INSERT INTO appointment (staff_id, unit_id, office, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        args![staff, unit, office.code(), starts_on, ends_on],
    )?;
    Ok(id.get())
}

/// Ends an appointment with `ends_on` as the first day on which it is no longer held, if nobody else changed its end
/// since `before` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn end_appointment(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: i64,
    before: Option<Date>,
    ends_on: Date,
) -> Result<()> {
    let touched = match before {
        None => tx.execute(
            "UPDATE appointment SET ends_on = $2 WHERE id = $1 AND ends_on IS NULL",
            args![id, ends_on],
        )?,
        Some(before) => tx.execute(
            "UPDATE appointment SET ends_on = $2 WHERE id = $1 AND ends_on = $3",
            args![id, ends_on, before],
        )?,
    };
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Staff of a unit and of those below it, in Turkish order, with the title of a day.
///
/// # Errors
/// The engine's refusal.
pub fn staff_of(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Vec<(StaffId, String)>> {
    db.query(
        "SELECT s.id, coalesce(t.title, ''), s.given_name, s.surname FROM staff s
         JOIN unit_closure k ON k.descendant_id = s.unit_id
         LEFT JOIN staff_title t ON t.staff_id = s.id AND t.valid_from <= $2 AND (t.valid_to IS NULL OR t.valid_to > $2)
         WHERE k.ancestor_id = $1 ORDER BY s.sort_key, s.id",
        args![unit, day],
        |r| Ok((r.id(0)?, full_name(r, 1)?)),
    )
}

/// A member of staff, for choosing one of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffLine {
    /// Row id.
    pub id: StaffId,
    /// Name with the title of the day.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Key in the earlier system.
    pub source_key: Option<String>,
    /// Code of the unit.
    pub unit: String,
}

/// All staff in Turkish order, with the title of a day.
///
/// # Errors
/// The engine's refusal.
pub fn all_staff(db: &Reader<'_>, day: Date) -> Result<Vec<StaffLine>> {
    db.query(
        "SELECT s.id, coalesce(t.title, ''), s.given_name, s.surname, s.email, s.source_key, u.code FROM staff s
         JOIN unit u ON u.id = s.unit_id
         LEFT JOIN staff_title t ON t.staff_id = s.id AND t.valid_from <= $1 AND (t.valid_to IS NULL OR t.valid_to > $1)
         ORDER BY s.sort_key, s.id",
        args![day],
        |r| {
            Ok(StaffLine {
                id: r.id(0)?,
                name: full_name(r, 1)?,
                email: r.opt_text(4)?,
                source_key: r.opt_text(5)?,
                unit: r.text(6)?,
            })
        },
    )
}
