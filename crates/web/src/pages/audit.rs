//! The audit log: for the auditor all of it, for students who looked at their own record.

use axum::extract::Query;
use base::time::date_time_tr;
use serde::Deserialize;
use services::{
    ServiceError,
    audit::{self, AuditLine, AuditPage, AuditQuery},
};

use crate::{
    components::{
        Chip, Column, Empty, Link,
        form::{Choice, Field, FieldError},
    },
    ctx::Ctx,
    fault::Answer,
    texts::Texts,
    url::Params,
    views::{
        cards::{Cell, ListPage, Table},
        students::Filter,
    },
    words,
};

/// Lines of the log at once.
const PAGE: u32 = 50;

/// What can be asked of the log, in the order of the select. The log knows more; those are found without a filter.
pub const ACTS: &[&str] = &[
    "read_student",
    "find_students",
    "export_students",
    "reveal_identity",
    "change_identity",
    "change_contact",
    "change_status",
    "reverse_entry",
    "change_photo",
    "keep_papers",
    "write_note",
    "issue_document",
    "read_document",
    "cancel_document",
    "import_records",
    "name_unit",
    "appoint",
    "end_appointment",
    "add_account",
    "change_account",
    "assign_role",
    "withdraw_role",
    "lock_account",
    "unlock_account",
    "close_account",
    "issue_link",
    "set_password",
    "change_password",
    "sign_in",
    "sign_in_failed",
    "add_token",
    "revoke_token",
    "read_audit",
];

/// What the log's URL says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LogParams {
    ogrenci: String,
    hesap: String,
    eylem: String,
    sonra: String,
}

impl LogParams {
    fn url(&self) -> Params<'_> {
        Params::new("/denetim")
            .with("ogrenci", &self.ogrenci)
            .with("hesap", &self.hesap)
            .with("eylem", &self.eylem)
    }
}

/// `GET /denetim`.
pub async fn list(ctx: Ctx, Query(params): Query<LogParams>) -> Answer {
    let query = AuditQuery {
        number: params.ogrenci.clone(),
        user_name: params.hesap.clone(),
        action: params.eylem.clone(),
        before: params.sonra.parse().ok(),
        limit: PAGE,
    };
    let (page, wrong) = match audit::read_audit(ctx.office(), ctx.actor(), query).await {
        Ok(page) => (page, Vec::new()),
        Err(ServiceError::Invalid(wrong)) => (AuditPage::default(), wrong),
        Err(other) => return Err(other.into()),
    };
    let t = ctx.t();
    let error_at =
        |field: &str| wrong.iter().find(|e| e.field == field).map(|e| ctx.field_error(e)).unwrap_or_default();
    let (number_error, user_error) = (error_at("number"), error_at("user_name"));
    let errors: Vec<FieldError<'_>> = [("ogrenci", &number_error), ("hesap", &user_error)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| FieldError::at(field, text.as_str()))
        .collect();
    let acts = std::iter::once(Choice::new("", t.get("filter-all")))
        .chain(ACTS.iter().map(|act| Choice::new(*act, words::act(t, act)).chosen(*act == params.eylem)))
        .collect();
    let filters = vec![
        Filter {
            field: Field::new("ogrenci", t.get("students-number"))
                .value(params.ogrenci.as_str())
                .error(number_error.as_str())
                .max(20),
            choices: Vec::new(),
        },
        Filter {
            field: Field::new("hesap", t.get("accounts-user"))
                .value(params.hesap.as_str())
                .error(user_error.as_str())
                .max(80),
            choices: Vec::new(),
        },
        Filter { field: Field::new("eylem", t.get("audit-what")), choices: acts },
    ];
    let mut chips = Vec::new();
    for (name, value, label) in [
        ("ogrenci", &params.ogrenci, params.ogrenci.as_str()),
        ("hesap", &params.hesap, params.hesap.as_str()),
        ("eylem", &params.eylem, words::act(t, &params.eylem)),
    ] {
        if !value.is_empty() {
            let href = params.url().with(name, "").to_string();
            chips.push(Chip {
                label: label.into(),
                href: href.into(),
                removable: true,
                current: true,
                ..Chip::default()
            });
        }
    }
    let more =
        page.next.map(|next| params.url().with("sonra", &next.to_string()).to_string()).unwrap_or_default();
    let status = if errors.is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    let frame = ctx.frame(t.get("audit-title"));
    let shell = ctx.shell("denetim").await;
    let view = ListPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: Vec::new(),
        lead: t.get("audit-lead").into(),
        buttons: Vec::new(),
        action: "/denetim".into(),
        errors,
        filters,
        clear: "/denetim".into(),
        chips,
        table: table(t, &page.lines),
        more: more.into(),
    };
    ctx.html_with(status, &view)
}

/// Lines of the log as a table: when, who, what, whom, why.
pub fn table<'a>(t: &'a Texts, lines: &'a [AuditLine]) -> Table<'a> {
    Table {
        columns: vec![
            Column::new(t.get("audit-when")),
            Column::new(t.get("audit-who")),
            Column::new(t.get("audit-what")),
            Column::new(t.get("audit-whom")),
            Column::new(t.get("audit-why")),
        ],
        rows: lines
            .iter()
            .map(|line| {
                vec![
                    when(line),
                    who(t, line),
                    Cell::text(words::act(t, &line.action)).note(words::audit_detail(t, &line.detail)),
                    whom(t, line),
                    why(line),
                ]
            })
            .collect(),
        empty: Empty::new("log", t.get("audit-none"), t.get("audit-none-text")),
    }
}

fn when(line: &AuditLine) -> Cell<'_> {
    Cell::text(date_time_tr(line.at)).class("nw")
}

fn who<'a>(t: &'a Texts, line: &'a AuditLine) -> Cell<'a> {
    Cell::text(if line.who.is_empty() { t.get("audit-nobody") } else { line.who.as_str() })
}

fn whom<'a>(t: &'a Texts, line: &'a AuditLine) -> Cell<'a> {
    if !line.student_number.is_empty() {
        let href = format!("/ogrenci/{}", line.student_number);
        return Cell::link(line.whom.as_str(), href).note(line.student_number.as_str());
    }
    if line.shown > 0 {
        return Cell::text(t.count("audit-shown", line.shown));
    }
    Cell::text(line.whom.as_str())
}

fn why(line: &AuditLine) -> Cell<'_> {
    Cell::text(line.reason.as_deref().unwrap_or_default())
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    sonra: String,
}

/// `GET /hesabim/bakanlar`: who looked at one's own record, lists included.
pub async fn own(ctx: Ctx, Query(after): Query<After>) -> Answer {
    let page = audit::read_own_audit(ctx.office(), ctx.actor(), after.sonra.parse().ok(), PAGE).await?;
    let t = ctx.t();
    let more = page
        .next
        .map(|next| Params::new("/hesabim/bakanlar").with("sonra", &next.to_string()).to_string())
        .unwrap_or_default();
    let mut frame = ctx.frame(t.get("own-looks"));
    frame.look.comfortable = true;
    let shell = ctx.shell("").await;
    let view = ListPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("own-title"), "/hesabim"), Link::new(t.get("own-looks"), "")],
        lead: t.get("own-looks-lead").into(),
        buttons: Vec::new(),
        action: "".into(),
        errors: Vec::new(),
        filters: Vec::new(),
        chips: Vec::new(),
        clear: "".into(),
        table: own_table(t, &page.lines),
        more: more.into(),
    };
    ctx.html(&view)
}

/// Lines about one's own record: when, who, what; other people and technical details are left out.
pub fn own_table<'a>(t: &'a Texts, lines: &'a [AuditLine]) -> Table<'a> {
    Table {
        columns: vec![
            Column::new(t.get("audit-when")),
            Column::new(t.get("audit-who")),
            Column::new(t.get("audit-what")),
        ],
        rows: lines
            .iter()
            .map(|line| vec![when(line), who(t, line), Cell::text(words::act(t, &line.action))])
            .collect(),
        empty: Empty::new("eye", t.get("start-own-looks-none"), t.get("own-looks-none-text")),
    }
}
