//! Who is behind an API token.

use domain::accounts::AccountStatus;
use storage::accounts::tokens::{self, TokenScope};

use super::{find_session::actor, secret::hash};
use crate::{authz::Actor, error::Result, office::Office};

/// By what a token is recognised where it was left by mistake.
pub const TOKEN_PREFIX: &str = "kny_";

/// Whoever holds a token, as an actor who typed the password only where [`super::confirm_token()`] was called for this
/// token a few minutes ago: otherwise sensitive acts answer [`crate::ServiceError::NeedsConfirmation`]. Nothing for a
/// token that is unknown, revoked or has run out, and for an account that may not sign in.
///
/// # Errors
/// The engine's refusal.
pub async fn find_token(office: &Office, bearer: &str, request: &str) -> Result<Option<Actor>> {
    if !bearer.starts_with(TOKEN_PREFIX) {
        return Ok(None);
    }
    let (key, today) = (hash(bearer), office.today());
    let found = office.db.read(move |db| tokens::find(db, &key, today)).await?;
    Ok(found
        .filter(|(holder, _)| holder.status == AccountStatus::Active)
        .map(|(holder, token)| actor(holder, token.confirmed_at, token.scope == TokenScope::Read, request)))
}
