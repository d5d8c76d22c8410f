//! Handing out one paper over the counter.

use std::collections::HashSet;

use base::{
    ids::{DocumentId, FileId},
    lang::Lang,
};
use domain::documents::{DocumentStatus, VerificationCode};
use regulations::{Finding, Findings, Verdict};
use storage::{Permit, Reader, StorageError, Tx, documents::Document};

use super::{
    complete::complete,
    photos::broken_photos,
    prepare::{Desk, Order},
};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    students,
};

/// Characters of an idempotency key at the most.
const LONGEST_KEY: usize = 100;

/// The form for one paper.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IssueDocument {
    /// Student number.
    pub number: String,
    /// Key of the kind.
    pub kind: String,
    /// Language of the paper.
    pub lang: Lang,
    /// What it is for, in the paper's language; empty for general use.
    pub purpose: String,
    /// Whether it shows the photo, where the kind has a place for one.
    pub photo: bool,
    /// Why a person lets it go out where the rules leave it to a person; empty where they do not.
    pub decision: String,
    /// Key of the form, so that a second click answers with the first paper.
    pub idempotency_key: Option<String>,
}

/// A paper that was issued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issued {
    /// Row id, for the address of its page and its PDF.
    pub id: DocumentId,
    /// Its number: `2026/000123`.
    pub number: String,
    /// Verification code in groups.
    pub code: String,
    /// State: valid, unless a newer one was issued meanwhile.
    pub status: DocumentStatus,
    /// Hash of the PDF.
    pub sha256: Option<[u8; 32]>,
    /// What the rules said; empty for a repeated click.
    pub findings: Findings,
    /// Whether this is the answer to an earlier click.
    pub is_repeated: bool,
}

/// Issues a paper about one enrolment.
///
/// The clerk's unit must reach the enrolment, the kind's rule must allow the paper (a rule that leaves it to a person
/// needs the clerk's decision in words, which is logged), and somebody must hold an office that signs it today. The
/// number, what the paper says and the audit row are one transaction; the printing follows outside of it. A process
/// that dies between the two loses nothing: [`super::resume_preparing()`] prints from what was frozen. The new paper takes
/// the place of earlier ones of its kind and language.
///
/// # Errors
/// [`ServiceError::Refused`] with all findings, also when the press refuses the paper (its number is then cancelled);
/// [`ServiceError::Invalid`]; [`ServiceError::NotFound`] for a number unknown or out of sight;
/// [`ServiceError::WaitsForRoom`] when the disk was full after the number was given; [`ServiceError::Port`] when storing
/// failed otherwise.
pub async fn issue_document(office: &Office, actor: &Actor, form: IssueDocument) -> Result<Issued> {
    let order = Order::read(&form.kind, form.lang, &form.purpose, form.photo, &form.decision)?;
    check_key(form.idempotency_key.as_deref())?;
    let broken = if order.photo {
        broken_photos(office, vec![form.number.trim().to_owned()]).await?
    } else {
        HashSet::new()
    };
    let begun = match begin(office, actor, &form, &order, &broken).await {
        // Two clicks at once: the slower one was undone and answers like a later one.
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "idempotency_pkey" =>
        {
            begin(office, actor, &form, &order, &broken).await?
        }
        other => other?,
    };
    issued(office, begun).await
}

/// Makes the paper whose number was given, and tells what came of it.
pub(super) async fn issued(office: &Office, begun: Begun) -> Result<Issued> {
    let (id, findings, is_repeated) = (begun.id, begun.findings, begun.is_repeated);
    // The number is given and durable: whatever there is no room for now is made later.
    complete(office, id, begun.permit).await.map_err(|error| match error {
        error if error.is_disk_full() => ServiceError::WaitsForRoom,
        error => error,
    })?;
    let document =
        office.db.read(move |db| storage::documents::fetch(db, id)).await?.ok_or(ServiceError::NotFound)?;
    if document.status == DocumentStatus::Cancelled {
        let cancelled = Finding::new(Verdict::Refuses, "document-cancelled");
        return Err(ServiceError::Refused(Box::new(Findings::from(vec![cancelled]))));
    }
    Ok(Issued {
        id,
        number: document.number.to_string(),
        code: grouped(&document.code),
        status: document.status,
        sha256: document.sha256,
        findings,
        is_repeated,
    })
}

/// Refuses a key of a form that is empty or too long.
pub(super) fn check_key(key: Option<&str>) -> Result<()> {
    if key.is_some_and(|key| key.is_empty() || key.chars().count() > LONGEST_KEY) {
        return Err(ServiceError::field("idempotency_key", "key-length"));
    }
    Ok(())
}

/// A stored code as people read it.
pub(super) fn grouped(code: &str) -> String {
    VerificationCode::parse(code).map_or_else(|_| code.to_owned(), |code| code.to_string())
}

/// A paper that has its number.
pub(super) struct Begun {
    pub(super) id: DocumentId,
    pub(super) permit: Permit,
    pub(super) findings: Findings,
    pub(super) is_repeated: bool,
}

async fn begin(
    office: &Office,
    actor: &Actor,
    form: &IssueDocument,
    order: &Order,
    broken_photos: &HashSet<FileId>,
) -> Result<Begun> {
    let now = office.now();
    let (actor, form, order) = (actor.clone(), form.clone(), order.clone());
    let mut desk = Desk::open(office).without(broken_photos.clone());
    office
        .db
        .write(move |tx| {
            let (enrolment, permit) =
                students::locate(tx, &actor, Action::IssueDocument, form.number.trim(), now)?;
            let key = form.idempotency_key.as_deref();
            if let Some(first) = first_click(tx, &permit, key, &form)? {
                return Ok(Begun { id: first.id, permit, findings: Findings::new(), is_repeated: true });
            }
            let (id, findings) = desk.prepare(tx, &permit, &enrolment, &order)?;
            remember(tx, &permit, key, id)?;
            Ok(Begun { id, permit, findings, is_repeated: false })
        })
        .await
}

/// The paper of an earlier click; the same key for another paper is a mistake of the caller.
fn first_click(
    db: &Reader<'_>,
    permit: &Permit,
    key: Option<&str>,
    form: &IssueDocument,
) -> Result<Option<Document>> {
    recall(db, permit, key, |paper| {
        paper.kind == form.kind
            && paper.lang == form.lang
            && paper.student.as_ref().is_some_and(|student| student.number == form.number.trim())
    })
}

/// The paper of an earlier click, if it is the one that is asked for.
///
/// # Errors
/// [`ServiceError::Invalid`] on `idempotency_key` when the key was used for something else.
pub(super) fn recall(
    db: &Reader<'_>,
    permit: &Permit,
    key: Option<&str>,
    is_asked_for: impl Fn(&Document) -> bool,
) -> Result<Option<Document>> {
    let Some(key) = key else { return Ok(None) };
    let Some(result) = storage::idempotency::recall(db, permit.account(), key)? else { return Ok(None) };
    let id = result.strip_prefix("document ").and_then(|id| id.parse().ok());
    let document = match id {
        Some(id) => storage::documents::fetch(db, id)?,
        None => None,
    };
    match document.filter(is_asked_for) {
        Some(document) => Ok(Some(document)),
        None => Err(ServiceError::Invalid(vec![FieldError::new("idempotency_key", "key-used")])),
    }
}

pub(super) fn remember(tx: &Tx<'_>, permit: &Permit, key: Option<&str>, id: DocumentId) -> Result<()> {
    if let Some(key) = key {
        storage::idempotency::remember(tx, permit, key, &format!("document {id}"))?;
    }
    Ok(())
}
