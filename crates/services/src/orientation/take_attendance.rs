//! Attendance taken by the office: ticked on the list, or by the student number at the door.

use std::collections::{HashMap, HashSet};

use base::ids::{EnrolmentId, SessionId};
use domain::orientation::AttendanceChannel;

use super::{Moment, about_student, is_invited_or_is_now, locate_session};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
};

/// What the list of a session sends: what was ticked when it was opened, and what is ticked now. What somebody else
/// noted in between stays, because it was on neither.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ticks {
    /// The session.
    pub session: SessionId,
    /// Student numbers that were ticked when the list was opened.
    pub before: Vec<String>,
    /// Student numbers that are ticked now.
    pub now: Vec<String>,
}

/// Writes the ticks of a list. Answers how many were added and taken back.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `students` (`not-invited` with
/// `number`).
pub async fn tick_attendance(office: &Office, actor: &Actor, form: Ticks) -> Result<(u64, u64)> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<(u64, u64)> {
        let (session, of, permit) = locate_session(tx, &at, actor, form.session)?;
        let before: HashSet<&str> = form.before.iter().map(String::as_str).collect();
        let now: HashSet<&str> = form.now.iter().map(String::as_str).collect();
        let invited: HashMap<String, EnrolmentId> = storage::orientation::invitees(tx, of.id)?
            .into_iter()
            .map(|one| (one.number, one.enrolment))
            .collect();
        let (mut added, mut removed) = (0, 0);
        // In the order of the form, so that the log is the same for the same form.
        let changed = form.now.iter().filter(|number| !before.contains(number.as_str())).map(|n| (n, true));
        let taken_back =
            form.before.iter().filter(|number| !now.contains(number.as_str())).map(|n| (n, false));
        for (number, came) in changed.chain(taken_back) {
            let Some(id) = invited.get(number) else {
                let error = crate::FieldError::new("students", "not-invited").with("number", number.as_str());
                return Err(ServiceError::Invalid(vec![error]));
            };
            let is_new = if came {
                storage::orientation::attend(tx, &permit, session.id, *id, AttendanceChannel::List)?
            } else {
                storage::orientation::unattend(tx, &permit, session.id, *id)?
            };
            if !is_new {
                continue;
            }
            let enrolment = storage::enrolments::fetch(tx, *id)?.ok_or(ServiceError::NotFound)?;
            let (action, count) =
                if came { ("take_attendance", &mut added) } else { ("remove_attendance", &mut removed) };
            *count += 1;
            let detail = format!("session={} channel=list", session.id);
            storage::audit::append(tx, &about_student(&permit, action, &enrolment, detail))?;
        }
        Ok((added, removed))
    })
    .await
}

/// Notes the attendance of a student number. Answers whether it was not noted before.
///
/// A new student of the unit who is not invited yet is invited with it.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `number` (`required`,
/// `number-unknown`, `not-invited` with `number`).
pub async fn attend_by_number(office: &Office, actor: &Actor, id: SessionId, number: String) -> Result<bool> {
    let at = Moment::of(office);
    if !actor.may(Action::ManageOrientation) {
        return Err(ServiceError::Forbidden(Action::ManageOrientation));
    }
    once::act(office, actor, move |tx, actor| -> Result<bool> {
        let (session, of, permit) = locate_session(tx, &at, actor, id)?;
        let number = number.trim();
        if number.is_empty() {
            return Err(ServiceError::field("number", "required"));
        }
        let enrolment = storage::enrolments::find_by_number(tx, number)?
            .ok_or_else(|| ServiceError::field("number", "number-unknown"))?;
        if !is_invited_or_is_now(tx, &permit, &of, enrolment.id)? {
            let error = crate::FieldError::new("number", "not-invited").with("number", number);
            return Err(ServiceError::Invalid(vec![error]));
        }
        let channel = AttendanceChannel::Number;
        let is_new = storage::orientation::attend(tx, &permit, session.id, enrolment.id, channel)?;
        if is_new {
            let detail = format!("session={} channel={channel}", session.id);
            let row = about_student(&permit, "take_attendance", &enrolment, detail);
            storage::audit::append(tx, &row)?;
        }
        Ok(is_new)
    })
    .await
}
