//! What ends with a registration that is undone, renounced, or ran out: the studies, their number, and papers that
//! speak of them.

use base::{random::Randomness, time::Date};
use domain::{
    documents::DocumentStatus,
    enrolments::EnrolmentStatus,
    ledger::{Draft, Ground, LedgerKind, Subject},
};
use serde_json::json;
use storage::{Permit, Tx, enrolments::Enrolment};

use crate::{accounts, error::Result};

/// Cancels the registration that an enrolment came from: its status becomes *kaydı silinen* on `ground`, its number is
/// given to nobody else, whoever verifies a paper issued for it reads that it is cancelled, and the account follows.
///
/// # Errors
/// The database's.
pub(super) fn cancel_registration(
    tx: &Tx<'_>,
    permit: &Permit,
    enrolment: &Enrolment,
    ground: Ground,
    today: Date,
    random: &dyn Randomness,
) -> Result<()> {
    let reason = ground.reference.clone();
    let draft = Draft {
        subject: Subject::from(enrolment.id),
        kind: LedgerKind::StatusChanged,
        effective_on: today,
        status_after: Some(EnrolmentStatus::RegistrationCancelled),
        ground,
        payload: json!({ "from": enrolment.status.code() }),
        text: None,
        reverses: None,
    };
    storage::ledger::append(tx, permit, &draft, random)?;
    storage::ledger::settle_status(tx, permit, enrolment.id)?;
    storage::search::refresh(tx, permit, enrolment.id)?;
    storage::registrations::cancel_number(tx, permit, enrolment.id, &reason)?;
    for paper in storage::documents::of_enrolment(tx, enrolment.id)? {
        if paper.status != DocumentStatus::Cancelled {
            storage::documents::cancel(tx, permit, paper.id, &reason)?;
        }
    }
    accounts::follow_studies(tx, permit, enrolment.person, today)
}
