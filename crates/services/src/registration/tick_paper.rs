//! Ticking the papers that a candidate brings.

use base::{
    ids::CandidateId,
    time::{Date, parse_date_tr},
};
use domain::{
    papers::{PaperKind, PaperState},
    registration::CandidateState,
};
use storage::{Permit, Tx, candidates::Candidate, papers::Tick};

use super::{about, hold};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// One paper as the desk's form sends it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TickedPaper {
    /// Kind.
    pub kind: PaperKind,
    /// What the office has of it; none takes an earlier tick back.
    pub state: Option<PaperState>,
    /// Last day for a missing paper, as typed; may stay empty.
    pub due_on: String,
    /// Why it is waived; must be said then.
    pub reason: String,
}

/// The ticks of one candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TickPapers {
    /// Whose.
    pub candidate: CandidateId,
    /// The papers that the form showed.
    pub papers: Vec<TickedPaper>,
}

/// Records what a candidate brought, did not bring until a day, or need not bring; who said so stands beside it. A
/// ticked paper stays ticked whatever happens to the registration.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that is none or over, for a waiver without its reason, and for a candidate who
/// renounced or whose registration ran out.
pub async fn tick_papers(office: &Office, actor: &Actor, form: TickPapers) -> Result<()> {
    let today = office.today();
    let ticks = check(&form.papers, today)?;
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::RegisterCandidates, form.candidate, now)?;
        if matches!(candidate.state, CandidateState::Renounced | CandidateState::Lapsed) {
            return Err(ServiceError::field("paper", "candidate-gone"));
        }
        tick_in(tx, &permit, &candidate, ticks)
    })
    .await
}

/// Ticks papers inside a transaction.
///
/// # Errors
/// The database's.
pub(crate) fn tick_in(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    ticks: Vec<(PaperKind, Option<Tick>)>,
) -> Result<()> {
    let held = storage::papers::held_by_candidate(tx, candidate.id)?;
    let mut changed = Vec::new();
    for (kind, tick) in ticks {
        let before = held.iter().find(|paper| paper.kind == kind);
        match tick {
            None => {
                if before.is_some() && storage::papers::untick(tx, permit, candidate.id, kind)? {
                    changed.push(format!("{kind} none"));
                }
            }
            Some(tick) => {
                let same = before.is_some_and(|paper| {
                    paper.state == tick.state
                        && paper.due_on == tick.due_on
                        && paper.reason == tick.reason
                        && paper.returned_on.is_none()
                });
                if !same {
                    storage::papers::tick(tx, permit, candidate.id, &tick)?;
                    changed.push(format!("{kind} {}", tick.state));
                }
            }
        }
    }
    if !changed.is_empty() {
        storage::audit::append(tx, &about(permit, "tick_paper", candidate, changed.join(" ")))?;
    }
    Ok(())
}

pub(crate) fn check(papers: &[TickedPaper], today: Date) -> Result<Vec<(PaperKind, Option<Tick>)>> {
    let mut wrong = Vec::new();
    let mut ticks = Vec::new();
    for paper in papers {
        let reason = paper.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.chars().count() > 200 {
            wrong.push(FieldError::new("reason", "too-long").with("max", "200"));
        }
        let Some(state) = paper.state else {
            ticks.push((paper.kind, None));
            continue;
        };
        if state == PaperState::Waived && reason.is_empty() {
            wrong.push(FieldError::new("reason", "waiver-without-reason").with("paper", paper.kind.code()));
        }
        let due_on = match (state, paper.due_on.trim()) {
            (PaperState::Missing, typed) if !typed.is_empty() => {
                let day = parse_date_tr(typed).filter(|day| *day >= today);
                if day.is_none() {
                    wrong.push(FieldError::new("due_on", "due-day").with("paper", paper.kind.code()));
                }
                day
            }
            _ => None,
        };
        let reason = Some(reason).filter(|words| !words.is_empty());
        ticks.push((paper.kind, Some(Tick { kind: paper.kind, state, due_on, reason })));
    }
    if wrong.is_empty() { Ok(ticks) } else { Err(ServiceError::Invalid(wrong)) }
}
