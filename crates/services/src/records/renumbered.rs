//! Rows that stand here under another key: whoever exports the records must keep the keys, or everything would be
//! taken over a second time.
//!
//! It must be asked before anything is compared: the database would refuse the same rows, but could name neither file
//! nor row.

use base::ids::PersonId;
use serde::Deserialize;
use storage::{
    Reader,
    enrolments::{self, Enrolment},
    people,
    records::{
        RecordsFile,
        institution::{self, Fields, Keys},
        staging::{self, Pending},
        students::{self, StagedStudent},
    },
};

use super::{
    faults::{Faults, brief},
    format::format,
    pass::{fields, unsigned},
    plan::shown,
    problem::Problem,
};
use crate::error::Result;

/// Rows of a short file that are looked at together.
const PAGE: i64 = 2_000;

/// Looks at everything staged whose key is new or whose names differ from those taken over before.
pub(super) fn find(db: &Reader<'_>, faults: &mut Faults) -> Result<()> {
    if !staging::holds_records(db)? {
        return Ok(());
    }
    let mut keys = Keys::default();
    for file in institution::FILES {
        keys.load(db, file)?;
        if let Some(known_by) = institution::known_by(file) {
            look_at(db, file, known_by, &keys, faults)?;
        }
    }
    if faults.is_empty() {
        look_at_students(db, &keys, faults)?;
    }
    Ok(())
}

fn look_at(
    db: &Reader<'_>,
    file: RecordsFile,
    known_by: &[&'static str],
    keys: &Keys,
    faults: &mut Faults,
) -> Result<()> {
    let mut after = 0;
    loop {
        let page = staging::pending(db, file, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.row;
        for row in &page {
            if let Some(problem) = judge(db, file, known_by, keys, row)? {
                let column = match &problem {
                    Problem::Renumbered { .. } => format(file).key.first(),
                    _ => known_by.last(),
                };
                faults.row(file, unsigned(row.row), column.copied(), problem);
            }
            if faults.is_full() {
                return Ok(());
            }
        }
    }
}

fn judge(
    db: &Reader<'_>,
    file: RecordsFile,
    known_by: &[&'static str],
    keys: &Keys,
    row: &Pending,
) -> Result<Option<Problem>> {
    // Courses may share a code; all others are known by one row alone.
    let may_repeat = file == RecordsFile::Courses;
    let in_file = fields(&row.fields);
    let names = |of: &Fields| known_by.iter().map(|column| of.get(*column).cloned()).collect::<Vec<_>>();
    let is_new = row.source.is_none();
    if row.source.as_deref().is_some_and(|source| may_repeat || names(&fields(source)) == names(&in_file)) {
        return Ok(None);
    }
    let Some(key) = institution::namesake(db, file, &row.key, &in_file, keys)? else { return Ok(None) };
    let found = told(known_by, &in_file);
    Ok(match key {
        // What was set up here before the records came gets its key now.
        None => (!is_new).then_some(Problem::TakenHere { found }),
        Some(key) => match staging::fields_of(db, file, &key)? {
            None => Some(Problem::Renumbered { found, key }),
            Some(_) => (!may_repeat).then_some(Problem::TakenByAnother { found, key }),
        },
    })
}

/// What a row is known by: `program_id 2, version 1`.
fn told(known_by: &[&'static str], fields: &Fields) -> String {
    let values = known_by.iter().filter_map(|column| Some((column, fields.get(*column)?)));
    let told: Vec<String> =
        values.map(|(column, value)| format!("{column} {}", brief(&shown(column, value)))).collect();
    told.join(", ")
}

/// What of a row of `students.csv` tells whose number it is.
#[derive(Deserialize)]
struct Who {
    tckn: Option<String>,
    birth_date: String,
    program_id: i64,
    entry_year: i64,
}

fn look_at_students(db: &Reader<'_>, keys: &Keys, faults: &mut Faults) -> Result<()> {
    let mut after = 0;
    loop {
        let page = students::staged(db, after)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.row;
        // What cannot be read is told by the pass itself.
        let differing: Vec<(&StagedStudent, Who)> = page
            .iter()
            .filter(|s| s.source.as_deref() != Some(s.fields.as_str()))
            .filter_map(|s| Some((s, serde_json::from_str(&s.fields).ok()?)))
            .collect();
        let numbers: Vec<&str> = differing.iter().filter_map(|(_, who)| who.tckn.as_deref()).collect();
        let holders = students::people_with(db, &numbers)?;
        for (student, who) in &differing {
            let holder = who.tckn.as_ref().and_then(|number| holders.get(number)).copied();
            let problem = match (student.here, holder) {
                (None, Some(holder)) => renumbered(db, keys, who, holder)?,
                (Some((_, here)), Some(holder)) if here != holder => of_another(db, who, here, holder)?,
                _ => None,
            };
            if let Some(problem) = problem {
                faults.row(RecordsFile::Students, unsigned(student.row), "student_no", problem);
            }
            if faults.is_full() {
                return Ok(());
            }
        }
    }
}

/// A new number of somebody whose number in the same programme since the same year is gone from the file.
fn renumbered(db: &Reader<'_>, keys: &Keys, who: &Who, holder: PersonId) -> Result<Option<Problem>> {
    let same = |e: &Enrolment| {
        keys.key(RecordsFile::Programs, e.programme.get()) == Some(who.program_id)
            && i64::from(e.entry_year) == who.entry_year
    };
    for former in enrolments::of_person(db, holder)?.into_iter().filter(same) {
        if staging::fields_of(db, RecordsFile::Students, &former.number)?.is_none() {
            return Ok(Some(Problem::RenumberedStudent { number: former.number }));
        }
    }
    Ok(None)
}

/// A number that stands here for one person, in a row about another. A wrong identity number alone is no proof of that:
/// it is listed as a conflict.
fn of_another(db: &Reader<'_>, who: &Who, here: PersonId, holder: PersonId) -> Result<Option<Problem>> {
    let born = people::fetch(db, here)?.map(|person| person.identity.birth_date.to_string());
    if born.as_deref() == Some(who.birth_date.as_str()) {
        return Ok(None);
    }
    let number = enrolments::of_person(db, holder)?.into_iter().next().map(|e| e.number);
    Ok(Some(Problem::NumberOfAnother { number: number.unwrap_or_default() }))
}
