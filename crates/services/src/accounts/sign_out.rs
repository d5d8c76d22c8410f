//! Signing out.

use storage::{accounts::sessions, audit};

use super::{Session, row};
use crate::{authz, error::Result, office::Office};

/// Ends the session; its token is worth nothing from then on.
///
/// # Errors
/// The engine's refusal.
pub async fn sign_out(office: &Office, session: &Session) -> Result<()> {
    let permit = authz::for_own_account(session.actor.account, office.now(), &session.actor.request);
    let (key, person) = (session.key, session.actor.person);
    office
        .db
        .write(move |tx| {
            sessions::end(tx, &permit, &key)?;
            Ok(audit::append(tx, &row(&permit, "sign_out", permit.account(), person))?)
        })
        .await
}
