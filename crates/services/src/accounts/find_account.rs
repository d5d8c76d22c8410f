//! An account by its user name, for whoever manages accounts.

use base::ids::AccountId;

use super::{may_look, user_name};
use crate::{
    authz::Actor,
    error::{Result, ServiceError},
    office::Office,
};

/// The account of a user name in whatever state.
///
/// # Errors
/// [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `user_name` with `user-name-unknown`.
pub async fn account_of_name(office: &Office, actor: &Actor, typed: &str) -> Result<AccountId> {
    may_look(actor)?;
    let name = user_name::fold(typed);
    let found =
        office.db.read(move |db| -> Result<_> { Ok(storage::accounts::find_by_name(db, &name)?) }).await?;
    found.map(|account| account.id).ok_or_else(|| ServiceError::field("user_name", "user-name-unknown"))
}
