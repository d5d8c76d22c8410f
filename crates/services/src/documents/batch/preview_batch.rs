//! What a batch would come to, before any number is given.

use std::collections::BTreeMap;

use base::ids::PersonId;
use regulations::Findings;
use storage::{
    audit::{AuditRow, shown_list},
    documents::{DocumentNumber, Subject},
};

use super::{
    super::prepare::Desk,
    BatchOrder,
    resolve::{Line, resolve},
};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    work::{is_the_items_fault, refusal},
};

/// A student of the list who would get a paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadyRow {
    /// Student number.
    pub number: String,
    /// Name as now.
    pub name: String,
    /// Number of the valid paper of the same kind and language, whose place the new one would take.
    pub held: Option<DocumentNumber>,
}

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
    /// Who would get a paper, in the order of the list.
    pub ready: Vec<ReadyRow>,
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
/// Every paper is composed as it would be when its number is given, so that what would keep it from being made, such as
/// a name with a letter that cannot be printed, is told here. A rule that is left to a person refuses; such a paper is
/// issued by itself. Only whether a stored photo is sound is not looked at before the papers are made.
///
/// # Errors
/// [`ServiceError::Invalid`] for an empty or too long list and unknown kinds, [`ServiceError::Forbidden`].
pub async fn preview_batch(office: &Office, actor: &Actor, form: BatchOrder) -> Result<Preview> {
    let order = form.read()?;
    let kind = order.kind.key;
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
                match desk.draft(db, &enrolment, &order) {
                    Ok(draft) => {
                        let subject = Subject::Enrolment { enrolment: id, person: enrolment.person };
                        let held = storage::documents::current(db, subject, kind, order.lang)?;
                        let held = held.map(|(_, number)| number);
                        preview.ready.push(ReadyRow { number, name: draft.holder.clone(), held });
                        for warning in draft.findings.with(regulations::Verdict::Warns) {
                            *preview.warnings.entry(warning.code.clone()).or_default() += 1;
                        }
                    }
                    Err(error) => {
                        let findings = why_not(error)?;
                        let person = storage::people::fetch(db, enrolment.person)?;
                        let name = person.map(|person| person.identity.full_name()).unwrap_or_default();
                        preview.refused.push(PreviewRow { number, name, findings });
                    }
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
        detail: format!("students={} {kind}", preview.total),
        shown: Some(shown_list(people)),
        reason: None,
        request: actor.request.clone(),
    })?;
    Ok(preview)
}

/// What stands against one paper of the list; a failure of the machine is none.
fn why_not(error: ServiceError) -> Result<Findings> {
    match error {
        ServiceError::Refused(findings) => Ok(*findings),
        error if is_the_items_fault(&error) => {
            tracing::error!(%error, "a student's paper cannot be composed");
            Ok(refusal("item-not-done"))
        }
        error => Err(error),
    }
}
