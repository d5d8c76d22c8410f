//! Entering a form that was written on paper: the registration counts from the day of the form.

use std::collections::HashSet;

use base::ids::{CandidateId, DayPackId};
use domain::{
    papers::{PaperKind, PaperState},
    registration::CandidateState,
};
use serde::{Deserialize, Serialize};
use storage::{
    Permit, Tx,
    audit::AuditRow,
    candidates::Candidate,
    day_pack::{Pack, settle_form},
};

use super::locate;
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
    registration::{
        self, Desk, FeeForm, RegisterCandidate, Registered, TickedPaper, check_ticks, register_in, tick_in,
    },
    students::write_note::stale,
};

/// A paper as the form tells of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormPaper {
    /// Which.
    pub kind: PaperKind,
    /// What its box says: received, original seen or still missing. A waiver has a reason and is noted at the desk.
    pub state: PaperState,
}

/// The form as somebody types it from paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnterForm {
    /// The pack.
    pub pack: DayPackId,
    /// Number of the form.
    pub form_no: i64,
    /// Whose it is; none makes the form void.
    pub candidate: Option<CandidateId>,
    /// Papers whose boxes are ticked.
    pub papers: Vec<FormPaper>,
    /// Until when what is missing is to be brought, as typed; may stay empty.
    pub missing_until: String,
    /// Registered provisionally, until the day of the rules or this one as typed.
    pub provisional: bool,
    /// Last day of a provisional registration as typed.
    pub until: String,
    /// The fee.
    pub fee: FeeForm,
    /// Whether the data-protection notice was read.
    pub notice_read: bool,
    /// What was decided where a check asks a person; why the form is void.
    pub note: String,
}

/// What became of a form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FormOutcome {
    /// Registered, with the student number.
    Registered(String),
    /// Registered provisionally, with the student number.
    Provisional(String),
    /// The candidate was registered already; nothing was written twice.
    Already,
    /// The form was spoilt.
    Void,
}

impl FormOutcome {
    /// As the form's row keeps it.
    const fn code(&self) -> &'static str {
        match self {
            Self::Registered(_) => "registered",
            Self::Provisional(_) => "provisional",
            Self::Already => "already",
            Self::Void => "void",
        }
    }
}

/// An entered form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EnteredForm {
    /// What became of it.
    pub outcome: FormOutcome,
}

/// Enters one form: papers, registration and the form's row are one transaction. The window and the day of entry are
/// those of the form's day. A form is entered once, and a candidate who was registered meanwhile is not registered
/// again; whoever gave the place up since is refused, and the form stays open until it is declared void.
///
/// # Errors
/// [`ServiceError::Refused`] and [`ServiceError::Invalid`] as at the desk, on `form_no` before the day of the pack;
/// [`ServiceError::Stale`] for a form that was entered before.
pub async fn enter_form(office: &Office, actor: &Actor, form: EnterForm) -> Result<EnteredForm> {
    let (now, today, random) = (office.now(), office.today(), office.random.clone());
    let mut desk = Desk::open(office);
    once::act(office, actor, move |tx, actor| {
        let (pack, permit) = locate(tx, actor, form.pack, now)?;
        if pack.day > today {
            return Err(ServiceError::field("form_no", "pack-day-ahead"));
        }
        let note = form.note.trim();
        if note.chars().count() > 200 {
            return Err(ServiceError::Invalid(vec![FieldError::new("note", "too-long").with("max", "200")]));
        }
        let Some(id) = form.candidate else {
            if note.is_empty() {
                return Err(ServiceError::field("note", "required"));
            }
            return settle(tx, &permit, &form, None, FormOutcome::Void);
        };
        // Held, so that of two clerks with forms of one candidate the second sees what the first has written.
        let (candidate, _) = registration::hold(tx, actor, Action::RegisterCandidates, id, now)?;
        let is_there = match candidate.state {
            CandidateState::Registered => true,
            CandidateState::Provisional => form.provisional,
            _ => false,
        };
        if is_there {
            return settle(tx, &permit, &form, Some(&candidate), FormOutcome::Already);
        }
        desk.today = pack.day;
        let done = register(tx, &permit, &mut desk, &candidate, &form, &pack, random.as_ref())?;
        let outcome = if form.provisional {
            FormOutcome::Provisional(done.number)
        } else {
            FormOutcome::Registered(done.number)
        };
        settle(tx, &permit, &form, Some(&candidate), outcome)
    })
    .await
}

/// What the desk would have written on the form's day.
fn register(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &mut Desk,
    candidate: &Candidate,
    form: &EnterForm,
    pack: &Pack,
    random: &dyn base::random::Randomness,
) -> Result<Registered> {
    let ticks: Vec<TickedPaper> = form
        .papers
        .iter()
        .map(|paper| {
            let is_missing = paper.state == PaperState::Missing;
            let due_on = if is_missing { form.missing_until.clone() } else { String::new() };
            TickedPaper { kind: paper.kind, state: Some(paper.state), due_on, reason: String::new() }
        })
        .collect();
    tick_in(tx, permit, candidate, check_ticks(&ticks, pack.day)?)?;
    let order = RegisterCandidate {
        candidate: candidate.id,
        version: candidate.version,
        provisional: form.provisional,
        until: form.until.clone(),
        fee: form.fee.clone(),
        notice_read: form.notice_read,
        decision: form.note.clone(),
        idempotency_key: None,
    };
    register_in(tx, permit, desk, candidate, &order, random)
}

/// Writes what became of a form, once, and its row in the audit log.
fn settle(
    tx: &Tx<'_>,
    permit: &Permit,
    form: &EnterForm,
    candidate: Option<&Candidate>,
    outcome: FormOutcome,
) -> Result<EnteredForm> {
    let note = Some(form.note.trim()).filter(|note| !note.is_empty());
    let id = candidate.map(|candidate| candidate.id);
    settle_form(tx, permit, form.pack, form.form_no, id, outcome.code(), note).map_err(stale)?;
    let detail = format!("form={}-{} outcome={}", form.pack, form.form_no, outcome.code());
    let mut row = match candidate {
        Some(candidate) => registration::about(permit, "enter_pack_form", candidate, detail),
        None => AuditRow {
            object_kind: "day_pack",
            object: Some(form.pack.get()),
            detail,
            ..AuditRow::by(permit, "enter_pack_form")
        },
    };
    row.reason = note.map(str::to_owned);
    storage::audit::append(tx, &row)?;
    Ok(EnteredForm { outcome })
}

/// The place that a form is about: by the number on it, and by the code of the programme where somebody has several
/// places that wait.
///
/// # Errors
/// [`ServiceError::Invalid`] on `key` for somebody who has no place in reach, on `programme` for a place that he or she
/// does not have, or when it must be said.
pub async fn find_place(office: &Office, actor: &Actor, key: &str, programme: &str) -> Result<CandidateId> {
    // Passports are kept in capitals; their letters are ASCII.
    let key: String = key.split_whitespace().collect::<String>().to_ascii_uppercase();
    let programme = programme.trim().to_owned();
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .read(move |db| -> Result<CandidateId> {
            let mut places = Vec::new();
            for place in storage::candidates::with_key(db, &key)? {
                let resource = registration::resource(&place);
                if authz::ask(db, &actor, Action::RegisterCandidates, resource, now).is_ok() {
                    places.push(place);
                }
            }
            if places.is_empty() {
                return Err(ServiceError::field("key", "candidate-unknown"));
            }
            if !programme.is_empty() {
                places.retain(|place| place.programme_code.eq_ignore_ascii_case(&programme));
            }
            let open = |place: &&Candidate| {
                matches!(place.state, CandidateState::Waiting | CandidateState::Provisional)
            };
            let waiting: Vec<&Candidate> = places.iter().filter(open).collect();
            let programmes: HashSet<_> = waiting.iter().map(|place| place.data.programme).collect();
            if programmes.len() > 1 {
                return Err(ServiceError::field("programme", "several-places"));
            }
            // The newest place comes first.
            let place = waiting.first().copied().or_else(|| places.first());
            place.map(|place| place.id).ok_or_else(|| ServiceError::field("programme", "place-unknown"))
        })
        .await
}
