//! Units and programmes: the tree, one unit with its history, one programme with its curricula.

use axum::extract::{Path, Query};
use base::{
    lang::Lang,
    time::{Date, date_tr},
};
use domain::{programmes::CourseKind, units::Office};
use serde::Deserialize;
use services::institution::{
    self, Appointment, CurriculumTerm, CurriculumVersion, DatedCode, DatedName, ProgrammeLine, UnitLine,
    UnitNode, UnitPage,
};

use crate::{
    components::{Button, Column, Empty, Fact, Link, State, Tab, Tag, Value, Weight},
    ctx::Ctx,
    fault::Answer,
    texts::Texts,
    url::encode,
    views::cards::{Card, CardsPage, Cell, Part, Table, TableForm},
    words,
};

/// Path of the work in the navigation.
pub(super) const WORK: &str = "birimler";

pub(super) fn unit_href(code: &str) -> String {
    format!("/birimler/{}", encode(code))
}

pub(super) fn programme_href(code: &str) -> String {
    format!("/programlar/{}", encode(code))
}

/// The name of the day, or the code where the programme has none that day.
pub(super) fn programme_name(programme: &ProgrammeLine, lang: Lang) -> &str {
    let name = programme.name.of(lang);
    if name.is_empty() { &programme.code } else { name }
}

// The tree --------------------------------------------------------------------------------------------

/// `GET /birimler`: a card for the university and for each unit directly below it, with everything under it.
pub async fn list(ctx: Ctx) -> Answer {
    let nodes = institution::list_units(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let mut cards: Vec<Card<'_>> = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let top = &nodes[at];
        let below = nodes[at + 1..].iter().take_while(|node| top.depth > 0 && node.depth > top.depth).count();
        cards.push(branch(t, &nodes[at..=at + below]));
        at += below + 1;
    }
    let frame = ctx.frame(t.get("units-title"));
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: t.get("units-title").into(),
        lead: t.fmt("units-lead", &[("date", &date_tr(ctx.office().today()))]).into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: cards,
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn branch<'a>(t: &'a Texts, nodes: &'a [UnitNode]) -> Card<'a> {
    let lang = t.lang();
    let title = nodes.first().map(|top| words::unit(&top.unit, lang)).unwrap_or_default();
    let id = nodes.first().map(|top| format!("b{}", top.unit.id)).unwrap_or_default();
    let rows = nodes
        .iter()
        .map(|node| {
            vec![
                Cell::link(words::unit(&node.unit, lang), unit_href(&node.unit.code))
                    .note(t.variant("unit-kind", node.unit.kind.code())),
                Cell::text(node.unit.code.as_str()).class("nw"),
                Cell::text(holders(t, &node.holders)),
                Cell::links(
                    node.programmes
                        .iter()
                        .map(|p| Link::new(p.name.of(lang), programme_href(&p.code)))
                        .collect(),
                ),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::new(t.get("shell-unit")),
            Column::new(t.get("units-code")),
            Column::new(t.get("units-holders")),
            Column::new(t.get("units-programmes")),
        ],
        rows,
        form: TableForm::Units,
        ..Table::default()
    };
    Card::new(id, title, Part::Table(table))
}

fn holders(t: &Texts, all: &[Appointment]) -> String {
    let mut all: Vec<&Appointment> = all.iter().collect();
    all.sort_by_key(|a| rank(a.office));
    all.into_iter()
        .map(|a| format!("{}: {}", t.variant("office", a.office.code()), a.who))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Heads before their deputies, and these before secretaries.
fn rank(office: Office) -> Option<usize> {
    Office::ALL.iter().position(|one| *one == office)
}

// One unit --------------------------------------------------------------------------------------------

pub(super) fn crumbs<'a>(t: &'a Texts, above: &'a [UnitLine]) -> Vec<Link<'a>> {
    let own = above.iter().map(|unit| Link::new(words::unit(unit, t.lang()), unit_href(&unit.code)));
    std::iter::once(Link::new(t.get("units-title"), "/birimler")).chain(own).collect()
}

/// `GET /birimler/{kod}`.
pub async fn unit(ctx: Ctx, Path(code): Path<String>) -> Answer {
    let page = institution::show_unit(ctx.office(), ctx.actor(), code).await?;
    let t = ctx.t();
    let lang = t.lang();
    let today = ctx.office().today();
    let base = unit_href(&page.unit.code);
    let may = page.may_change;
    let mut offices =
        Card::new("gorevler", t.get("units-appointments"), Part::Table(appointments(t, &page, today, &base)));
    let mut names = Card::new("adlar", t.get("dated-names"), Part::Table(dated_names(t, &page.names, today)));
    if may {
        offices = offices.button(Button::link(t.get("units-appoint"), format!("{base}/gorev")).icon("plus"));
        names = names.button(Button::link(t.get("units-rename"), format!("{base}/ad")).icon("edit"));
    }
    let mut own_codes =
        Card::new("kodlar", t.get("units-codes"), codes(t, &page.unit.code, &page.codes, today));
    if may {
        own_codes =
            own_codes.button(Button::link(t.get("units-set-code"), format!("{base}/kod")).icon("edit"));
    }
    let mut side = vec![own_codes];
    if !page.programmes.is_empty() {
        side.push(Card::new(
            "programlar",
            t.get("units-programmes"),
            Part::Facts(page.programmes.iter().map(|p| programme_fact(t, p)).collect()),
        ));
    }
    if !page.below.is_empty() {
        let below = page
            .below
            .iter()
            .map(|u| Fact::link(u.code.as_str(), words::unit(u, lang), unit_href(&u.code)))
            .collect();
        side.push(Card::new("alt-birimler", t.get("units-below"), Part::Facts(below)));
    }
    let mut crumbs = crumbs(t, &page.above);
    crumbs.push(Link::new(words::unit(&page.unit, lang), ""));
    let frame = ctx.frame(words::unit(&page.unit, lang));
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs,
        heading: words::unit(&page.unit, lang).into(),
        lead: format!("{} · {}", t.variant("unit-kind", page.unit.kind.code()), page.unit.code).into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![offices, names],
        side,
    };
    ctx.html(&view)
}

fn programme_fact<'a>(t: &'a Texts, p: &'a ProgrammeLine) -> Fact<'a> {
    Fact::link(p.code.as_str(), p.name.of(t.lang()), programme_href(&p.code))
        .with_note(t.variant("level", p.level.code()))
}

/// Whether something dated counts today, did, or will.
fn standing(t: &Texts, from: Date, to: Option<Date>, today: Date) -> Tag<'_> {
    if today < from {
        Tag::new(State::Info, t.get("dated-later"))
    } else if to.is_some_and(|end| end <= today) {
        Tag::new(State::Na, t.get("dated-over"))
    } else {
        Tag::new(State::Ok, t.get("dated-now"))
    }
}

/// Names that came with the records of an earlier system count from a day long ago, which nobody needs to read.
pub(super) fn from_day(t: &Texts, day: Date) -> String {
    if day.year() <= 1900 { t.get("dated-always").to_owned() } else { date_tr(day) }
}

fn dated_columns<'a>(t: &'a Texts, first: &'static str) -> Vec<Column<'a>> {
    vec![
        Column::new(t.get(first)),
        Column::new(t.get("dated-from")),
        Column::new(t.get("dated-to")),
        Column::new(t.get("students-status")),
    ]
}

fn dated_names<'a>(t: &'a Texts, names: &'a [DatedName], today: Date) -> Table<'a> {
    let rows = names
        .iter()
        .map(|n| {
            vec![
                Cell::text(n.name.tr.as_str()).note(n.name.en.as_str()),
                Cell::text(from_day(t, n.valid_from)).class("nw"),
                Cell::text(n.valid_to.map(date_tr).unwrap_or_default()).class("nw"),
                Cell::tag(standing(t, n.valid_from, n.valid_to, today)),
            ]
        })
        .collect();
    Table {
        columns: dated_columns(t, "dated-name"),
        rows,
        empty: Empty::new("unit", t.get("units-no-name"), t.get("units-no-name-text")),
        ..Table::default()
    }
}

fn appointments<'a>(t: &'a Texts, page: &'a UnitPage, today: Date, base: &str) -> Table<'a> {
    let mut columns = vec![Column::new(t.get("units-office"))];
    columns.extend(dated_columns(t, "units-who"));
    columns.push(Column::quiet(t.get("own-session-act")));
    let is_over = |a: &Appointment| a.ends_on.is_some_and(|end| end <= today);
    let mut all: Vec<&Appointment> = page.appointments.iter().collect();
    all.sort_by_key(|a| (is_over(a), rank(a.office), std::cmp::Reverse(a.starts_on)));
    let rows = all
        .into_iter()
        .map(|a| {
            let is_over = is_over(a);
            let act = if page.may_change && !is_over {
                vec![
                    Button::link(t.get("units-end"), format!("{base}/gorev/{}", a.id))
                        .small()
                        .about(a.who.as_str()),
                ]
            } else {
                Vec::new()
            };
            vec![
                Cell::text(t.variant("office", a.office.code())).class("nw"),
                Cell::text(a.who.as_str()),
                Cell::text(date_tr(a.starts_on)).class("nw"),
                Cell::text(a.ends_on.map(date_tr).unwrap_or_default()).class("nw"),
                Cell::tag(standing(t, a.starts_on, a.ends_on, today)),
                Cell::buttons(act),
            ]
        })
        .collect();
    Table {
        columns,
        rows,
        empty: Empty::new("users", t.get("units-no-office"), t.get("units-no-office-text")),
        ..Table::default()
    }
}

fn codes<'a>(t: &'a Texts, own: &'a str, codes: &'a [DatedCode], today: Date) -> Part<'a> {
    let mut facts = vec![Fact::text(t.get("units-code"), own)];
    for code in codes {
        let mut note = Vec::new();
        if code.valid_from > today {
            note.push(t.fmt("dated-since", &[("date", &date_tr(code.valid_from))]));
        }
        if let Some(end) = code.valid_to {
            note.push(t.fmt("dated-until", &[("date", &date_tr(end))]));
        }
        let fact = Fact::text(t.variant("code-system", code.system.code()), code.code.as_str());
        facts.push(fact.with_note(note.join(" · ")));
    }
    Part::Facts(facts)
}

// One programme ---------------------------------------------------------------------------------------

/// Which version of the curriculum is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Version {
    surum: String,
}

/// `GET /programlar/{kod}`.
pub async fn programme(ctx: Ctx, Path(code): Path<String>, Query(version): Query<Version>) -> Answer {
    let page =
        institution::show_programme(ctx.office(), ctx.actor(), code, version.surum.parse().ok()).await?;
    let t = ctx.t();
    let lang = t.lang();
    let today = ctx.office().today();
    let programme = &page.programme;
    let mut facts = vec![
        Fact::text(t.get("programme-level"), t.variant("level", programme.level.code())),
        Fact::text(t.get("programme-terms"), programme.terms.to_string()),
        Fact::text(t.get("programme-language"), language(t, &programme.language)),
    ];
    if let Some(unit) = page.above.last() {
        facts.push(Fact::new(
            t.get("shell-unit"),
            Value::Link(Link::new(words::unit(unit, lang), unit_href(&unit.code))),
        ));
    }
    let mut crumbs = crumbs(t, &page.above);
    let name = programme_name(programme, lang);
    crumbs.push(Link::new(name, ""));
    let mut main: Vec<Card<'_>> = page.terms.iter().map(|term| term_card(t, term)).collect();
    if main.is_empty() {
        let empty = Empty::new("book", t.get("programme-no-courses"), t.get("programme-no-courses-text"));
        main.push(Card::new("dersler", t.get("programme-courses"), Part::Empty(empty)));
    }
    let mut own_codes =
        Card::new("kodlar", t.get("units-codes"), codes(t, &programme.code, &page.codes, today));
    let mut names = Card::new(
        "adlar",
        t.get("dated-names"),
        Part::Facts(page.names.iter().map(|n| name_fact(t, n)).collect()),
    );
    if page.may_change {
        let base = programme_href(&programme.code);
        own_codes =
            own_codes.button(Button::link(t.get("programme-set-code"), format!("{base}/kod")).icon("edit"));
        names = names.button(Button::link(t.get("programme-rename"), format!("{base}/ad")).icon("edit"));
    }
    let frame = ctx.frame(name);
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs,
        heading: name.into(),
        lead: match &page.shown {
            Some(shown) => format!("{} · {}", version_text(t, shown), t.get("course-hours-text")).into(),
            None => "".into(),
        },
        buttons: vec![
            Button::link(t.get("programme-students"), format!("/ogrenciler?program={}", programme.id))
                .icon("users")
                .weight(Weight::Plain),
        ]
        .into_iter()
        .filter(|_| ctx.actor().may(services::Action::FindStudents))
        .collect(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: versions(t, &page.versions, page.shown.as_ref(), &programme.code),
        main,
        side: vec![Card::new("program", t.get("programme-facts"), Part::Facts(facts)), own_codes, names],
    };
    ctx.html(&view)
}

/// A dated name for the narrow column.
fn name_fact<'a>(t: &'a Texts, name: &'a DatedName) -> Fact<'a> {
    let until = name.valid_to.map(|day| t.fmt("dated-until", &[("date", &date_tr(day))]));
    let note = until.map_or_else(|| name.name.en.clone(), |until| format!("{} · {until}", name.name.en));
    Fact::text(from_day(t, name.valid_from), name.name.tr.as_str()).with_note(note)
}

fn language<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match Lang::from_code(code) {
        Some(lang) => t.variant("language", lang.code()),
        None => code,
    }
}

fn version_text(t: &Texts, version: &CurriculumVersion) -> String {
    t.fmt(
        "programme-version",
        &[("version", &version.version.to_string()), ("year", &version.effective_year.to_string())],
    )
}

fn versions<'a>(
    t: &'a Texts,
    all: &[CurriculumVersion],
    shown: Option<&CurriculumVersion>,
    code: &str,
) -> Vec<Tab<'a>> {
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter()
        .map(|version| Tab {
            label: version_text(t, version).into(),
            href: format!("{}?surum={}", programme_href(code), version.version).into(),
            count: "".into(),
            current: shown == Some(version),
        })
        .collect()
}

fn term_card<'a>(t: &'a Texts, term: &'a CurriculumTerm) -> Card<'a> {
    let lang = t.lang();
    let rows = term
        .lines
        .iter()
        .map(|line| {
            let elective = if line.kind == CourseKind::Elective { t.get("mark-elective") } else { "" };
            vec![
                Cell::text(line.facts.code.as_str()).class("nw"),
                Cell::text(line.facts.name.of(lang)).note(elective),
                Cell::text(format!("{}+{}", line.facts.theory, line.facts.practice)).class("r"),
                Cell::text(line.credit.text(lang)).class("r"),
                Cell::text(line.ects.text(lang)).class("r"),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::new(t.get("marks-code")),
            Column::new(t.get("marks-course")),
            Column::number(t.get("course-hours")),
            Column::number(t.get("course-credit")),
            Column::number(t.get("marks-ects")),
        ],
        rows,
        form: TableForm::Plan,
        ..Table::default()
    };
    let title = t.fmt("student-term-no", &[("no", &term.term_no.to_string())]);
    Card::new(format!("y{}", term.term_no), title, Part::Table(table))
}
