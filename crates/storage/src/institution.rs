//! Units, staff, offices, programmes, curricula, courses, terms.

mod dates;
pub mod programmes;
pub mod units;

use std::collections::HashMap;

use base::{
    ids::{StaffId, UnitId},
    time::Date,
};
use domain::{
    student_file::{Name, TermFacts},
    units::Office,
};

use crate::{
    args,
    db::{Reader, Value},
    error::Result,
};

/// Whether `unit` is one of `scope` or lies below one of them.
///
/// # Errors
/// The engine's refusal.
pub fn is_within(db: &Reader<'_>, unit: UnitId, scope: &[UnitId]) -> Result<bool> {
    for ancestor in scope {
        let found = db.count(
            "SELECT count(*) FROM unit_closure WHERE descendant_id = $1 AND ancestor_id = $2",
            args![unit, ancestor],
        )?;
        if found > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The row id of a unit's code.
///
/// # Errors
/// The engine's refusal.
pub fn find_unit(db: &Reader<'_>, code: &str) -> Result<Option<UnitId>> {
    db.one("SELECT id FROM unit WHERE code = $1", args![code], |r| r.id(0))
}

/// The name of a unit as valid on `day`.
///
/// # Errors
/// The engine's refusal.
pub fn unit_name(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Option<Name>> {
    db.one(
        "SELECT name_tr, name_en FROM unit_name WHERE unit_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)",
        args![unit, day],
        |r| Ok(Name { tr: r.text(0)?, en: r.text(1)? }),
    )
}

/// The unit that issues papers for `unit`: itself or the nearest one above that is not a department.
///
/// # Errors
/// The engine's refusal.
pub fn issuing_unit(db: &Reader<'_>, unit: UnitId) -> Result<Option<UnitId>> {
    db.one(
        "SELECT u.id FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id
         WHERE c.descendant_id = $1 AND u.kind <> 'department' ORDER BY c.depth LIMIT 1",
        args![unit],
        |r| r.id(0),
    )
}

/// Somebody who holds an office on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// Who.
    pub staff: StaffId,
    /// Given name.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Academic or official title valid that day.
    pub title: String,
    /// The office.
    pub office: Office,
}

/// Who holds `office` in `unit` on `day`; the one appointed last where two overlap.
///
/// # Errors
/// The engine's refusal.
pub fn holder_of(db: &Reader<'_>, unit: UnitId, office: Office, day: Date) -> Result<Option<Holder>> {
    db.one(
        "SELECT s.id, s.given_name, s.surname, coalesce(t.title, '')
         FROM appointment a JOIN staff s ON s.id = a.staff_id
         LEFT JOIN staff_title t ON t.staff_id = s.id AND t.valid_from <= $3 AND (t.valid_to IS NULL OR t.valid_to > $3)
         WHERE a.unit_id = $1 AND a.office = $2 AND a.starts_on <= $3 AND (a.ends_on IS NULL OR a.ends_on > $3)
         ORDER BY a.starts_on DESC LIMIT 1",
        args![unit, office.code(), day],
        |r| Ok(Holder { staff: r.id(0)?, given_name: r.text(1)?, surname: r.text(2)?, title: r.text(3)?, office }),
    )
}

/// Values of one kind for a select or filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Row id.
    pub id: i64,
    /// Code.
    pub code: String,
    /// Name today.
    pub name: Name,
}

/// Programmes inside `scope` (all when empty), in order of code.
///
/// # Errors
/// The engine's refusal.
pub fn programmes(db: &Reader<'_>, scope: &[UnitId], day: Date) -> Result<Vec<Choice>> {
    let all = scope.is_empty();
    let mut args = vec![Value::Date(day), Value::Bool(all)];
    let marks: Vec<String> = scope
        .iter()
        .map(|unit| {
            args.push(Value::Int(unit.get()));
            format!("${}", args.len())
        })
        .collect();
    let within = if all { "NULL".to_owned() } else { marks.join(", ") };
    db.query(
        &format!(
            "SELECT p.id, p.code, n.name_tr, n.name_en FROM programme p
             JOIN programme_name n ON n.programme_id = p.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1)
             WHERE $2 OR EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = p.unit_id AND c.ancestor_id IN ({within}))
             ORDER BY p.code"
        ),
        &args,
        |r| Ok(Choice { id: r.int(0)?, code: r.text(1)?, name: Name { tr: r.text(2)?, en: r.text(3)? } }),
    )
}

/// Title and name of a member of staff on a day.
///
/// # Errors
/// The engine's refusal.
pub fn staff_name(db: &Reader<'_>, staff: StaffId, day: Date) -> Result<Option<String>> {
    db.one(
        "SELECT coalesce(t.title, ''), s.given_name, s.surname FROM staff s
         LEFT JOIN staff_title t ON t.staff_id = s.id AND t.valid_from <= $2 AND (t.valid_to IS NULL OR t.valid_to > $2)
         WHERE s.id = $1",
        args![staff, day],
        |r| Ok(format!("{} {} {}", r.str(0)?, r.str(1)?, r.str(2)?).trim().to_owned()),
    )
}

/// Titles and names of members of staff on a day: of those asked for, or of all.
///
/// # Errors
/// The engine's refusal.
pub fn staff_names(db: &Reader<'_>, only: Option<&[StaffId]>, day: Date) -> Result<HashMap<StaffId, String>> {
    let mut args = vec![Value::Date(day)];
    let mut places = Vec::new();
    for staff in only.unwrap_or_default() {
        args.push(Value::Int(staff.get()));
        places.push(format!("${}", args.len()));
    }
    let these = match only {
        None => String::new(),
        Some([]) => return Ok(HashMap::new()),
        Some(_) => format!(" WHERE s.id IN ({})", places.join(", ")),
    };
    let sql = format!(
        "SELECT s.id, coalesce(t.title, ''), s.given_name, s.surname FROM staff s
         LEFT JOIN staff_title t ON t.staff_id = s.id AND t.valid_from <= $1 AND (t.valid_to IS NULL OR t.valid_to > $1){these}"
    );
    let mut names = HashMap::new();
    db.each(&sql, &args, |r| {
        names.insert(r.id(0)?, format!("{} {} {}", r.str(1)?, r.str(2)?, r.str(3)?).trim().to_owned());
        Ok(())
    })?;
    Ok(names)
}

/// Names of all units on a day.
///
/// # Errors
/// The engine's refusal.
pub fn unit_names(db: &Reader<'_>, day: Date) -> Result<Vec<(UnitId, Name)>> {
    db.query(
        "SELECT unit_id, name_tr, name_en FROM unit_name WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)",
        args![day],
        |r| Ok((r.id(0)?, Name { tr: r.text(1)?, en: r.text(2)? })),
    )
}

/// The term that runs on a day, or the one that began last before it.
///
/// # Errors
/// The engine's refusal.
pub fn running_term(db: &Reader<'_>, day: Date) -> Result<Option<TermFacts>> {
    db.one(
        "SELECT id, academic_year, season, starts_on, ends_on FROM term WHERE starts_on <= $1 ORDER BY starts_on DESC LIMIT 1",
        args![day],
        |r| crate::enrolments::term_facts(r, 0),
    )
}

/// All terms, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn terms(db: &Reader<'_>) -> Result<Vec<TermFacts>> {
    db.query(
        "SELECT id, academic_year, season, starts_on, ends_on FROM term ORDER BY starts_on DESC",
        &[],
        |r| crate::enrolments::term_facts(r, 0),
    )
}
