//! Accounts of students and graduates: opened with the record, their roles follow from it.

use base::{
    ids::{AccountId, PersonId},
    time::Date,
};
use domain::{
    accounts::{AccountStatus, Role},
    enrolments::EnrolmentStatus,
};
use storage::{
    Permit, Tx,
    accounts::{self, NewAccount, NewRole},
    enrolments,
};

use super::{in_words, trace, user_name};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
};

/// People whose accounts are opened in one transaction, so that nobody else waits long.
const AT_ONCE: u32 = 100;

/// The account of somebody who studies or studied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StudentAccount {
    /// The account.
    pub account: AccountId,
    /// Whether it was opened just now.
    pub is_new: bool,
}

/// Opens the account of a person where there is none, with the number of the first enrolment as user name, and sets
/// the roles that follow from all enrolments: student while one is open, graduate after one ended with graduation.
/// Called in the transaction of whatever changed the enrolments. Somebody without such studies gets no account
/// (`None`), and an account that is there already loses both roles.
///
/// # Errors
/// [`ServiceError::Invalid`] on `user_name` with `user-name-taken` when somebody else's account has the number as its
/// user name.
pub fn ensure_student_account(
    tx: &Tx<'_>,
    permit: &Permit,
    person: PersonId,
    today: Date,
) -> Result<Option<StudentAccount>> {
    let studies = enrolments::of_person(tx, person)?;
    let studies_now = studies.iter().any(|enrolment| enrolment.status.is_open());
    let has_graduated = studies.iter().any(|enrolment| enrolment.status == EnrolmentStatus::Graduated);
    let found = accounts::find_by_person(tx, person)?;
    let is_new = found.is_none();
    let account = match (found, studies.first()) {
        (Some(account), _) => account.id,
        (None, Some(first)) if studies_now || has_graduated => {
            let Some(who) = storage::people::fetch(tx, person)? else { return Err(ServiceError::NotFound) };
            let new = NewAccount {
                user_name: user_name::fold(&first.number),
                display_name: who.identity.full_name(),
                person: Some(person),
                staff: None,
            };
            if accounts::find_by_name(tx, &new.user_name)?.is_some() {
                return Err(ServiceError::field("user_name", "user-name-taken"));
            }
            accounts::insert(tx, permit, &new).map_err(in_words)?
        }
        (None, _) => return Ok(None),
    };
    let Some(account) = accounts::fetch(tx, account)? else { return Err(ServiceError::NotFound) };
    if is_new {
        trace(tx, permit, "add_account", &account, "student")?;
    }
    let held = accounts::roles(tx, account.id)?;
    for (role, follows) in [(Role::Student, studies_now), (Role::Graduate, has_graduated)] {
        let current = held.iter().find(|held| held.role == role && held.holds_on(today));
        match current {
            None if follows && account.status != AccountStatus::Closed => {
                let new = NewRole { role, unit: None, starts_on: today, ends_on: None };
                accounts::insert_role(tx, permit, account.id, &new)?;
                trace(tx, permit, "assign_role", &account, role.code())?;
            }
            Some(held) if !follows => {
                accounts::end_role(tx, permit, held.id, today)?;
                trace(tx, permit, "withdraw_role", &account, role.code())?;
            }
            _ => {}
        }
    }
    Ok(Some(StudentAccount { account: account.id, is_new }))
}

/// Opens an account for everybody who studies or graduated and has none; answers how many were opened. Nobody gets a
/// password or a link by it. A run that was broken off goes on where it ended.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`]; otherwise as [`ensure_student_account`].
pub async fn open_student_accounts(office: &Office, actor: &Actor) -> Result<u64> {
    let mut opened = 0;
    let mut last = PersonId::new(0);
    loop {
        let (actor, now, today) = (actor.clone(), office.now(), office.today());
        let people = office
            .db
            .write(move |tx| -> Result<_> {
                let permit = authz::ask(tx, &actor, Action::ManageAccounts, Resource::Anywhere, now)?;
                let people = accounts::people_without_account(tx, last, AT_ONCE)?;
                for person in &people {
                    ensure_student_account(tx, &permit, *person, today)?;
                }
                Ok(people)
            })
            .await?;
        let Some(person) = people.last() else { return Ok(opened) };
        last = *person;
        opened += u64::try_from(people.len()).unwrap_or(0);
    }
}
