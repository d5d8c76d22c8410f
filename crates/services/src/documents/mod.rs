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
mod issue_document;
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

use base::{ids::DocumentId, time::Timestamp};
use storage::{
    Permit, Reader,
    audit::AuditRow,
    documents::{Document, DocumentNumber},
};

pub use self::{
    cancel_document::{CancelDocument, cancel_document},
    document_pdf::{DocumentPdf, document_pdf},
    issue_document::{IssueDocument, Issued, issue_document},
    list_documents::{DocumentPage, DocumentQuery, list_documents},
    print_again::print_again,
    resume_preparing::{Resumed, resume_preparing},
    show_document::{ShownDocument, show_document},
    verify_code::{Genuine, Verification, verify_code},
};
use crate::{
    authz::{self, Action, Actor},
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
    let enrolment = storage::enrolments::fetch(db, document.enrolment)?.ok_or(ServiceError::NotFound)?;
    let permit = authz::ask(db, actor, action, students::resource(&enrolment), now)?;
    Ok((document, permit))
}

/// An audit row about one paper.
fn about(permit: &Permit, action: &str, document: &Document) -> AuditRow {
    let detail = format!("{} {}", document.kind, document.number);
    AuditRow { person: Some(document.person), ..row(permit, action, document.id, detail) }
}

/// An audit row about one paper, to be completed with the person.
fn row(permit: &Permit, action: &str, id: DocumentId, detail: String) -> AuditRow {
    AuditRow {
        at: permit.at(),
        account: Some(permit.account()),
        action: action.to_owned(),
        person: None,
        object_kind: "document",
        object: Some(id.get()),
        detail,
        shown: None,
        reason: None,
        request: permit.request().to_owned(),
    }
}

/// Name under which the PDF is handed out: `2026-000123_230010001.pdf`.
fn file_name(number: DocumentNumber, student_number: &str) -> String {
    let plain: String = student_number.chars().filter(char::is_ascii_alphanumeric).collect();
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
