//! The own account: password, sessions, API tokens, settings.

use axum::{extract::Path, response::IntoResponse};
use base::time::{date_time_tr, date_tr, parse_date_tr};
use services::{
    Action, ServiceError,
    accounts::{self, AddToken, ChangePassword, OpenSession, Password, TokenLine, TokenScope},
};

use crate::{
    components::{Button, Column, Empty, Fact, Link, State, Tag, Value, Weight, form::Choice},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        plain_form::{PlainForm, ask_password},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table, TokenPage},
        forms::Input,
    },
};

/// `GET /hesabim`.
pub async fn get(ctx: Ctx) -> Answer {
    let t = ctx.t();
    let (session, actor) = (ctx.own_session(), ctx.actor());
    let sessions = accounts::list_sessions(ctx.office(), actor, Some(session)).await?;
    let tokens = accounts::list_tokens(ctx.office(), actor, actor.account).await?;
    let around = services::institution::surroundings(ctx.office()).await?;
    let today = ctx.office().today();
    let roles: Vec<String> = actor
        .roles
        .iter()
        .map(|held| {
            let word = t.variant("role", held.role.code());
            let unit = held.unit.and_then(|unit| around.units.get(&unit)).map(|name| name.of(t.lang()));
            unit.map_or_else(|| word.to_owned(), |unit| format!("{word}, {unit}"))
        })
        .collect();
    let mut who = vec![
        Fact::text(t.get("accounts-name"), actor.display_name.as_str()),
        Fact::text(t.get("accounts-user"), session.user_name.as_str()),
    ];
    who.extend(roles.into_iter().map(|role| Fact::text(t.get("accounts-role"), role)));
    let has_own_record = actor.may(Action::ReadOwnAudit);
    if has_own_record {
        who.push(Fact::new(
            t.get("own-record"),
            Value::Link(Link::new(t.get("own-looks"), "/hesabim/bakanlar")),
        ));
    }
    let mut main = vec![
        Card::new("ben", t.get("own-who"), Part::Facts(who))
            .button(Button::link(t.get("own-password"), "/hesabim/parola").icon("key").weight(Weight::Main)),
        sessions_card(t, &sessions),
    ];
    // Nobody at a counter or on a phone needs a key for programs; staff may have one.
    if actor.staff.is_some() || !has_own_record {
        main.push(tokens_card(t, &tokens, today));
    }
    let frame = ctx.frame(t.get("own-title"));
    let shell = ctx.shell("hesabim").await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: t.get("own-title").into(),
        lead: "".into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main,
        side: vec![look_card(t)],
    };
    ctx.html(&view)
}

/// How pages look, to be changed here as in the menu of the bar.
fn look_card(t: &Texts) -> Card<'_> {
    Card::new("gorunum", t.get("own-settings"), Part::Settings)
}

fn sessions_card<'a>(t: &'a Texts, sessions: &'a [OpenSession]) -> Card<'a> {
    let rows = sessions
        .iter()
        .map(|s| {
            let act = if s.is_this {
                Vec::new()
            } else {
                let about = date_time_tr(s.created_at);
                vec![
                    Button::post(t.get("own-session-end"), format!("/hesabim/oturum/{}", s.handle))
                        .small()
                        .about(about),
                ]
            };
            vec![
                Cell::text(date_time_tr(s.created_at)),
                Cell::text(date_time_tr(s.seen_at)),
                if s.is_this { Cell::tag(Tag::ok(t.get("own-session-this"))) } else { Cell::buttons(act) },
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::new(t.get("own-session-began")),
            Column::new(t.get("own-session-seen")),
            Column::quiet(t.get("own-session-act")),
        ],
        rows,
        empty: Empty::default(),
        ..Table::default()
    };
    let card = Card::new("oturumlar", t.get("own-sessions"), Part::Table(table));
    if sessions.len() > 1 {
        card.button(Button::post(t.get("own-sessions-end"), "/hesabim/oturumlar"))
    } else {
        card
    }
}

/// Whether a token still works on a day.
fn token_state<'a>(t: &'a Texts, token: &TokenLine, today: base::time::Date) -> Tag<'a> {
    match token.revoked_at {
        Some(_) => Tag::new(State::Na, t.get("token-revoked")),
        None if token.expires_on < today => Tag::new(State::Na, t.get("token-expired")),
        None => Tag::new(State::Ok, t.get("token-works")),
    }
}

/// API tokens as a table; `act` gives the button of one that works.
pub fn token_table<'a>(
    t: &'a Texts,
    tokens: &'a [TokenLine],
    today: base::time::Date,
    act: impl Fn(&TokenLine) -> Button<'a>,
) -> Table<'a> {
    let rows = tokens
        .iter()
        .map(|token| {
            let works = token.revoked_at.is_none() && token.expires_on >= today;
            vec![
                Cell::text(token.name.as_str()).note(t.variant("token-scope", token.scope.code())),
                Cell::text(date_tr(token.expires_on)).class("nw"),
                Cell::tag(token_state(t, token, today)),
                Cell::buttons(if works {
                    vec![act(token).small().about(token.name.as_str())]
                } else {
                    Vec::new()
                }),
            ]
        })
        .collect();
    Table {
        columns: vec![
            Column::new(t.get("token-name")),
            Column::new(t.get("token-until")),
            Column::new(t.get("token-state")),
            Column::quiet(t.get("own-session-act")),
        ],
        rows,
        empty: Empty::new("key", t.get("token-none"), t.get("token-none-text")),
        ..Table::default()
    }
}

fn tokens_card<'a>(t: &'a Texts, tokens: &'a [TokenLine], today: base::time::Date) -> Card<'a> {
    let table = token_table(t, tokens, today, |token| {
        Button::post(t.get("token-revoke"), format!("/hesabim/anahtar/{}/iptal", token.id))
            .weight(Weight::Danger)
    });
    Card::new("anahtarlar", t.get("token-title"), Part::Table(table))
        .button(Button::link(t.get("token-new"), "/hesabim/anahtar").icon("plus"))
}

/// `POST /hesabim/oturum/{handle}`.
pub async fn end_session(ctx: Ctx, Path(handle): Path<String>, _: Posted) -> Answer {
    match accounts::end_session(ctx.office(), ctx.actor(), handle).await {
        // One that is over already needs no end.
        Ok(()) | Err(ServiceError::NotFound) => Ok(ctx.flash_to("/hesabim#oturumlar", "session-ended")),
        Err(other) => Err(other.into()),
    }
}

/// `POST /hesabim/oturumlar`.
pub async fn end_other_sessions(ctx: Ctx, _: Posted) -> Answer {
    accounts::end_other_sessions(ctx.office(), ctx.actor(), Some(ctx.own_session())).await?;
    Ok(ctx.flash_to("/hesabim#oturumlar", "session-ended"))
}

// Password --------------------------------------------------------------------------------------------

/// `GET /hesabim/parola`.
pub async fn password(ctx: Ctx) -> Answer {
    password_page(&ctx, &Form::fresh(&ctx)).await
}

fn own_crumbs(t: &Texts) -> Vec<Link<'_>> {
    vec![Link::new(t.get("own-title"), "/hesabim")]
}

async fn password_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let new = form
        .field("new", "activate-password", "")
        .hint(t.get("activate-password-hint"))
        .autocomplete("new-password")
        .max(200);
    let page = PlainForm {
        current: "hesabim",
        title: "own-password",
        crumbs: own_crumbs(t),
        lead: t.get("own-password-lead").to_owned(),
        notes: Vec::new(),
        action: "/hesabim/parola".to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Password(
                form.field("current", "own-password-current", "")
                    .autocomplete("current-password")
                    .max(200)
                    .focus(),
            ),
            Input::Password(new),
            Input::Password(
                form.field("repeat", "activate-repeat", "").autocomplete("new-password").max(200),
            ),
        ],
        facts: Vec::new(),
        submit: "own-password-submit",
        danger: false,
        back: "/hesabim".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /hesabim/parola`.
pub async fn save_password(ctx: Ctx, posted: Posted) -> Answer {
    let changed = if posted.text("new") == posted.text("repeat") {
        let command = ChangePassword {
            current: Password::new(posted.text("current")),
            new: Password::new(posted.text("new")),
            address: ctx.address().to_owned(),
        };
        accounts::change_password(ctx.office(), ctx.own_session(), command).await
    } else {
        Err(ServiceError::field("repeat", "password-repeat"))
    };
    match changed {
        Ok(token) => {
            ctx.set_session(Some(token.reveal()));
            Ok(ctx.flash_to("/hesabim", "password-changed"))
        }
        Err(error) => password_page(&ctx, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

// API tokens -----------------------------------------------------------------------------------------

/// `GET /hesabim/anahtar`.
pub async fn token(ctx: Ctx) -> Answer {
    ask_password(&ctx)?;
    token_page(&ctx, &Form::fresh(&ctx)).await
}

async fn token_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let chosen = form.value("scope", TokenScope::Read.code());
    let scopes = TokenScope::ALL
        .iter()
        .map(|scope| {
            Choice::new(scope.code(), t.variant("token-scope", scope.code())).chosen(scope.code() == chosen)
        })
        .collect();
    let hint = t.fmt("token-until-hint", &[("days", &accounts::TOKEN_DAYS.to_string())]);
    let page = PlainForm {
        current: "hesabim",
        title: "token-new",
        crumbs: own_crumbs(t),
        lead: t.get("token-lead").to_owned(),
        notes: Vec::new(),
        action: "/hesabim/anahtar".to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Text(form.field("name", "token-name", "").hint(t.get("token-name-hint")).max(60).focus()),
            Input::Radios(form.field("scope", "token-scope", ""), scopes),
            Input::Date(form.field("expires_on", "token-until", "").hint(hint)),
        ],
        facts: Vec::new(),
        submit: "token-submit",
        danger: false,
        back: "/hesabim".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /hesabim/anahtar`: the answer shows the token, this once.
pub async fn add_token(ctx: Ctx, posted: Posted) -> Answer {
    let scope = TokenScope::from_code(posted.text("scope"));
    let expires_on = parse_date_tr(posted.text("expires_on"));
    let added = match (scope, expires_on) {
        (Some(scope), Some(expires_on)) => {
            let command = AddToken {
                account: ctx.actor().account,
                name: posted.text("name").to_owned(),
                scope,
                expires_on,
            };
            accounts::add_token(ctx.office(), ctx.actor(), command)
                .await
                .map(|added| (added, scope, expires_on))
        }
        (None, _) => Err(ServiceError::field("scope", "required")),
        (_, None) => Err(ServiceError::field("expires_on", "date-form")),
    };
    let (added, scope, expires_on) = match added {
        Ok(added) => added,
        Err(error) => return token_page(&ctx, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    };
    let t = ctx.t();
    let frame = ctx.frame(t.get("token-made"));
    let shell = ctx.shell("hesabim").await;
    let mut crumbs = own_crumbs(t);
    crumbs.push(Link::new(t.get("token-made"), ""));
    let view = TokenPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs,
        name: posted.text("name").into(),
        facts: vec![
            Fact::text(t.get("token-scope"), t.variant("token-scope", scope.code())),
            Fact::text(t.get("token-until"), date_tr(expires_on)),
        ],
        token: added.token.into(),
        back: Link::new(t.get("own-title"), "/hesabim#anahtarlar"),
    };
    ctx.html(&view)
}

/// `POST /hesabim/anahtar/{id}/iptal`.
pub async fn revoke_token(ctx: Ctx, Path(id): Path<i64>, _: Posted) -> Answer {
    let own = accounts::list_tokens(ctx.office(), ctx.actor(), ctx.actor().account).await?;
    if !own.iter().any(|token| token.id == id) {
        return Err(Fault(ServiceError::NotFound));
    }
    accounts::revoke_token(ctx.office(), ctx.actor(), id).await?;
    Ok(ctx.flash_to("/hesabim#anahtarlar", "token-revoked").into_response())
}
