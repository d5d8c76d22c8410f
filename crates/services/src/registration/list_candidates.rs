//! The queue of the desk: candidates by filter.

use base::{
    ids::{CandidateId, ProgrammeId, UnitId},
    text::SearchTerm,
    time::Date,
};
use domain::{enrolments::EntryKind, registration::CandidateState};
use storage::{
    Reader,
    audit::AuditRow,
    candidates::{Candidate, CandidateFilter, Sight},
};

use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// Which candidates are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CandidateQuery {
    /// Words of the name.
    pub q: String,
    /// Only this programme.
    pub programme: Option<ProgrammeId>,
    /// Only these states; all when empty.
    pub states: Vec<CandidateState>,
    /// Only this way of entry.
    pub entry_kind: Option<EntryKind>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only those who registered through e-Devlet, or only those who did not.
    pub e_registered: Option<bool>,
    /// Only provisional registrations whose last day is over.
    pub overdue: bool,
    /// Of what the actor may see only this unit and what lies below it.
    pub unit: Option<UnitId>,
    /// After this candidate of the list.
    pub after: Option<CandidateId>,
    /// Rows at the most.
    pub limit: u32,
}

/// A page of candidates.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CandidatePage {
    /// Rows in Turkish order of the names.
    pub rows: Vec<Candidate>,
    /// The candidate behind whom the next page begins.
    pub next: Option<CandidateId>,
    /// How many there are in each state, whichever states were asked for; on the first page alone.
    pub counts: Vec<(CandidateState, i64)>,
}

/// Where an actor sees candidates.
pub(crate) fn sight(actor: &Actor, action: Action, only: Option<UnitId>) -> Sight {
    let scope = authz::scope(actor, action);
    Sight { all: scope.all, units: scope.units, programmes: scope.programmes, only }
}

impl CandidateQuery {
    /// The filter of storage; the place where the page begins is looked up by `list`.
    fn filter(&self, actor: &Actor, today: Date) -> CandidateFilter {
        CandidateFilter {
            words: SearchTerm::parse(&self.q),
            programme: self.programme,
            states: self.states.clone(),
            entry_kind: self.entry_kind,
            year: self.year,
            e_registered: self.e_registered,
            due_before: self.overdue.then_some(today),
            sight: sight(actor, Action::ReadCandidates, self.unit),
            after: None,
            limit: self.limit.clamp(1, 500),
        }
    }
}

/// Where a candidate stands in lists; the beginning where he or she is gone.
fn place_of(db: &Reader<'_>, id: Option<CandidateId>) -> Result<Option<(String, CandidateId)>> {
    let Some(id) = id else { return Ok(None) };
    Ok(storage::candidates::fetch(db, id)?.map(|candidate| (candidate.sort_key, candidate.id)))
}

/// Lists candidates; one row with the filter is logged.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever sees none at all.
pub async fn list_candidates(office: &Office, actor: &Actor, query: CandidateQuery) -> Result<CandidatePage> {
    let (now, asking, after) = (office.now(), actor.clone(), query.after);
    let mut filter = query.filter(actor, office.today());
    let limit = filter.limit;
    let (mut rows, counts, permit) = office
        .db
        .read(move |db| -> Result<_> {
            let permit = authz::ask(db, &asking, Action::ReadCandidates, Resource::Anywhere, now)?;
            let all = CandidateFilter { states: Vec::new(), ..filter.clone() };
            let counts =
                if after.is_none() { storage::candidates::count_states(db, &all)? } else { Vec::new() };
            filter.after = place_of(db, after)?;
            filter.limit += 1;
            Ok((storage::candidates::list(db, &filter)?, counts, permit))
        })
        .await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    let shown: Vec<String> = rows.iter().map(|c| c.id.to_string()).collect();
    office.reads.note(AuditRow {
        object_kind: "list",
        detail: format!("q={} candidates={}", query.q.chars().count(), shown.join(",")),
        ..AuditRow::by(&permit, "read_candidates")
    })?;
    Ok(CandidatePage { rows, next, counts })
}

/// The next candidate of a filter who still waits: the first behind the one that is open now, then from the beginning.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever sees none at all.
pub async fn next_candidate(
    office: &Office,
    actor: &Actor,
    query: CandidateQuery,
) -> Result<Option<CandidateId>> {
    let (now, asking, after) = (office.now(), actor.clone(), query.after);
    let filter = CandidateFilter {
        states: vec![CandidateState::Waiting],
        due_before: None,
        limit: 1,
        ..query.filter(actor, office.today())
    };
    office
        .db
        .read(move |db| -> Result<_> {
            authz::ask(db, &asking, Action::ReadCandidates, Resource::Anywhere, now)?;
            let behind = CandidateFilter { after: place_of(db, after)?, ..filter.clone() };
            let mut found = storage::candidates::list(db, &behind)?;
            if found.is_empty() && after.is_some() {
                found = storage::candidates::list(db, &filter)?;
                found.retain(|candidate| Some(candidate.id) != after);
            }
            Ok(found.first().map(|candidate| candidate.id))
        })
        .await
}
