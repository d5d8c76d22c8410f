//! The enrolment that somebody leaves by a transfer: it ends with the final registration, in the same transaction and on
//! the same ground, and an undone registration puts it back by a reversing entry.
//!
//! Not modelled: the return of whoever withdraws before teaching begins (GEC-10), which the office writes by undoing the
//! entry on the former enrolment's page.

use base::{ids::EnrolmentId, random::Randomness, time::Date};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
};
use serde_json::{Value, json};
use storage::{Permit, Tx, audit::AuditRow, enrolments::Enrolment, ledger::EntryLine};

use crate::{authz::Action, error::Result, students};

/// An enrolment that ends with a registration, and what it becomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormerEnrolment {
    /// The enrolment as it stands now.
    pub enrolment: Enrolment,
    /// What it becomes.
    pub status: EnrolmentStatus,
}

/// The key of the payload that names the enrolment which took its place.
const SUCCESSOR: &str = "successor";

/// Ends the enrolment that `successor` takes the place of. The row of the audit log comes back, to be written in the same
/// transaction.
///
/// # Errors
/// The database's.
///
/// # Legal basis
/// KYT-05: two formal programmes of one level are forbidden; the `former_enrolment` rows of the rule book.
pub(super) fn end(
    tx: &Tx<'_>,
    permit: &Permit,
    former: &FormerEnrolment,
    successor: EnrolmentId,
    ground: &Ground,
    today: Date,
    random: &dyn Randomness,
) -> Result<AuditRow> {
    let FormerEnrolment { enrolment, status } = former;
    let draft = Draft {
        subject: Subject::from(enrolment.id),
        kind: LedgerKind::StatusChanged,
        effective_on: today,
        status_after: Some(*status),
        ground: ground.clone(),
        payload: json!({ "from": enrolment.status.code(), SUCCESSOR: successor.get() }),
        text: None,
        reverses: None,
    };
    storage::ledger::append(tx, permit, &draft, random)?;
    storage::ledger::settle_status(tx, permit, enrolment.id)?;
    storage::search::refresh(tx, permit, enrolment.id)?;
    Ok(AuditRow {
        reason: Some(ground.reference.clone()),
        ..students::about(permit, Action::ChangeStatus, enrolment, status.code())
    })
}

/// Puts back what ended with the registration of `successor`, as far as nobody has done so already. What was written
/// about the former enrolment meanwhile stays. The person's account is the caller's.
///
/// # Errors
/// The database's.
pub(super) fn put_back(
    tx: &Tx<'_>,
    permit: &Permit,
    successor: &Enrolment,
    reason: &str,
    today: Date,
    random: &dyn Randomness,
) -> Result<()> {
    for former in storage::enrolments::of_person(tx, successor.person)? {
        let subject = Subject::from(former.id);
        let entries = storage::ledger::chain(tx, subject)?;
        let ended = entries.iter().find(|entry| {
            entry.kind == LedgerKind::StatusChanged
                && entry.reversed_by.is_none()
                && successor_of(entry) == Some(successor.id.get())
        });
        let Some(entry) = ended else { continue };
        let draft = Draft {
            subject,
            kind: LedgerKind::Reversed,
            effective_on: today,
            status_after: None,
            ground: Ground::new(GroundKind::Correction, reason).dated(today),
            payload: json!({ "seq": entry.seq }),
            text: None,
            reverses: Some(entry.id),
        };
        storage::ledger::append(tx, permit, &draft, random)?;
        storage::ledger::settle_status(tx, permit, former.id)?;
        storage::search::refresh(tx, permit, former.id)?;
        let row = AuditRow {
            reason: Some(reason.to_owned()),
            ..students::about(permit, Action::ReverseEntry, &former, format!("seq={}", entry.seq))
        };
        storage::audit::append(tx, &row)?;
    }
    Ok(())
}

fn successor_of(entry: &EntryLine) -> Option<i64> {
    serde_json::from_str::<Value>(&entry.payload).ok()?.get(SUCCESSOR)?.as_i64()
}
