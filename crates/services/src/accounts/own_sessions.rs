//! Where else one is signed in, asked in a browser or by an API token of the own account.

use base::time::Timestamp;
use storage::{
    accounts::sessions::{self, SessionLine, TokenHash},
    audit::{self, AuditRow},
};

use super::{
    Session,
    find_session::{ABSOLUTE, IDLE, later},
    refuse_read_only, row,
};
use crate::{
    authz::{self, Actor},
    error::{Result, ServiceError},
    office::Office,
};

/// A session of one's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenSession {
    /// By what it is ended; not the token.
    pub handle: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within five minutes.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The sessions of one's own account that are not over, the one used last first; `this` is the one that asks, where it
/// is one.
///
/// # Errors
/// The engine's refusal.
pub async fn list_sessions(
    office: &Office,
    actor: &Actor,
    this: Option<&Session>,
) -> Result<Vec<OpenSession>> {
    let (account, now, own) = (actor.account, office.now(), this.map(|session| session.key));
    let lines = office.db.read(move |db| sessions::of_account(db, account)).await?;
    let open = |line: &SessionLine| now < later(line.seen_at, IDLE) && now < later(line.created_at, ABSOLUTE);
    Ok(lines
        .into_iter()
        .filter(open)
        .map(|line| OpenSession {
            handle: handle(&line.token),
            created_at: line.created_at,
            seen_at: line.seen_at,
            is_this: own == Some(line.token),
        })
        .collect())
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such session any more; [`ServiceError::Forbidden`] for a token that
/// may only read.
pub async fn end_session(office: &Office, actor: &Actor, wanted: String) -> Result<()> {
    refuse_read_only(actor)?;
    let permit = authz::for_own_account(actor.account, office.now(), &actor.request);
    let person = actor.person;
    office
        .db
        .write(move |tx| {
            let lines = sessions::of_account(tx, permit.account())?;
            let line =
                lines.iter().find(|line| handle(&line.token) == wanted).ok_or(ServiceError::NotFound)?;
            sessions::end(tx, &permit, &line.token)?;
            Ok(audit::append(tx, &row(&permit, "end_session", permit.account(), person))?)
        })
        .await
}

/// Ends all of one's own sessions but the one that asks, where it is one; answers how many.
///
/// # Errors
/// [`ServiceError::Forbidden`] for a token that may only read.
pub async fn end_other_sessions(office: &Office, actor: &Actor, this: Option<&Session>) -> Result<u64> {
    refuse_read_only(actor)?;
    let permit = authz::for_own_account(actor.account, office.now(), &actor.request);
    let (key, person) = (this.map(|session| session.key), actor.person);
    office
        .db
        .write(move |tx| {
            let ended = sessions::end_all(tx, &permit, permit.account(), key.as_ref())?;
            let row = AuditRow {
                detail: format!("others={ended}"),
                ..row(&permit, "end_session", permit.account(), person)
            };
            audit::append(tx, &row)?;
            Ok(ended)
        })
        .await
}

/// The first bytes of the stored hash: enough to tell one's own sessions apart, and no way back to a token.
fn handle(token: &TokenHash) -> String {
    token[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
