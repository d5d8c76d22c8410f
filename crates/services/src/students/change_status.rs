//! Writing a status entry with its ground, and undoing an entry by a reversing one.

use base::{
    ids::EntryId,
    time::{Date, parse_date_tr},
};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
};
use serde_json::json;
use storage::{Permit, Tx, audit::AuditRow, enrolments::Enrolment};

use super::{about, locate};
use crate::{
    Office, accounts,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// The status form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeStatus {
    /// Student number.
    pub number: String,
    /// The new status.
    pub status: Option<EnrolmentStatus>,
    /// From which day, as typed.
    pub effective_on: String,
    /// What it rests on.
    pub ground: GroundKind,
    /// Reference of the ground, e.g. `2026/14-03`.
    pub ground_ref: String,
    /// Day of the ground's paper as typed.
    pub ground_on: String,
    /// Words about it; may stay empty.
    pub reason: String,
    /// Version of the enrolment that the form was opened with.
    pub version: i64,
}

/// Grounds on which a status may change by hand.
pub const GROUNDS: &[GroundKind] = &[
    GroundKind::BoardDecision,
    GroundKind::Law,
    GroundKind::CourtRuling,
    GroundKind::Discipline,
    GroundKind::Graduation,
    GroundKind::Correction,
];

/// Writes what somebody decided about an enrolment: the clerk types the decision's number and day,
/// and the status follows from the entry. A day before the enrolment began or after today is
/// refused, and so is a step that the register does not know.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend, [`ServiceError::Stale`] when somebody was faster.
pub async fn change_status(office: &Office, actor: &Actor, form: ChangeStatus) -> Result<EntryId> {
    let now = office.now();
    let today = office.today();
    let random = office.random.clone();
    once::act(office, actor, move |tx, actor| -> Result<EntryId> {
        let (enrolment, permit) = locate(tx, actor, Action::ChangeStatus, &form.number, now)?;
        let (status, effective_on, ground) = check(&form, &enrolment, today)?;
        if enrolment.version != form.version {
            return Err(ServiceError::Stale);
        }
        let text = Some(form.reason.trim().to_owned()).filter(|r| !r.is_empty());
        let reason = text.clone().unwrap_or_else(|| ground.reference.clone());
        let draft = Draft {
            subject: Subject::from(enrolment.id),
            kind: LedgerKind::StatusChanged,
            effective_on,
            status_after: Some(status),
            ground,
            payload: json!({ "from": enrolment.status.code() }),
            text,
            reverses: None,
        };
        let entry = storage::ledger::append(tx, &permit, &draft, random.as_ref())?;
        settle(tx, &permit, &enrolment, today)?;
        let row = AuditRow {
            reason: Some(reason),
            ..about(&permit, Action::ChangeStatus, &enrolment, status.code())
        };
        storage::audit::append(tx, &row)?;
        Ok(entry)
    })
    .await
}

fn check(form: &ChangeStatus, enrolment: &Enrolment, today: Date) -> Result<(EnrolmentStatus, Date, Ground)> {
    let mut wrong = Vec::new();
    let status = form.status;
    match status {
        None => wrong.push(FieldError::new("status", "required")),
        Some(next) if !enrolment.status.may_become(next) => {
            wrong.push(
                FieldError::new("status", "status-step")
                    .with("from", enrolment.status.code())
                    .with("to", next.code()),
            );
        }
        Some(_) => {}
    }
    let effective_on = parse_date_tr(&form.effective_on);
    match effective_on {
        None => wrong.push(FieldError::new("effective_on", "date-form")),
        Some(day) if day < enrolment.entered_on => wrong.push(
            FieldError::new("effective_on", "before-entry")
                .with("entered", base::time::date_tr(enrolment.entered_on)),
        ),
        Some(day) if day > today => wrong.push(FieldError::new("effective_on", "in-future")),
        Some(day) if day < enrolment.status_since => wrong.push(
            FieldError::new("effective_on", "before-status")
                .with("since", base::time::date_tr(enrolment.status_since)),
        ),
        Some(_) => {}
    }
    if !GROUNDS.contains(&form.ground) {
        wrong.push(FieldError::new("ground", "ground-kind"));
    }
    let ground = check_ground(form.ground, &form.ground_ref, &form.ground_on, today, &mut wrong);
    match (status, effective_on, ground) {
        (Some(status), Some(day), Some(ground)) if wrong.is_empty() => Ok((status, day, ground)),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}

/// Reads reference and day of a ground; complaints go to `wrong`.
pub(crate) fn check_ground(
    kind: GroundKind,
    reference: &str,
    dated: &str,
    today: Date,
    wrong: &mut Vec<FieldError>,
) -> Option<Ground> {
    let reference = reference.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut sound = true;
    if reference.is_empty() {
        wrong.push(FieldError::new("ground_ref", "ground-missing"));
        sound = false;
    } else if reference.chars().count() > 100 {
        wrong.push(FieldError::new("ground_ref", "too-long").with("max", "100"));
        sound = false;
    } else if reference.bytes().filter(u8::is_ascii_digit).count() == 11
        && reference.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 11)
    {
        wrong.push(FieldError::new("ground_ref", "ground-is-identity"));
        sound = false;
    }
    let day = match dated.trim() {
        "" if kind == GroundKind::Law => None,
        "" => {
            wrong.push(FieldError::new("ground_on", "required"));
            return None;
        }
        typed => match parse_date_tr(typed).filter(|day| *day <= today) {
            Some(day) => Some(day),
            None => {
                wrong.push(FieldError::new("ground_on", "date-form"));
                return None;
            }
        },
    };
    sound.then_some(Ground { kind, reference, dated: day })
}

/// Brings everything in line that follows from the entries: the status, the list of students, and what the account
/// of the person may do, where there is one.
fn settle(tx: &Tx<'_>, permit: &Permit, enrolment: &Enrolment, today: Date) -> Result<()> {
    storage::ledger::settle_status(tx, permit, enrolment.id)?;
    storage::search::refresh(tx, permit, enrolment.id)?;
    accounts::follow_studies(tx, permit, enrolment.person, today)
}

/// The undo form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReverseEntry {
    /// Student number.
    pub number: String,
    /// The entry to undo.
    pub entry: EntryId,
    /// Reference of the paper that shows the mistake.
    pub ground_ref: String,
    /// Its day as typed.
    pub ground_on: String,
    /// Why, in words.
    pub reason: String,
}

/// Undoes a status entry by a reversing one; both stay readable, and the status falls back to what
/// the remaining entries give. The first entry of an enrolment cannot be undone.
///
/// # Errors
/// [`ServiceError::Invalid`] when there is nothing to undo, [`ServiceError::Stale`] when somebody was faster.
pub async fn reverse_entry(office: &Office, actor: &Actor, form: ReverseEntry) -> Result<EntryId> {
    let now = office.now();
    let today = office.today();
    let random = office.random.clone();
    once::act(office, actor, move |tx, actor| -> Result<EntryId> {
        let (enrolment, permit) = locate(tx, actor, Action::ReverseEntry, &form.number, now)?;
        let entry = storage::ledger::fetch_entry(tx, form.entry)?
            .filter(|e| e.subject == Subject::from(enrolment.id))
            .ok_or(ServiceError::NotFound)?;
        if entry.kind != LedgerKind::StatusChanged {
            return Err(ServiceError::field("entry", "not-reversible"));
        }
        if entry.reversed_by.is_some() {
            return Err(ServiceError::Stale);
        }
        let mut wrong = Vec::new();
        let ground =
            check_ground(GroundKind::Correction, &form.ground_ref, &form.ground_on, today, &mut wrong);
        if form.reason.trim().is_empty() {
            wrong.push(FieldError::new("reason", "required"));
        }
        let (Some(ground), true) = (ground, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let draft = Draft {
            subject: Subject::from(enrolment.id),
            kind: LedgerKind::Reversed,
            effective_on: today,
            status_after: None,
            ground,
            payload: json!({ "seq": entry.seq }),
            text: Some(form.reason.trim().to_owned()),
            reverses: Some(form.entry),
        };
        let undone = storage::ledger::append(tx, &permit, &draft, random.as_ref())?;
        settle(tx, &permit, &enrolment, today)?;
        let row = AuditRow {
            reason: Some(form.reason.trim().to_owned()),
            ..about(&permit, Action::ReverseEntry, &enrolment, format!("seq={}", entry.seq))
        };
        storage::audit::append(tx, &row)?;
        Ok(undone)
    })
    .await
}
