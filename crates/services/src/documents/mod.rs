//! The document engine: papers are numbered and frozen in one transaction, printed outside of any, and stored.
//!
//! A number is given once and never again. What the paper says is frozen with its number, so that a paper whose
//! printing was interrupted is finished from the frozen payload ([`resume_preparing()`]), and a copy printed later is
//! the stored one, byte for byte. Start reading at [`issue_document()`]; the steps that it shares with a
//! [`batch`] are in `prepare` and `complete`. It must never contain what a paper looks like.

pub mod batch;
mod cancel_document;
mod complete;
mod document_pdf;
mod issue_day_list;
mod issue_document;
mod issue_orientation_paper;
mod list_documents;
mod photos;
mod picture;
mod prepare;
mod print_again;
mod resume_preparing;
mod show_document;
mod signatory;
pub mod stored;
mod verify_code;

use base::{
    ids::DocumentId,
    time::{Timestamp, day_bounds},
};
use storage::{
    Permit, Reader,
    audit::{AuditRow, shown_list},
    documents::{Document, DocumentNumber, Subject},
};

pub use self::{
    cancel_document::{CancelDocument, cancel_document},
    document_pdf::{DocumentPdf, document_pdf},
    issue_day_list::{IssueDayList, issue_day_list},
    issue_document::{IssueDocument, Issued, issue_document},
    issue_orientation_paper::{IssueOrientationPaper, OrientationPaper, issue_orientation_paper},
    list_documents::{DocumentPage, DocumentQuery, list_documents},
    print_again::print_again,
    resume_preparing::{Resumed, resume_preparing},
    show_document::{ShownDocument, show_document},
    verify_code::{About, Genuine, Verification, verify_code},
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    students,
};

/// Path of the public page on which papers are verified.
pub const VERIFY_PATH: &str = "dogrula";

/// Finds a paper and asks whether the actor may do this to it; whose paper it is decides.
fn locate(
    db: &Reader<'_>,
    actor: &Actor,
    action: Action,
    id: DocumentId,
    now: Timestamp,
) -> Result<(Document, Permit)> {
    let document = storage::documents::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
    let resource = match document.subject {
        Subject::Enrolment { enrolment, .. } => {
            students::resource(&storage::enrolments::fetch(db, enrolment)?.ok_or(ServiceError::NotFound)?)
        }
        Subject::Day { unit, .. } => Resource::Unit(unit),
        Subject::Orientation { orientation, .. } => {
            let of = storage::orientation::unit_of(db, orientation)?.ok_or(ServiceError::NotFound)?;
            Resource::Unit(of)
        }
    };
    let permit = authz::ask(db, actor, action, resource, now)?;
    Ok((document, permit))
}

/// An audit row about one paper.
fn about(permit: &Permit, action: &str, document: &Document) -> AuditRow {
    let detail = format!("{} {}", document.kind, document.number);
    AuditRow { person: document.subject.person(), ..row(permit, action, document.id, detail) }
}

/// An audit row about handing out what a paper says; where it names many people, with all of them.
fn shown(db: &Reader<'_>, permit: &Permit, action: &str, document: &Document) -> Result<AuditRow> {
    let people = match document.subject {
        Subject::Enrolment { .. } => None,
        // Those who stand on the list now and those who stood there when it was printed: all of the day.
        Subject::Day { unit, day } => {
            Some(shown_list(storage::registrations::people_of_unit(db, unit, day_bounds(day))?))
        }
        // A notice names nobody; on a sheet stand some of those invited.
        Subject::Orientation { session: None, .. } => None,
        Subject::Orientation { orientation, session: Some(_) } => {
            Some(shown_list(storage::orientation::people_invited(db, orientation)?))
        }
    };
    Ok(AuditRow { shown: people, ..about(permit, action, document) })
}

/// An audit row about one paper, to be completed with the person.
fn row(permit: &Permit, action: &str, id: DocumentId, detail: String) -> AuditRow {
    AuditRow { object_kind: "document", object: Some(id.get()), detail, ..AuditRow::by(permit, action) }
}

/// Name under which the PDF is handed out: `2026-000123_230010001.pdf`; of what it is about stands the student number, the
/// day, the orientation or the session.
fn file_name(number: DocumentNumber, about: &str) -> String {
    let plain: String = about.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{:04}-{:06}_{plain}.pdf", number.year, number.serial)
}

/// A line of text typed by somebody, blanks squeezed; `None` when nothing was typed.
fn line_of(field: &'static str, typed: &str, most: usize) -> Result<Option<String>> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > most {
        return Err(ServiceError::Invalid(vec![
            FieldError::new(field, "too-long").with("max", most.to_string()),
        ]));
    }
    if line.chars().any(char::is_control) {
        return Err(ServiceError::field(field, "control-characters"));
    }
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// A failure of one of the ports.
fn failed(port: &'static str, error: &dyn std::fmt::Display) -> ServiceError {
    ServiceError::Port { port, message: error.to_string() }
}
