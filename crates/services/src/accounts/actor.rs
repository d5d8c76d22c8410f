//! Somebody for whom work is done at the console.

use domain::accounts::AccountStatus;

use super::{find_session::actor, user_name};
use crate::{
    authz::Actor,
    error::{Result, ServiceError},
    office::Office,
};

/// The holder of a user name as an actor, for whoever owns the files and works at the console in that name. Counts
/// as confirmed, since no password protects a file from its owner.
///
/// # Errors
/// [`ServiceError::Invalid`] on `user_name` with `user-name-unknown`, `account-not-active`, `account-locked` or
/// `account-closed`.
pub async fn actor_of_account(office: &Office, typed: &str, request: &str) -> Result<Actor> {
    let (name, today, now) = (user_name::fold(typed), office.today(), office.now());
    let found = office.db.read(move |db| storage::accounts::find_holder(db, &name, today)).await?;
    let refused = |code| Err(ServiceError::field("user_name", code));
    match found {
        None => refused("user-name-unknown"),
        Some(holder) => match holder.status {
            AccountStatus::Active => Ok(actor(holder, Some(now), false, request)),
            AccountStatus::Invited => refused("account-not-active"),
            AccountStatus::Locked => refused("account-locked"),
            AccountStatus::Closed => refused("account-closed"),
        },
    }
}
