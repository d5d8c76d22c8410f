//! Hanging a double major or minor on its main enrolment.

use domain::{
    enrolments::LinkKind,
    ledger::{Draft, GroundKind, LedgerKind, Subject},
};
use serde_json::json;
use storage::audit::AuditRow;

use super::{about, change_status::check_ground, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
};

/// The link form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkEnrolment {
    /// Student number of the double major or minor.
    pub number: String,
    /// What it is; none takes the link off.
    pub kind: Option<LinkKind>,
    /// Student number of the main enrolment.
    pub main_number: String,
    /// Reference of the board decision.
    pub ground_ref: String,
    /// Its day as typed.
    pub ground_on: String,
    /// Version of the enrolment that the form was opened with.
    pub version: i64,
}

/// Links an enrolment to the main one of the same person, on a board decision.
///
/// # Errors
/// [`ServiceError::Invalid`] when the main number is somebody else's, the same one, or itself linked.
pub async fn link_enrolment(office: &Office, actor: &Actor, form: LinkEnrolment) -> Result<()> {
    let now = office.now();
    let today = office.today();
    let random = office.random.clone();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (enrolment, permit) = locate(tx, actor, Action::ChangeStatus, &form.number, now)?;
        if enrolment.version != form.version {
            return Err(ServiceError::Stale);
        }
        let mut wrong = Vec::new();
        let ground =
            check_ground(GroundKind::BoardDecision, &form.ground_ref, &form.ground_on, today, &mut wrong);
        let (Some(ground), true) = (ground, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let main = match form.kind {
            None => None,
            Some(kind) => {
                let main = storage::enrolments::find_by_number(tx, form.main_number.trim())?
                    .filter(|m| m.person == enrolment.person && m.id != enrolment.id)
                    .ok_or_else(|| ServiceError::field("main_number", "not-same-person"))?;
                if main.main.is_some() {
                    return Err(ServiceError::field("main_number", "main-is-linked"));
                }
                Some((kind, main.id))
            }
        };
        let reason = ground.reference.clone();
        let draft = Draft {
            subject: Subject::from(enrolment.id),
            kind: LedgerKind::Linked,
            effective_on: today,
            status_after: None,
            ground,
            payload: json!({ "kind": form.kind, "main": main.map(|(_, id)| id.get()) }),
            text: None,
            reverses: None,
        };
        storage::ledger::append(tx, &permit, &draft, random.as_ref())?;
        storage::enrolments::link(tx, &permit, enrolment.id, form.version, main)
            .map_err(super::write_note::stale)?;
        let row =
            AuditRow { reason: Some(reason), ..about(&permit, Action::ChangeStatus, &enrolment, "link") };
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}
