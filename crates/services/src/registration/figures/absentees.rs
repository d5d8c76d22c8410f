//! Who did not register by the last day.

use std::collections::HashSet;

use base::ids::CandidateId;
use domain::registration::CandidateState;
use storage::{
    candidates::{Candidate, CandidateFilter},
    registration_figures::FigureFilter,
};

use super::{FigureQuery, count::Ends, note};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
    registration::list_candidates::sight,
};

/// Those who did not register by the last day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Absentees {
    /// In Turkish order of the names.
    pub rows: Vec<Candidate>,
    /// The candidate behind whom the next page begins.
    pub next: Option<CandidateId>,
}

/// Lists who neither came nor registered through e-Devlet by the last day; whose window is still open is not among
/// them. The read is logged.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever sees no candidates.
pub async fn list_absentees(
    office: &Office,
    actor: &Actor,
    query: FigureQuery,
    after: Option<CandidateId>,
    limit: u32,
) -> Result<Absentees> {
    let limit = limit.clamp(1, 500);
    let mut rows = absentees(office, actor, query, after, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let ids: Vec<String> = rows.iter().map(|candidate| candidate.id.to_string()).collect();
    note(office, actor, "read_candidates", ids.join(","))?;
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok(Absentees { rows, next })
}

/// Everybody of the list, or the first of them behind a candidate.
pub(super) async fn absentees(
    office: &Office,
    actor: &Actor,
    query: FigureQuery,
    after: Option<CandidateId>,
    limit: u32,
) -> Result<Vec<Candidate>> {
    let (now, today, asking) = (office.now(), office.today(), actor.clone());
    let seen = sight(actor, Action::ReadCandidates, query.unit);
    office
        .db
        .read_apart(move |db| -> Result<_> {
            authz::ask(db, &asking, Action::ReadCandidates, Resource::Anywhere, now)?;
            let year = match query.year {
                Some(year) => Some(year),
                None => storage::registration_figures::newest_year(db, &seen)?,
            };
            let (programme, entry_kind) = (query.programme, query.entry_kind);
            let counted = FigureFilter { programme, year, entry_kind, sight: seen.clone() };
            let mut ends = Ends::default();
            let mut over = HashSet::new();
            for line in storage::registration_figures::counts(db, &counted)? {
                if line.waiting > 0 && ends.of(db, today, line.unit, line.entry_kind, line.year)?.1 {
                    over.insert((line.programme, line.year, line.entry_kind));
                }
            }
            if over.is_empty() {
                return Ok(Vec::new());
            }
            let after = match after {
                Some(id) => storage::candidates::fetch(db, id)?.map(|last| (last.sort_key, last.id)),
                None => None,
            };
            let filter = CandidateFilter {
                programme,
                states: vec![CandidateState::Waiting],
                entry_kind,
                year,
                e_registered: Some(false),
                sight: seen,
                after,
                limit: u32::MAX,
                ..CandidateFilter::default()
            };
            let mut rows = storage::candidates::list(db, &filter)?;
            rows.retain(|c| over.contains(&(c.data.programme, c.data.year, c.data.entry_kind)));
            rows.truncate(limit as usize);
            Ok(rows)
        })
        .await
}
