//! Taking a window back.

use base::ids::WindowId;

use super::{ask, required, written};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
    students::write_note::stale,
};

/// What the form of a withdrawal sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WithdrawWindow {
    /// Which one.
    pub window: WindowId,
    /// Version that the page was opened with.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Takes a window back: no check reads it any longer, and it stays on the page with the reason.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::Stale`]; [`ServiceError::Invalid`] on
/// `reason` (`required`, `too-long`).
pub async fn withdraw_window(office: &Office, actor: &Actor, form: WithdrawWindow) -> Result<()> {
    let now = office.now();
    if !actor.may(Action::ChangeWindows) {
        return Err(ServiceError::Forbidden(Action::ChangeWindows));
    }
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let window = storage::windows::fetch(tx, form.window)?.ok_or(ServiceError::NotFound)?;
        let permit = ask(tx, actor, window.unit, now)?;
        let mut wrong = Vec::new();
        let reason = required("reason", &form.reason, &mut wrong);
        if !wrong.is_empty() {
            return Err(ServiceError::Invalid(wrong));
        }
        storage::windows::withdraw(tx, &permit, window.id, form.version, &reason).map_err(stale)?;
        let detail = format!("window={} from={} to={}", window.kind, window.opens_on, window.closes_on);
        let row = written(&permit, "withdraw_window", window.id.get(), detail, reason);
        Ok(storage::audit::append(tx, &row)?)
    })
    .await
}
