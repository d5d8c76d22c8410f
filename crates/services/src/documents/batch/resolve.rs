//! From numbers pasted or a filter to enrolments, in the order of the list.

use std::collections::HashSet;

use base::{
    ids::EnrolmentId,
    time::{Date, Timestamp},
};
use storage::{Reader, StorageError};

use super::MAX_BATCH;
use crate::{
    authz::{self, Action, Actor},
    error::{FieldError, Result, ServiceError},
    students::{self, find::StudentQuery},
};

/// For whom papers are made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Selection {
    /// Student numbers as pasted, one per text; blanks are forgiven, a repeated number counts once.
    Numbers(Vec<String>),
    /// Everybody whom the list of students shows for these filters; order and cursor as in the list.
    Query(Box<StudentQuery>),
}

/// One line of the list.
pub(super) struct Line {
    /// Student number, or what was written in its place.
    pub(super) number: String,
    /// The enrolment, or why there is none for this actor.
    pub(super) enrolment: std::result::Result<EnrolmentId, &'static str>,
}

/// The lines of a selection within what the actor may issue papers for.
///
/// # Errors
/// [`ServiceError::Invalid`] on `selection` for an empty or too long list, [`ServiceError::Forbidden`].
pub(super) fn resolve(
    db: &Reader<'_>,
    actor: &Actor,
    selection: &Selection,
    today: Date,
    now: Timestamp,
) -> Result<Vec<Line>> {
    let scope = authz::scope(actor, Action::IssueDocument);
    if scope.is_empty() {
        return Err(ServiceError::Forbidden(Action::IssueDocument));
    }
    let lines = match selection {
        Selection::Numbers(numbers) => by_number(db, actor, numbers, now)?,
        Selection::Query(query) => {
            let mut lines = Vec::new();
            let filter = query.filter(scope);
            let most = u32::try_from(MAX_BATCH + 1).unwrap_or(u32::MAX);
            storage::search::find(db, &filter)?.each(db, Some(most), today, |row| {
                lines.push(Line { number: row.number, enrolment: Ok(row.enrolment) });
                Ok::<(), StorageError>(())
            })?;
            lines
        }
    };
    match lines.len() {
        0 => Err(ServiceError::field("selection", "batch-empty")),
        n if n > MAX_BATCH => {
            let error = FieldError::new("selection", "batch-too-large").with("max", MAX_BATCH.to_string());
            Err(ServiceError::Invalid(vec![error]))
        }
        _ => Ok(lines),
    }
}

fn by_number(db: &Reader<'_>, actor: &Actor, numbers: &[String], now: Timestamp) -> Result<Vec<Line>> {
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    let written = numbers.iter().map(|typed| typed.split_whitespace().collect::<String>());
    for number in written.filter(|number| !number.is_empty()).take(MAX_BATCH * 2) {
        if !seen.insert(number.clone()) {
            continue;
        }
        let enrolment = match students::locate(db, actor, Action::IssueDocument, &number, now) {
            Ok((enrolment, _)) => Ok(enrolment.id),
            Err(ServiceError::NotFound) => Err("student-not-found"),
            Err(ServiceError::Forbidden(_)) => Err("issue-not-allowed"),
            Err(other) => return Err(other),
        };
        lines.push(Line { number, enrolment });
    }
    Ok(lines)
}
