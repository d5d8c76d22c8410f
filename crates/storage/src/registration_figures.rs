//! Figures of a registration while it happens: how many candidates stand where, by programme, year and way of entry.

use std::collections::{HashMap, HashSet};

use base::ids::{CandidateId, ProgrammeId, UnitId};
use domain::{
    enrolments::EntryKind,
    papers::{PaperKind, PaperState},
    people::Sex,
    registration::EntryDetails,
};

use crate::{
    args,
    candidates::Sight,
    db::{Reader, Value},
    error::{Result, StorageError},
};

/// Which candidates are counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FigureFilter {
    /// Only this programme.
    pub programme: Option<ProgrammeId>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only this way of entry.
    pub entry_kind: Option<EntryKind>,
    /// Who may be seen at all.
    pub sight: Sight,
}

impl FigureFilter {
    /// The condition on a candidate `c` of a programme `p`.
    fn condition<'a>(&self, args: &mut Vec<Value<'a>>) -> String {
        let mut text = String::from("1 = 1");
        let mut and = |condition: &str, value: Value<'a>| {
            args.push(value);
            text.push_str(&format!(" AND {condition} = ${}", args.len()));
        };
        if let Some(programme) = self.programme {
            and("c.programme_id", Value::Int(programme.get()));
        }
        if let Some(year) = self.year {
            and("c.year", Value::Int(i64::from(year)));
        }
        if let Some(entry) = self.entry_kind {
            and("c.entry_kind", Value::Text(entry.code()));
        }
        text.push_str(&self.sight.condition(args));
        text
    }
}

/// How many candidates of one programme, year and way of entry stand where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureLine {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub programme_code: String,
    /// Its unit.
    pub unit: UnitId,
    /// Year of placement.
    pub year: i32,
    /// Way of entry.
    pub entry_kind: EntryKind,
    /// Everybody with a place.
    pub placed: i64,
    /// Registered finally.
    pub registered: i64,
    /// Registered provisionally.
    pub provisional: i64,
    /// Gave the place up.
    pub renounced: i64,
    /// Deleted after the last day of a provisional registration.
    pub lapsed: i64,
    /// Has not come yet, and not registered through e-Devlet either.
    pub waiting: i64,
    /// Registered through e-Devlet and waits for the office to take it over.
    pub e_waiting: i64,
    /// Everybody who registered through e-Devlet.
    pub e_registered: i64,
}

/// The counts of a filter, newest year first, then by code of the programme.
///
/// # Errors
/// The engine's refusal.
pub fn counts(db: &Reader<'_>, filter: &FigureFilter) -> Result<Vec<FigureLine>> {
    let mut args = Vec::new();
    let condition = filter.condition(&mut args);
    let count = |what: &str| format!("CAST(sum(CASE WHEN {what} THEN 1 ELSE 0 END) AS BIGINT)");
    let state = |code: &str| count(&format!("c.state = '{code}'"));
    let sql = format!(
        "SELECT c.programme_id, p.code, p.unit_id, c.year, c.entry_kind, count(*), {}, {}, {}, {}, {}, {}, {}
         FROM candidate c JOIN programme p ON p.id = c.programme_id WHERE {condition}
         GROUP BY c.programme_id, p.code, p.unit_id, c.year, c.entry_kind ORDER BY c.year DESC, p.code, c.entry_kind",
        state("registered"),
        state("provisional"),
        state("renounced"),
        state("lapsed"),
        count("c.state = 'waiting' AND c.e_registered_at IS NULL"),
        count("c.state = 'waiting' AND c.e_registered_at IS NOT NULL"),
        count("c.e_registered_at IS NOT NULL"),
    );
    db.query(&sql, &args, |r| {
        Ok(FigureLine {
            programme: r.id(0)?,
            programme_code: r.text(1)?,
            unit: r.id(2)?,
            year: r.int32(3)?,
            entry_kind: r.word(4, EntryKind::from_code)?,
            placed: r.int(5)?,
            registered: r.int(6)?,
            provisional: r.int(7)?,
            renounced: r.int(8)?,
            lapsed: r.int(9)?,
            waiting: r.int(10)?,
            e_waiting: r.int(11)?,
            e_registered: r.int(12)?,
        })
    })
}

/// Seats of programmes by year and way of entry, as far as a list told them.
///
/// # Errors
/// The engine's refusal.
pub fn quotas(db: &Reader<'_>, year: Option<i32>) -> Result<HashMap<(ProgrammeId, i32, EntryKind), i64>> {
    let rows = db.query(
        "SELECT programme_id, year, entry_kind, seats FROM placement_quota WHERE year = $1 OR $1 IS NULL",
        args![year],
        |r| Ok(((r.id(0)?, r.int32(1)?, r.word(2, EntryKind::from_code)?), r.int(3)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// The newest year in which somebody in sight was placed.
///
/// # Errors
/// The engine's refusal.
pub fn newest_year(db: &Reader<'_>, sight: &Sight) -> Result<Option<i32>> {
    let mut args = Vec::new();
    let condition = sight.condition(&mut args);
    let sql = if condition.is_empty() {
        "SELECT max(c.year) FROM candidate c".to_owned()
    } else {
        format!(
            "SELECT c.year FROM candidate c JOIN programme p ON p.id = c.programme_id
             WHERE 1 = 1{condition} ORDER BY c.year DESC LIMIT 1"
        )
    };
    Ok(db.one(&sql, &args, |r| r.opt_int(0))?.flatten().and_then(|year| i32::try_from(year).ok()))
}

/// The programmes in sight.
///
/// # Errors
/// The engine's refusal.
pub fn programmes_in(db: &Reader<'_>, sight: &Sight) -> Result<HashSet<ProgrammeId>> {
    let mut args = Vec::new();
    let condition = sight.condition(&mut args);
    let mut found = HashSet::new();
    db.each(&format!("SELECT p.id FROM programme p WHERE 1 = 1{condition}"), &args, |r| {
        found.insert(r.id(0)?);
        Ok(())
    })?;
    Ok(found)
}

/// What decides about the papers of somebody who is registered, provisionally or finally.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperFacts {
    /// The candidate.
    pub candidate: CandidateId,
    /// The programme.
    pub programme: ProgrammeId,
    /// Year of placement.
    pub year: i32,
    /// Way of entry.
    pub entry_kind: EntryKind,
    /// Sex.
    pub sex: Sex,
    /// Two-letter country code.
    pub nationality: String,
    /// Fields and answers to conditions.
    pub details: EntryDetails,
}

/// Hands everybody of a filter who is registered to `visit`, one by one.
///
/// # Errors
/// The engine's refusal.
pub fn each_registered(
    db: &Reader<'_>,
    filter: &FigureFilter,
    mut visit: impl FnMut(PaperFacts),
) -> Result<()> {
    let mut args = Vec::new();
    let condition = filter.condition(&mut args);
    let sql = format!(
        "SELECT c.id, c.programme_id, c.year, c.entry_kind, c.sex, c.nationality, c.details
         FROM candidate c JOIN programme p ON p.id = c.programme_id
         WHERE c.state IN ('registered', 'provisional') AND {condition}"
    );
    db.each(&sql, &args, |r| {
        let details = serde_json::from_str(r.str(6)?).map_err(|e| StorageError::Decode {
            column: "candidate.details".to_owned(),
            found: e.to_string(),
        })?;
        visit(PaperFacts {
            candidate: r.id(0)?,
            programme: r.id(1)?,
            year: r.int32(2)?,
            entry_kind: r.word(3, EntryKind::from_code)?,
            sex: r.word(4, Sex::from_code)?,
            nationality: r.text(5)?,
            details,
        });
        Ok(())
    })
}

/// What everybody of a filter who is registered brought, at the desk or later as a student, by candidate. What was given
/// back is missing.
///
/// # Errors
/// The engine's refusal.
pub fn papers_of_registered(
    db: &Reader<'_>,
    filter: &FigureFilter,
) -> Result<HashMap<CandidateId, Vec<(PaperKind, PaperState)>>> {
    let mut args = Vec::new();
    let condition = filter.condition(&mut args);
    let sql = format!(
        "SELECT c.id, h.kind, CASE WHEN h.returned_on IS NULL THEN h.state ELSE 'missing' END
         FROM candidate c JOIN programme p ON p.id = c.programme_id JOIN held_paper h ON h.enrolment_id = c.enrolment_id
         WHERE c.state IN ('registered', 'provisional') AND {condition} ORDER BY h.id"
    );
    let mut found: HashMap<CandidateId, Vec<(PaperKind, PaperState)>> = HashMap::new();
    db.each(&sql, &args, |r| {
        let paper = (r.word(1, PaperKind::from_code)?, r.word(2, PaperState::from_code)?);
        found.entry(r.id(0)?).or_default().push(paper);
        Ok(())
    })?;
    Ok(found)
}
