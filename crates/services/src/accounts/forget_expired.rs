//! What has run out is removed now and then.

use std::time::Duration;

use storage::{
    accounts::{links, sessions},
    idempotency, throttle,
};

use super::find_session::{ABSOLUTE, IDLE, earlier};
use crate::{
    authz::{self, SYSTEM_ACCOUNT},
    error::Result,
    office::Office,
};

/// Counts of attempts and results of forms are of no use after a day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Links stay a month after they ran out, for questions of who got one.
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How much was removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Forgotten {
    /// Sessions that are over.
    pub sessions: u64,
    /// One-time links.
    pub links: u64,
    /// Counts of attempts.
    pub attempts: u64,
    /// Results of forms.
    pub results: u64,
}

/// Removes sessions that are over, old links, counts of attempts and results of forms; the worker calls it every
/// hour. These rows are no facts of the office, so the audit log does not mention them.
///
/// # Errors
/// The engine's refusal.
pub async fn forget_expired(office: &Office) -> Result<Forgotten> {
    let now = office.now();
    let permit = authz::for_own_account(SYSTEM_ACCOUNT, now, "forget_expired");
    office
        .db
        .write(move |tx| {
            Ok(Forgotten {
                sessions: sessions::forget(tx, &permit, earlier(now, ABSOLUTE), earlier(now, IDLE))?,
                links: links::forget(tx, &permit, earlier(now, MONTH))?,
                attempts: throttle::forget(tx, earlier(now, DAY))?,
                results: idempotency::forget(tx, &permit, earlier(now, DAY))?,
            })
        })
        .await
}
