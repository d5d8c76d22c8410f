//! Ordering papers for a whole list.

use base::ids::JobId;
use storage::{StorageError, jobs::NewItem};

use super::{
    BatchOrder, JOB_KIND, Params,
    resolve::{Line, resolve},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    work::{outcome, refusal, row},
};

/// A batch that was ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Started {
    /// The job.
    pub job: JobId,
    /// Whether this is the answer to an earlier click.
    pub is_repeated: bool,
}

/// Opens a job with one item per student of the list; a worker makes the papers ([`super::run_batches()`]). Numbers that
/// nobody has, or that are out of the actor's reach, stay on the job as items that were not done.
///
/// # Errors
/// [`ServiceError::Invalid`] for an empty or too long list and unknown kinds, [`ServiceError::Forbidden`].
pub async fn start_batch(
    office: &Office,
    actor: &Actor,
    form: BatchOrder,
    idempotency_key: Option<String>,
) -> Result<Started> {
    let order = form.read()?;
    let detail = format!("{} {}", order.kind.key, order.lang.code());
    let params = Params {
        kind: order.kind.key.to_owned(),
        lang: order.lang,
        purpose: order.purpose,
        photo: order.photo,
    };
    let params = serde_json::to_string(&params)
        .map_err(|error| ServiceError::Port { port: "jobs", message: error.to_string() })?;
    let (now, today) = (office.now(), office.today());
    let asking = actor.clone();
    let items: Vec<NewItem> = office
        .db
        .read_apart(move |db| -> Result<Vec<NewItem>> {
            let lines = resolve(db, &asking, &form.selection, today, now)?;
            Ok(lines.into_iter().map(item).collect())
        })
        .await?;
    let open = |key: Option<String>| {
        let (actor, params, items) = (actor.clone(), params.clone(), items.clone());
        let detail = detail.clone();
        office.db.write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::IssueDocument, Resource::Anywhere, now)?;
            if let Some(key) = &key
                && let Some(first) = storage::idempotency::recall(tx, permit.account(), key)?
            {
                let job = first.strip_prefix("job ").and_then(|id| id.parse().ok());
                let used = || ServiceError::Invalid(vec![FieldError::new("idempotency_key", "key-used")]);
                return Ok(Started { job: job.ok_or_else(used)?, is_repeated: true });
            }
            let job = storage::jobs::insert(tx, &permit, JOB_KIND, &params, &items)?;
            storage::audit::append(
                tx,
                &row(&permit, "start_batch", job, format!("students={} {detail}", items.len())),
            )?;
            if let Some(key) = &key {
                storage::idempotency::remember(tx, &permit, key, &format!("job {job}"))?;
            }
            Ok(Started { job, is_repeated: false })
        })
    };
    match open(idempotency_key.clone()).await {
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "idempotency_pkey" =>
        {
            open(idempotency_key).await
        }
        other => other,
    }
}

fn item(line: Line) -> NewItem {
    NewItem { subject: line.number, failure: line.enrolment.err().map(|code| outcome(&refusal(code))) }
}
