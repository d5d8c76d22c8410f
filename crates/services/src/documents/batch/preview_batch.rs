//! What a batch would come to, before any number is given.

use std::collections::BTreeMap;

use base::ids::PersonId;
use regulations::Findings;
use storage::audit::{AuditRow, shown_list};

use super::{
    super::prepare::Desk,
    BatchOrder, refusal,
    resolve::{Line, resolve},
};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
};

/// A student of the list who would get no paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviewRow {
    /// Student number.
    pub number: String,
    /// Name as now.
    pub name: String,
    /// Everything that the rules said.
    pub findings: Findings,
}

/// What a batch would come to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Preview {
    /// Students on the list, each once.
    pub total: usize,
    /// How many would get their paper.
    pub issuable: usize,
    /// How many of those for each warning, by its code.
    pub warnings: BTreeMap<String, usize>,
    /// Who would get none, and why.
    pub refused: Vec<PreviewRow>,
    /// Numbers that nobody has, or nobody in sight of the actor.
    pub unknown: Vec<String>,
    /// Numbers of students to whom the actor may not issue papers.
    pub not_allowed: Vec<String>,
}

/// Looks at a list before papers are made for it: who gets one, who does not and why, and which numbers nobody has.
/// A rule that is left to a person refuses here; such a paper is issued by itself.
///
/// # Errors
/// [`ServiceError::Invalid`] for an empty or too long list and unknown kinds, [`ServiceError::Forbidden`].
pub async fn preview_batch(office: &Office, actor: &Actor, form: BatchOrder) -> Result<Preview> {
    let order = form.read()?;
    let (now, today) = (office.now(), office.today());
    let asking = actor.clone();
    let mut desk = Desk::open(office);
    let (preview, people) = office
        .db
        .read_apart(move |db| -> Result<(Preview, Vec<PersonId>)> {
            let lines = resolve(db, &asking, &form.selection, today, now)?;
            let mut preview = Preview { total: lines.len(), ..Preview::default() };
            let mut people = Vec::new();
            for Line { number, enrolment } in lines {
                let id = match enrolment {
                    Ok(id) => id,
                    Err("issue-not-allowed") => {
                        preview.not_allowed.push(number);
                        continue;
                    }
                    Err(_) => {
                        preview.unknown.push(number);
                        continue;
                    }
                };
                let enrolment = storage::enrolments::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
                people.push(enrolment.person);
                let assessed = desk.assess(db, &enrolment, order.kind)?;
                let mut findings = assessed.findings;
                let name = assessed.file.identity.full_name();
                if order.photo
                    && storage::people::fetch(db, enrolment.person)?.is_none_or(|p| p.photo.is_none())
                {
                    findings.extend(refusal("photo-missing"));
                }
                if findings.allows() {
                    preview.issuable += 1;
                    for warning in findings.with(regulations::Verdict::Warns) {
                        *preview.warnings.entry(warning.code.clone()).or_default() += 1;
                    }
                } else {
                    preview.refused.push(PreviewRow { number, name, findings });
                }
            }
            Ok((preview, people))
        })
        .await?;
    office.reads.note(AuditRow {
        at: now,
        account: Some(actor.account),
        action: "preview_batch".to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail: format!("{} {}", order.kind.key, preview.total),
        shown: Some(shown_list(people)),
        reason: None,
        request: actor.request.clone(),
    });
    Ok(preview)
}
