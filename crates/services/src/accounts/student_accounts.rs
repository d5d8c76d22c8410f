//! Accounts of students and graduates: opened with the record, their roles follow from it.

use base::{ids::PersonId, time::Date};
use domain::{
    accounts::{AccountStatus, Role},
    enrolments::EnrolmentStatus,
};
use storage::{
    Permit, Tx,
    accounts::{self, Account, NewAccount, NewRole},
    audit::AuditRow,
    enrolments,
};

use super::{fetch, in_words, row, trace, user_name};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
};

/// People whose accounts are opened in one transaction, so that nobody else waits long.
const AT_ONCE: u32 = 100;

/// What somebody's studies give: student while one is open, graduate after one ended with graduation.
struct Studies {
    first_number: Option<String>,
    roles: [(Role, bool); 2],
}

impl Studies {
    fn of(tx: &Tx<'_>, person: PersonId) -> Result<Self> {
        let all = enrolments::of_person(tx, person)?;
        let studies = all.iter().any(|enrolment| enrolment.status.is_open());
        let has_graduated = all.iter().any(|enrolment| enrolment.status == EnrolmentStatus::Graduated);
        Ok(Self {
            first_number: all.into_iter().next().map(|enrolment| enrolment.number),
            roles: [(Role::Student, studies), (Role::Graduate, has_graduated)],
        })
    }
}

/// Opens the account of a person where there is none, with the number of the first enrolment as user name, and sets
/// the roles that follow from all enrolments. Somebody without such studies gets no account (`None`), and an account
/// that is there already loses both roles.
///
/// # Errors
/// [`ServiceError::Invalid`] on `user_name` with `user-name-taken` when somebody else's account has the number as its
/// user name.
pub(crate) fn ensure_student_account(
    tx: &Tx<'_>,
    permit: &Permit,
    person: PersonId,
    today: Date,
) -> Result<Option<Account>> {
    let studies = Studies::of(tx, person)?;
    let account = match (accounts::find_by_person(tx, person)?, &studies.first_number) {
        (Some(account), _) => account,
        (None, Some(number)) if studies.roles.iter().any(|(_, follows)| *follows) => {
            open(tx, permit, person, number)?
        }
        (None, _) => return Ok(None),
    };
    set_roles(tx, permit, &account, &studies, today)?;
    Ok(Some(account))
}

/// Brings the roles of a person's account in line with all enrolments, in the transaction of whatever changed one of
/// them. Somebody without an account gets none: it is opened when its owner stands at the counter.
///
/// # Errors
/// The engine's refusal.
pub(crate) fn follow_studies(tx: &Tx<'_>, permit: &Permit, person: PersonId, today: Date) -> Result<()> {
    match accounts::find_by_person(tx, person)? {
        Some(account) => set_roles(tx, permit, &account, &Studies::of(tx, person)?, today),
        None => Ok(()),
    }
}

fn open(tx: &Tx<'_>, permit: &Permit, person: PersonId, number: &str) -> Result<Account> {
    let Some(who) = storage::people::fetch(tx, person)? else { return Err(ServiceError::NotFound) };
    let new = NewAccount {
        user_name: user_name::fold(number),
        display_name: who.identity.full_name(),
        person: Some(person),
        staff: None,
    };
    if accounts::find_by_name(tx, &new.user_name)?.is_some() {
        return Err(ServiceError::field("user_name", "user-name-taken"));
    }
    let id = accounts::insert(tx, permit, &new).map_err(in_words)?;
    let account = fetch(tx, id)?;
    trace(tx, permit, "add_account", &account, "student")?;
    Ok(account)
}

/// Opens the account of somebody who came into the register just now by one open enrolment. The rows of the audit log
/// come back, to be written in the same transaction.
///
/// # Errors
/// As [`ensure_student_account`].
pub(crate) fn open_account_of_new_student(
    tx: &Tx<'_>,
    permit: &Permit,
    person: PersonId,
    name: &str,
    number: &str,
    today: Date,
) -> Result<Vec<AuditRow>> {
    let new = NewAccount {
        user_name: user_name::fold(number),
        display_name: name.to_owned(),
        person: Some(person),
        staff: None,
    };
    let id = accounts::insert(tx, permit, &new).map_err(in_words)?;
    let role = NewRole { role: Role::Student, unit: None, programme: None, starts_on: today, ends_on: None };
    accounts::insert_role(tx, permit, id, &role)?;
    let told =
        |act, detail: &str| AuditRow { detail: detail.to_owned(), ..row(permit, act, id, Some(person)) };
    Ok(vec![told("add_account", "student"), told("assign_role", Role::Student.code())])
}

fn set_roles(tx: &Tx<'_>, permit: &Permit, account: &Account, studies: &Studies, today: Date) -> Result<()> {
    let held = accounts::roles(tx, account.id)?;
    for (role, follows) in studies.roles {
        let current = held.iter().find(|held| held.role == role && held.holds_on(today));
        match current {
            None if follows && account.status != AccountStatus::Closed => {
                let new = NewRole { role, unit: None, programme: None, starts_on: today, ends_on: None };
                accounts::insert_role(tx, permit, account.id, &new)?;
                trace(tx, permit, "assign_role", account, role.code())?;
            }
            Some(held) if !follows => {
                accounts::end_role(tx, permit, held.id, today)?;
                trace(tx, permit, "withdraw_role", account, role.code())?;
            }
            _ => {}
        }
    }
    Ok(())
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
