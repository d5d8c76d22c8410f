//! Who is signed in. A session is known by the SHA-256 of its token.

use base::{
    ids::{AccountId, TermId, UnitId},
    lang::Lang,
    time::{Date, Timestamp},
};

use super::{Holder, Theme, holder};
use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
    permit::Permit,
};

/// SHA-256 of a token.
pub type TokenHash = [u8; 32];

/// A session as stored, with whoever is behind it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Who.
    pub holder: Holder,
    /// Language of pages.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Wider rows and larger letters.
    pub comfortable: bool,
    /// What forms of this session carry.
    pub csrf: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within some minutes.
    pub seen_at: Timestamp,
    /// When the password was last typed in it.
    pub confirmed_at: Timestamp,
    /// The unit chosen to work in.
    pub unit: Option<UnitId>,
    /// The term chosen to work in.
    pub term: Option<TermId>,
    /// The columns that the account wants in its lists; empty for the usual ones.
    pub columns: String,
}

/// The session of a token, whatever its age; one statement, because every page asks it.
///
/// # Errors
/// The engine's refusal.
pub fn find(db: &Reader<'_>, token: &TokenHash, on: Date) -> Result<Option<StoredSession>> {
    let found = holder(
        db,
        "SELECT a.id, a.user_name, a.display_name, a.person_id, a.staff_id, a.status, r.role, r.unit_id, r.programme_id,
                a.lang, a.theme, a.comfortable, s.csrf, s.created_at, s.seen_at, s.confirmed_at, s.unit_id, s.term_id,
                a.list_columns
         FROM session s JOIN account a ON a.id = s.account_id
         LEFT JOIN account_role r ON r.account_id = a.id AND r.starts_on <= $2 AND (r.ends_on IS NULL OR r.ends_on > $2)
         WHERE s.token_hash = $1 ORDER BY r.id",
        args![token, on],
        |r| {
            let lang = r.word(9, Lang::from_code)?;
            let theme = r.word(10, Theme::from_code)?;
            let times = (r.time(13)?, r.time(14)?, r.time(15)?);
            let place = (r.opt_id(16)?, r.opt_id(17)?);
            Ok((lang, theme, r.bool(11)?, r.text(12)?, times, place, r.text(18)?))
        },
    )?;
    Ok(found.map(
        |(
            holder,
            (lang, theme, comfortable, csrf, (created_at, seen_at, confirmed_at), (unit, term), columns),
        )| {
            StoredSession {
                holder,
                lang,
                theme,
                comfortable,
                csrf,
                created_at,
                seen_at,
                confirmed_at,
                unit,
                term,
                columns,
            }
        },
    ))
}

/// Opens a session of the permit's account, in the unit that the account worked in last; the password was typed at the
/// permit's instant.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, token: &TokenHash, csrf: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO session (token_hash, account_id, csrf, created_at, seen_at, confirmed_at, unit_id)
         SELECT $1, a.id, $3, $4, $4, $4, a.work_unit_id FROM account a WHERE a.id = $2",
        args![token, permit.account(), csrf, permit.at()],
    )?;
    Ok(())
}

/// Gives a session another token after the password was typed once more; `false` when it has ended meanwhile.
///
/// # Errors
/// The engine's refusal.
pub fn rotate(tx: &Tx<'_>, permit: &Permit, from: &TokenHash, to: &TokenHash) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE session SET token_hash = $2, seen_at = $3, confirmed_at = $3 WHERE token_hash = $1 AND account_id = $4",
        args![from, to, permit.at(), permit.account()],
    )?;
    Ok(touched == 1)
}

/// Notes that a session is in use.
///
/// # Errors
/// The engine's refusal.
pub fn touch(tx: &Tx<'_>, permit: &Permit, token: &TokenHash) -> Result<()> {
    tx.execute(
        "UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2",
        args![token, permit.at()],
    )?;
    Ok(())
}

/// Stores the unit and the term chosen to work in; the unit also with the account, for its next sessions.
///
/// # Errors
/// A constraint when there is no such unit or term.
pub fn choose(
    tx: &Tx<'_>,
    permit: &Permit,
    token: &TokenHash,
    unit: Option<UnitId>,
    term: Option<TermId>,
) -> Result<()> {
    tx.execute(
        "UPDATE session SET unit_id = $2, term_id = $3 WHERE token_hash = $1",
        args![token, unit, term],
    )?;
    tx.execute("UPDATE account SET work_unit_id = $2 WHERE id = $1", args![permit.account(), unit])?;
    Ok(())
}

/// A session in the list of its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// By what it is ended.
    pub token: TokenHash,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

/// The sessions of an account, the one used last first.
///
/// # Errors
/// The engine's refusal.
pub fn of_account(db: &Reader<'_>, account: AccountId) -> Result<Vec<SessionLine>> {
    db.query(
        "SELECT token_hash, created_at, seen_at FROM session WHERE account_id = $1 ORDER BY seen_at DESC, created_at DESC",
        args![account],
        |r| Ok(SessionLine { token: r.hash(0)?, created_at: r.time(1)?, seen_at: r.time(2)? }),
    )
}

/// Ends one session.
///
/// # Errors
/// The engine's refusal.
pub fn end(tx: &Tx<'_>, _permit: &Permit, token: &TokenHash) -> Result<()> {
    tx.execute("DELETE FROM session WHERE token_hash = $1", args![token])?;
    Ok(())
}

/// Ends all sessions of an account but `keep`; answers how many.
///
/// # Errors
/// The engine's refusal.
pub fn end_all(tx: &Tx<'_>, _permit: &Permit, account: AccountId, keep: Option<&TokenHash>) -> Result<u64> {
    match keep {
        Some(keep) => {
            tx.execute("DELETE FROM session WHERE account_id = $1 AND token_hash <> $2", args![account, keep])
        }
        None => tx.execute("DELETE FROM session WHERE account_id = $1", args![account]),
    }
}

/// Removes sessions begun before `begun` or last used before `seen`; answers how many.
///
/// # Errors
/// The engine's refusal.
pub fn forget(tx: &Tx<'_>, _permit: &Permit, begun: Timestamp, seen: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM session WHERE created_at <= $1 OR seen_at <= $2", args![begun, seen])
}
