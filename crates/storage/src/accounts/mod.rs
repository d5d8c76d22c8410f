//! Accounts and the roles they hold; sessions, one-time links and API tokens beside them.
//!
//! No token stands here in the clear, only its SHA-256; a password only as an Argon2id string.

pub mod links;
pub mod sessions;
pub mod tokens;

use base::{
    ids::{AccountId, PersonId, ProgrammeId, StaffId, UnitId},
    lang::Lang,
    text::{SearchTerm, fold_ascii, fold_tr, sort_key},
    time::{Date, Timestamp},
};
use domain::{
    accounts::{AccountStatus, Role},
    enrolments::EnrolmentStatus,
};

use crate::{
    args,
    db::{Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// Light or dark, as somebody chose it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// What the device asks for.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The stored word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice behind a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// An account with what a form needs to change it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Row id.
    pub id: AccountId,
    /// What is typed to sign in; folded, ASCII where the script allows it.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// The person behind it, for students and graduates.
    pub person: Option<PersonId>,
    /// The member of staff behind it.
    pub staff: Option<StaffId>,
    /// Whether it may sign in.
    pub status: AccountStatus,
    /// Whether a password was ever set.
    pub has_password: bool,
    /// When it was opened.
    pub created_at: Timestamp,
    /// Version for two people editing at once.
    pub version: i64,
}

const ACCOUNT: &str = "SELECT id, user_name, display_name, person_id, staff_id, status,
       CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END, created_at, version FROM account ";

fn account(r: &Row<'_>) -> Result<Account> {
    Ok(Account {
        id: r.id(0)?,
        user_name: r.text(1)?,
        display_name: r.text(2)?,
        person: r.opt_id(3)?,
        staff: r.opt_id(4)?,
        status: r.word(5, AccountStatus::from_code)?,
        has_password: r.int(6)? == 1,
        created_at: r.time(7)?,
        version: r.int(8)?,
    })
}

/// One account.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: AccountId) -> Result<Option<Account>> {
    db.one(&format!("{ACCOUNT} WHERE id = $1"), args![id], account)
}

/// The account with a folded user name.
///
/// # Errors
/// The engine's refusal.
pub fn find_by_name(db: &Reader<'_>, user_name: &str) -> Result<Option<Account>> {
    db.one(&format!("{ACCOUNT} WHERE user_name = $1"), args![user_name], account)
}

/// The account of a person.
///
/// # Errors
/// The engine's refusal.
pub fn find_by_person(db: &Reader<'_>, person: PersonId) -> Result<Option<Account>> {
    db.one(&format!("{ACCOUNT} WHERE person_id = $1"), args![person], account)
}

/// What a typed password is compared with. Has no `Debug`, so that it cannot reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose.
    pub account: AccountId,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// Whether it may sign in.
    pub status: AccountStatus,
    /// Argon2id string, where a password was set.
    pub password_hash: Option<String>,
    /// Language of its pages.
    pub lang: Lang,
}

/// The credentials of a folded user name.
///
/// # Errors
/// The engine's refusal.
pub fn credentials(db: &Reader<'_>, user_name: &str) -> Result<Option<Credentials>> {
    db.one(
        "SELECT id, person_id, status, password_hash, lang FROM account WHERE user_name = $1",
        args![user_name],
        |r| {
            Ok(Credentials {
                account: r.id(0)?,
                person: r.opt_id(1)?,
                status: r.word(2, AccountStatus::from_code)?,
                password_hash: r.opt_text(3)?,
                lang: r.word(4, Lang::from_code)?,
            })
        },
    )
}

/// Whether there is such a member of staff.
///
/// # Errors
/// The engine's refusal.
pub fn is_staff(db: &Reader<'_>, id: StaffId) -> Result<bool> {
    Ok(db.count("SELECT count(*) FROM staff WHERE id = $1", args![id])? > 0)
}

/// What an account is opened with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAccount {
    /// Folded user name.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// The member of staff behind it.
    pub staff: Option<StaffId>,
}

/// Opens an account without a password.
///
/// # Errors
/// [`StorageError::Constraint`] `account_user_name_key` or `account_person_id_key` when there is one already.
pub fn insert(tx: &Tx<'_>, permit: &Permit, new: &NewAccount) -> Result<AccountId> {
    let keys = Keys::of(&new.user_name, &new.display_name);
    tx.insert(
        "INSERT INTO account (user_name, display_name, sort_key, fold_tr, fold_ascii, person_id, staff_id, status, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'invited', $8) RETURNING id",
        args![new.user_name, new.display_name, keys.sort, keys.tr, keys.ascii, new.person, new.staff, permit.at()],
    )
}

/// Changes both names, if nobody else changed the account since `version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did, [`StorageError::Constraint`] `account_user_name_key` when the user
/// name is taken.
pub fn rename(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: AccountId,
    version: i64,
    user_name: &str,
    display_name: &str,
) -> Result<()> {
    let keys = Keys::of(user_name, display_name);
    only_one(tx.execute(
        "UPDATE account SET user_name = $3, display_name = $4, sort_key = $5, fold_tr = $6, fold_ascii = $7, version = version + 1
         WHERE id = $1 AND version = $2",
        args![id, version, user_name, display_name, keys.sort, keys.tr, keys.ascii],
    )?)
}

/// Changes whether the account may sign in, if nobody else changed it since `version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn update_status(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: AccountId,
    version: i64,
    status: AccountStatus,
) -> Result<()> {
    only_one(tx.execute(
        "UPDATE account SET status = $3, version = version + 1 WHERE id = $1 AND version = $2",
        args![id, version, status.code()],
    )?)
}

/// Takes the next version for a change of what hangs on the account, its roles.
///
/// # Errors
/// [`StorageError::Stale`] when somebody else changed it since `version` was read.
pub fn take_version(tx: &Tx<'_>, _permit: &Permit, id: AccountId, version: i64) -> Result<()> {
    only_one(tx.execute(
        "UPDATE account SET version = version + 1 WHERE id = $1 AND version = $2",
        args![id, version],
    )?)
}

/// Stores a new password; an invited account becomes active with its first one.
///
/// # Errors
/// The engine's refusal.
pub fn update_password(tx: &Tx<'_>, _permit: &Permit, id: AccountId, password_hash: &str) -> Result<()> {
    tx.execute(
        "UPDATE account SET password_hash = $2, status = CASE WHEN status = 'invited' THEN 'active' ELSE status END,
                version = version + 1 WHERE id = $1",
        args![id, password_hash],
    )?;
    Ok(())
}

/// Stores how somebody wants to see pages.
///
/// # Errors
/// The engine's refusal.
pub fn update_settings(
    tx: &Tx<'_>,
    permit: &Permit,
    lang: Lang,
    theme: Theme,
    comfortable: bool,
) -> Result<()> {
    tx.execute(
        "UPDATE account SET lang = $2, theme = $3, comfortable = $4 WHERE id = $1",
        args![permit.account(), lang.code(), theme.code(), comfortable],
    )?;
    Ok(())
}

/// Stores the columns that the permit's account wants in its lists.
///
/// # Errors
/// The engine's refusal.
pub fn update_list_columns(tx: &Tx<'_>, permit: &Permit, columns: &str) -> Result<()> {
    tx.execute("UPDATE account SET list_columns = $2 WHERE id = $1", args![permit.account(), columns])?;
    Ok(())
}

/// A role as an account holds, held or will hold it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldRole {
    /// Row number, by which it is withdrawn.
    pub id: i64,
    /// Whose.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// The unit it is held in.
    pub unit: Option<UnitId>,
    /// Code of that unit; empty without one.
    pub unit_code: String,
    /// The one programme of the unit to which it is narrowed.
    pub programme: Option<ProgrammeId>,
    /// Code of that programme; empty without one.
    pub programme_code: String,
    /// First day.
    pub starts_on: Date,
    /// First day on which it is no longer held.
    pub ends_on: Option<Date>,
}

impl HeldRole {
    /// Whether it is held on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day < end)
    }
}

const ROLE: &str =
    "SELECT r.id, r.account_id, r.role, r.unit_id, coalesce(u.code, ''), r.starts_on, r.ends_on, r.programme_id, coalesce(p.code, '')
     FROM account_role r LEFT JOIN unit u ON u.id = r.unit_id LEFT JOIN programme p ON p.id = r.programme_id ";

fn held_role(r: &Row<'_>) -> Result<HeldRole> {
    Ok(HeldRole {
        id: r.int(0)?,
        account: r.id(1)?,
        role: r.word(2, Role::from_code)?,
        unit: r.opt_id(3)?,
        unit_code: r.text(4)?,
        starts_on: r.date(5)?,
        ends_on: r.opt_date(6)?,
        programme: r.opt_id(7)?,
        programme_code: r.text(8)?,
    })
}

/// Every role an account holds, held or will hold, in the order in which they were given.
///
/// # Errors
/// The engine's refusal.
pub fn roles(db: &Reader<'_>, id: AccountId) -> Result<Vec<HeldRole>> {
    db.query(&format!("{ROLE} WHERE r.account_id = $1 ORDER BY r.id"), args![id], held_role)
}

/// A role to be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewRole {
    /// The role.
    pub role: Role,
    /// The unit it is held in.
    pub unit: Option<UnitId>,
    /// The one programme of the unit to which it is narrowed.
    pub programme: Option<ProgrammeId>,
    /// First day.
    pub starts_on: Date,
    /// First day on which it is no longer held.
    pub ends_on: Option<Date>,
}

/// Gives a role.
///
/// # Errors
/// The engine's refusal.
pub fn insert_role(tx: &Tx<'_>, _permit: &Permit, id: AccountId, new: &NewRole) -> Result<()> {
    tx.later(
        "INSERT INTO account_role (account_id, role, unit_id, programme_id, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, new.role.code(), new.unit, new.programme, new.starts_on, new.ends_on],
    )
}

/// Ends a role with `ends_on` as the first day on which it is no longer held.
///
/// # Errors
/// The engine's refusal.
pub fn end_role(tx: &Tx<'_>, _permit: &Permit, role: i64, ends_on: Date) -> Result<()> {
    tx.execute("UPDATE account_role SET ends_on = $2 WHERE id = $1", args![role, ends_on])?;
    Ok(())
}

/// Which accounts a list asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountFilter {
    /// Only holders of this role on `on`.
    pub role: Option<Role>,
    /// Only holders of a role in this unit or below it on `on`.
    pub unit: Option<UnitId>,
    /// Only accounts in this state.
    pub status: Option<AccountStatus>,
    /// Words that the user name or the name contains, each of them.
    pub words: Vec<SearchTerm>,
    /// The day on which roles are looked at.
    pub on: Date,
    /// The last account of the page before.
    pub after: Option<AccountId>,
    /// Accounts at the most.
    pub limit: u32,
}

/// An account in a list, with the roles of the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountLine {
    /// The account.
    pub account: Account,
    /// Roles held on the day asked for.
    pub roles: Vec<HeldRole>,
}

/// Accounts in the Turkish order of their names; the installation's own account is never among them.
///
/// # Errors
/// The engine's refusal.
pub fn list(db: &Reader<'_>, filter: &AccountFilter) -> Result<Vec<AccountLine>> {
    let patterns: Vec<String> = filter.words.iter().map(SearchTerm::like_pattern).collect();
    let mut values = vec![
        Value::Text(filter.status.map_or("", AccountStatus::code)),
        Value::Text(filter.role.map_or("", Role::code)),
        Value::Int(filter.unit.map_or(0, UnitId::get)),
        Value::Date(filter.on),
        Value::Int(filter.after.map_or(0, AccountId::get)),
        Value::Int(i64::from(filter.limit)),
    ];
    let mut words = String::new();
    for (term, pattern) in filter.words.iter().zip(&patterns) {
        values.push(Value::Text(pattern));
        let column = match term {
            SearchTerm::Turkish(_) => "fold_tr",
            SearchTerm::Ascii(_) => "fold_ascii",
        };
        words.push_str(&format!(" AND a.{column} LIKE ${} ESCAPE '\\'", values.len()));
    }
    let sql = format!(
        "SELECT a.id, a.user_name, a.display_name, a.person_id, a.staff_id, a.status,
                CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END, a.created_at, a.version
         FROM account a
         WHERE a.id > 1 AND ($1 = '' OR a.status = $1)
           AND (($2 = '' AND CAST($3 AS BIGINT) = 0) OR EXISTS (
             SELECT 1 FROM account_role r
             WHERE r.account_id = a.id AND r.starts_on <= $4 AND (r.ends_on IS NULL OR r.ends_on > $4)
               AND ($2 = '' OR r.role = $2)
               AND (CAST($3 AS BIGINT) = 0 OR EXISTS (
                 SELECT 1 FROM unit_closure c WHERE c.descendant_id = r.unit_id AND c.ancestor_id = $3))))
           AND (CAST($5 AS BIGINT) = 0
             OR a.sort_key > (SELECT sort_key FROM account WHERE id = $5)
             OR (a.sort_key = (SELECT sort_key FROM account WHERE id = $5) AND a.id > $5))
           {words}
         ORDER BY a.sort_key, a.id LIMIT $6"
    );
    let mut lines =
        db.query(&sql, &values, |r| Ok(AccountLine { account: account(r)?, roles: Vec::new() }))?;
    if lines.is_empty() {
        return Ok(lines);
    }
    let ids: Vec<Value<'_>> = std::iter::once(Value::Date(filter.on))
        .chain(lines.iter().map(|line| Value::Int(line.account.id.get())))
        .collect();
    let marks: Vec<String> = (2..=ids.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "{ROLE} WHERE r.starts_on <= $1 AND (r.ends_on IS NULL OR r.ends_on > $1) AND r.account_id IN ({}) ORDER BY r.id",
        marks.join(", ")
    );
    for role in db.query(&sql, &ids, held_role)? {
        if let Some(line) = lines.iter_mut().find(|line| line.account.id == role.account) {
            line.roles.push(role);
        }
    }
    Ok(lines)
}

/// Whoever stands behind a session, a token or a user name, with the roles of the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// The account.
    pub account: AccountId,
    /// User name.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// The member of staff behind it.
    pub staff: Option<StaffId>,
    /// Whether it may sign in.
    pub status: AccountStatus,
    /// Roles held on the day, with their units and programmes.
    pub roles: Vec<(Role, Option<UnitId>, Option<ProgrammeId>)>,
}

/// Reads a holder from rows that begin with its columns and repeat for each role, and `rest` from the first.
fn holder<T>(
    db: &Reader<'_>,
    sql: &str,
    args: &[Value<'_>],
    rest: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<Option<(Holder, T)>> {
    let mut found: Option<(Holder, T)> = None;
    db.each(sql, args, |r| {
        let role = r.opt_word(6, Role::from_code)?;
        let (unit, programme) = (r.opt_id(7)?, r.opt_id(8)?);
        let (who, _) = match &mut found {
            Some(found) => found,
            None => found.insert((
                Holder {
                    account: r.id(0)?,
                    user_name: r.text(1)?,
                    display_name: r.text(2)?,
                    person: r.opt_id(3)?,
                    staff: r.opt_id(4)?,
                    status: r.word(5, AccountStatus::from_code)?,
                    roles: Vec::new(),
                },
                rest(r)?,
            )),
        };
        who.roles.extend(role.map(|role| (role, unit, programme)));
        Ok(())
    })?;
    Ok(found)
}

/// The holder of a folded user name.
///
/// # Errors
/// The engine's refusal.
pub fn find_holder(db: &Reader<'_>, user_name: &str, on: Date) -> Result<Option<Holder>> {
    let found = holder(
        db,
        "SELECT a.id, a.user_name, a.display_name, a.person_id, a.staff_id, a.status, r.role, r.unit_id, r.programme_id
         FROM account a
         LEFT JOIN account_role r ON r.account_id = a.id AND r.starts_on <= $2 AND (r.ends_on IS NULL OR r.ends_on > $2)
         WHERE a.user_name = $1 ORDER BY r.id",
        args![user_name, on],
        |_| Ok(()),
    )?;
    Ok(found.map(|(who, ())| who))
}

/// People with studies open or ended by graduation who have no account yet, in order of their row ids.
///
/// # Errors
/// The engine's refusal.
pub fn people_without_account(db: &Reader<'_>, after: PersonId, limit: u32) -> Result<Vec<PersonId>> {
    let words: Vec<String> = EnrolmentStatus::ALL
        .iter()
        .filter(|status| status.is_open() || **status == EnrolmentStatus::Graduated)
        .map(|status| format!("'{status}'"))
        .collect();
    db.query(
        &format!(
            "SELECT DISTINCT e.person_id FROM enrolment e
             WHERE e.person_id > $1 AND e.status IN ({}) AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = e.person_id)
             ORDER BY e.person_id LIMIT $2",
            words.join(", ")
        ),
        args![after, limit],
        |r| r.id(0),
    )
}

/// What lists search and sort by.
struct Keys {
    sort: String,
    tr: String,
    ascii: String,
}

impl Keys {
    fn of(user_name: &str, display_name: &str) -> Self {
        let both = format!("{display_name} {user_name}");
        Self { sort: sort_key(display_name), tr: fold_tr(&both), ascii: fold_ascii(&both) }
    }
}

fn only_one(touched: u64) -> Result<()> {
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}
