//! Starting a bulk registration.

use base::ids::JobId;
use domain::registration::FeeState;
use storage::{StorageError, Tx, jobs::NewItem};

use super::{
    super::{
        list_candidates::sight,
        register_candidate::{FeeForm, read_fee},
    },
    BulkQuery, JOB_KIND, Params, look_at_all,
    preview_bulk::resolve,
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    registration::desk::Desk,
    work::row,
};

/// The order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StartBulk {
    /// Whom.
    pub query: BulkQuery,
    /// What is noted of the fee of all of them; must be said.
    pub fee_state: Option<FeeState>,
    /// On what that rests, e.g. the number of an announcement; may stay empty where nothing is due.
    pub fee_word: String,
    /// Key of the form, so that a double click starts one run.
    pub idempotency_key: Option<String>,
}

/// A run that was started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StartedBulk {
    /// The job.
    pub job: JobId,
    /// Whether this is the answer to an earlier click.
    pub is_repeated: bool,
}

/// Opens a job with one item per candidate of the safe set; a worker registers them ([`super::run_bulk()`]). Whoever
/// has changed until it is his or her turn is looked at once more then.
///
/// # Errors
/// [`ServiceError::Invalid`] for the fee, or on `candidates` when nobody of the filter may be registered in bulk;
/// [`ServiceError::Forbidden`] for those who register nobody.
pub async fn start_bulk(office: &Office, actor: &Actor, form: StartBulk) -> Result<StartedBulk> {
    let (now, today) = (office.now(), office.today());
    let mut wrong = Vec::new();
    let fee = FeeForm { state: form.fee_state, receipt: form.fee_word.clone(), ..FeeForm::default() };
    let fee = read_fee(&fee, false, today, &mut wrong);
    let (Some(fee), true) = (fee, wrong.is_empty()) else { return Err(ServiceError::Invalid(wrong)) };
    let params = Params::Register { fee: fee.state.code().to_owned(), fee_word: fee.receipt }.written()?;
    let seen = sight(actor, Action::RegisterCandidates, form.query.unit);
    let (asking, query, mut desk) = (actor.clone(), form.query, Desk::open(office));
    let items: Vec<NewItem> = office
        .db
        .read_apart(move |db| -> Result<_> {
            authz::ask(db, &asking, Action::RegisterCandidates, Resource::Anywhere, now)?;
            let mut items = Vec::new();
            look_at_all(db, &mut desk, &resolve(db, &query, &seen)?, |candidate, _, reasons| {
                if reasons.is_empty() {
                    items.push(NewItem { subject: candidate.id.to_string(), failure: None });
                }
            })?;
            Ok(items)
        })
        .await?;
    let order = Order { params, items, act: "start_registrations", detail: String::new() };
    open_job(office, actor, Action::RegisterCandidates, order, form.idempotency_key).await
}

/// A job to be opened.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) params: String,
    pub(super) items: Vec<NewItem>,
    /// Act in the audit log.
    pub(super) act: &'static str,
    /// What the row tells beside the number of candidates.
    pub(super) detail: String,
}

/// Opens a job, once for each key.
pub(super) async fn open_job(
    office: &Office,
    actor: &Actor,
    action: Action,
    order: Order,
    key: Option<String>,
) -> Result<StartedBulk> {
    let now = office.now();
    let open = || {
        let (actor, order, key) = (actor.clone(), order.clone(), key.clone());
        office.db.write(move |tx| {
            let permit = authz::ask(tx, &actor, action, Resource::Anywhere, now)?;
            if let Some(key) = &key
                && let Some(job) = first_click(tx, &permit, key)?
            {
                return Ok(StartedBulk { job, is_repeated: true });
            }
            if order.items.is_empty() {
                return Err(ServiceError::field("candidates", "bulk-nobody"));
            }
            let job = storage::jobs::insert(tx, &permit, JOB_KIND, &order.params, &order.items)?;
            let detail = format!("candidates={}{}", order.items.len(), order.detail);
            storage::audit::append(tx, &row(&permit, order.act, job, detail))?;
            if let Some(key) = &key {
                storage::idempotency::remember(tx, &permit, key, &format!("job {job}"))?;
            }
            Ok(StartedBulk { job, is_repeated: false })
        })
    };
    match open().await {
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "idempotency_pkey" =>
        {
            open().await
        }
        other => other,
    }
}

fn first_click(tx: &Tx<'_>, permit: &storage::Permit, key: &str) -> Result<Option<JobId>> {
    let Some(first) = storage::idempotency::recall(tx, permit.account(), key)? else { return Ok(None) };
    let job = first.strip_prefix("job ").and_then(|id| id.parse().ok());
    let used = || ServiceError::Invalid(vec![FieldError::new("idempotency_key", "key-used")]);
    job.map(Some).ok_or_else(used)
}
