//! How somebody wants to see pages, and what he or she works in.

use base::{
    ids::{TermId, UnitId},
    lang::Lang,
};
use storage::{
    StorageError,
    accounts::{self, Theme, sessions},
    audit::{self, AuditRow},
};

use super::{Session, row};
use crate::{
    authz,
    error::{Result, ServiceError},
    office::Office,
};

/// Kept with the account, on every device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Language of pages.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Wider rows and larger letters.
    pub comfortable: bool,
}

/// Stores language, theme and density of the own account.
///
/// # Errors
/// The engine's refusal.
pub async fn change_settings(office: &Office, session: &Session, settings: Settings) -> Result<()> {
    let permit = authz::for_own_account(session.actor.account, office.now(), &session.actor.request);
    let person = session.actor.person;
    office
        .db
        .write(move |tx| {
            accounts::update_settings(tx, &permit, settings.lang, settings.theme, settings.comfortable)?;
            let detail = format!(
                "lang={} theme={} comfortable={}",
                settings.lang.code(),
                settings.theme.code(),
                settings.comfortable
            );
            let row = AuditRow { detail, ..row(&permit, "change_settings", permit.account(), person) };
            Ok(audit::append(tx, &row)?)
        })
        .await
}

/// Chooses the unit to work in, for this session. It filters pages and grants nothing, so no row is left in the
/// audit log.
///
/// # Errors
/// [`ServiceError::Invalid`] on `unit` with `unit-unknown`.
pub async fn choose_unit(office: &Office, session: &Session, unit: Option<UnitId>) -> Result<()> {
    choose(office, session, unit, session.term, "unit", "unit-unknown").await
}

/// Chooses the term to work in, for this session; as [`choose_unit`].
///
/// # Errors
/// [`ServiceError::Invalid`] on `term` with `term-unknown`.
pub async fn choose_term(office: &Office, session: &Session, term: Option<TermId>) -> Result<()> {
    choose(office, session, session.unit, term, "term", "term-unknown").await
}

async fn choose(
    office: &Office,
    session: &Session,
    unit: Option<UnitId>,
    term: Option<TermId>,
    field: &'static str,
    code: &'static str,
) -> Result<()> {
    let permit = authz::for_own_account(session.actor.account, office.now(), &session.actor.request);
    let key = session.key;
    let chosen = office.db.write(move |tx| sessions::choose(tx, &permit, &key, unit, term)).await;
    chosen.map_err(|error| match error {
        StorageError::Constraint { .. } => ServiceError::field(field, code),
        other => other.into(),
    })
}
