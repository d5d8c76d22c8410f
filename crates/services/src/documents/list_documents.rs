//! Papers issued, the newest first.

use base::{
    ids::{DocumentId, JobId, UnitId},
    time::Date,
};
use domain::documents::DocumentStatus;
use storage::{
    audit::{AuditRow, shown_list},
    documents::{Document, DocumentFilter},
};

use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{Result, ServiceError},
};

/// Rows of a page at the most.
const MAX_LIMIT: u32 = 200;

/// Which papers somebody asks for; every part is optional.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DocumentQuery {
    /// Only this state.
    pub status: Option<DocumentStatus>,
    /// Only this kind; all when empty.
    pub kind: String,
    /// Only papers of this student number; all when empty.
    pub student_number: String,
    /// Only this batch.
    pub job: Option<JobId>,
    /// Only papers of this day and later ones.
    pub from: Option<Date>,
    /// Only papers of this day and earlier ones.
    pub to: Option<Date>,
    /// Only papers of this unit and those below it.
    pub unit: Option<UnitId>,
    /// The last row of the page before.
    pub before: Option<DocumentId>,
    /// Rows wanted.
    pub limit: u32,
}

/// One page of papers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentPage {
    /// The rows.
    pub rows: Vec<Document>,
    /// Where the next page begins, if there is one.
    pub next: Option<DocumentId>,
}

/// Lists papers: a clerk sees those of the unit, a student the own ones. The audit log gets one row with the filter
/// and the people shown.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that see no papers.
pub async fn list_documents(office: &Office, actor: &Actor, query: DocumentQuery) -> Result<DocumentPage> {
    let scope = authz::scope(actor, Action::ReadDocument);
    if scope.is_empty() {
        return Err(ServiceError::Forbidden(Action::ReadDocument));
    }
    let limit = query.limit.clamp(1, MAX_LIMIT);
    let detail = describe(&query);
    let filter = DocumentFilter {
        all: scope.all,
        units: scope.units,
        programmes: scope.programmes,
        own: scope.own,
        only: query.unit,
        status: query.status,
        kind: query.kind,
        student_number: query.student_number.trim().to_owned(),
        job: query.job,
        from: query.from,
        to: query.to,
        before: query.before,
        limit: limit + 1,
    };
    let mut rows = office.db.read(move |db| storage::documents::list(db, &filter)).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    office.reads.note(AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: "read_document".to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail,
        shown: Some(shown_list(rows.iter().filter_map(|row| row.subject.person()))),
        reason: None,
        request: actor.request.clone(),
    })?;
    Ok(DocumentPage { rows, next })
}

/// The filter in codes for the audit log.
fn describe(query: &DocumentQuery) -> String {
    let mut parts = Vec::new();
    if let Some(status) = query.status {
        parts.push(format!("status={status}"));
    }
    if !query.kind.is_empty() {
        parts.push(format!("kind={}", query.kind));
    }
    if !query.student_number.is_empty() {
        parts.push(format!("number={}", query.student_number));
    }
    if let Some(day) = query.from {
        parts.push(format!("from={day}"));
    }
    if let Some(day) = query.to {
        parts.push(format!("to={day}"));
    }
    if let Some(unit) = query.unit {
        parts.push(format!("unit={unit}"));
    }
    if let Some(job) = query.job {
        parts.push(format!("job={job}"));
    }
    parts.join(" ")
}
