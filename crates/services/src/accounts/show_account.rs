//! One account with what an administrator helps with.

use base::{ids::AccountId, time::Timestamp};
use storage::{
    accounts::{self, Account, HeldRole, links, sessions, tokens},
    audit::AuditRow,
};

use super::{
    attempts, fetch,
    find_session::{ABSOLUTE, IDLE, later},
    may_look,
};
use crate::{authz::Actor, error::Result, office::Office};

/// What the page of an account shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountDetails {
    /// The account.
    pub account: Account,
    /// Every role, those ended or yet to begin included.
    pub roles: Vec<HeldRole>,
    /// Until when it has to wait after wrong passwords.
    pub paused_until: Option<Timestamp>,
    /// The one-time link that can still be used.
    pub link: Option<links::OpenLink>,
    /// Its API tokens, the newest first.
    pub tokens: Vec<tokens::TokenLine>,
    /// On how many devices it is signed in.
    pub sessions: usize,
}

/// One account, for administrators.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`], [`crate::ServiceError::NotFound`].
pub async fn show_account(office: &Office, actor: &Actor, id: AccountId) -> Result<AccountDetails> {
    may_look(actor)?;
    let now = office.now();
    let details = office
        .db
        .read(move |db| -> Result<_> {
            let account = fetch(db, id)?;
            let open = sessions::of_account(db, id)?;
            Ok(AccountDetails {
                roles: accounts::roles(db, id)?,
                paused_until: attempts::paused_until(db, &account.user_name, now)?,
                link: links::of_account(db, id, now)?,
                tokens: tokens::of_account(db, id)?,
                sessions: open
                    .iter()
                    .filter(|line| now < later(line.seen_at, IDLE) && now < later(line.created_at, ABSOLUTE))
                    .count(),
                account,
            })
        })
        .await?;
    office.reads.note(AuditRow {
        at: now,
        account: Some(actor.account),
        action: "show_account".to_owned(),
        person: details.account.person,
        object_kind: "account",
        object: Some(id.get()),
        detail: String::new(),
        shown: None,
        reason: None,
        request: actor.request.clone(),
    })?;
    Ok(details)
}
