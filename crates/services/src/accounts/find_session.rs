//! Who is behind a cookie; asked for every page.

use std::time::Duration;

use base::{
    ids::{TermId, UnitId},
    lang::Lang,
    time::Timestamp,
};
use domain::accounts::AccountStatus;
use storage::accounts::{Holder, Theme, sessions};

use super::secret::hash;
use crate::{
    authz::{self, Actor, Assignment},
    error::Result,
    office::Office,
};

/// A session that nobody used for so long is over.
pub const IDLE: Duration = Duration::from_secs(60 * 60);
/// A session is over so long after sign-in, however busy it was.
pub const ABSOLUTE: Duration = Duration::from_secs(12 * 60 * 60);
/// How exactly the last use is known; a page view writes at the most once in this time.
pub const TOUCH_EVERY: Duration = Duration::from_secs(5 * 60);

/// Somebody who is signed in, with the choices that pages follow.
#[derive(Clone)]
pub struct Session {
    /// Who acts.
    pub actor: Actor,
    /// User name.
    pub user_name: String,
    /// What forms of this session must carry.
    pub csrf: String,
    /// Language of pages.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Wider rows and larger letters.
    pub comfortable: bool,
    /// The unit chosen to work in.
    pub unit: Option<UnitId>,
    /// The term chosen to work in.
    pub term: Option<TermId>,
    /// The columns chosen for lists, as [`super::columns_of`] reads them.
    pub columns: String,
    /// When it ends if nobody uses it.
    pub ends_at: Timestamp,
    pub(super) key: [u8; 32],
    pub(super) seen_at: Timestamp,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("account", &self.actor.account).finish_non_exhaustive()
    }
}

/// Who acts, from what storage found; `confirmed_at` and `read_only` say how he or she came.
pub(super) fn actor(
    holder: Holder,
    confirmed_at: Option<Timestamp>,
    read_only: bool,
    request: &str,
) -> Actor {
    Actor {
        account: holder.account,
        display_name: holder.display_name,
        person: holder.person,
        staff: holder.staff,
        roles: holder
            .roles
            .into_iter()
            .map(|(role, unit, programme)| Assignment { role, unit, programme })
            .collect(),
        confirmed_at,
        read_only,
        request: request.to_owned(),
        form: None,
    }
}

/// The session behind a cookie's token; nothing for one that is unknown, over, or of an account that may no longer
/// sign in. One statement.
///
/// # Errors
/// The engine's refusal.
pub async fn find_session(office: &Office, token: &str, request: &str) -> Result<Option<Session>> {
    let (now, today) = (office.now(), office.today());
    let key = hash(token);
    let Some(found) = office.db.read(move |db| sessions::find(db, &key, today)).await? else {
        return Ok(None);
    };
    let idle_end = later(found.seen_at, IDLE);
    let end = later(found.created_at, ABSOLUTE);
    if found.holder.status != AccountStatus::Active || now >= idle_end || now >= end {
        return Ok(None);
    }
    Ok(Some(Session {
        user_name: found.holder.user_name.clone(),
        actor: actor(found.holder, Some(found.confirmed_at), false, request),
        csrf: found.csrf,
        lang: found.lang,
        theme: found.theme,
        comfortable: found.comfortable,
        unit: found.unit,
        term: found.term,
        columns: found.columns,
        ends_at: end.min(later(now, IDLE)),
        key,
        seen_at: found.seen_at,
    }))
}

/// Notes that the session is in use, unless that was noted within the last minutes. Leaves no row in the audit log.
///
/// # Errors
/// The engine's refusal.
pub async fn touch_session(office: &Office, session: &Session) -> Result<()> {
    let now = office.now();
    if now < later(session.seen_at, TOUCH_EVERY) {
        return Ok(());
    }
    let permit = authz::for_own_account(session.actor.account, now, &session.actor.request);
    let key = session.key;
    Ok(office.db.write(move |tx| sessions::touch(tx, &permit, &key)).await?)
}

pub(super) fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

pub(super) fn earlier(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}
