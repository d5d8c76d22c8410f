//! What a bulk registration would come to, before anybody is registered.

use std::collections::{BTreeMap, HashMap};

use base::ids::{CandidateId, ProgrammeId};
use domain::{registration::CandidateState, student_file::Name};
use regulations::{Finding, Findings, Verdict};
use storage::{
    Reader,
    audit::AuditRow,
    candidates::{Candidate, CandidateFilter, Sight},
};

use super::{super::list_candidates::sight, BulkQuery, look_at_all};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
    registration::desk::Desk,
    work::outcome,
};

/// A candidate as the preview names him or her.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkCandidate {
    /// Row id.
    pub id: CandidateId,
    /// `Given SURNAME`.
    pub name: String,
    /// Code of the programme.
    pub programme_code: String,
}

/// One reason, with everybody whom it keeps out of the safe set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkReason {
    /// What the desk says.
    pub finding: Finding,
    /// Who, in order of programme and name.
    pub candidates: Vec<BulkCandidate>,
}

/// The candidates of one programme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkProgramme {
    /// The programme.
    pub id: ProgrammeId,
    /// Its code.
    pub code: String,
    /// Its name as of today.
    pub name: Name,
    /// Who registered through e-Devlet and waits.
    pub total: usize,
    /// How many of them would be registered.
    pub ready: usize,
}

/// What a bulk registration would come to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BulkPreview {
    /// Candidates of the filter.
    pub total: usize,
    /// How many would be registered.
    pub ready: usize,
    /// The same by programme, by code.
    pub programmes: Vec<BulkProgramme>,
    /// How many of those who would be registered bring a warning, by its code.
    pub warnings: BTreeMap<String, usize>,
    /// Why the others would not be, the commonest reason first; somebody with two reasons stands under both.
    pub reasons: Vec<BulkReason>,
}

/// Looks at the candidates of a filter: who would be registered in bulk, and why the others would not. Nothing is
/// written but that somebody looked.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for those who register nobody.
pub async fn preview_bulk(office: &Office, actor: &Actor, query: BulkQuery) -> Result<BulkPreview> {
    let (now, asking) = (office.now(), actor.clone());
    let seen = sight(actor, Action::RegisterCandidates, query.unit);
    let mut desk = Desk::open(office);
    let (preview, permit) = office
        .db
        .read_apart(move |db| -> Result<_> {
            let permit = authz::ask(db, &asking, Action::RegisterCandidates, Resource::Anywhere, now)?;
            let candidates = resolve(db, &query, &seen)?;
            Ok((look(db, &mut desk, &candidates)?, permit))
        })
        .await?;
    office.reads.note(AuditRow {
        object_kind: "list",
        detail: format!("candidates={}", preview.total),
        ..AuditRow::by(&permit, "preview_registrations")
    })?;
    Ok(preview)
}

/// The candidates of a filter, by code of the programme and then by name.
pub(super) fn resolve(db: &Reader<'_>, query: &BulkQuery, seen: &Sight) -> Result<Vec<Candidate>> {
    let only: Vec<Option<ProgrammeId>> = match query.programmes.as_slice() {
        [] => vec![None],
        some => some.iter().copied().map(Some).collect(),
    };
    let mut found = Vec::new();
    for programme in only {
        let filter = CandidateFilter {
            programme,
            states: vec![CandidateState::Waiting],
            entry_kind: query.entry_kind,
            year: query.year,
            e_registered: Some(true),
            sight: seen.clone(),
            limit: u32::MAX,
            ..CandidateFilter::default()
        };
        found.extend(storage::candidates::list(db, &filter)?);
    }
    found.sort_by(|a, b| (&a.programme_code, &a.sort_key, a.id).cmp(&(&b.programme_code, &b.sort_key, b.id)));
    found.dedup_by_key(|candidate| candidate.id);
    Ok(found)
}

fn look(db: &Reader<'_>, desk: &mut Desk, candidates: &[Candidate]) -> Result<BulkPreview> {
    let mut preview = BulkPreview { total: candidates.len(), ..BulkPreview::default() };
    let mut places: HashMap<String, usize> = HashMap::new();
    look_at_all(db, desk, candidates, |candidate, file, reasons| {
        let is_ready = reasons.is_empty();
        if preview.programmes.last().is_none_or(|last| last.id != candidate.data.programme) {
            preview.programmes.push(BulkProgramme {
                id: candidate.data.programme,
                code: candidate.programme_code.clone(),
                name: file.programme.as_ref().map(|facts| facts.name.clone()).unwrap_or_default(),
                total: 0,
                ready: 0,
            });
        }
        if let Some(programme) = preview.programmes.last_mut() {
            programme.total += 1;
            programme.ready += usize::from(is_ready);
        }
        if is_ready {
            preview.ready += 1;
            let mut codes: Vec<&str> = Vec::new();
            for warning in file.assessment.findings.with(Verdict::Warns) {
                // Each warning counts people, not papers.
                if !codes.contains(&warning.code.as_str()) {
                    codes.push(&warning.code);
                    *preview.warnings.entry(warning.code.clone()).or_default() += 1;
                }
            }
        }
        for reason in reasons.iter() {
            let place = *places.entry(outcome(&Findings::from(vec![reason.clone()]))).or_insert_with(|| {
                preview.reasons.push(BulkReason { finding: reason.clone(), candidates: Vec::new() });
                preview.reasons.len() - 1
            });
            preview.reasons[place].candidates.push(BulkCandidate {
                id: candidate.id,
                name: candidate.data.full_name(),
                programme_code: candidate.programme_code.clone(),
            });
        }
    })?;
    // The order of equal counts is that of their appearance.
    preview.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.candidates.len()));
    Ok(preview)
}
