//! Figures of a registration while it happens: who stands where, who did not come, which seats are left.
//!
//! Seats of a programme are those that a list told. Where none did, those that the first placement left empty are known
//! only as far as an additional placement filled them.

mod absentees;
mod count;
mod export;
mod live;

use base::{
    ids::{ProgrammeId, UnitId},
    time::{Date, Timestamp},
};
use domain::{enrolments::EntryKind, student_file::Name};
use storage::{
    audit::AuditRow,
    registration_figures::{FigureFilter, FigureLine},
};

pub use self::{
    absentees::{Absentees, list_absentees},
    export::{AbsenteeWords, FigureWords, export_absentees, export_figures},
    live::{LiveFigures, ProgrammeSummary, Summary, summary},
};
use super::{desk::Desk, list_candidates::sight};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// Which candidates are counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FigureQuery {
    /// Only this programme.
    pub programme: Option<ProgrammeId>,
    /// Only this year; the newest in which somebody was placed when it is not said.
    pub year: Option<i32>,
    /// Only this way of entry.
    pub entry_kind: Option<EntryKind>,
    /// Of what the actor may see only this unit and what lies below it.
    pub unit: Option<UnitId>,
}

/// Counts of candidates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    /// Everybody with a place.
    pub placed: i64,
    /// Registered finally.
    pub registered: i64,
    /// Registered through e-Devlet, whether taken over by the office or not.
    pub e_registered: i64,
    /// Registered through e-Devlet and not taken over yet.
    pub e_waiting: i64,
    /// Registered provisionally.
    pub provisional: i64,
    /// Registered, finally or provisionally, with a paper missing.
    pub missing_papers: i64,
    /// Gave the place up.
    pub renounced: i64,
    /// Deleted after the last day of a provisional registration.
    pub lapsed: i64,
    /// Neither came nor registered through e-Devlet, and may still come.
    pub waiting: i64,
    /// Neither came nor registered through e-Devlet by the last day.
    pub did_not_come: i64,
    /// Seats that are left for an additional placement: those that the list told, or else those placed, but for who is
    /// registered, provisionally or through e-Devlet too. Before the last day those who may still come are among them. Whoever an additional
    /// placement brought takes such a seat and adds none; ways of entry that no list fills have none.
    pub seats_left: i64,
}

impl Totals {
    fn of(line: &FigureLine, missing_papers: i64, seats_left: i64, is_over: bool) -> Self {
        Self {
            placed: line.placed,
            registered: line.registered,
            e_registered: line.e_registered,
            e_waiting: line.e_waiting,
            provisional: line.provisional,
            missing_papers,
            renounced: line.renounced,
            lapsed: line.lapsed,
            waiting: if is_over { 0 } else { line.waiting },
            did_not_come: if is_over { line.waiting } else { 0 },
            seats_left,
        }
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.cells_mut().into_iter().zip(other.cells()) {
            *mine += theirs;
        }
    }

    /// The counts in the order of lists and files.
    pub const fn cells(&self) -> [i64; 11] {
        [
            self.placed,
            self.registered,
            self.e_registered,
            self.e_waiting,
            self.provisional,
            self.missing_papers,
            self.renounced,
            self.lapsed,
            self.waiting,
            self.did_not_come,
            self.seats_left,
        ]
    }

    const fn cells_mut(&mut self) -> [&mut i64; 11] {
        [
            &mut self.placed,
            &mut self.registered,
            &mut self.e_registered,
            &mut self.e_waiting,
            &mut self.provisional,
            &mut self.missing_papers,
            &mut self.renounced,
            &mut self.lapsed,
            &mut self.waiting,
            &mut self.did_not_come,
            &mut self.seats_left,
        ]
    }
}

/// The figures of one programme and way of entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureRow {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its unit.
    pub unit: UnitId,
    /// Its code.
    pub code: String,
    /// Its name as of today.
    pub name: Name,
    /// Year of placement.
    pub year: i32,
    /// Way of entry.
    pub entry_kind: EntryKind,
    /// Seats of the programme, where a list told them.
    pub quota: Option<i64>,
    /// Last day of registration, where a window says one.
    pub closes_on: Option<Date>,
    /// Whether that day is over.
    pub is_over: bool,
    /// The counts.
    pub counts: Totals,
}

/// The figures of a filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// The year they are about; none where nobody was ever placed.
    pub year: Option<i32>,
    /// When they were counted.
    pub at: Timestamp,
    /// By code of the programme and way of entry.
    pub rows: Vec<FigureRow>,
    /// All of them together.
    pub totals: Totals,
}

/// Counts the candidates of a filter as they stand now. Nobody's name is in it.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever sees no candidates.
pub async fn figures(office: &Office, actor: &Actor, query: FigureQuery) -> Result<Figures> {
    let (now, asking, mut desk) = (office.now(), actor.clone(), Desk::open(office));
    let seen = sight(actor, Action::ReadCandidates, query.unit);
    office
        .db
        .read_apart(move |db| -> Result<_> {
            authz::ask(db, &asking, Action::ReadCandidates, Resource::Anywhere, now)?;
            let year = match query.year {
                Some(year) => Some(year),
                None => storage::registration_figures::newest_year(db, &seen)?,
            };
            let filter =
                FigureFilter { programme: query.programme, year, entry_kind: query.entry_kind, sight: seen };
            let rows = count::count(db, &mut desk, &filter)?;
            let mut totals = Totals::default();
            rows.iter().for_each(|row| totals.add(&row.counts));
            Ok(Figures { year, at: now, rows, totals })
        })
        .await
}

fn note(office: &Office, actor: &Actor, act: &str, candidates: String) -> Result<()> {
    office.reads.note(AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: act.to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail: format!("candidates={candidates}"),
        shown: None,
        reason: None,
        request: actor.request.clone(),
    })
}
