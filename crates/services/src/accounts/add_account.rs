//! Opening an account for somebody of the staff, or for anybody by hand.

use base::{
    ids::{AccountId, PersonId, ProgrammeId, StaffId, UnitId},
    time::Date,
};
use domain::accounts::Role;
use storage::{
    Tx,
    accounts::{self, NewAccount, NewRole},
};

use super::{
    display_name_of, fetch, in_words,
    issue_link::{IssuedLink, issue},
    programme_of,
    secret::Token,
    student_accounts::follow_studies,
    trace, unit_of, user_name,
};
use crate::{
    authz::{self, Action, Actor, Reach, Resource, reach_of},
    error::{Result, ServiceError},
    office::Office,
};

/// A role as a form or the console asks for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleRequest {
    /// The role.
    pub role: Role,
    /// Code of the unit it is held in.
    pub unit: Option<String>,
    /// Code of the one programme to which it is narrowed; its unit may then be left out.
    pub programme: Option<String>,
    /// First day; today when left out.
    pub starts_on: Option<Date>,
    /// First day on which it is no longer held.
    pub ends_on: Option<Date>,
}

/// What the form or the console sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddAccount {
    /// As typed; folded here.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// The roles to begin with.
    pub roles: Vec<RoleRequest>,
    /// The person behind it, for students and graduates.
    pub person: Option<PersonId>,
    /// The member of staff behind it, for advisors and teachers.
    pub staff: Option<StaffId>,
}

/// An account that was opened.
#[derive(Clone, Debug)]
pub struct AddedAccount {
    /// The account.
    pub account: AccountId,
    /// With what its owner sets the first password.
    pub link: IssuedLink,
}

/// Opens an account and issues its activation link. There never is a password that somebody else knows. The roles of
/// students and graduates follow from the studies of the person, whatever was asked for.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`]; [`ServiceError::Invalid`] on `user_name`
/// (`user-name-length`, `user-name-signs`, `user-name-is-identity-number`, `user-name-taken`), `display_name`
/// (`required`, `too-long`), `person` (`person-has-account`, `person-unknown`), `staff`
/// (`staff-unknown`), and what [`super::assign_role()`] says of roles.
pub async fn add_account(office: &Office, actor: &Actor, command: AddAccount) -> Result<AddedAccount> {
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    let token = Token::fresh(&*office.random);
    office
        .db
        .write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::ManageAccounts, Resource::Anywhere, now)?;
            let AddAccount { user_name, display_name, roles, person, staff } = command;
            let new = NewAccount {
                user_name: user_name::check(&user_name)?,
                display_name: display_name_of(&display_name)?,
                person,
                staff,
            };
            if accounts::find_by_name(tx, &new.user_name)?.is_some() {
                return Err(ServiceError::field("user_name", "user-name-taken"));
            }
            if let Some(person) = person {
                if storage::people::fetch(tx, person)?.is_none() {
                    return Err(ServiceError::field("person", "person-unknown"));
                }
                if accounts::find_by_person(tx, person)?.is_some() {
                    return Err(ServiceError::field("person", "person-has-account"));
                }
            }
            if let Some(staff) = staff
                && !accounts::is_staff(tx, staff)?
            {
                return Err(ServiceError::field("staff", "staff-unknown"));
            }
            let id = accounts::insert(tx, &permit, &new).map_err(in_words)?;
            let mut words = Vec::new();
            for request in &roles {
                let role = role_of(tx, request, person, staff, today)?;
                accounts::insert_role(tx, &permit, id, &role)?;
                words.push(role_word(role.role, role.unit, role.programme));
            }
            let account = fetch(tx, id)?;
            trace(tx, &permit, "add_account", &account, words.join(" "))?;
            if let Some(person) = person {
                follow_studies(tx, &permit, person, today)?;
            }
            let link = issue(tx, &permit, &account, token, "")?;
            Ok(AddedAccount { account: id, link })
        })
        .await
}

/// How the audit log names a role in its unit.
pub(super) fn role_word(role: Role, unit: Option<UnitId>, programme: Option<ProgrammeId>) -> String {
    match (unit, programme) {
        (Some(unit), Some(programme)) => format!("{role}@{unit} programme={programme}"),
        (Some(unit), None) => format!("{role}@{unit}"),
        (None, _) => role.code().to_owned(),
    }
}

/// Looks at what was asked for and answers the role as it is stored.
///
/// Whether a role is held in a unit follows from the table of permissions: one that reaches its own unit needs one,
/// one that reaches everywhere has none.
pub(super) fn role_of(
    tx: &Tx<'_>,
    request: &RoleRequest,
    person: Option<PersonId>,
    staff: Option<StaffId>,
    today: Date,
) -> Result<NewRole> {
    let role = request.role;
    let mut unit = unit_of(tx, request.unit.as_deref())?;
    let programme = programme_of(tx, request.programme.as_deref(), today)?;
    if let Some((_, home)) = programme {
        if unit.is_some_and(|unit| unit != home)
            && !storage::institution::is_within(tx, home, unit.as_slice())?
        {
            return Err(ServiceError::field("programme", "programme-of-another-unit"));
        }
        unit = Some(home);
    }
    let programme = programme.map(|(id, _)| id);
    if needs_unit(role) && unit.is_none() {
        return Err(ServiceError::field("unit", "role-needs-unit"));
    }
    if !may_have_unit(role) && unit.is_some() {
        return Err(ServiceError::field("unit", "role-has-no-unit"));
    }
    match role {
        Role::Student | Role::Graduate if person.is_none() => {
            return Err(ServiceError::field("role", "role-needs-person"));
        }
        Role::Advisor | Role::Instructor if staff.is_none() => {
            return Err(ServiceError::field("role", "role-needs-staff"));
        }
        _ => {}
    }
    let starts_on = request.starts_on.unwrap_or(today);
    if request.ends_on.is_some_and(|end| end <= starts_on) {
        return Err(ServiceError::field("ends_on", "role-ends-before-it-starts"));
    }
    Ok(NewRole { role, unit, programme, starts_on, ends_on: request.ends_on })
}

fn needs_unit(role: Role) -> bool {
    role == Role::BoardMember || Action::ALL.iter().any(|action| reach_of(role, *action) == Reach::OwnUnit)
}

fn may_have_unit(role: Role) -> bool {
    needs_unit(role) || matches!(role, Role::Advisor | Role::Instructor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_a_role_has_a_unit_follows_from_the_permissions() {
        let with: Vec<&str> =
            Role::ALL.iter().filter(|role| needs_unit(**role)).map(|role| role.code()).collect();
        assert_eq!(
            with,
            [
                "clerk",
                "chief",
                "unit_secretary",
                "unit_head",
                "board_member",
                "department_head",
                "department_secretary"
            ]
        );
        assert!(may_have_unit(Role::Instructor) && !may_have_unit(Role::Registrar));
    }
}
