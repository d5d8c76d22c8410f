//! A student at the counter who has no password yet or forgot it.

use domain::accounts::Role;

use super::{
    issue_link::{IssuedLink, issue},
    secret::Token,
    student_accounts::ensure_student_account,
};
use crate::{
    authz::{Action, Actor},
    error::{Result, ServiceError},
    office::Office,
    students::locate,
};

/// What the clerk looked at before handing over a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdentityProof {
    /// T.C. kimlik kartı.
    IdentityCard,
    /// Passport.
    Passport,
    /// Driving licence.
    DrivingLicence,
    /// Residence permit of a foreigner.
    ResidencePermit,
}

impl IdentityProof {
    /// Every proof.
    pub const ALL: [Self; 4] =
        [Self::IdentityCard, Self::Passport, Self::DrivingLicence, Self::ResidencePermit];

    /// The word in forms and in the audit log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IdentityCard => "identity_card",
            Self::Passport => "passport",
            Self::DrivingLicence => "driving_licence",
            Self::ResidencePermit => "residence_permit",
        }
    }

    /// The proof behind a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.code() == code)
    }
}

/// What the clerk's form sends.
#[derive(Clone, Debug)]
pub struct IssueStudentLink {
    /// Student number of an enrolment of his or hers.
    pub number: String,
    /// How the clerk knows that it is he or she.
    pub proof: IdentityProof,
}

/// Issues a link for the account of somebody who studies or studied in one's unit, and opens that account first
/// where there is none. The clerk has looked at an identity paper; the audit log keeps which kind.
///
/// An account that also holds a role of the staff is not the counter's to reset: an administrator does that.
///
/// # Errors
/// As [`super::issue_link()`]; [`ServiceError::Invalid`] on `account` with `account-not-students` or, for studies
/// that give no account, `account-needs-studies`.
pub async fn issue_student_link(
    office: &Office,
    actor: &Actor,
    command: IssueStudentLink,
) -> Result<IssuedLink> {
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    let token = Token::fresh(&*office.random);
    office
        .db
        .write(move |tx| {
            let (enrolment, permit) = locate(tx, &actor, Action::IssueStudentLink, &command.number, now)?;
            let Some(account) = ensure_student_account(tx, &permit, enrolment.person, today)? else {
                return Err(ServiceError::field("account", "account-needs-studies"));
            };
            let roles = storage::accounts::roles(tx, account.id)?;
            let is_staff = account.staff.is_some()
                || roles.iter().any(|held| {
                    held.ends_on.is_none_or(|end| today < end)
                        && !matches!(held.role, Role::Student | Role::Graduate)
                });
            if is_staff {
                return Err(ServiceError::field("account", "account-not-students"));
            }
            issue(tx, &permit, &account, token, &format!("proof={}", command.proof.code()))
        })
        .await
}
