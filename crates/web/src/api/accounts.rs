//! Accounts, their roles and one-time links, for administrators.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base::ids::{AccountId, StaffId};
use serde::{Deserialize, Serialize};
use services::accounts::{
    AccountDetails, AccountLine, AccountQuery, AddAccount, AssignRole, ChangeAccount, ChangeStatus, HeldRole,
    IssuedLink, RoleRequest, WithdrawRole, add_account, assign_role, change_account, close_account,
    issue_link, list_accounts, lock_account, open_student_accounts, person_of_number, show_account,
    unlock_account, withdraw_role,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::{Call, Caller},
    body::Page,
    cursor::{self, Cursor},
    fields::{Day, GivenDay, Instant, Line, Prose, Version, given},
    input::{Json, Path, Query},
    me::TokenBody,
    problem::Answer,
    students::{Limit, limit_of},
    words::{AccountStatusWord, LinkPurposeWord, RoleWord},
};

/// Mark of this list's cursors.
const LIST: char = 'a';

/// An account as lists show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    /// Row number, by which it is addressed.
    pub id: i64,
    /// What is typed to sign in.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// Whether it may sign in.
    pub status: AccountStatusWord,
    /// Roles: in lists those of today, otherwise all.
    pub roles: Vec<RoleBody>,
    /// When it was opened.
    pub created_at: Instant,
    /// Version, for changes.
    pub version: i64,
}

/// A role of an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoleBody {
    /// By this number it is withdrawn.
    pub id: i64,
    /// The role.
    pub role: RoleWord,
    /// Code of the unit it is held in.
    #[schema(required)]
    pub unit: Option<String>,
    /// Code of the one programme of the unit to which it is narrowed.
    #[schema(required)]
    pub programme: Option<String>,
    /// First day.
    pub starts_on: Day,
    /// First day on which it is no longer held.
    #[schema(required)]
    pub ends_on: Option<Day>,
}

impl From<&HeldRole> for RoleBody {
    fn from(held: &HeldRole) -> Self {
        Self {
            id: held.id,
            role: held.role.into(),
            unit: Some(held.unit_code.clone()).filter(|code| !code.is_empty()),
            programme: Some(held.programme_code.clone()).filter(|code| !code.is_empty()),
            starts_on: held.starts_on.into(),
            ends_on: held.ends_on.map(Day),
        }
    }
}

impl From<&AccountLine> for Account {
    fn from(line: &AccountLine) -> Self {
        let AccountLine { account, roles } = line;
        Self {
            id: account.id.get(),
            user_name: account.user_name.clone(),
            display_name: account.display_name.clone(),
            status: account.status.into(),
            roles: roles.iter().map(RoleBody::from).collect(),
            created_at: account.created_at.into(),
            version: account.version,
        }
    }
}

/// One account with what an administrator helps with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountRecord {
    /// The account with all its roles.
    pub account: Account,
    /// Whether a password was ever set.
    pub has_password: bool,
    /// Until when it has to wait after wrong passwords.
    #[schema(required)]
    pub paused_until: Option<Instant>,
    /// Until when its one-time link can be used, where there is one.
    #[schema(required)]
    pub link_until: Option<Instant>,
    /// Its API tokens, the newest first.
    pub tokens: Vec<TokenBody>,
    /// On how many devices it is signed in.
    pub sessions: usize,
}

impl From<&AccountDetails> for AccountRecord {
    fn from(d: &AccountDetails) -> Self {
        let line = AccountLine { account: d.account.clone(), roles: d.roles.clone() };
        Self {
            account: (&line).into(),
            has_password: d.account.has_password,
            paused_until: d.paused_until.map(Instant),
            link_until: d.link.as_ref().map(|link| link.expires_at.into()),
            tokens: d.tokens.iter().map(TokenBody::from).collect(),
            sessions: d.sessions,
        }
    }
}

/// A one-time link as it is handed over, once.
#[derive(Clone, Serialize, ToSchema)]
pub struct IssuedLinkBody {
    /// The account.
    pub account: i64,
    /// With which user name its holder then signs in.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// First password or a new one.
    pub purpose: LinkPurposeWord,
    /// The whole address; shown once.
    pub url: String,
    /// Until when it can be used.
    pub expires_at: Instant,
}

impl IssuedLinkBody {
    /// The link with its address at this installation.
    pub fn of(call: &Call, link: &IssuedLink) -> Self {
        Self {
            account: link.account.get(),
            user_name: link.user_name.clone(),
            display_name: link.display_name.clone(),
            purpose: link.purpose.into(),
            url: link.url(call.office()),
            expires_at: link.expires_at.into(),
        }
    }
}

/// Which accounts are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AccountParams {
    /// Fragments of name or user name.
    #[param(inline)]
    pub q: Option<Line<100>>,
    /// Only holders of this role today.
    #[param(inline)]
    pub role: Option<RoleWord>,
    /// Only holders of a role in the unit of this code or below it today.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Only accounts in this state.
    #[param(inline)]
    pub status: Option<AccountStatusWord>,
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// Which account.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AccountPath {
    /// Row number of the account.
    pub id: i64,
}

/// Which role of which account.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RolePath {
    /// Row number of the account.
    pub id: i64,
    /// Row number of the role.
    pub role: i64,
}

/// A role to be given.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleForm {
    /// The role.
    pub role: RoleWord,
    /// Code of the unit, for roles that are held in one.
    pub unit: Option<Line<64>>,
    /// Code of the one programme to which it is narrowed; its unit may then be left out.
    pub programme: Option<Line<64>>,
    /// First day; today when left out.
    pub starts_on: Option<GivenDay>,
    /// First day on which it is no longer held.
    pub ends_on: Option<GivenDay>,
}

impl From<RoleForm> for RoleRequest {
    fn from(form: RoleForm) -> Self {
        Self {
            role: form.role.0,
            unit: form.unit.map(|u| u.0),
            programme: form.programme.map(|p| p.0),
            starts_on: form.starts_on.map(|d| d.0),
            ends_on: form.ends_on.map(|d| d.0),
        }
    }
}

/// A new account.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountForm {
    /// User name.
    pub user_name: Line<40, 1>,
    /// Name shown to others.
    pub display_name: Line<120, 1>,
    /// The roles to begin with.
    #[schema(max_items = 20)]
    pub roles: Vec<RoleForm>,
    /// Row number of the member of staff behind it, for advisors and teachers; `GET /units/{code}/staff` lists them.
    pub staff: Option<i64>,
    /// A student number of the person behind it, for students and graduates: their roles follow from the studies.
    pub person: Option<Line<64>>,
}

/// New names of an account.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountNames {
    /// The user name from now on.
    pub user_name: Line<40, 1>,
    /// The name shown from now on.
    pub display_name: Line<120, 1>,
    /// Why.
    pub reason: Prose<500, 1>,
    /// The version that was read.
    pub version: Version,
}

/// A role for an account that is there.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignForm {
    /// The role.
    pub role: RoleForm,
    /// The account's version that was read.
    pub version: Version,
}

/// Why and when a role ends.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalForm {
    /// First day on which it is no longer held; today when left out.
    pub ends_on: Option<GivenDay>,
    /// Why.
    pub reason: Prose<500, 1>,
    /// The account's version that was read.
    pub version: Version,
}

/// Why the state of an account changes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountStateForm {
    /// Why.
    pub reason: Prose<500, 1>,
    /// The account's version that was read.
    pub version: Version,
}

/// How many accounts were opened.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct OpenedAccounts {
    /// Accounts opened by this call.
    pub opened: u64,
}

fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// List accounts
#[utoipa::path(get, path = "/accounts", tag = "accounts", params(AccountParams), responses((status = 200, body = Page<Account>)))]
pub async fn list(caller: Caller, Query(params): Query<AccountParams>) -> Answer<axum::Json<Page<Account>>> {
    let after = cursor::read_row(LIST, given(params.after.as_ref()))?;
    let query = AccountQuery {
        role: params.role.map(|w| w.0),
        unit: given(params.unit.as_ref()).map(str::to_owned),
        status: params.status.map(|w| w.0),
        text: params.q.unwrap_or_default().0,
        after: after.map(AccountId::new),
        limit: limit_of(params.limit),
    };
    let page = list_accounts(caller.office(), caller.actor(), query).await?;
    let next = page.next.map(|id| cursor::of_row(LIST, id.get()));
    Ok(axum::Json(Page { items: page.items.iter().map(Account::from).collect(), next }))
}

/// Open an account
///
/// Answers the activation link, which is shown once; there never is a password that somebody else knows. Sensitive:
/// the password must have been confirmed.
#[utoipa::path(post, path = "/accounts", tag = "accounts", request_body = AccountForm, responses((status = 201, body = IssuedLinkBody)))]
pub async fn add(caller: Caller, Json(form): Json<AccountForm>) -> Answer {
    let number = given(form.person.as_ref()).unwrap_or_default();
    let command = AddAccount {
        person: person_of_number(caller.office(), caller.actor(), number).await?,
        user_name: form.user_name.0,
        display_name: form.display_name.0,
        roles: form.roles.into_iter().take(20).map(RoleRequest::from).collect(),
        staff: form.staff.map(StaffId::new),
    };
    let added = add_account(caller.office(), caller.actor(), command).await?;
    let place = format!("/api/v1/accounts/{}", added.account);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, place)],
        axum::Json(IssuedLinkBody::of(&caller, &added.link)),
    )
        .into_response())
}

/// Open the accounts of students and graduates who have none
///
/// Nobody gets a password or a link by it. Sensitive: the password must have been confirmed.
#[utoipa::path(post, path = "/student-accounts", tag = "accounts", responses((status = 200, body = OpenedAccounts)))]
pub async fn add_students(caller: Caller) -> Answer<axum::Json<OpenedAccounts>> {
    let opened = open_student_accounts(caller.office(), caller.actor()).await?;
    Ok(axum::Json(OpenedAccounts { opened }))
}

/// Open one account
#[utoipa::path(get, path = "/accounts/{id}", tag = "accounts", params(AccountPath), responses((status = 200, body = AccountRecord)))]
pub async fn show(caller: Caller, Path(path): Path<AccountPath>) -> Answer<axum::Json<AccountRecord>> {
    let details = show_account(caller.office(), caller.actor(), AccountId::new(path.id)).await?;
    Ok(axum::Json((&details).into()))
}

/// Change the names of an account
///
/// Sensitive: the password must have been confirmed.
#[utoipa::path(
    put, path = "/accounts/{id}", tag = "accounts", params(AccountPath), request_body = AccountNames,
    responses((status = 204, description = "Stored."))
)]
pub async fn rename(caller: Caller, Path(path): Path<AccountPath>, Json(form): Json<AccountNames>) -> Answer {
    let command = ChangeAccount {
        account: AccountId::new(path.id),
        version: form.version.0,
        user_name: form.user_name.0,
        display_name: form.display_name.0,
        reason: form.reason.0,
    };
    change_account(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// Give an account a role
///
/// Nobody gives one to the own account. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/accounts/{id}/roles", tag = "accounts", params(AccountPath), request_body = AssignForm,
    responses((status = 204, description = "Given."))
)]
pub async fn assign(caller: Caller, Path(path): Path<AccountPath>, Json(form): Json<AssignForm>) -> Answer {
    let command =
        AssignRole { account: AccountId::new(path.id), version: form.version.0, role: form.role.into() };
    assign_role(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// End a role of an account
///
/// Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/accounts/{id}/roles/{role}/withdrawal", tag = "accounts", params(RolePath), request_body = WithdrawalForm,
    responses((status = 204, description = "Ended."))
)]
pub async fn withdraw(
    caller: Caller,
    Path(path): Path<RolePath>,
    Json(form): Json<WithdrawalForm>,
) -> Answer {
    let command = WithdrawRole {
        account: AccountId::new(path.id),
        version: form.version.0,
        role: path.role,
        ends_on: form.ends_on.map(|d| d.0),
        reason: form.reason.0,
    };
    withdraw_role(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

fn change(path: AccountPath, form: AccountStateForm) -> ChangeStatus {
    ChangeStatus { account: AccountId::new(path.id), version: form.version.0, reason: form.reason.0 }
}

/// Lock an account
///
/// Its sessions end, its tokens and links rest. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/accounts/{id}/lock", tag = "accounts", params(AccountPath), request_body = AccountStateForm,
    responses((status = 204, description = "Locked."))
)]
pub async fn lock(
    caller: Caller,
    Path(path): Path<AccountPath>,
    Json(form): Json<AccountStateForm>,
) -> Answer {
    lock_account(caller.office(), caller.actor(), change(path, form)).await?;
    Ok(done())
}

/// Unlock an account
///
/// Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/accounts/{id}/unlock", tag = "accounts", params(AccountPath), request_body = AccountStateForm,
    responses((status = 204, description = "Unlocked."))
)]
pub async fn unlock(
    caller: Caller,
    Path(path): Path<AccountPath>,
    Json(form): Json<AccountStateForm>,
) -> Answer {
    unlock_account(caller.office(), caller.actor(), change(path, form)).await?;
    Ok(done())
}

/// Close an account for good
///
/// What was done with it stays in the ledger and in the audit log. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/accounts/{id}/close", tag = "accounts", params(AccountPath), request_body = AccountStateForm,
    responses((status = 204, description = "Closed."))
)]
pub async fn close(
    caller: Caller,
    Path(path): Path<AccountPath>,
    Json(form): Json<AccountStateForm>,
) -> Answer {
    close_account(caller.office(), caller.actor(), change(path, form)).await?;
    Ok(done())
}

/// Issue a one-time link for an account
///
/// For the first password where none was set, otherwise for a new one. Shown once. Sensitive: the password must have
/// been confirmed.
#[utoipa::path(
    post, path = "/accounts/{id}/links", tag = "accounts", params(AccountPath),
    responses((status = 201, body = IssuedLinkBody))
)]
pub async fn link(caller: Caller, Path(path): Path<AccountPath>) -> Answer {
    let link = issue_link(caller.office(), caller.actor(), AccountId::new(path.id)).await?;
    Ok((StatusCode::CREATED, axum::Json(IssuedLinkBody::of(&caller, &link))).into_response())
}
