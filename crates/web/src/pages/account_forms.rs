//! The changes of an account, for administrators: each a form of its own, with a reason where it takes something away.

use axum::extract::Path;
use base::{
    ids::{AccountId, StaffId},
    time::{date_time_tr, date_tr, parse_date_tr},
};
use domain::accounts::{LinkPurpose, Role};
use services::{
    Action, FieldError as Wrong, ServiceError,
    accounts::{
        self, AccountDetails, AddAccount, AssignRole, ChangeAccount, ChangeStatus, IssuedLink, RoleRequest,
        StaffLine, WithdrawRole,
    },
    institution::{self, UnitNode},
};

use crate::{
    components::{Fact, Link, form::Choice},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        accounts::{WORK, unit_choices},
        plain_form::{PlainForm, ask_password},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::{cards::LinkPage, forms::Input},
    words,
};

fn crumbs<'a>(t: &'a Texts, details: Option<&AccountDetails>) -> Vec<Link<'a>> {
    let mut crumbs = vec![Link::new(t.get("accounts-title"), "/hesaplar")];
    if let Some(details) = details {
        crumbs.push(Link::new(
            details.account.display_name.clone(),
            format!("/hesaplar/{}", details.account.id),
        ));
    }
    crumbs
}

/// What stands now, for forms about one account.
fn standing<'a>(t: &'a Texts, details: &AccountDetails) -> Vec<Fact<'a>> {
    vec![
        Fact::text(t.get("accounts-name"), details.account.display_name.clone()),
        Fact::text(t.get("accounts-user"), details.account.user_name.clone()),
        Fact::tag(t.get("students-status"), words::account_status(t, details.account.status)),
    ]
}

/// A form about one account, with a version where somebody else may be faster.
fn about<'a>(
    t: &'a Texts,
    details: &AccountDetails,
    (title, submit): (&'static str, &'static str),
    path: &str,
    danger: bool,
    inputs: Vec<Input<'a>>,
) -> PlainForm<'a> {
    let base = format!("/hesaplar/{}", details.account.id);
    PlainForm {
        current: WORK,
        title,
        crumbs: crumbs(t, Some(details)),
        lead: details.account.display_name.clone(),
        notes: Vec::new(),
        action: format!("{base}/{path}"),
        hidden: vec![("version", details.account.version.to_string())],
        inputs,
        facts: standing(t, details),
        submit,
        danger,
        back: base,
    }
}

async fn details(ctx: &Ctx, id: AccountId) -> Result<AccountDetails, Fault> {
    Ok(accounts::show_account(ctx.office(), ctx.actor(), id).await?)
}

fn reason<'a>(t: &'a Texts, form: &Form<'a>) -> Input<'a> {
    Input::Area(form.field("reason", "reason", "").hint(t.get("reason-hint")).max(500))
}

/// The fields of a role that is given.
fn role_inputs<'a>(
    t: &'a Texts,
    form: &Form<'a>,
    units: &[UnitNode],
    programmes: &[storage::institution::Choice],
) -> Vec<Input<'a>> {
    let roles = form.choices(
        "role",
        "",
        Role::ALL.iter().map(|r| (r.code().to_owned(), t.variant("role", r.code()).to_owned())),
    );
    let chosen = form.value("unit", "");
    let units = std::iter::once(Choice::new("", "–")).chain(unit_choices(units, t.lang(), &chosen)).collect();
    let narrowed = form.choices(
        "programme",
        "",
        std::iter::once((String::new(), "–".to_owned())).chain(
            programmes.iter().map(|p| (p.code.clone(), format!("{} ({})", p.name.of(t.lang()), p.code))),
        ),
    );
    vec![
        Input::Select(form.field("role", "accounts-role", ""), roles),
        Input::Select(
            form.field("unit", "shell-unit", "").hint(t.get("accounts-unit-hint")).optional(),
            units,
        ),
        Input::Select(
            form.field("programme", "accounts-programme", "")
                .hint(t.get("accounts-programme-hint"))
                .optional(),
            narrowed,
        ),
        Input::Date(form.field("starts_on", "dated-from", "").hint(t.get("accounts-from-hint")).optional()),
        Input::Date(form.field("ends_on", "dated-to", "").hint(t.get("accounts-to-hint")).optional()),
    ]
}

/// The role that a form asks for.
fn role_request(posted: &Posted) -> Result<RoleRequest, ServiceError> {
    let mut wrong = Vec::new();
    let role = Role::from_code(posted.text("role"));
    if role.is_none() {
        wrong.push(Wrong::new("role", "required"));
    }
    let mut day = |field: &'static str| {
        let typed = posted.text(field).trim();
        let day = parse_date_tr(typed);
        if day.is_none() && !typed.is_empty() {
            wrong.push(Wrong::new(field, "date-form"));
        }
        day
    };
    let (starts_on, ends_on) = (day("starts_on"), day("ends_on"));
    match role {
        Some(role) if wrong.is_empty() => Ok(RoleRequest {
            role,
            unit: Some(posted.text("unit").to_owned()).filter(|code| !code.is_empty()),
            programme: Some(posted.text("programme").to_owned()).filter(|code| !code.is_empty()),
            starts_on,
            ends_on,
        }),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}

/// `GET /hesaplar/yeni`.
pub async fn new(ctx: Ctx) -> Answer {
    ctx.needs(Action::ManageAccounts)?;
    ask_password(&ctx)?;
    new_page(&ctx, &Form::fresh(&ctx)).await
}

async fn new_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let units = institution::list_units(ctx.office(), ctx.actor()).await?;
    let programmes = institution::list_programmes(ctx.office(), ctx.actor()).await?;
    let staff = accounts::find_staff(ctx.office(), ctx.actor(), &form.value("staff", "")).await?;
    let mut inputs = vec![
        Input::Text(
            form.field("display_name", "accounts-name", "")
                .hint(t.get("accounts-name-hint"))
                .max(120)
                .focus(),
        ),
        Input::Text(form.field("user_name", "accounts-user", "").hint(t.get("accounts-user-hint")).max(40)),
        Input::Text(
            form.field("staff", "accounts-staff", "").hint(t.get("accounts-staff-hint")).optional().max(254),
        ),
    ];
    if staff.len() > 1 {
        let chosen = form.value("staff_id", "");
        let choices = staff.iter().take(MOST_STAFF).map(|line| staff_choice(line, &chosen)).collect();
        inputs.push(Input::Radios(form.field("staff_id", "accounts-staff-which", ""), choices));
    }
    inputs.extend([Input::Text(
        form.field("person", "accounts-person", "").hint(t.get("accounts-person-hint")).optional().max(64),
    )]);
    inputs.extend(role_inputs(t, form, &units, &programmes));
    let page = PlainForm {
        current: WORK,
        title: "accounts-new",
        crumbs: crumbs(t, None),
        lead: t.get("accounts-new-lead").to_owned(),
        notes: Vec::new(),
        action: "/hesaplar/yeni".to_owned(),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit: "accounts-new-submit",
        danger: false,
        back: "/hesaplar".to_owned(),
    };
    page.show(ctx, form).await
}

/// Members of staff that are offered at once; a longer text finds fewer.
const MOST_STAFF: usize = 20;

/// Somebody of the staff, with what tells two of one name apart.
fn staff_choice(line: &StaffLine, chosen: &str) -> Choice<'static> {
    let id = line.id.to_string();
    let is_chosen = id == chosen;
    let about: Vec<&str> = line.email.as_deref().into_iter().chain([line.unit.as_str()]).collect();
    Choice::new(id, line.name.clone()).note(about.join(" · ")).chosen(is_chosen)
}

/// Whom of the staff the form means: the one found, or the one chosen among several.
async fn staff_of(ctx: &Ctx, posted: &Posted) -> Result<Option<StaffId>, ServiceError> {
    let typed = posted.text("staff").trim();
    let found = accounts::find_staff(ctx.office(), ctx.actor(), typed).await?;
    match found.as_slice() {
        [] if typed.is_empty() => Ok(None),
        [] => Err(ServiceError::field("staff", "staff-unknown")),
        [one] => Ok(Some(one.id)),
        several => {
            let chosen = posted.text("staff_id");
            let chosen = several.iter().find(|line| line.id.to_string() == chosen);
            chosen.map(|line| Some(line.id)).ok_or_else(|| ServiceError::field("staff_id", "staff-several"))
        }
    }
}

/// `POST /hesaplar/yeni`: the answer shows the activation link, this once.
pub async fn create(ctx: Ctx, posted: Posted) -> Answer {
    ctx.needs(Action::ManageAccounts)?;
    match try_create(&ctx, &posted).await {
        Ok(link) => {
            link_page(
                &ctx,
                &link,
                Link::new(link.display_name.clone(), format!("/hesaplar/{}", link.account)),
                WORK,
            )
            .await
        }
        Err(error) => new_page(&ctx, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

async fn try_create(ctx: &Ctx, posted: &Posted) -> Result<IssuedLink, ServiceError> {
    let person = accounts::person_of_number(ctx.office(), ctx.actor(), posted.text("person")).await?;
    // The roles of students follow from their studies.
    let roles = match person {
        Some(_) if posted.text("role").is_empty() => Vec::new(),
        _ => vec![role_request(posted)?],
    };
    let command = AddAccount {
        user_name: posted.text("user_name").to_owned(),
        display_name: posted.text("display_name").to_owned(),
        roles,
        person,
        staff: staff_of(ctx, posted).await?,
    };
    Ok(accounts::add_account(ctx.office(), ctx.actor(), command).await?.link)
}

/// A link as it is handed over, once.
pub async fn link_page(ctx: &Ctx, link: &IssuedLink, back: Link<'_>, current: &'static str) -> Answer {
    let t = ctx.t();
    let title = match link.purpose {
        LinkPurpose::Activation => "slip-activation",
        LinkPurpose::Reset => "slip-reset",
    };
    let frame = ctx.frame(t.get(title));
    let shell = ctx.shell(current).await;
    let view = LinkPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![back.clone(), Link::new(t.get(title), "")],
        name: link.display_name.as_str().into(),
        user: link.user_name.as_str().into(),
        url: link.url(ctx.office()).into(),
        until: date_time_tr(link.expires_at).into(),
        back,
    };
    ctx.html(&view)
}

/// `GET /hesaplar/{id}/baglanti`.
pub async fn link(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    ask_password(&ctx)?;
    link_form(&ctx, id, &Form::fresh(&ctx)).await
}

async fn link_form(ctx: &Ctx, id: AccountId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let details = details(ctx, id).await?;
    let page = about(t, &details, ("slip-title", "slip-submit"), "baglanti", false, Vec::new());
    PlainForm { lead: t.get("slip-form-lead").to_owned(), ..page }.show(ctx, form).await
}

/// `POST /hesaplar/{id}/baglanti`.
pub async fn issue_link(ctx: Ctx, Path(id): Path<AccountId>, posted: Posted) -> Answer {
    match accounts::issue_link(ctx.office(), ctx.actor(), id).await {
        Ok(link) => {
            link_page(&ctx, &link, Link::new(link.display_name.clone(), format!("/hesaplar/{id}")), WORK)
                .await
        }
        Err(error) => link_form(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /hesaplar/{id}/ad`.
pub async fn rename(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    ask_password(&ctx)?;
    rename_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn rename_page(ctx: &Ctx, id: AccountId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let details = details(ctx, id).await?;
    let inputs = vec![
        Input::Text(
            form.field("display_name", "accounts-name", details.account.display_name.as_str())
                .max(120)
                .focus(),
        ),
        Input::Text(
            form.field("user_name", "accounts-user", details.account.user_name.as_str())
                .hint(t.get("accounts-user-hint"))
                .max(40),
        ),
        reason(t, form),
    ];
    about(t, &details, ("accounts-rename", "form-save"), "ad", false, inputs).show(ctx, form).await
}

/// `POST /hesaplar/{id}/ad`.
pub async fn save_rename(ctx: Ctx, Path(id): Path<AccountId>, posted: Posted) -> Answer {
    let command = ChangeAccount {
        account: id,
        version: posted.number("version").unwrap_or(0),
        user_name: posted.text("user_name").to_owned(),
        display_name: posted.text("display_name").to_owned(),
        reason: posted.text("reason").to_owned(),
    };
    match accounts::change_account(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/hesaplar/{id}"), "account-saved")),
        Err(error) => rename_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /hesaplar/{id}/rol`.
pub async fn role(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    ask_password(&ctx)?;
    role_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn role_page(ctx: &Ctx, id: AccountId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let details = details(ctx, id).await?;
    let units = institution::list_units(ctx.office(), ctx.actor()).await?;
    let programmes = institution::list_programmes(ctx.office(), ctx.actor()).await?;
    about(
        t,
        &details,
        ("accounts-role-add", "form-save"),
        "rol",
        false,
        role_inputs(t, form, &units, &programmes),
    )
    .show(ctx, form)
    .await
}

/// `POST /hesaplar/{id}/rol`.
pub async fn save_role(ctx: Ctx, Path(id): Path<AccountId>, posted: Posted) -> Answer {
    let given = match role_request(&posted) {
        Ok(role) => {
            let command = AssignRole { account: id, version: posted.number("version").unwrap_or(0), role };
            accounts::assign_role(ctx.office(), ctx.actor(), command).await
        }
        Err(error) => Err(error),
    };
    match given {
        Ok(()) => Ok(ctx.flash_to(&format!("/hesaplar/{id}#roller"), "role-given")),
        Err(error) => role_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /hesaplar/{id}/rol/{role}`.
pub async fn role_end(ctx: Ctx, Path((id, role)): Path<(AccountId, i64)>) -> Answer {
    ask_password(&ctx)?;
    role_end_page(&ctx, id, role, &Form::fresh(&ctx)).await
}

async fn role_end_page(ctx: &Ctx, id: AccountId, role: i64, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let details = details(ctx, id).await?;
    let held = details.roles.iter().find(|held| held.id == role).ok_or(ServiceError::NotFound)?;
    let inputs = vec![
        Input::Date(form.field("ends_on", "dated-to", "").hint(t.get("accounts-role-end-hint")).optional()),
        reason(t, form),
    ];
    let mut page =
        about(t, &details, ("accounts-role-end", "accounts-role-end"), &format!("rol/{role}"), true, inputs);
    page.facts.push(Fact::text(
        t.get("accounts-role"),
        words::roles(t, std::iter::once((held.role, held.unit_code.as_str()))),
    ));
    page.facts.push(Fact::text(t.get("dated-from"), date_tr(held.starts_on)));
    page.show(ctx, form).await
}

/// `POST /hesaplar/{id}/rol/{role}`.
pub async fn save_role_end(ctx: Ctx, Path((id, role)): Path<(AccountId, i64)>, posted: Posted) -> Answer {
    let typed = posted.text("ends_on").trim();
    let ends_on = parse_date_tr(typed);
    let ended = if ends_on.is_none() && !typed.is_empty() {
        Err(ServiceError::field("ends_on", "date-form"))
    } else {
        let command = WithdrawRole {
            account: id,
            version: posted.number("version").unwrap_or(0),
            role,
            ends_on,
            reason: posted.text("reason").to_owned(),
        };
        accounts::withdraw_role(ctx.office(), ctx.actor(), command).await
    };
    match ended {
        Ok(()) => Ok(ctx.flash_to(&format!("/hesaplar/{id}#roller"), "role-ended")),
        Err(error) => role_end_page(&ctx, id, role, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// Locking, unlocking or closing: the same form with other words.
struct StatusForm {
    path: &'static str,
    words: (&'static str, &'static str),
    note: &'static str,
    flash: &'static str,
    danger: bool,
}

const LOCK: StatusForm = StatusForm {
    path: "kilitle",
    words: ("account-act-lock", "account-act-lock"),
    note: "account-act-note-lock",
    flash: "account-locked",
    danger: true,
};
const UNLOCK: StatusForm = StatusForm {
    path: "kilit-ac",
    words: ("account-act-unlock", "account-act-unlock"),
    note: "account-act-note-unlock",
    flash: "account-unlocked",
    danger: false,
};
const CLOSE: StatusForm = StatusForm {
    path: "kapat",
    words: ("account-act-close", "account-act-close"),
    note: "account-act-note-close",
    flash: "account-closed",
    danger: true,
};

async fn status_page(ctx: &Ctx, id: AccountId, which: &StatusForm, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let details = details(ctx, id).await?;
    let page = about(t, &details, which.words, which.path, which.danger, vec![reason(t, form)]);
    PlainForm { lead: t.get(which.note).to_owned(), ..page }.show(ctx, form).await
}

async fn status_saved(
    ctx: &Ctx,
    id: AccountId,
    which: &StatusForm,
    posted: &Posted,
    done: services::Result<()>,
) -> Answer {
    match done {
        Ok(()) => Ok(ctx.flash_to(&format!("/hesaplar/{id}"), which.flash)),
        Err(error) => status_page(ctx, id, which, &Form::again(ctx, posted, Outcome::of(error)?)).await,
    }
}

fn status_command(id: AccountId, posted: &Posted) -> ChangeStatus {
    ChangeStatus {
        account: id,
        version: posted.number("version").unwrap_or(0),
        reason: posted.text("reason").to_owned(),
    }
}

/// `GET /hesaplar/{id}/kilitle`.
pub async fn lock(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    ask_password(&ctx)?;
    status_page(&ctx, id, &LOCK, &Form::fresh(&ctx)).await
}

/// `POST /hesaplar/{id}/kilitle`.
pub async fn save_lock(ctx: Ctx, Path(id): Path<AccountId>, posted: Posted) -> Answer {
    let done = accounts::lock_account(ctx.office(), ctx.actor(), status_command(id, &posted)).await;
    status_saved(&ctx, id, &LOCK, &posted, done).await
}

/// `GET /hesaplar/{id}/kilit-ac`.
pub async fn unlock(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    ask_password(&ctx)?;
    status_page(&ctx, id, &UNLOCK, &Form::fresh(&ctx)).await
}

/// `POST /hesaplar/{id}/kilit-ac`.
pub async fn save_unlock(ctx: Ctx, Path(id): Path<AccountId>, posted: Posted) -> Answer {
    let done = accounts::unlock_account(ctx.office(), ctx.actor(), status_command(id, &posted)).await;
    status_saved(&ctx, id, &UNLOCK, &posted, done).await
}

/// `GET /hesaplar/{id}/kapat`.
pub async fn close(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    ask_password(&ctx)?;
    status_page(&ctx, id, &CLOSE, &Form::fresh(&ctx)).await
}

/// `POST /hesaplar/{id}/kapat`.
pub async fn save_close(ctx: Ctx, Path(id): Path<AccountId>, posted: Posted) -> Answer {
    let done = accounts::close_account(ctx.office(), ctx.actor(), status_command(id, &posted)).await;
    status_saved(&ctx, id, &CLOSE, &posted, done).await
}

/// `GET /hesaplar/{id}/anahtar/{token}`: asks before another one's token is revoked.
pub async fn token(ctx: Ctx, Path((id, token)): Path<(AccountId, i64)>) -> Answer {
    ask_password(&ctx)?;
    token_page(&ctx, id, token, &Form::fresh(&ctx)).await
}

async fn token_page(ctx: &Ctx, id: AccountId, token: i64, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let details = details(ctx, id).await?;
    let found = details.tokens.iter().find(|line| line.id == token).ok_or(ServiceError::NotFound)?;
    let mut page =
        about(t, &details, ("token-revoke", "token-revoke"), &format!("anahtar/{token}"), true, Vec::new());
    page.lead = t.get("token-revoke-lead").to_owned();
    page.facts.push(Fact::text(t.get("token-name"), found.name.clone()));
    page.show(ctx, form).await
}

/// `POST /hesaplar/{id}/anahtar/{token}`.
pub async fn revoke_token(ctx: Ctx, Path((id, token)): Path<(AccountId, i64)>, posted: Posted) -> Answer {
    let details = details(&ctx, id).await?;
    if !details.tokens.iter().any(|line| line.id == token) {
        return Err(ServiceError::NotFound.into());
    }
    match accounts::revoke_token(ctx.office(), ctx.actor(), token).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/hesaplar/{id}"), "token-revoked")),
        Err(error) => token_page(&ctx, id, token, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}
