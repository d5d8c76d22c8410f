//! Sealed slips: first sign-in for many new students at once, handed over with the other papers of the day.

use base::time::{Date, Timestamp, day_bounds};
use domain::accounts::AccountStatus;

use crate::{
    Office,
    accounts::{self, IssuedLink, Token},
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    students,
};

/// Whose slips are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SealSlips {
    /// New students of the programme with this code.
    pub programme: String,
    /// Registered on this day.
    pub day: Date,
    /// Also for whoever holds a slip that can still be used; that one is void then.
    pub again: bool,
}

/// A slip: shown once.
#[derive(Clone, Debug)]
pub struct Slip {
    /// Student number.
    pub number: String,
    /// The link with its user name.
    pub link: IssuedLink,
}

/// Issues an activation link for everybody of a programme and day who has never signed in. Slips are printed again and
/// again in a morning, so whoever holds one that can still be used gets no other, unless it is asked for; who already has
/// a password gets none, and neither has whoever's account is locked or closed.
///
/// # Errors
/// [`ServiceError::NotFound`] for a programme out of sight.
pub async fn seal_slips(office: &Office, actor: &Actor, order: SealSlips) -> Result<Vec<Slip>> {
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    let (from, until): (Timestamp, Timestamp) = day_bounds(order.day);
    let random = office.random.clone();
    office
        .db
        .write(move |tx| -> Result<Vec<Slip>> {
            let programme = storage::institution::programmes::find(tx, order.programme.trim(), today)?
                .ok_or_else(|| ServiceError::field("programme", "programme-unknown"))?;
            let resource = Resource::Programme { id: programme.id, unit: programme.unit };
            authz::ask(tx, &actor, Action::IssueStudentLink, resource, now)?;
            let mut slips = Vec::new();
            for id in storage::registrations::registered_between(tx, programme.id, from, until)? {
                let enrolment = storage::enrolments::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
                let permit =
                    authz::ask(tx, &actor, Action::IssueStudentLink, students::resource(&enrolment), now)?;
                let Some(account) = accounts::ensure_student_account(tx, &permit, enrolment.person, today)?
                else {
                    continue;
                };
                let holds_one = storage::accounts::links::of_account(tx, account.id, now)?.is_some();
                let is_usable = matches!(account.status, AccountStatus::Invited | AccountStatus::Active);
                if account.has_password || !is_usable || (holds_one && !order.again) {
                    continue;
                }
                let link = accounts::issue(tx, &permit, &account, Token::fresh(&*random), "proof=sealed")?;
                slips.push(Slip { number: enrolment.number, link });
            }
            Ok(slips)
        })
        .await
}
