//! The start page: what waits, what there is by now, and for students their own record.

use base::time::{Date, Timestamp, date_time_tr, date_tr};
use domain::{
    accounts::AccountStatus, enrolments::EnrolmentStatus, papers::DayBasis, student_file::TermFacts,
};
use services::{
    Action, ServiceError,
    first_day::{self, Study},
    orientation::unopened_invitations,
    start::{self, Advisees, AwaitedPaper, OwnRecord, Papers, Start},
};
use storage::{documents::Document, figures::OpenJob, search::StudentRow};

use crate::{
    audit_words,
    components::{Button, Column, Empty, Fact, Figure, Link, Note, State, Tag, Value},
    ctx::Ctx,
    fault::{Answer, Fault},
    pages::{audit, registration_figures::registration_summary},
    texts::Texts,
    url::Params,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table},
        start::{SideCard, StartPage, WorkGroup, WorkItem},
    },
    words,
};

/// `GET /`.
pub async fn get(ctx: Ctx) -> Answer {
    let unit = ctx.work_unit().await.map(|unit| unit.id);
    let start = start::open_start(ctx.office(), ctx.actor(), unit).await?;
    let lead = lead(ctx.t(), ctx.office().today(), ctx.workplace().await.term.as_ref());
    let is_student = start.own.is_some() && start.students.is_none() && start.advisees.is_none();
    if is_student {
        own_page(&ctx, &start, lead).await
    } else if start.students.is_none() && (start.advisees.is_some() || start.accounts.is_some())
        || start.log.is_some() && start.missing.is_none()
    {
        lists_page(&ctx, &start, lead).await
    } else {
        work_page(&ctx, &start, lead).await
    }
}

/// "12.10.2026 Pazartesi · güz döneminin 4. haftası".
fn lead(t: &Texts, today: Date, term: Option<&TermFacts>) -> String {
    let day = format!(
        "{} {}",
        date_tr(today),
        t.variant("weekday", &today.weekday().to_monday_one_offset().to_string())
    );
    let Some(term) = term.filter(|term| today <= term.ends_on) else { return day };
    let week = (today - term.starts_on).get_days() / 7 + 1;
    let season = t.variant("season-of", term.season.code());
    format!("{day} · {}", t.fmt("start-week", &[("season", season), ("week", &week.to_string())]))
}

/// "Günaydın, Selma Tunalı".
fn greeting(t: &Texts, now: Timestamp, name: &str) -> String {
    // Hours of the office's day, from its own clock.
    let hour: u8 = date_time_tr(now)
        .rsplit(' ')
        .next()
        .and_then(|time| time.split('.').next()?.parse().ok())
        .unwrap_or(12);
    let key = match hour {
        5..=11 => "start-morning",
        12..=17 => "start-day",
        _ => "start-evening",
    };
    t.fmt(key, &[("name", name)])
}

// What waits ------------------------------------------------------------------------------------------

async fn work_page(ctx: &Ctx, start: &Start, lead: String) -> Answer {
    let t = ctx.t();
    let frame = ctx.frame(t.get(if ctx.reads_own() { "nav-begin" } else { "start-title" }));
    let mut shell = ctx.shell("").await;
    shell.counter_in_page = shell.counter;
    let today = ctx.office().today();
    let (waiting, work) = waiting_work(t, start, today);
    let view = StartPage {
        t,
        frame: &frame,
        shell: &shell,
        greeting: greeting(t, ctx.office().now(), &ctx.actor().display_name).into(),
        lead: lead.into(),
        next: None,
        figures: figures(t, start, &date_tr(today)),
        registration_summary: registration_summary(ctx).await?,
        waiting: waiting.into(),
        kinds: Vec::new(),
        work,
        empty: nothing_waits(ctx, start),
        more: None,
        side: side(t, start),
    };
    ctx.html(&view)
}

/// What waits for the office: provisional registrations to decide about, papers that students still owe.
fn waiting_work<'a>(t: &'a Texts, start: &'a Start, today: Date) -> (String, Vec<WorkGroup<'a>>) {
    let overdue = start.overdue.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (total, papers) = start.missing.as_ref().map_or((0, &[][..]), |(total, papers)| (*total, papers));
    let owed = usize::try_from(total).unwrap_or(0);
    let mut groups = Vec::new();
    if overdue > 0 {
        groups.push(WorkGroup {
            title: t.count("start-overdue-group", overdue).into(),
            items: vec![overdue_item(t, overdue)],
        });
    }
    if owed > 0 {
        groups.push(WorkGroup {
            title: t.count("start-missing-group", owed).into(),
            items: papers.iter().map(|awaited| missing_item(t, awaited, today)).collect(),
        });
    }
    let all = overdue + owed;
    (if all == 0 { String::new() } else { t.count("number", all) }, groups)
}

fn overdue_item(t: &Texts, n: usize) -> WorkItem<'_> {
    let title = t.get("start-overdue");
    WorkItem {
        due: Tag::no(t.get("start-overdue-due")),
        title: title.into(),
        who: t.count("start-overdue-who", n).into(),
        who_note: "".into(),
        ground: None,
        promise: t.variant("day-basis", DayBasis::Provisional.code()).into(),
        button: Some(Button::link(t.get("act-open"), "/kayit/geciken").small().about(title)),
    }
}

fn missing_item<'a>(t: &'a Texts, awaited: &'a AwaitedPaper, today: Date) -> WorkItem<'a> {
    let paper = &awaited.paper;
    let name = paper.description.clone().filter(|d| !d.is_empty());
    let name = name.unwrap_or_else(|| t.variant("paper", paper.kind.code()).to_owned());
    let due = match awaited.due {
        None => Tag::na(t.get("start-due-none")),
        Some((day, _)) if day < today => Tag::no(t.fmt("start-due-over", &[("date", &date_tr(day))])),
        Some((day, _)) if day == today => Tag::ask(t.get("start-due-today")),
        Some((day, _)) => Tag::time(date_tr(day)),
    };
    WorkItem {
        due,
        title: t.fmt("start-missing", &[("paper", &name)]).into(),
        who: format!("{} {}", paper.given_name, paper.surname).into(),
        who_note: paper.number.as_str().into(),
        ground: None,
        promise: awaited
            .due
            .map(|(_, basis)| t.variant("day-basis", basis.code()))
            .unwrap_or_default()
            .into(),
        button: Some(
            Button::link(t.get("act-open"), format!("/ogrenci/{}#evrak", paper.number))
                .small()
                .about(paper.number.as_str()),
        ),
    }
}

fn nothing_waits<'a>(ctx: &'a Ctx, start: &Start) -> Empty<'a> {
    let t = ctx.t();
    let text = if start.missing.is_some() {
        "start-empty-text"
    } else if ctx.actor().may(Action::FindStudents) {
        "start-empty-find"
    } else if ctx.reads_own() {
        "start-empty-applicant"
    } else {
        "start-empty-board"
    };
    Empty::new("check", t.get("start-empty"), t.get(text))
}

fn sum<S: Copy>(counts: &[(S, i64)], wanted: impl Fn(S) -> bool) -> i64 {
    counts.iter().filter(|(status, _)| wanted(*status)).map(|(_, n)| *n).sum()
}

/// A number with the thousands separator of the language.
fn number(t: &Texts, n: i64) -> String {
    t.count("number", usize::try_from(n).unwrap_or(0))
}

fn figure<'a>(
    t: &'a Texts,
    n: i64,
    label: &'a str,
    href: impl Into<crate::components::Str<'a>>,
) -> Figure<'a> {
    Figure { number: number(t, n).into(), label: label.into(), href: href.into() }
}

/// The counts; `day` is today, as the filters of lists write it.
fn figures<'a>(t: &'a Texts, start: &Start, day: &str) -> Vec<Figure<'a>> {
    let mut figures = Vec::new();
    if let Some(students) = &start.students {
        for (status, key) in
            [(EnrolmentStatus::Active, "start-active"), (EnrolmentStatus::OnLeave, "start-on-leave")]
        {
            let n = sum(students, |s| s == status);
            figures.push(figure(t, n, t.get(key), format!("/ogrenciler?durum={}", status.code())));
        }
    }
    if let Some(papers) = &start.papers {
        let today = Params::new("/belgeler").with("ilk", day).with("son", day).to_string();
        figures.push(figure(t, papers.issued_today, t.get("start-issued-today"), today));
        figures.push(figure(t, papers.preparing, t.get("start-preparing"), "/belgeler?durum=preparing"));
    }
    if let Some((missing, _)) = &start.missing {
        figures.push(figure(
            t,
            *missing,
            t.get("start-missing-papers"),
            if *missing > 0 { "#is" } else { "" },
        ));
    }
    if let Some(jobs) = &start.jobs {
        figures.push(figure(
            t,
            i64::try_from(jobs.len()).unwrap_or(0),
            t.get("start-jobs"),
            if jobs.is_empty() { "" } else { "#suren-isler" },
        ));
    }
    figures
}

fn side<'a>(t: &'a Texts, start: &'a Start) -> Vec<SideCard<'a>> {
    let mut side = Vec::new();
    if let Some(papers) = &start.papers {
        side.push(latest_papers(t, papers));
    }
    if let Some(jobs) = &start.jobs {
        side.push(running_jobs(t, jobs));
    }
    if let Some(advisees) = &start.advisees {
        side.push(SideCard {
            id: "danismanlik".into(),
            title: t.get("start-advisees").into(),
            facts: advisees
                .first
                .iter()
                .map(|row| {
                    Fact::link(row.number.as_str(), full_name(row), format!("/ogrenci/{}", row.number))
                })
                .collect(),
            empty: t.get("start-advisees-none").into(),
            more: Some(Link::new(t.get("start-all"), "/ogrenciler")),
        });
    }
    side
}

fn latest_papers<'a>(t: &'a Texts, papers: &'a Papers) -> SideCard<'a> {
    SideCard {
        id: "son-belgeler".into(),
        title: t.get("start-latest").into(),
        facts: papers
            .latest
            .iter()
            .map(|d| {
                let about = if d.holder.is_empty() { d.unit.of(t.lang()) } else { d.holder.as_str() };
                let text = format!("{}, {about}", t.variant("document", &d.kind));
                Fact::link(d.number.to_string(), text, format!("/belge/{}", d.id))
                    .with_state(words::document_status(t, d.status))
                    .with_note(date_time_tr(d.issued_at))
            })
            .collect(),
        empty: t.get("start-latest-none").into(),
        more: Some(Link::new(t.get("start-all"), "/belgeler")),
    }
}

fn running_jobs<'a>(t: &'a Texts, jobs: &'a [OpenJob]) -> SideCard<'a> {
    SideCard {
        id: "suren-isler".into(),
        title: t.get("start-running").into(),
        facts: jobs
            .iter()
            .map(|job| {
                let state = t.variant("job", if job.is_running { "running" } else { "waiting" });
                let text = format!(
                    "{}, {} / {}",
                    t.variant("job", &job.kind),
                    number(t, job.ended),
                    number(t, job.total)
                );
                let page = if job.kind == "registration" { "/kayit/e-kayit" } else { "/is" };
                Fact::link(state, text, format!("{page}/{}", job.id)).with_note(date_time_tr(job.created_at))
            })
            .collect(),
        empty: t.get("start-running-none").into(),
        more: None,
    }
}

fn full_name(row: &StudentRow) -> String {
    format!("{} {}", row.given_name, row.surname)
}

// Lists: advisors, auditors, administrators -------------------------------------------------------------

async fn lists_page(ctx: &Ctx, start: &Start, lead: String) -> Answer {
    let t = ctx.t();
    let frame = ctx.frame(t.get("start-title"));
    let mut shell = ctx.shell("").await;
    shell.counter_in_page = shell.counter;
    let mut main = Vec::new();
    let mut figures = figures(t, start, &date_tr(ctx.office().today()));
    if let Some(advisees) = &start.advisees {
        main.push(advisees_card(t, advisees));
        if start.students.is_none() {
            let open = sum(&advisees.by_status, EnrolmentStatus::is_open);
            figures.push(figure(t, open, t.get("start-advisees-open"), "/ogrenciler"));
        }
    }
    if let Some(accounts) = &start.accounts {
        for (status, key) in [
            (AccountStatus::Active, "start-accounts-active"),
            (AccountStatus::Invited, "start-accounts-invited"),
            (AccountStatus::Locked, "start-accounts-locked"),
        ] {
            let n = sum(&accounts.by_status, |s| s == status);
            figures.push(figure(t, n, t.get(key), format!("/hesaplar?durum={}", status.code())));
        }
        main.push(locked_card(t, accounts));
    }
    if let Some(log) = &start.log {
        let card =
            Card::new("denetim", t.get("start-log"), Part::Table(audit::table(t, &log.lines, &log.names)));
        main.push(card.aside(t.get("start-all"), "/denetim"));
    }
    let side = start.papers.as_ref().map(|papers| card_of(latest_papers(t, papers))).into_iter().collect();
    let greeting = greeting(t, ctx.office().now(), &ctx.actor().display_name);
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: shell.counter,
        crumbs: Vec::new(),
        heading: greeting.into(),
        lead: lead.into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures,
        tabs: Vec::new(),
        main,
        side,
    };
    ctx.html(&view)
}

fn card_of(card: SideCard<'_>) -> Card<'_> {
    let part = if card.facts.is_empty() {
        Part::Empty(Empty::new("doc", card.empty, ""))
    } else {
        Part::Facts(card.facts)
    };
    let made = Card::new(card.id, card.title, part);
    match card.more {
        Some(link) => made.aside(link.text, link.href),
        None => made,
    }
}

fn advisees_card<'a>(t: &'a Texts, advisees: &'a Advisees) -> Card<'a> {
    let rows = advisees
        .first
        .iter()
        .map(|row| {
            let programme = if t.lang() == base::lang::Lang::Tr {
                row.programme_tr.as_str()
            } else {
                row.programme_en.as_str()
            };
            vec![
                Cell::text(row.number.as_str()).class("num"),
                Cell::link(full_name(row), format!("/ogrenci/{}", row.number)),
                Cell::text(programme),
                Cell::text(row.class_year.to_string()).class("r"),
                Cell::text(row.agno.as_deref().map(|a| words::decimal(t.lang(), a)).unwrap_or_default())
                    .class("r"),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::new(t.get("students-number")),
            Column::new(t.get("students-name")),
            Column::new(t.get("students-programme")),
            Column::number(t.get("students-class")),
            Column::number(t.get("students-agno")),
        ],
        rows,
        empty: Empty::new("users", t.get("start-advisees-none"), t.get("start-advisees-none-text")),
        ..Table::default()
    };
    Card::new("danismanlik", t.get("start-advisees"), Part::Table(table))
        .aside(t.get("start-all"), "/ogrenciler")
}

fn locked_card<'a>(t: &'a Texts, accounts: &'a start::Accounts) -> Card<'a> {
    let rows = accounts
        .locked
        .iter()
        .map(|line| {
            vec![
                Cell::link(line.account.display_name.as_str(), format!("/hesaplar/{}", line.account.id)),
                Cell::text(line.account.user_name.as_str()).class("num"),
                Cell::text(words::roles(
                    t,
                    line.roles.iter().map(|held| (held.role, held.unit_code.as_str())),
                )),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::new(t.get("accounts-name")),
            Column::new(t.get("accounts-user")),
            Column::new(t.get("accounts-roles")),
        ],
        rows,
        empty: Empty::new("check", t.get("start-empty"), t.get("start-locked-none")),
        ..Table::default()
    };
    Card::new("kilitli", t.get("start-locked"), Part::Table(table)).aside(t.get("start-all"), "/hesaplar")
}

// Students and graduates --------------------------------------------------------------------------------

async fn own_page(ctx: &Ctx, start: &Start, lead: String) -> Answer {
    let t = ctx.t();
    let frame = ctx.frame(t.get("nav-own"));
    let shell = ctx.shell("").await;
    let greeting = greeting(t, ctx.office().now(), &ctx.actor().display_name);
    let (main, side) = start.own.as_ref().map(|own| own_cards(t, own)).unwrap_or_default();
    let notes = own_notes(ctx).await?;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: greeting.into(),
        lead: lead.into(),
        buttons: Vec::new(),
        notes,
        figures: Vec::new(),
        tabs: Vec::new(),
        main,
        side,
    };
    ctx.html(&view)
}

/// What waits for a student: things still missing from the registration, and invitations not opened yet.
async fn own_notes(ctx: &Ctx) -> Result<Vec<Note<'_>>, Fault> {
    let (t, mut notes) = (ctx.t(), Vec::new());
    if !ctx.actor().may(Action::KeepOwnRecord) {
        return Ok(notes);
    }
    let studies = match first_day::open_first_day(ctx.office(), ctx.actor()).await {
        Ok(day) => day.studies,
        Err(ServiceError::NotFound) => Vec::new(),
        Err(other) => return Err(other.into()),
    };
    let waits = |study: &Study| {
        !study.missing.is_empty()
            || !study.obstacles.is_empty()
            || study.notice_unread
            || study.provisional_until.is_some()
    };
    if studies.iter().any(waits) {
        let note = Note::new(State::Ask, t.get("start-first-day"), t.get("start-first-day-text"));
        notes.push(note.with_link(t.get("first-day-title"), "/ilk-gun"));
    }
    for name in unopened_invitations(ctx.office(), ctx.actor()).await? {
        let text = t.fmt("start-invited-text", &[("name", name.of(t.lang()))]);
        let note = Note::new(State::Info, t.get("start-invited"), text);
        notes.push(note.with_link(t.get("start-invited-open"), "/oryantasyon/benim"));
    }
    Ok(notes)
}

fn own_cards<'a>(t: &'a Texts, own: &'a OwnRecord) -> (Vec<Card<'a>>, Vec<Card<'a>>) {
    let lang = t.lang();
    let enrolments = own
        .enrolments
        .iter()
        .rev()
        .map(|(enrolment, programme)| {
            vec![
                Cell::link(programme.of(lang), format!("/ogrenci/{}", enrolment.number))
                    .note(enrolment.number.as_str()),
                Cell::text(t.fmt("student-class-value", &[("class", &enrolment.class_year.to_string())])),
                Cell::tag(words::status(t, enrolment.status))
                    .note(t.fmt("student-since", &[("date", &date_tr(enrolment.status_since))])),
            ]
        })
        .collect();
    let enrolments = Table {
        columns: vec![
            Column::new(t.get("student-enrolment-programme")),
            Column::new(t.get("students-class")),
            Column::new(t.get("student-enrolment-status")),
        ],
        rows: enrolments,
        empty: Empty::new("cap", t.get("start-own-none"), t.get("start-own-none-text")),
        ..Table::default()
    };
    let documents = Table {
        columns: vec![
            Column::new(t.get("student-issued-kind")),
            Column::new(t.get("student-issued-date")),
            Column::new(t.get("student-issued-state")),
            Column::new(t.get("document-code")),
        ],
        rows: own.documents.iter().map(|d| own_document(t, d)).collect(),
        empty: Empty::new("doc", t.get("start-own-papers-none"), t.get("start-own-papers-none-text")),
        ..Table::default()
    };
    let contact = |key: &'static str, value: &'a Option<String>| {
        Fact::text(t.get(key), value.as_deref().unwrap_or_default())
    };
    let email = own.contact.email.as_deref().map_or(Value::Missing, |email| Value::Mail(email.into()));
    let contact = vec![
        Fact::new(t.get("contact-email"), email),
        contact("contact-phone", &own.contact.phone),
        contact("contact-address", &own.contact.address),
    ];
    let contact = Card {
        id: "iletisim".into(),
        title: t.get("student-contact").into(),
        parts: vec![
            Part::Facts(contact),
            Part::Note(
                Note::new(State::Info, t.get("start-own-contact"), t.get("start-own-contact-text"))
                    .with_link(t.get("start-own-contact-change"), "/ilk-gun/iletisim"),
            ),
        ],
        ..Card::default()
    };
    let looks = if own.looks.is_empty() {
        Part::Empty(Empty::new("eye", t.get("start-own-looks-none"), ""))
    } else {
        Part::Facts(
            own.looks
                .iter()
                .map(|line| {
                    let who = if line.who.is_empty() { t.get("audit-nobody") } else { line.who.as_str() };
                    Fact::text(date_time_tr(line.at), who).with_note(audit_words::act_of(t, line))
                })
                .collect(),
        )
    };
    (
        vec![
            Card::new("ogrenimler", t.get("student-enrolments"), Part::Table(enrolments)),
            Card::new("belgeler", t.get("student-issued"), Part::Table(documents)),
        ],
        vec![
            contact,
            Card::new("bakanlar", t.get("own-looks"), looks).aside(t.get("start-all"), "/hesabim/bakanlar"),
        ],
    )
}

fn own_document<'a>(t: &'a Texts, d: &'a Document) -> Vec<Cell<'a>> {
    let kind = format!("{} ({})", t.variant("document", &d.kind), t.variant("language", d.lang.code()));
    let code = d
        .code
        .parse::<domain::documents::VerificationCode>()
        .map(|code| code.to_string())
        .unwrap_or_default();
    vec![
        Cell::link(kind, format!("/belge/{}", d.id)).note(d.number.to_string()),
        Cell::text(date_tr(d.issued_on)).class("nw"),
        Cell::tag(words::document_status(t, d.status)),
        if words::document_status(t, d.status).state == State::Ok {
            Cell::text(code).class("code")
        } else {
            Cell::text("")
        },
    ]
}
