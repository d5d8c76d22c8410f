//! The caller: who a token acts for, its confirmation, and the tokens, sessions and password of the own account.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base::ids::UnitId;
use serde::{Deserialize, Serialize};
use services::{
    Action,
    accounts::{
        AddToken, ChangePassword, ConfirmToken, OpenSession, Password, TokenLine, add_token,
        change_password_by_token, confirm_token, end_other_sessions, list_sessions, list_tokens,
        revoke_token,
    },
    authz,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{BothNames, Page},
    fields::{Day, GivenDay, Instant, Line, Secret},
    input::{Json, Path},
    problem::Answer,
    words::{ActionWord, RoleWord, TokenScopeWord},
};

/// Who a token acts for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// Row number of the account.
    pub account: i64,
    /// Name shown to others.
    pub display_name: String,
    /// Roles held today.
    pub roles: Vec<MyRole>,
    /// What the token may do now.
    pub scope: TokenScopeWord,
    /// Whether the password was confirmed for it within the last minutes.
    pub confirmed: bool,
    /// What may be done somewhere with this token, sensitive acts included.
    pub may: Vec<ActionWord>,
}

/// A role of the own account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyRole {
    /// The role.
    pub role: RoleWord,
    /// Name of the unit it is held in.
    #[schema(required)]
    pub unit: Option<BothNames>,
}

/// Ask who the token acts for
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub async fn show(caller: Caller) -> Answer<axum::Json<Me>> {
    let actor = caller.actor();
    let around = services::institution::surroundings(caller.office()).await?;
    let name = |unit: UnitId| around.units.get(&unit).map(BothNames::from);
    Ok(axum::Json(Me {
        account: actor.account.get(),
        display_name: actor.display_name.clone(),
        roles: actor
            .roles
            .iter()
            .map(|held| MyRole { role: held.role.into(), unit: held.unit.and_then(name) })
            .collect(),
        scope: TokenScopeWord(if actor.read_only {
            services::accounts::TokenScope::Read
        } else {
            services::accounts::TokenScope::Write
        }),
        confirmed: authz::is_confirmed(actor, caller.office().now()),
        may: Action::ALL.iter().copied().filter(|action| actor.may(*action)).map(ActionWord).collect(),
    }))
}

/// The password of the token's owner.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationForm {
    /// As typed.
    pub password: Secret,
}

/// Until when sensitive acts may be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Confirmation {
    /// Then the password must be confirmed again.
    pub confirmed_until: Instant,
}

/// Confirm the password for this token
///
/// For a quarter of an hour the token may do sensitive acts: identity, status, reversal, cancellation, accounts, the
/// institution. Wrong passwords are counted together with those of signing in.
#[utoipa::path(post, path = "/confirmation", tag = "me", request_body = ConfirmationForm, responses((status = 200, body = Confirmation)))]
pub async fn confirm(caller: Caller, Json(form): Json<ConfirmationForm>) -> Answer<axum::Json<Confirmation>> {
    let command = ConfirmToken {
        token: caller.token().to_owned(),
        password: Password::new(form.password.0),
        address: caller.address().to_owned(),
    };
    let until = confirm_token(caller.office(), caller.actor(), command).await?;
    Ok(axum::Json(Confirmation { confirmed_until: until.into() }))
}

/// A token without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokenBody {
    /// By this number it is revoked.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScopeWord,
    /// When it was made.
    pub created_at: Instant,
    /// Last day on which it works.
    pub expires_on: Day,
    /// When it was revoked.
    #[schema(required)]
    pub revoked_at: Option<Instant>,
}

impl From<&TokenLine> for TokenBody {
    fn from(line: &TokenLine) -> Self {
        Self {
            id: line.id,
            name: line.name.clone(),
            scope: line.scope.into(),
            created_at: line.created_at.into(),
            expires_on: line.expires_on.into(),
            revoked_at: line.revoked_at.map(Instant),
        }
    }
}

/// A new token.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenForm {
    /// What it is for.
    pub name: Line<60, 1>,
    /// What it may do.
    pub scope: TokenScopeWord,
    /// Last day on which it works, 366 days ahead at the most.
    pub expires_on: GivenDay,
}

/// A token that was made.
#[derive(Clone, Serialize, ToSchema)]
pub struct NewToken {
    /// By this number it is revoked.
    pub id: i64,
    /// The whole token, shown once.
    pub token: String,
}

/// Which token.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct TokenPath {
    /// Row number of the token.
    pub id: i64,
}

/// List the tokens of the own account
#[utoipa::path(get, path = "/me/tokens", tag = "me", responses((status = 200, body = Page<TokenBody>)))]
pub async fn tokens(caller: Caller) -> Answer<axum::Json<Page<TokenBody>>> {
    let lines = list_tokens(caller.office(), caller.actor(), caller.actor().account).await?;
    Ok(axum::Json(Page::whole(lines.iter().map(TokenBody::from).collect())))
}

/// Make a token for the own account
///
/// Sensitive: the password must have been confirmed.
#[utoipa::path(post, path = "/me/tokens", tag = "me", request_body = TokenForm, responses((status = 201, body = NewToken)))]
pub async fn make_token(caller: Caller, Json(form): Json<TokenForm>) -> Answer {
    let command = AddToken {
        account: caller.actor().account,
        name: form.name.0,
        scope: form.scope.0,
        expires_on: form.expires_on.0,
    };
    let added = add_token(caller.office(), caller.actor(), command).await?;
    let body = NewToken { id: added.id, token: added.token };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
}

/// Revoke a token
///
/// One of the own account; administrators revoke any, with a confirmed password.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "me", params(TokenPath), responses((status = 204, description = "Revoked.")))]
pub async fn revoke(caller: Caller, Path(path): Path<TokenPath>) -> Answer<Response> {
    revoke_token(caller.office(), caller.actor(), path.id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A browser in which the own account is signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionBody {
    /// By this word it is ended.
    pub handle: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to within five minutes.
    pub seen_at: Instant,
}

impl From<&OpenSession> for SessionBody {
    fn from(session: &OpenSession) -> Self {
        Self {
            handle: session.handle.clone(),
            created_at: session.created_at.into(),
            seen_at: session.seen_at.into(),
        }
    }
}

/// How many sessions ended.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct EndedSessions {
    /// Sessions ended by this call.
    pub ended: u64,
}

/// Which session.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SessionPath {
    /// Word of the session.
    #[param(inline)]
    pub handle: Line<64, 1>,
}

/// Another password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordForm {
    /// The password until now, as typed.
    pub current: Secret,
    /// The one from now on, as typed.
    pub new: Secret,
}

/// List the sessions of the own account
///
/// Those that are not over, the one used last first. A token is no session and stands not among them.
#[utoipa::path(get, path = "/me/sessions", tag = "me", responses((status = 200, body = Page<SessionBody>)))]
pub async fn sessions(caller: Caller) -> Answer<axum::Json<Page<SessionBody>>> {
    let open = list_sessions(caller.office(), caller.actor(), None).await?;
    Ok(axum::Json(Page::whole(open.iter().map(SessionBody::from).collect())))
}

/// End one session of the own account
#[utoipa::path(
    delete, path = "/me/sessions/{handle}", tag = "me", params(SessionPath),
    responses((status = 204, description = "Ended."))
)]
pub async fn end_session(caller: Caller, Path(path): Path<SessionPath>) -> Answer<Response> {
    services::accounts::end_session(caller.office(), caller.actor(), path.handle.0).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// End every session of the own account
///
/// The token itself stays.
#[utoipa::path(delete, path = "/me/sessions", tag = "me", responses((status = 200, body = EndedSessions)))]
pub async fn end_sessions(caller: Caller) -> Answer<axum::Json<EndedSessions>> {
    let ended = end_other_sessions(caller.office(), caller.actor(), None).await?;
    Ok(axum::Json(EndedSessions { ended }))
}

/// Change the own password
///
/// Every session ends and one-time links are void; tokens stay. Wrong passwords are counted together with those of
/// signing in.
#[utoipa::path(
    put, path = "/me/password", tag = "me", request_body = PasswordForm,
    responses((status = 204, description = "Changed."))
)]
pub async fn password(caller: Caller, Json(form): Json<PasswordForm>) -> Answer<Response> {
    let command = ChangePassword {
        current: Password::new(form.current.0),
        new: Password::new(form.new.0),
        address: caller.address().to_owned(),
    };
    change_password_by_token(caller.office(), caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
