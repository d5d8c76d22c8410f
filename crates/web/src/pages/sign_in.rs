//! Signing in and out, the first password, and the password once more before a sensitive act.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use base::time::{Timestamp, date_time_tr};
use serde::Deserialize;
use services::{
    Action, ServiceError,
    accounts::{self, ConfirmPassword, Password, SignIn, UseLink},
};

use crate::{
    components::{
        Note, State,
        form::{FieldError, Tokens},
    },
    ctx::{Anyone, Ctx, Posted, Visitor},
    fault::Answer,
    url::local,
    views::accounts::{ActivatePage, Activation, LoginPage, ReauthPage},
    waiting::is_busy,
};

/// Where to go on to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Next {
    sonra: String,
}

fn tokens(visitor: &Visitor) -> Tokens<'_> {
    Tokens { csrf: visitor.csrf().into(), once: "".into() }
}

/// The hour of an instant, for pauses of some minutes.
fn hour(at: Timestamp) -> String {
    let whole = date_time_tr(at);
    whole.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// The message that many wrong passwords were typed, and until when to wait.
fn paused<'a>(visitor: &'a Visitor, until: Timestamp) -> Note<'a> {
    let t = visitor.t();
    Note::new(State::Ask, t.get("login-paused"), t.fmt("login-paused-text", &[("until", &hour(until))]))
}

// Signing in ----------------------------------------------------------------------------------------

/// `GET /giris`.
pub async fn form(anyone: Anyone, Query(next): Query<Next>) -> Answer {
    if anyone.session().is_some() {
        return Ok(Redirect::to(local(&next.sonra)).into_response());
    }
    let t = anyone.t();
    let note = anyone
        .has_lapsed()
        .then(|| Note::new(State::Info, t.get("login-lapsed"), t.get("login-lapsed-text")));
    if note.is_some() {
        anyone.set_session(None);
    }
    login_page(&anyone, StatusCode::OK, &next.sonra, "", Vec::new(), note)
}

fn login_page(
    anyone: &Anyone,
    status: StatusCode,
    next: &str,
    user: &str,
    errors: Vec<FieldError<'_>>,
    note: Option<Note<'_>>,
) -> Answer {
    let t = anyone.t();
    let frame = anyone.frame(t.get("login-title"));
    let next = match local(next) {
        "/" => "",
        next => next,
    };
    let view = LoginPage {
        t,
        frame: &frame,
        tokens: tokens(anyone),
        next: next.into(),
        user: user.into(),
        errors,
        note,
    };
    anyone.html_with(status, &view)
}

/// `POST /giris`.
pub async fn sign_in(anyone: Anyone, posted: Posted) -> Answer {
    let command = SignIn {
        user_name: posted.text("kullanici").to_owned(),
        password: Password::new(posted.text("parola")),
        address: anyone.address().to_owned(),
        previous: anyone.token().map(str::to_owned),
        request: anyone.request().to_owned(),
    };
    let (next, user) = (posted.text("sonra"), posted.text("kullanici"));
    match accounts::sign_in(anyone.office(), command).await {
        Ok(begun) => {
            anyone.set_session(Some(begun.token.reveal()));
            Ok(Redirect::to(local(next)).into_response())
        }
        Err(ServiceError::Invalid(errors)) => {
            let errors =
                errors.iter().map(|error| FieldError::at("parola", anyone.field_error(error))).collect();
            login_page(&anyone, StatusCode::UNPROCESSABLE_ENTITY, next, user, errors, None)
        }
        Err(ServiceError::Throttled(until)) => {
            let note = paused(&anyone, until);
            login_page(&anyone, StatusCode::TOO_MANY_REQUESTS, next, user, Vec::new(), Some(note))
        }
        Err(error) if is_busy(&error) => {
            let note = anyone.waiting_note(false).await;
            login_page(&anyone, StatusCode::SERVICE_UNAVAILABLE, next, user, Vec::new(), Some(note))
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /cikis`.
pub async fn sign_out(anyone: Anyone, _: Posted) -> Answer {
    if let Some(session) = anyone.session() {
        accounts::sign_out(anyone.office(), session).await?;
    }
    anyone.set_session(None);
    Ok(anyone.flash_to("/giris", "signed-out"))
}

// One-time links ------------------------------------------------------------------------------------

/// `GET /etkinlestir/{token}`.
pub async fn link(anyone: Anyone, Path(token): Path<String>) -> Answer {
    link_page(&anyone, &token, StatusCode::OK, String::new(), String::new()).await
}

async fn link_page(
    anyone: &Anyone,
    token: &str,
    status: StatusCode,
    password: String,
    repeat: String,
) -> Answer {
    let t = anyone.t();
    let (status, open) = match accounts::look_up_link(anyone.office(), token).await {
        Ok(holder) => {
            let open = Activation {
                name: holder.display_name.into(),
                user: holder.user_name.into(),
                password_error: password.into(),
                repeat_error: repeat.into(),
            };
            (status, Some(open))
        }
        Err(ServiceError::NotFound) => (StatusCode::NOT_FOUND, None),
        Err(other) => return Err(other.into()),
    };
    let frame = anyone.frame(t.get(if open.is_some() { "activate-title" } else { "activate-dead-title" }));
    anyone.html_with(status, &ActivatePage { t, frame: &frame, tokens: tokens(anyone), open })
}

/// `POST /etkinlestir/{token}`: sets the password and signs its owner in with it.
pub async fn use_link(anyone: Anyone, Path(token): Path<String>, posted: Posted) -> Answer {
    let t = anyone.t();
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if posted.text("parola") != posted.text("tekrar") {
        return link_page(&anyone, &token, wrong, String::new(), t.get("field-password-repeat").to_owned())
            .await;
    }
    let holder = match accounts::look_up_link(anyone.office(), &token).await {
        Ok(holder) => holder,
        Err(ServiceError::NotFound) => {
            return link_page(&anyone, &token, wrong, String::new(), String::new()).await;
        }
        Err(other) => return Err(other.into()),
    };
    let password = Password::new(posted.text("parola"));
    let command =
        UseLink { token: token.clone(), password: password.clone(), request: anyone.request().to_owned() };
    match accounts::set_password_by_link(anyone.office(), command).await {
        Ok(_) => {}
        Err(ServiceError::Invalid(errors)) => {
            let text = errors.iter().map(|error| anyone.field_error(error)).collect::<Vec<_>>().join(" ");
            return link_page(&anyone, &token, wrong, text, String::new()).await;
        }
        Err(ServiceError::NotFound) => {
            return link_page(&anyone, &token, wrong, String::new(), String::new()).await;
        }
        Err(other) => return Err(other.into()),
    }
    let user_name = holder.user_name;
    let command = SignIn {
        user_name: user_name.clone(),
        password,
        address: anyone.address().to_owned(),
        previous: anyone.token().map(str::to_owned),
        request: anyone.request().to_owned(),
    };
    match accounts::sign_in(anyone.office(), command).await {
        Ok(begun) => {
            anyone.set_session(Some(begun.token.reveal()));
            Ok(anyone.flash_to(first_page(&anyone, &user_name).await, "password-set"))
        }
        // The password is set; whatever kept its owner out is told by the sign-in page.
        Err(_) => Ok(anyone.flash_to("/giris", "password-set")),
    }
}

/// A student's first look is at what is still missing; everybody else begins on the start page.
async fn first_page(anyone: &Anyone, user_name: &str) -> &'static str {
    let owner = accounts::actor_of_account(anyone.office(), user_name, anyone.request()).await;
    if owner.is_ok_and(|owner| owner.may(Action::KeepOwnRecord)) { "/ilk-gun" } else { "/" }
}

// The password once more ------------------------------------------------------------------------------

/// `GET /parola-sor`.
pub async fn confirm_form(ctx: Ctx, Query(next): Query<Next>) -> Answer {
    confirm_page(&ctx, StatusCode::OK, &next.sonra, String::new()).await
}

async fn confirm_page(ctx: &Ctx, status: StatusCode, next: &str, error: String) -> Answer {
    let t = ctx.t();
    let frame = ctx.frame(t.get("reauth-title"));
    let next = local(next);
    let shell = ctx.shell(work_of(next)).await;
    let view = ReauthPage {
        t,
        frame: &frame,
        shell: &shell,
        tokens: tokens(ctx),
        reason: t.get("reauth-reason").into(),
        user: ctx.own_session().user_name.as_str().into(),
        next: next.into(),
        back: way_back(next).into(),
        error: error.into(),
    };
    ctx.html_with(status, &view)
}

/// The work of the navigation to which an address belongs.
fn work_of(next: &str) -> &str {
    match next.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default() {
        "ogrenci" => "ogrenciler",
        "belge" => "belgeler",
        "programlar" => "birimler",
        work => work,
    }
}

/// The page from which a sensitive form was opened: the record that its path begins with.
fn way_back(next: &str) -> String {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let kept = if parts.len() > 2 { 2 } else { parts.len().saturating_sub(1) };
    format!("/{}", parts[..kept].join("/"))
}

/// `POST /parola-sor`.
pub async fn confirm(ctx: Ctx, posted: Posted) -> Answer {
    let command =
        ConfirmPassword { password: Password::new(posted.text("parola")), address: ctx.address().to_owned() };
    let next = posted.text("sonra");
    match accounts::confirm_password(ctx.office(), ctx.own_session(), command).await {
        Ok(token) => {
            ctx.set_session(Some(token.reveal()));
            Ok(Redirect::to(local(next)).into_response())
        }
        Err(ServiceError::Invalid(errors)) => {
            let text = errors.iter().map(|error| ctx.field_error(error)).collect::<Vec<_>>().join(" ");
            confirm_page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, next, text).await
        }
        Err(ServiceError::Throttled(until)) => {
            let text = ctx.t().fmt("login-paused-text", &[("until", &hour(until))]);
            confirm_page(&ctx, StatusCode::TOO_MANY_REQUESTS, next, text).await
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_a_sensitive_form_leads_to_its_record() {
        for (next, back) in [
            ("/ogrenci/2412040187/durum", "/ogrenci/2412040187"),
            ("/ogrenci/2412040187/geri-al/12", "/ogrenci/2412040187"),
            ("/hesaplar/5/rol/7", "/hesaplar/5"),
            ("/hesaplar/yeni?rol=clerk", "/hesaplar"),
            ("/hesabim/anahtar", "/hesabim"),
            ("/", "/"),
        ] {
            assert_eq!(way_back(next), back, "{next}");
        }
    }
}
