//! Undoing a whole bulk registration on the day on which it was made.

use base::{ids::JobId, time::local_date};
use storage::jobs::NewItem;

use super::{
    Params, locate,
    start_bulk::{Order, StartedBulk, open_job},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
};

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UndoBulk {
    /// The run whose registrations are undone.
    pub job: JobId,
    /// What was wrong; stands in the ledger and beside every number.
    pub reason: String,
    /// Key of the form, so that a double click starts one run.
    pub idempotency_key: Option<String>,
}

/// Opens a job that undoes what a run registered today, each as [`super::super::undo_registration()`] does; a worker
/// carries it out. Registrations that were undone or changed since are left as they are.
///
/// # Errors
/// [`ServiceError::Invalid`] on `job` while it runs or when there is nothing to undo today, and on `reason`;
/// [`ServiceError::Forbidden`] for those who may not undo each of them; [`ServiceError::NeedsConfirmation`].
pub async fn undo_bulk(office: &Office, actor: &Actor, form: UndoBulk) -> Result<StartedBulk> {
    let (now, today) = (office.now(), office.today());
    let reason = form.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(ServiceError::field("reason", "required"));
    }
    if reason.chars().count() > 100 {
        let too_long = FieldError::new("reason", "too-long").with("max", "100");
        return Err(ServiceError::Invalid(vec![too_long]));
    }
    let (asking, of) = (actor.clone(), form.job);
    let items: Vec<NewItem> = office
        .db
        .read_apart(move |db| -> Result<_> {
            let (job, _) = locate(db, &asking, of, now)?;
            if !matches!(Params::read(&job)?, Params::Register { .. }) {
                return Err(ServiceError::NotFound);
            }
            if job.is_open() {
                return Err(ServiceError::field("job", "bulk-running"));
            }
            let made = storage::registrations::of_job(db, of, None, u32::MAX)?;
            let standing: Vec<_> = made
                .into_iter()
                .filter(|line| !line.is_undone && local_date(line.registered_at) == today)
                .collect();
            let mut programmes: Vec<_> = standing.iter().map(|line| (line.programme, line.unit)).collect();
            programmes.sort_unstable();
            programmes.dedup();
            for (id, unit) in programmes {
                authz::ask(db, &asking, Action::UndoRegistration, Resource::Programme { id, unit }, now)?;
            }
            let item = |line: &storage::registrations::JobLine| NewItem {
                subject: line.candidate.to_string(),
                failure: None,
            };
            Ok(standing.iter().map(item).collect())
        })
        .await?;
    let params = Params::Undo { of, reason }.written()?;
    let order = Order { params, items, act: "undo_registrations", detail: format!(" job={of}") };
    match open_job(office, actor, Action::UndoRegistration, order, form.idempotency_key).await {
        Err(ServiceError::Invalid(errors)) if errors.iter().any(|e| e.code == "bulk-nobody") => {
            Err(ServiceError::field("job", "nothing-to-undo"))
        }
        other => other,
    }
}
