//! A form that is sent twice acts once.

use serde::{Serialize, de::DeserializeOwned};
use storage::{Tx, idempotency};

use crate::{
    Office,
    authz::{self, Actor},
    error::{Result, ServiceError},
};

/// Runs an act as one transaction. Where it comes from a form with a key ([`Actor::form`]), its result is kept under the
/// key in the same transaction. A second sending is refused by the key at the latest, and undone; it is answered with the
/// result of the first.
///
/// Not for acts whose answer is shown once and never stored, such as links and API tokens.
///
/// # Errors
/// What `work` answers, and the database.
pub(crate) async fn act<T, F>(office: &Office, actor: &Actor, work: F) -> Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: FnOnce(&Tx<'_>, &Actor) -> Result<T> + Send + 'static,
{
    let acting = actor.clone();
    let Some(key) = actor.form.clone() else {
        return office.db.write(move |tx| work(tx, &acting)).await;
    };
    let permit = authz::for_own_account(actor.account, office.now(), &actor.request);
    let kept = key.clone();
    let done = office
        .db
        .write(move |tx| -> Result<T> {
            let result = work(tx, &acting)?;
            let text = serde_json::to_string(&result)
                .map_err(|error| ServiceError::Port { port: "forms", message: error.to_string() })?;
            idempotency::remember(tx, &permit, &kept, &text)?;
            Ok(result)
        })
        .await;
    let Err(refused) = done else { return done };
    let account = actor.account;
    let first = office.db.read(move |db| idempotency::recall(db, account, &key)).await.unwrap_or_default();
    first.and_then(|text| serde_json::from_str(&text).ok()).ok_or(refused)
}
