//! Papers that a student hands in, with scans.

use base::ids::{EnrolmentId, FileId};
use domain::papers::{PaperKind, PaperState};

use storage::Reader;

use super::{about, file::there, locate, write_note::stale};
use crate::{
    Office,
    authz::{Action, Actor},
    documents::stored::{self, Upload},
    error::{FieldError, Result, ServiceError},
    once,
};

/// The form for a paper handed in, or found missing.
#[derive(Clone, Debug)]
pub struct KeepPaper {
    /// Student number.
    pub number: String,
    /// Row to change and the version it was read with; none records a new paper.
    pub row: Option<(i64, i64)>,
    /// Kind.
    pub kind: PaperKind,
    /// What the office has of it.
    pub state: PaperState,
    /// Words, needed for kind *other*.
    pub description: String,
    /// A scan, PDF or image.
    pub scan: Option<Upload>,
}

/// Records what the office has of a paper. A scan is checked by its content and stored before the
/// row that names it.
///
/// # Errors
/// [`ServiceError::Invalid`] for a scan that is not PDF, JPEG or PNG or is too large, or a missing description.
pub async fn keep_paper(office: &Office, actor: &Actor, form: KeepPaper) -> Result<()> {
    let description = form.description.trim().to_owned();
    if form.kind == PaperKind::Other && description.is_empty() && form.row.is_none() {
        return Err(ServiceError::field("description", "required"));
    }
    if description.chars().count() > 200 {
        return Err(ServiceError::Invalid(vec![
            FieldError::new("description", "too-long").with("max", "200"),
        ]));
    }
    let scan = match form.scan {
        Some(upload) => Some(stored::store_scan(office, "scan", upload).await?),
        None => None,
    };
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (enrolment, permit) = locate(tx, actor, Action::KeepPapers, &form.number, now)?;
        let file = match &scan {
            Some(scan) => {
                Some(storage::files::insert(tx, &permit, &scan.sha256, scan.size, scan.mime, "held_paper")?)
            }
            None => None,
        };
        let words = Some(description.as_str()).filter(|d| !d.is_empty());
        match form.row {
            // What was known to be missing is that very paper.
            None => match known_missing(tx, enrolment.id, form.kind)? {
                Some((id, version)) => {
                    let kept =
                        storage::papers::change(tx, &permit, enrolment.id, id, version, form.state, file);
                    kept.map_err(stale)?;
                }
                None => {
                    storage::papers::keep(tx, &permit, enrolment.id, form.kind, form.state, words, file)?;
                }
            },
            Some((id, version)) => {
                storage::papers::change(tx, &permit, enrolment.id, id, version, form.state, file)
                    .map_err(stale)?;
            }
        }
        let detail = format!("{} {}", form.kind, form.state);
        storage::audit::append(tx, &about(&permit, Action::KeepPapers, &enrolment, detail))?;
        Ok(())
    })
    .await
}

/// The row of a paper that is recorded as missing; of kind *other* each has words of its own.
fn known_missing(db: &Reader<'_>, enrolment: EnrolmentId, kind: PaperKind) -> Result<Option<(i64, i64)>> {
    if kind == PaperKind::Other {
        return Ok(None);
    }
    let held = storage::papers::held(db, enrolment)?;
    let missing = held.into_iter().find(|paper| paper.kind == kind && there(paper) == PaperState::Missing);
    Ok(missing.map(|paper| (paper.id, paper.version)))
}

/// The bytes of a scan in a student's file.
///
/// # Errors
/// [`ServiceError::NotFound`] when the file is not one of this enrolment's papers.
pub async fn open_scan(
    office: &Office,
    actor: &Actor,
    number: String,
    file: FileId,
) -> Result<(String, Vec<u8>)> {
    let now = office.now();
    let asking = actor.clone();
    let (stored_file, row) = office
        .db
        .read(move |db| -> Result<_> {
            let (enrolment, permit) = locate(db, &asking, Action::KeepPapers, &number, now)?;
            if !storage::papers::held(db, enrolment.id)?.iter().any(|paper| paper.file == Some(file)) {
                return Err(ServiceError::NotFound);
            }
            let found = storage::files::fetch(db, file)?.ok_or(ServiceError::NotFound)?;
            Ok((found, about(&permit, Action::KeepPapers, &enrolment, format!("scan={file}"))))
        })
        .await?;
    let bytes = stored::bytes(office, stored_file.sha256).await?;
    office.reads.note(row)?;
    Ok((stored_file.mime, bytes))
}
