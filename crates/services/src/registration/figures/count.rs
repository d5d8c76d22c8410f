//! Counting: places, states, last days, missing papers, seats left.

use std::collections::{BTreeMap, HashMap};

use base::{
    ids::{ProgrammeId, UnitId},
    time::Date,
};
use domain::{
    enrolments::EntryKind,
    papers::{Coverage, EntryFacts, Held, PaperStanding, RequiredPaper, compare, required_papers},
    people::Sex,
    registration::WindowKind,
};
use regulations::{Arrival, Condition, When};
use storage::{
    Reader,
    registration_figures::{FigureFilter, FigureLine, PaperFacts},
};

use super::{FigureRow, Totals};
use crate::{error::Result, registration::desk::Desk};

/// The figures of a filter by programme and way of entry.
///
/// # Errors
/// The database's.
pub(super) fn count(db: &Reader<'_>, desk: &mut Desk, filter: &FigureFilter) -> Result<Vec<FigureRow>> {
    // Seats concern several ways of entry of a programme, so all of them are counted.
    let every = FigureFilter { entry_kind: None, ..filter.clone() };
    let lines = storage::registration_figures::counts(db, &every)?;
    let quotas = storage::registration_figures::quotas(db, filter.year)?;
    let missing = missing_papers(db, desk, filter)?;
    let mut ends = Ends::default();
    lines
        .iter()
        .filter(|line| filter.entry_kind.is_none_or(|kind| kind == line.entry_kind))
        .map(|line| {
            let (closes_on, is_over) = ends.of(db, desk.today, line.unit, line.entry_kind, line.year)?;
            let owing = missing.get(&(line.programme, line.year, line.entry_kind)).copied().unwrap_or(0);
            let name = desk.programme(db, line.programme)?.map(|facts| facts.name).unwrap_or_default();
            Ok(FigureRow {
                counts: Totals::of(line, owing, seats_left(desk, line, &lines, &quotas), is_over),
                quota: quotas.get(&(line.programme, line.year, line.entry_kind)).copied(),
                programme: line.programme,
                unit: line.unit,
                code: line.programme_code.clone(),
                name,
                year: line.year,
                entry_kind: line.entry_kind,
                closes_on,
                is_over,
            })
        })
        .collect()
}

/// Who holds a seat.
const fn seated(line: &FigureLine) -> i64 {
    line.registered + line.provisional + line.e_waiting
}

/// Seats by programme, year and way of entry, as lists told them.
type Quotas = HashMap<(ProgrammeId, i32, EntryKind), i64>;

/// Seats of a line that are left for an additional placement: of those that the list told, otherwise of those placed,
/// which are never fewer. What an additional placement announced itself is part of what the first one left.
///
/// # Legal basis
/// KYT-06.
fn seats_left(desk: &Desk, line: &FigureLine, all: &[FigureLine], quotas: &Quotas) -> i64 {
    let when = When { on: desk.today, entry_year: i16::try_from(line.year).unwrap_or(desk.today.year()) };
    let rule = desk.book.entry_rule(line.entry_kind.code(), when).value;
    if rule.is_none_or(|rule| !rule.arrivals.contains(&Arrival::List)) {
        return 0;
    }
    let of = |kind: EntryKind| {
        all.iter().find(|other| {
            (other.programme, other.year, other.entry_kind) == (line.programme, line.year, kind)
        })
    };
    // Places of an additional placement are those that the first one left; they count there.
    if line.entry_kind.first_round().is_some_and(|first| of(first).is_some()) {
        return 0;
    }
    let told_of = |line: &FigureLine| quotas.get(&(line.programme, line.year, line.entry_kind)).copied();
    let told = told_of(line);
    let left = told.unwrap_or(0).max(line.placed) - seated(line);
    let mut rounds = EntryKind::ALL.iter().filter(|kind| kind.first_round() == Some(line.entry_kind));
    match rounds.find_map(|kind| of(*kind)) {
        // Without the seats of the first placement those of the additional one show how many were left at least.
        Some(more) if told.is_none() => {
            let offered = told_of(more).unwrap_or(0).max(more.placed);
            (left.max(offered) - seated(more)).max(0)
        }
        Some(more) => (left - seated(more)).max(0),
        None => left.max(0),
    }
}

/// The last days of registration, each asked for once.
#[derive(Default)]
pub(super) struct Ends(HashMap<(UnitId, EntryKind), Option<Date>>);

impl Ends {
    /// The last day for a unit and way of entry, and whether it is over for those placed in a year.
    pub(super) fn of(
        &mut self,
        db: &Reader<'_>,
        today: Date,
        unit: UnitId,
        entry: EntryKind,
        year: i32,
    ) -> Result<(Option<Date>, bool)> {
        let known = match self.0.get(&(unit, entry)) {
            Some(known) => *known,
            None => {
                let window =
                    storage::windows::counting(db, WindowKind::Registration, unit, Some(entry), today)?;
                let day = window.map(|window| window.closes_on);
                self.0.insert((unit, entry), day);
                day
            }
        };
        // A window of an earlier year says nothing about those placed later, and a later one nothing about them.
        let day = known.filter(|day| i32::from(day.year()) == year);
        Ok((day, day.map_or(year < i32::from(today.year()), |day| day < today)))
    }
}

/// What decides which papers are asked for.
type PaperKey = (ProgrammeId, EntryKind, i32, Sex, String, BTreeMap<Condition, bool>);

/// How many of those registered have a paper missing, by programme, year and way of entry; as the desk sees it.
fn missing_papers(
    db: &Reader<'_>,
    desk: &mut Desk,
    filter: &FigureFilter,
) -> Result<HashMap<(ProgrammeId, i32, EntryKind), i64>> {
    let mut registered: Vec<PaperFacts> = Vec::new();
    storage::registration_figures::each_registered(db, filter, |facts| registered.push(facts))?;
    let held = storage::registration_figures::papers_of_registered(db, filter)?;
    let mut asked: HashMap<PaperKey, Option<Vec<RequiredPaper>>> = HashMap::new();
    let mut missing = HashMap::new();
    for facts in registered {
        let programme = desk.programme(db, facts.programme)?;
        let stated = facts.details.conditions();
        let key = (facts.programme, facts.entry_kind, facts.year, facts.sex, facts.nationality, stated);
        let required = asked.entry(key).or_insert_with_key(|key| {
            let (_, entry, year, sex, nationality, stated) = key;
            let on = desk.today;
            let when = When { on, entry_year: i16::try_from(*year).unwrap_or(on.year()) };
            let facts = EntryFacts {
                sex: *sex,
                nationality: nationality.clone(),
                language: programme.as_ref().map(|p| p.language.clone()).unwrap_or_default(),
                stated: stated.clone(),
            };
            let facts = match &programme {
                Some(programme) => facts.of_programme(&desk.book, &programme.code, when),
                None => facts,
            };
            required_papers(&desk.book, *entry, &facts, when)
        });
        let coverage = if required.is_some() { Coverage::Whole } else { Coverage::NoList };
        let here: Vec<Held> = held
            .get(&facts.candidate)
            .into_iter()
            .flatten()
            .map(|(kind, state)| Held { kind: *kind, state: *state })
            .collect();
        let file = compare(coverage, &here, required.clone().unwrap_or_default());
        if file.count(PaperStanding::Missing) > 0 {
            *missing.entry((facts.programme, facts.year, facts.entry_kind)).or_default() += 1;
        }
    }
    Ok(missing)
}
