//! The audit log: for the auditor all of it, for students who looked at their own record.

use axum::extract::Query;
use base::time::date_time_tr;
use serde::Deserialize;
use services::{
    ServiceError,
    audit::{self, AuditLine, AuditNames, AuditPage, AuditQuery},
};

use crate::{
    audit_words,
    components::{
        Chip, Column, Empty, Link,
        form::{Choice, Field, FieldError},
    },
    ctx::Ctx,
    fault::Answer,
    pages::institution::{programme_href, unit_href},
    texts::Texts,
    url::Params,
    views::{
        cards::{Cell, ListPage, Table},
        students::Filter,
    },
};

/// Lines of the log at once.
const PAGE: u32 = 50;

/// What can be asked of the log, in alphabetical order.
fn acts(t: &Texts) -> Vec<(&'static str, &str)> {
    let mut acts: Vec<_> = storage::audit::ACTS.iter().map(|act| (*act, audit_words::act(t, act))).collect();
    acts.sort_by_cached_key(|(_, word)| base::text::sort_key(word));
    acts
}

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
        .chain(acts(t).into_iter().map(|(act, word)| Choice::new(act, word).chosen(act == params.eylem)))
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
        ("eylem", &params.eylem, audit_words::act(t, &params.eylem)),
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
        table: looked_through(t, table(t, &page.lines, &page.names), page.next),
        more: more.into(),
    };
    ctx.html_with(status, &view)
}

/// Lines of the log as a table: when, who, what, whom, why.
pub fn table<'a>(t: &'a Texts, lines: &'a [AuditLine], names: &AuditNames) -> Table<'a> {
    Table {
        columns: vec![
            Column::new(t.get("audit-when")),
            Column::new(t.get("audit-who")),
            Column::new(t.get("audit-what")),
            Column::new(t.get("audit-whom")),
            Column::new(t.get("audit-why")),
        ],
        rows: gathered(lines)
            .into_iter()
            .map(|(line, times)| {
                let detail = audit_words::detail(t, names, &line.object_kind, &line.detail);
                let note: Vec<String> =
                    [detail, said_often(t, times)].into_iter().filter(|s| !s.is_empty()).collect();
                vec![
                    when(line),
                    who(t, line),
                    Cell::text(audit_words::act_of(t, line)).note(note.join(" · ")),
                    whom(t, line),
                    why(line),
                ]
            })
            .collect(),
        empty: Empty::new("log", t.get("audit-none"), t.get("audit-none-text")),
        ..Table::default()
    }
}

/// Lines of one minute that say the same, as one with how often; each where its newest stands.
fn gathered(lines: &[AuditLine]) -> Vec<(&AuditLine, usize)> {
    let mut groups: Vec<(&AuditLine, usize)> = Vec::new();
    for line in lines {
        let minute = date_time_tr(line.at);
        let same = groups
            .iter_mut()
            .rev()
            .take_while(|(other, _)| date_time_tr(other.at) == minute)
            .find(|(other, _)| says_the_same(other, line));
        match same {
            Some((_, times)) => *times += 1,
            None => groups.push((line, 1)),
        }
    }
    groups
}

fn says_the_same(a: &AuditLine, b: &AuditLine) -> bool {
    let told = |line: &AuditLine| AuditLine { id: 0, at: base::time::Timestamp::UNIX_EPOCH, ..line.clone() };
    told(a) == told(b)
}

fn said_often(t: &Texts, times: usize) -> String {
    if times > 1 { t.count("audit-times", times) } else { String::new() }
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
    if !line.whom.is_empty() {
        return Cell::text(line.whom.as_str());
    }
    let name = line.object_name.as_str();
    match line.object_kind.as_str() {
        "unit" if !name.is_empty() => Cell::link(name, unit_href(name)),
        "programme" if !name.is_empty() => Cell::link(name, programme_href(name)),
        // What people do with their own account says nothing more.
        _ if name == line.who => Cell::text(""),
        _ => Cell::text(name),
    }
}

/// A page about one person looks through a stretch of the log; where nothing stands in it, older rows may.
fn looked_through<'a>(t: &'a Texts, table: Table<'a>, next: Option<i64>) -> Table<'a> {
    match next {
        Some(_) => Table {
            empty: Empty::new("log", t.get("audit-none-here"), t.get("audit-none-here-text")),
            ..table
        },
        None => table,
    }
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
    let frame = ctx.frame(t.get("own-looks"));
    let shell = ctx.shell("hesabim/bakanlar").await;
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
        table: looked_through(t, own_table(t, &page.lines), page.next),
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
        rows: gathered(lines)
            .into_iter()
            .map(|(line, times)| {
                let act = Cell::text(audit_words::act_of(t, line)).note(said_often(t, times));
                vec![when(line), who(t, line), act]
            })
            .collect(),
        empty: Empty::new("eye", t.get("start-own-looks-none"), t.get("own-looks-none-text")),
        ..Table::default()
    }
}
