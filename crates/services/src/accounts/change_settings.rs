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
    students::columns::StudentColumn,
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

/// Chooses the unit to work in, for this session and those to come. It filters pages and grants nothing, so no row is
/// left in the audit log.
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

/// A list whose columns can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    /// The list of students.
    Students,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 1] = [Self::Students];

    /// The word by which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Students => "students",
        }
    }

    /// The list of a word, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    fn knows(self, column: &str) -> bool {
        match self {
            Self::Students => StudentColumn::from_code(column).is_some(),
        }
    }
}

/// The words of the columns that are stored for a list; none for the usual ones. Lists are parted by `;`, columns by
/// `,`: `students=number,name;…`.
pub fn columns_of(stored: &str, list: List) -> impl Iterator<Item = &str> {
    let own = stored.split(';').find_map(|one| one.split_once('=').filter(|(of, _)| *of == list.code()));
    own.map_or("", |(_, columns)| columns).split(',').filter(|column| !column.is_empty())
}

/// Chooses the columns of a list, on every device; none brings back the usual ones. What the list does not know is left
/// out. As with the unit, no row is left in the audit log.
///
/// # Errors
/// The engine's refusal.
pub async fn choose_columns(
    office: &Office,
    session: &Session,
    list: List,
    columns: &[String],
) -> Result<()> {
    let permit = authz::for_own_account(session.actor.account, office.now(), &session.actor.request);
    let known: Vec<&str> = columns.iter().map(String::as_str).filter(|c| list.knows(c)).collect();
    let stored: Vec<String> = List::ALL
        .into_iter()
        .map(|one| {
            let wanted = match one == list {
                true => known.join(","),
                false => columns_of(&session.columns, one).collect::<Vec<_>>().join(","),
            };
            format!("{}={wanted}", one.code())
        })
        .filter(|one| !one.ends_with('='))
        .collect();
    Ok(office.db.write(move |tx| accounts::update_list_columns(tx, &permit, &stored.join(";"))).await?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_list_are_read_back() {
        let read = |stored: &'static str| columns_of(stored, List::Students).collect::<Vec<_>>();
        assert_eq!(read("students=number,agno"), ["number", "agno"]);
        assert_eq!(read("papers=kind;students=unit"), ["unit"]);
        assert!(read("").is_empty() && read("students=").is_empty() && read("nonsense").is_empty());
    }
}
