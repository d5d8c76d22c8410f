//! Accounts, for administrators: the list, and one account.

use axum::extract::{Path, Query};
use base::{
    ids::AccountId,
    lang::Lang,
    time::{Date, date_time_tr, date_tr},
};
use domain::accounts::{AccountStatus, Role};
use serde::Deserialize;
use services::{
    ServiceError,
    accounts::{self, AccountDetails, AccountLine, AccountQuery, HeldRole},
    institution::{self, UnitNode},
};

use crate::{
    components::{
        Button, Chip, Column, Empty, Fact, Link, State, Str, Tag, Weight,
        form::{Choice, Field, FieldError},
        record::Action as Act,
    },
    ctx::Ctx,
    fault::Answer,
    pages::account::token_table,
    texts::Texts,
    url::Params,
    views::{
        cards::{Card, CardsPage, Cell, ListPage, Part, Table},
        students::Filter,
    },
    words,
};

/// Accounts of the list at once.
const PAGE: u32 = 50;
/// Path of the work in the navigation.
pub(super) const WORK: &str = "hesaplar";

// The list --------------------------------------------------------------------------------------------

/// What the list's URL says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    metin: String,
    rol: String,
    birim: String,
    durum: String,
    sonra: String,
}

impl ListParams {
    fn url(&self) -> Params<'_> {
        Params::new("/hesaplar")
            .with("metin", &self.metin)
            .with("rol", &self.rol)
            .with("birim", &self.birim)
            .with("durum", &self.durum)
    }
}

/// `GET /hesaplar`.
pub async fn list(ctx: Ctx, Query(params): Query<ListParams>) -> Answer {
    let query = AccountQuery {
        role: Role::from_code(&params.rol),
        unit: Some(params.birim.clone()).filter(|code| !code.is_empty()),
        status: AccountStatus::from_code(&params.durum),
        text: params.metin.clone(),
        after: params.sonra.parse().ok(),
        limit: PAGE,
    };
    let (page, wrong) = match accounts::list_accounts(ctx.office(), ctx.actor(), query).await {
        Ok(page) => (Some(page), Vec::new()),
        Err(ServiceError::Invalid(wrong)) => (None, wrong),
        Err(other) => return Err(other.into()),
    };
    let t = ctx.t();
    let units = institution::list_units(ctx.office(), ctx.actor()).await?;
    let errors: Vec<FieldError<'_>> =
        wrong.iter().map(|e| FieldError::at("birim", ctx.field_error(e))).collect();
    let choice =
        |value: &str, label: String, now: &str| Choice::new(value.to_owned(), label).chosen(value == now);
    let all = || Choice::new("", t.get("filter-all"));
    let filters = vec![
        Filter {
            field: Field::new("metin", t.get("accounts-text")).value(params.metin.as_str()).max(80),
            choices: Vec::new(),
        },
        Filter {
            field: Field::new("rol", t.get("accounts-role")),
            choices: std::iter::once(all())
                .chain(
                    Role::ALL
                        .iter()
                        .map(|r| choice(r.code(), t.variant("role", r.code()).to_owned(), &params.rol)),
                )
                .collect(),
        },
        Filter {
            field: Field::new("birim", t.get("shell-unit")),
            choices: std::iter::once(all()).chain(unit_choices(&units, t.lang(), &params.birim)).collect(),
        },
        Filter {
            field: Field::new("durum", t.get("students-status")),
            choices: std::iter::once(all())
                .chain(AccountStatus::ALL.iter().map(|s| {
                    choice(s.code(), t.variant("account-status", s.code()).to_owned(), &params.durum)
                }))
                .collect(),
        },
    ];
    let (items, next) = page.map(|page| (page.items, page.next)).unwrap_or_default();
    let more = next.map(|next| params.url().with("sonra", &next.to_string()).to_string()).unwrap_or_default();
    let frame = ctx.frame(t.get("accounts-title"));
    let shell = ctx.shell(WORK).await;
    let view = ListPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: Vec::new(),
        lead: t.get("accounts-lead").into(),
        buttons: vec![
            Button::link(t.get("accounts-new"), "/hesaplar/yeni").icon("plus").weight(Weight::Main),
        ],
        action: "/hesaplar".into(),
        errors,
        filters,
        chips: chips(&params, &units, t),
        clear: "/hesaplar".into(),
        table: Table {
            columns: vec![
                Column::new(t.get("accounts-name")),
                Column::new(t.get("accounts-user")),
                Column::new(t.get("accounts-roles")),
                Column::new(t.get("students-status")),
            ],
            rows: items.iter().map(|line| row(t, line)).collect(),
            empty: Empty::new("users", t.get("accounts-none"), t.get("accounts-none-text")),
            ..Table::default()
        },
        more: more.into(),
    };
    ctx.html(&view)
}

fn row<'a>(t: &'a Texts, line: &'a AccountLine) -> Vec<Cell<'a>> {
    vec![
        Cell::link(line.account.display_name.as_str(), format!("/hesaplar/{}", line.account.id)),
        Cell::text(line.account.user_name.as_str()).class("num"),
        Cell::text(words::roles(t, line.roles.iter().map(|held| (held.role, held.unit_code.as_str())))),
        Cell::tag(words::account_status(t, line.account.status)),
    ]
}

fn chips<'a>(params: &'a ListParams, units: &[UnitNode], t: &'a Texts) -> Vec<Chip<'a>> {
    let unit = units
        .iter()
        .find(|node| node.unit.code == params.birim)
        .map(|node| node.unit.name.of(t.lang()).to_owned());
    let word = |group: &str, code: &str, is_known: bool| is_known.then(|| Str::from(t.variant(group, code)));
    let all = [
        ("metin", (!params.metin.is_empty()).then(|| format!("“{}”", params.metin).into())),
        ("rol", word("role", &params.rol, Role::from_code(&params.rol).is_some())),
        ("birim", unit.map(Str::from)),
        ("durum", word("account-status", &params.durum, AccountStatus::from_code(&params.durum).is_some())),
    ];
    all.into_iter()
        .filter_map(|(name, label)| Some((name, label?)))
        .map(|(name, label)| Chip {
            label,
            href: params.url().with(name, "").to_string().into(),
            removable: true,
            current: true,
            ..Chip::default()
        })
        .collect()
}

/// Every unit by its code, those below another one set in.
pub(super) fn unit_choices<'a>(units: &[UnitNode], lang: Lang, now: &str) -> Vec<Choice<'a>> {
    units
        .iter()
        .map(|node| {
            let label =
                format!("{}{} ({})", "\u{2003}".repeat(node.depth), node.unit.name.of(lang), node.unit.code);
            Choice::new(node.unit.code.clone(), label).chosen(node.unit.code == now)
        })
        .collect()
}

// One account -----------------------------------------------------------------------------------------

/// `GET /hesaplar/{id}`.
pub async fn get(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    let details = accounts::show_account(ctx.office(), ctx.actor(), id).await?;
    let around = institution::surroundings(ctx.office()).await?;
    let t = ctx.t();
    let today = ctx.office().today();
    let account = &details.account;
    let base = format!("/hesaplar/{id}");
    let mut facts = vec![
        Fact::tag(t.get("students-status"), words::account_status(t, account.status)),
        Fact::text(t.get("accounts-user"), account.user_name.as_str()),
        Fact::text(t.get("accounts-opened"), date_time_tr(account.created_at)),
        Fact::text(
            t.get("accounts-password"),
            t.get(if account.has_password { "accounts-password-set" } else { "accounts-password-none" }),
        ),
        Fact::text(t.get("own-sessions"), t.count("accounts-sessions", details.sessions)),
    ];
    if let Some(until) = details.paused_until {
        facts.push(Fact::tag(t.get("accounts-paused"), Tag::new(State::Ask, date_time_tr(until))));
    }
    if let Some(link) = &details.link {
        let text = t.fmt("accounts-link-open", &[("until", &date_time_tr(link.expires_at))]);
        facts.push(Fact::text(t.variant("slip-purpose", link.purpose.code()), text));
    }
    let is_own = ctx.actor().account == id;
    let unit_name = |held: &HeldRole| {
        let name =
            held.unit.and_then(|unit| around.units.get(&unit)).map(|name| name.of(t.lang()).to_owned());
        let unit = name.map_or_else(String::new, |name| format!("{name} ({})", held.unit_code));
        if held.programme_code.is_empty() { unit } else { format!("{unit} · {}", held.programme_code) }
    };
    let mut main = vec![
        Card::new("hesap", t.get("accounts-facts"), Part::Facts(facts)),
        roles_card(t, &details, today, &base, is_own, unit_name),
    ];
    if !details.tokens.is_empty() {
        let table = token_table(t, &details.tokens, today, |token| {
            Button::link(t.get("token-revoke"), format!("{base}/anahtar/{}", token.id)).weight(Weight::Danger)
        });
        main.push(Card::new("anahtarlar", t.get("token-title"), Part::Table(table)));
    }
    let frame = ctx.frame(account.display_name.as_str());
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: vec![
            Link::new(t.get("accounts-title"), "/hesaplar"),
            Link::new(account.display_name.as_str(), ""),
        ],
        heading: account.display_name.as_str().into(),
        lead: words::roles(
            t,
            details
                .roles
                .iter()
                .filter(|held| held.holds_on(today))
                .map(|held| (held.role, held.unit_code.as_str())),
        )
        .into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main,
        side: vec![Card::new(
            "islemler",
            t.get("student-actions"),
            Part::Actions(actions(t, account.status, &base, is_own)),
        )],
    };
    ctx.html(&view)
}

fn roles_card<'a>(
    t: &'a Texts,
    details: &'a AccountDetails,
    today: Date,
    base: &str,
    is_own: bool,
    unit_name: impl Fn(&HeldRole) -> String,
) -> Card<'a> {
    let rows = details
        .roles
        .iter()
        .rev()
        .map(|held| {
            let is_over = held.ends_on.is_some_and(|end| end <= today);
            let act = if is_over || is_own {
                Vec::new()
            } else {
                let button = Button::link(t.get("accounts-role-end"), format!("{base}/rol/{}", held.id));
                vec![button.small().weight(Weight::Danger).about(t.variant("role", held.role.code()))]
            };
            vec![
                Cell::text(t.variant("role", held.role.code())).note(unit_name(held)),
                Cell::text(date_tr(held.starts_on)).class("nw"),
                Cell::text(held.ends_on.map(date_tr).unwrap_or_default()).class("nw"),
                Cell::buttons(act),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::new(t.get("accounts-role")),
            Column::new(t.get("dated-from")),
            Column::new(t.get("dated-to")),
            Column::quiet(t.get("own-session-act")),
        ],
        rows,
        empty: Empty::new("users", t.get("accounts-no-role"), t.get("accounts-no-role-text")),
        ..Table::default()
    };
    let card = Card::new("roller", t.get("accounts-roles"), Part::Table(table));
    let is_closed = details.account.status == AccountStatus::Closed;
    if is_own || is_closed {
        card
    } else {
        card.button(Button::link(t.get("accounts-role-add"), format!("{base}/rol")).icon("plus"))
    }
}

/// What may be done with an account now; what may not stays visible with its reason.
fn actions<'a>(t: &'a Texts, status: AccountStatus, base: &str, is_own: bool) -> Vec<Act<'a>> {
    let offer = |key: &'static str, path: &str, danger: bool| {
        let title = t.variant("account-act", key);
        let weight = if danger { Weight::Danger } else { Weight::Plain };
        Act {
            state: State::Ok,
            title: title.into(),
            note: t.variant("account-act-note", key).into(),
            buttons: vec![
                Button::link(t.get("act-open"), format!("{base}/{path}")).small().weight(weight).about(title),
            ],
            ..Act::default()
        }
    };
    let refuse = |key: &'static str, reason: &'static str| Act {
        state: State::No,
        title: t.variant("account-act", key).into(),
        note: t.get(reason).into(),
        ..Act::default()
    };
    let may_sign_in = matches!(status, AccountStatus::Invited | AccountStatus::Active);
    let mut acts = vec![if may_sign_in {
        offer("link", "baglanti", false)
    } else {
        refuse(
            "link",
            if status == AccountStatus::Locked { "field-account-locked" } else { "field-account-closed" },
        )
    }];
    if status != AccountStatus::Closed {
        acts.push(offer("rename", "ad", false));
    }
    acts.push(match status {
        _ if is_own => refuse("lock", "field-account-own"),
        AccountStatus::Invited | AccountStatus::Active => offer("lock", "kilitle", true),
        AccountStatus::Locked => offer("unlock", "kilit-ac", false),
        AccountStatus::Closed => refuse("unlock", "field-account-closed"),
    });
    if status != AccountStatus::Closed {
        acts.push(if is_own { refuse("close", "field-account-own") } else { offer("close", "kapat", true) });
    }
    acts
}
