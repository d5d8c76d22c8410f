//! The page of one student.

mod papers;

use std::collections::{BTreeMap, HashSet};

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use base::{
    lang::Lang,
    number::{Coefficient, Ects},
    text::mask_identity,
    time::{Timestamp, date_time_tr, date_tr, local_date},
};
use domain::{
    documents::DocumentStatus,
    enrolments::{EnrolmentStatus, LinkKind},
    ledger::{Ground, GroundKind, LedgerKind},
    record::{Average, Record, Standing},
};
use regulations::Verdict as Answered;
use services::{
    Action as May,
    students::{
        change_photo,
        open::{self, Printable, StudentPage as Opened},
        reveal_identity,
    },
};
use storage::{documents::Document, ledger::EntryLine};

use crate::{
    components::{
        Button, Fact, Note, State, Str, Value, Weight, Why,
        form::Field,
        record::{Action, Finding, Findings, MarkRow, Outcome, Plate, TermMarks, TimelineItem, Verdict},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{documents::kind_in, institution::programme_href},
    texts::Texts,
    views::students::{EnrolmentRow, IdentityRow, IssuedRow, LeftTerm, NoteForm, NoteRow, StudentPage},
    words,
};

/// Entries of the timeline that the page shows before "all".
const TIMELINE: usize = 12;

/// `GET /ogrenci/{no}`.
pub async fn get(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let opened = open::open_student(ctx.office(), ctx.actor(), number).await?;
    show(&ctx, &opened, None, false).await
}

/// `GET /ogrenci/{no}/zaman`: the page with its whole timeline.
pub async fn timeline(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let opened = open::open_student(ctx.office(), ctx.actor(), number).await?;
    show(&ctx, &opened, None, true).await
}

/// `POST /ogrenci/{no}/kimlik-goster`: the page with the whole identity number; the look is logged first.
pub async fn reveal(ctx: Ctx, Path(number): Path<String>, _: Posted) -> Answer {
    let shown = reveal_identity::reveal_identity(ctx.office(), ctx.actor(), number.clone()).await?;
    let opened = open::open_student(ctx.office(), ctx.actor(), number).await?;
    show(&ctx, &opened, shown.map(|n| n.reveal().to_owned()), false).await
}

/// `GET /ogrenci/{no}/foto`.
pub async fn photo(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let (mime, bytes) = change_photo::open_photo(ctx.office(), ctx.actor(), number).await?;
    Ok(inert(mime, bytes, None))
}

/// Stored bytes as a download or an image that runs nothing: its own policy allows no script, no
/// style and no frame.
pub fn inert(mime: String, bytes: Vec<u8>, name: Option<&str>) -> Response {
    let disposition =
        name.map_or_else(|| "attachment".to_owned(), |n| format!("attachment; filename=\"{n}\""));
    (
        [
            (header::CONTENT_TYPE, mime),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
        ],
        bytes,
    )
        .into_response()
}

async fn show(ctx: &Ctx, s: &Opened, revealed: Option<String>, whole_timeline: bool) -> Answer {
    let t = ctx.t();
    let base = format!("/ogrenci/{}", s.enrolment.number);
    let may = |action: May| s.may.contains(&action);
    let frame = ctx.frame(s.person.identity.full_name());
    let own = ctx.reads_own();
    let mut shell = ctx.shell(if own { "" } else { "ogrenciler" }).await;
    shell.query = "".into();
    let stream = stream(t, s, &base, may(May::ReverseEntry));
    let total = stream.len();
    let shown = if whole_timeline { total } else { TIMELINE };
    let mut notices = Vec::new();
    if let Err(error) = &s.record {
        notices.push(Note::new(State::No, t.get("student-record-broken"), error.to_string()));
    }
    let view = StudentPage {
        t,
        frame: &frame,
        shell: &shell,
        plate: plate(ctx, s, &base, revealed),
        notices,
        actions_title: actions_title(t, s, own),
        actions_hint: if !own && acts(s) { t.get("student-actions-hint").into() } else { "".into() },
        actions: actions(t, s, &base, own),
        findings: None,
        timeline: stream.into_iter().take(shown).collect(),
        timeline_total: total,
        timeline_all: if total > shown { format!("{base}/zaman").into() } else { "".into() },
        marks_facts: s.record.as_ref().map(|r| marks_facts(t, r)).unwrap_or_default(),
        terms: s.record.as_ref().map(|r| terms(t, s, r)).unwrap_or_default(),
        left: left(t, s),
        enrolments: enrolments(t, s),
        papers: papers::rows(t, s, &base),
        papers_note: papers::note(t, s, &ctx.office().book),
        papers_empty: papers::empty(t, s),
        issued: s
            .documents
            .iter()
            .map(|d| IssuedRow {
                kind: kind_in(t, &d.kind, d.lang).into(),
                number: d.number.to_string().into(),
                href: format!("/belge/{}", d.id).into(),
                date: date_tr(d.issued_on).into(),
                by: d.issued_by.as_str().into(),
                state: words::document_status(t, d.status),
                buttons: if d.sha256.is_some() {
                    vec![
                        Button::link(t.get("document-open"), format!("/belge/{}/pdf", d.id))
                            .small()
                            .icon("print")
                            .about(d.number.to_string()),
                    ]
                } else {
                    Vec::new()
                },
            })
            .collect(),
        identity: identity_rows(t, s),
        contact: contact(t, s, &base),
        notes: may(May::WriteNote).then(|| {
            s.notes
                .iter()
                .map(|n| NoteRow {
                    text: n.body.as_str().into(),
                    by: format!("{} · {}", n.written_by, date_time_tr(n.written_at)).into(),
                })
                .collect()
        }),
        note_form: may(May::WriteNote).then(|| NoteForm {
            action: format!("{base}/not").into(),
            tokens: ctx.tokens(),
            field: Field::new("body", t.get("student-note")).max(2000),
        }),
    };
    ctx.html(&view)
}

fn plate<'a>(ctx: &'a Ctx, s: &'a Opened, base: &str, revealed: Option<String>) -> Plate<'a> {
    let t = ctx.t();
    let lang = t.lang();
    let who = &s.person.identity;
    let number = who.identity_no.as_ref().map(base::identity::Tckn::reveal);
    let is_hidden = revealed.is_none() && number.is_some();
    let initials: String =
        [who.given_name.chars().next(), who.surname.chars().next()].into_iter().flatten().collect();
    let mut facts = Vec::new();
    if let Ok(record) = &s.record {
        facts.push(Fact::why(
            t.get("student-agno"),
            average(t, &record.agno, "agno", t.get("student-agno-how")),
        ));
        facts.push(Fact::text(t.get("student-ects"), ects_of(t, record, s.file.programme.terms)));
    }
    facts.push(Fact::text(
        t.get("student-class"),
        t.fmt("student-class-value", &[("class", &s.enrolment.class_year.to_string())]),
    ));
    facts.push(
        Fact::text(t.get("student-entry"), date_tr(s.enrolment.entered_on))
            .with_note(t.variant("entry", s.enrolment.entry_kind.code())),
    );
    facts.push(Fact::text(t.get("student-advisor"), s.advisor.clone().unwrap_or_default()));
    facts.extend(curriculum(ctx, s));
    facts.push(Fact::text(
        t.get("student-phone"),
        s.contact.phone.as_deref().map(base::text::mask_phone).unwrap_or_default(),
    ));
    Plate {
        number: s.enrolment.number.as_str().into(),
        name: who.full_name().into(),
        programme: format!(
            "{} · {} · {}",
            s.file.programme.name.of(lang),
            t.variant("level", s.file.programme.level.code()),
            s.file.programme.faculty.of(lang)
        )
        .into(),
        identity: revealed
            .or_else(|| number.map(mask_identity))
            .map(|number| format!("{} {number}", t.get("identity-number")))
            .unwrap_or_else(|| t.get("student-no-identity").to_owned())
            .into(),
        reveal: (is_hidden && s.may.contains(&May::RevealIdentity)).then(|| {
            let label = if ctx.reads_own() { "student-reveal-own" } else { "student-reveal" };
            Button::post(t.get(label), format!("{base}/kimlik-goster")).weight(Weight::Quiet).small()
        }),
        photo: if s.person.photo.is_some() { format!("{base}/foto").into() } else { "".into() },
        initials: initials.into(),
        facts,
        status: words::status(t, s.enrolment.status),
        since: t.fmt("student-since", &[("date", &date_tr(s.enrolment.status_since))]).into(),
        ground: Some(words::ground(t, &s.enrolment.ground)),
        remark: s
            .file
            .linked_to
            .as_ref()
            .map(|(kind, main)| t.fmt(&format!("student-link-{}", kind.code()), &[("main", main)]))
            .unwrap_or_default()
            .into(),
    }
}

/// The version of the curriculum, which leads to its courses for whoever may look at programmes.
fn curriculum<'a>(ctx: &'a Ctx, s: &'a Opened) -> Option<Fact<'a>> {
    let (t, version) = (ctx.t(), s.version.as_ref()?);
    let number = version.version.to_string();
    let text = t.fmt(
        "student-curriculum-value",
        &[("version", &number), ("year", &version.effective_year.to_string())],
    );
    let label = t.get("student-curriculum");
    Some(if ctx.actor().may(May::ReadInstitution) {
        Fact::link(label, text, format!("{}?surum={number}", programme_href(&s.file.programme.code)))
    } else {
        Fact::text(label, text)
    })
}

fn ects_of(t: &Texts, record: &Record, terms: u8) -> String {
    let full = Ects::whole(u16::from(terms) * 30);
    match record.ects_earned.shown() {
        Some(earned) => format!("{} / {}", earned.text(t.lang()), full.text(t.lang())),
        None => t.get("student-withheld").to_owned(),
    }
}

/// A figure that opens to its arithmetic, or the reason why it is not stated.
fn average<'a>(t: &'a Texts, average: &Average, id: &str, title: &'a str) -> Why<'a> {
    let lang = t.lang();
    if let Some(withheld) = &average.withheld {
        return Why {
            value: t.get("student-withheld").into(),
            id: id.to_owned().into(),
            title: title.into(),
            lines: vec![t.get("student-withheld-why").into(), withheld.citation.to_string().into()],
            ground: None,
        };
    }
    let Some(shown) = average.shown else { return Why::bare("–") };
    let points = ten_thousandths(lang, average.points);
    let weight = hundredths(lang, average.weight);
    Why {
        value: shown.text(lang).into(),
        id: id.to_owned().into(),
        title: title.into(),
        lines: vec![
            t.get("student-average-how").into(),
            format!(
                "{points} / {weight} = {}",
                average
                    .fraction
                    .map(|f| f.round(5, base::number::Rounding::Truncate).text(lang))
                    .unwrap_or_default()
            )
            .into(),
            t.fmt("student-average-rounded", &[("shown", &shown.text(lang))]).into(),
        ],
        ground: None,
    }
}

fn ten_thousandths(lang: Lang, value: i64) -> String {
    hundredths(lang, value / 100)
}

fn hundredths(lang: Lang, value: i64) -> String {
    let separator = if lang == Lang::Tr { ',' } else { '.' };
    if value % 100 == 0 {
        (value / 100).to_string()
    } else {
        format!("{}{separator}{:02}", value / 100, value % 100)
    }
}

/// Whether this reader may do anything here.
fn acts(s: &Opened) -> bool {
    s.may.iter().any(|action| action.changes())
}

/// Title of what may be done; readers who do nothing here see which papers could be had. Then the title of its tab.
fn actions_title<'a>(t: &'a Texts, s: &Opened, own: bool) -> (Str<'a>, Str<'a>) {
    let (card, tab) = match (acts(s), own) {
        (_, true) => ("student-can-have", "student-can-have"),
        (true, false) => ("student-actions", "student-counter"),
        (false, false) => ("student-can-give", "student-can-give"),
    };
    (t.get(card).into(), t.get(tab).into())
}

fn actions<'a>(t: &'a Texts, s: &'a Opened, base: &str, own: bool) -> Vec<Action<'a>> {
    let may_issue = s.may.contains(&May::IssueDocument);
    let can = match (may_issue, own) {
        (true, _) => "document-can",
        (false, true) => "document-can-own",
        (false, false) => "document-can-office",
    };
    let mut out: Vec<Action<'a>> = s
        .printable
        .iter()
        .map(|p| {
            let action = printable(t, p, base, t.get(can));
            if may_issue { action } else { Action { buttons: Vec::new(), ..action } }
        })
        .collect();
    let mut offer = |action: May, key: &'static str, path: &str, letter: &'static str| {
        if s.may.contains(&action) {
            out.push(Action {
                state: State::Ok,
                title: t.variant("act", key).into(),
                note: t.variant("act-note", key).into(),
                buttons: vec![
                    Button::link(t.get("act-open"), format!("{base}/{path}"))
                        .small()
                        .key(letter)
                        .about(t.variant("act", key)),
                ],
                ..Action::default()
            });
        }
    };
    offer(May::ChangeStatus, "status", "durum", "d");
    offer(May::ChangeContact, "contact", "iletisim", "i");
    offer(May::ChangeIdentity, "identity", "kimlik", "k");
    offer(May::KeepPapers, "papers", "evrak", "e");
    offer(May::ChangePhoto, "photo", "fotograf", "f");
    if s.others.iter().any(|o| o.main.is_none()) {
        offer(May::ChangeStatus, "link", "bagla", "b");
    }
    offer(May::IssueStudentLink, "account", "hesap", "h");
    out
}

fn printable<'a>(t: &'a Texts, p: &'a Printable, base: &str, can: &'a str) -> Action<'a> {
    let key = p.kind.key;
    let title: Str<'a> = t.variant("document", key).into();
    let letter = match key {
        "student_certificate" => "o",
        "transcript" => "t",
        _ => "",
    };
    let telling =
        || p.findings.iter().filter(|f| !matches!(f.verdict, Answered::Satisfied | Answered::NotApplicable));
    let reasons: Vec<String> = telling().map(|f| finding_text(t, f)).collect();
    let grounds: Vec<_> = telling()
        .flat_map(|f| &f.citation)
        .map(|c| crate::components::Ground::named(c.to_string()))
        .collect();
    if p.findings.refuses() {
        let note = reasons.join(" ").into();
        return Action { state: State::No, title, note, grounds, ..Action::default() };
    }
    let button = |lang: Lang, hot: &'static str| {
        Button::link(
            t.variant("document-print", lang.code()),
            format!("{base}/belge/{key}?dil={}", lang.code()),
        )
        .small()
        .key(hot)
        .about(title.clone())
    };
    let note = if reasons.is_empty() { can.to_owned() } else { reasons.join(" ") };
    Action {
        state: if p.findings.needs_human() { State::Ask } else { State::Ok },
        title: title.clone(),
        note: note.into(),
        grounds,
        buttons: vec![button(Lang::Tr, letter), button(Lang::En, "")],
        ..Action::default()
    }
}

/// A finding as one sentence.
pub fn finding_text(t: &Texts, finding: &regulations::Finding) -> String {
    let args: Vec<(&str, &str)> = finding.values.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    t.fmt(&format!("finding-{}", finding.code), &args)
}

/// The panel of a document's rules.
pub fn findings_panel<'a>(
    t: &'a Texts,
    title: impl Into<Str<'a>>,
    findings: &regulations::Findings,
) -> Findings<'a> {
    Findings {
        title: title.into(),
        items: findings
            .iter()
            .map(|f| Finding {
                verdict: match f.verdict {
                    Answered::Satisfied => Verdict::Met,
                    Answered::Refuses => Verdict::NotMet,
                    Answered::Warns => Verdict::Warns,
                    Answered::NotApplicable => Verdict::NotApplicable,
                    Answered::NeedsHuman => Verdict::NeedsPerson,
                },
                title: finding_text(t, f).into(),
                compared: "".into(),
                note: "".into(),
                grounds: f.citation.iter().map(|c| crate::components::Ground::named(c.to_string())).collect(),
            })
            .collect(),
        summary: "".into(),
    }
}

/// Everything that happened, newest first: the ledger's entries, and papers issued and cancelled.
fn stream<'a>(t: &'a Texts, s: &'a Opened, base: &str, may_reverse: bool) -> Vec<TimelineItem<'a>> {
    let entries =
        s.timeline.iter().map(|e| ((e.effective_on, e.recorded_at), entry(t, e, base, may_reverse)));
    let issued = s
        .documents
        .iter()
        .filter(|d| d.status != DocumentStatus::Preparing)
        .map(|d| ((d.issued_on, d.issued_at), issued(t, d)));
    let cancelled = s
        .documents
        .iter()
        .filter(|d| d.status == DocumentStatus::Cancelled)
        .filter_map(|d| d.ended_at.map(|at| ((local_date(at), at), cancelled(t, d, at))));
    let mut all: Vec<_> = cancelled.chain(issued).chain(entries).collect();
    all.sort_by_key(|(when, _)| std::cmp::Reverse(*when));
    all.into_iter().map(|(_, item)| item).collect()
}

fn about_document<'a>(t: &'a Texts, d: &'a Document) -> TimelineItem<'a> {
    TimelineItem {
        text: format!("{} {}", kind_in(t, &d.kind, d.lang), d.number).into(),
        href: format!("/belge/{}", d.id).into(),
        ..TimelineItem::default()
    }
}

fn issued<'a>(t: &'a Texts, d: &'a Document) -> TimelineItem<'a> {
    TimelineItem {
        date: date_tr(d.issued_on).into(),
        title: t.get("timeline-issued").into(),
        note: format!("{} · {}", d.issued_by, date_time_tr(d.issued_at)).into(),
        ..about_document(t, d)
    }
}

fn cancelled<'a>(t: &'a Texts, d: &'a Document, at: Timestamp) -> TimelineItem<'a> {
    TimelineItem {
        date: date_tr(local_date(at)).into(),
        title: t.get("timeline-cancelled").into(),
        note: date_time_tr(at).into(),
        ..about_document(t, d)
    }
}

fn entry<'a>(t: &'a Texts, e: &'a EntryLine, base: &str, may_reverse: bool) -> TimelineItem<'a> {
    let title = match e.status_after {
        Some(status) if e.kind == LedgerKind::StatusChanged => {
            format!("{}: {}", t.variant("ledger", e.kind.code()), t.variant("status", status.code()))
        }
        _ => t.variant("ledger", e.kind.code()).to_owned(),
    };
    // The side text of an identity change holds former values, which the timeline does not show.
    let text = if e.kind == LedgerKind::IdentityChanged {
        String::new()
    } else {
        e.text.clone().unwrap_or_default()
    };
    let mut grounds = vec![words::ground(
        t,
        &Ground { kind: e.ground_kind, reference: e.ground_ref.clone(), dated: e.ground_on },
    )];
    let reversible = may_reverse && e.kind == LedgerKind::StatusChanged && e.reversed_by.is_none();
    if reversible {
        grounds.push(crate::components::Ground::linked(
            t.get("timeline-reverse"),
            format!("{base}/geri-al/{}", e.id),
        ));
    }
    TimelineItem {
        date: date_tr(e.effective_on).into(),
        title: title.into(),
        text: text.into(),
        href: "".into(),
        note: format!("{} · {}", e.recorded_by, date_time_tr(e.recorded_at)).into(),
        grounds,
        status: matches!(e.kind, LedgerKind::StatusChanged | LedgerKind::Enrolled),
        reversed: e.reversed_by.is_some(),
    }
}

fn marks_facts<'a>(t: &'a Texts, record: &Record) -> Vec<Fact<'a>> {
    let lang = t.lang();
    vec![
        Fact::why(t.get("student-agno"), average(t, &record.agno, "agno-notlar", t.get("student-agno-how"))),
        Fact::text(t.get("student-ects-taken"), record.ects_taken.text(lang)),
        Fact::text(
            t.get("student-ects-earned"),
            record.ects_earned.shown().map_or_else(|| t.get("student-withheld").to_owned(), |e| e.text(lang)),
        ),
    ]
}

fn terms<'a>(t: &'a Texts, s: &'a Opened, record: &Record) -> Vec<TermMarks<'a>> {
    let lang = t.lang();
    let electives: Vec<i64> = s
        .file
        .curriculum
        .iter()
        .filter(|l| l.kind == domain::programmes::CourseKind::Elective)
        .map(|l| l.course)
        .collect();
    record
        .terms
        .iter()
        .rev()
        .map(|term| {
            let taken = s.file.terms.iter().find(|x| x.term.order == term.term);
            let rows = record
                .attempts_of(term)
                .iter()
                .filter_map(|place| Some((*place, s.file.marks.get(*place)?)))
                .map(|(place, line)| {
                    let a = &line.attempt;
                    let letter = a.letter.map(|l| l.as_str().to_owned()).unwrap_or_default();
                    let standing = record.standings.get(place).copied().unwrap_or(Standing::Open);
                    let worth = s.worths.get(place).copied().flatten();
                    let mut note = Vec::new();
                    if a.number > 1 {
                        note.push(t.get("mark-repeat"));
                    }
                    if standing == Standing::Replaced {
                        note.push(t.get("mark-replaced"));
                    }
                    if electives.contains(&a.course.get()) {
                        note.push(t.get("mark-elective"));
                    }
                    MarkRow {
                        code: line.course.code.as_str().into(),
                        name: line.course.name.of(lang).into(),
                        ects: a.ects.text(lang).into(),
                        outcome: match (a.letter, worth) {
                            (None, _) => Outcome::Pending,
                            (_, Some(w)) if !w.is_final => Outcome::Pending,
                            (_, Some(w)) if !w.passes => Outcome::Failed,
                            _ => Outcome::Passed,
                        },
                        letter: letter.into(),
                        points: worth
                            .and_then(|w| w.coefficient)
                            .map(|c: Coefficient| {
                                ten_thousandths(
                                    lang,
                                    i64::from(c.hundredths()) * i64::from(a.ects.hundredths()),
                                )
                            })
                            .unwrap_or_default()
                            .into(),
                        note: note.join(", ").into(),
                    }
                })
                .collect();
            let id = format!("d{}", term.term);
            TermMarks {
                title: taken.map(|x| words::term(t, &x.term)).unwrap_or_default().into(),
                aside: taken
                    .map(|x| t.fmt("student-term-no", &[("no", &x.term_no.to_string())]))
                    .unwrap_or_default()
                    .into(),
                rows,
                ano: Some(average(t, &term.ano, &format!("ano-{id}"), t.get("student-ano-how"))),
                agno: Some(average(t, &term.agno, &format!("agno-{id}"), t.get("student-agno-how"))),
                ects: term.ects_taken.text(lang).into(),
                points: match term.ano.shown {
                    Some(_) => ten_thousandths(lang, term.ano.points).into(),
                    None => "".into(),
                },
                remark: "".into(),
                id: id.into(),
            }
        })
        .collect()
}

/// The courses of the curriculum that an open enrolment has not taken yet.
fn left<'a>(t: &'a Texts, s: &'a Opened) -> Vec<LeftTerm<'a>> {
    if !s.enrolment.status.is_open() {
        return Vec::new();
    }
    let lang = t.lang();
    let taken: HashSet<i64> = s.file.marks.iter().map(|line| line.attempt.course.get()).collect();
    let mut terms: BTreeMap<u8, Vec<MarkRow<'a>>> = BTreeMap::new();
    for line in s.file.curriculum.iter().filter(|line| !taken.contains(&line.course)) {
        let is_elective = line.kind == domain::programmes::CourseKind::Elective;
        terms.entry(line.term_no).or_default().push(MarkRow {
            code: line.facts.code.as_str().into(),
            name: line.facts.name.of(lang).into(),
            ects: line.ects.text(lang).into(),
            note: if is_elective { t.get("mark-elective").into() } else { "".into() },
            ..MarkRow::default()
        });
    }
    let title = |no: u8| t.fmt("student-term-no", &[("no", &no.to_string())]).into();
    terms.into_iter().map(|(no, rows)| LeftTerm { title: title(no), rows }).collect()
}

fn enrolments<'a>(t: &'a Texts, s: &'a Opened) -> Vec<EnrolmentRow<'a>> {
    let lang = t.lang();
    std::iter::once((&s.enrolment, true))
        .chain(s.others.iter().map(|e| (e, false)))
        .map(|(e, current)| EnrolmentRow {
            number: e.number.as_str().into(),
            href: format!("/ogrenci/{}", e.number).into(),
            current,
            programme: if current {
                s.file.programme.name.of(lang).into()
            } else {
                s.other_programmes
                    .iter()
                    .find(|(id, _)| *id == e.programme)
                    .map(|(_, n)| n.of(lang))
                    .unwrap_or_default()
                    .into()
            },
            note: match e.main {
                Some((LinkKind::DoubleMajor, _)) => t.get("link-double_major").into(),
                Some((LinkKind::Minor, _)) => t.get("link-minor").into(),
                None => "".into(),
            },
            entry: format!("{} · {}", date_tr(e.entered_on), t.variant("entry", e.entry_kind.code())).into(),
            status: words::status(t, e.status),
            since: date_tr(e.status_since).into(),
        })
        .collect()
}

fn identity_rows<'a>(t: &'a Texts, s: &'a Opened) -> Vec<IdentityRow<'a>> {
    let now = &s.person.identity;
    let was = s.registered.as_ref().unwrap_or(now);
    let change = s.timeline.iter().find(|e| e.kind == LedgerKind::IdentityChanged && e.reversed_by.is_none());
    let masked = |i: &domain::people::Identity| {
        i.identity_no.as_ref().map(|n| mask_identity(n.reveal())).unwrap_or_default()
    };
    let row = |key: &'static str, was: String, now: String| {
        let differs = was != now;
        IdentityRow {
            label: t.get(key).into(),
            registered: was.into(),
            now: if differs { now.into() } else { "".into() },
            note: if differs {
                change
                    .map(|e| format!("{} · {}", e.recorded_by, date_tr(e.effective_on)))
                    .unwrap_or_default()
                    .into()
            } else {
                "".into()
            },
            ground: change.filter(|_| differs).map(|e| {
                words::ground(
                    t,
                    &Ground { kind: e.ground_kind, reference: e.ground_ref.clone(), dated: e.ground_on },
                )
            }),
        }
    };
    vec![
        row("identity-number", masked(was), masked(now)),
        row("identity-given-name", was.given_name.clone(), now.given_name.clone()),
        row("identity-surname", was.surname.clone(), now.surname.clone()),
        row(
            "identity-sex",
            t.variant("sex", was.sex.code()).to_owned(),
            t.variant("sex", now.sex.code()).to_owned(),
        ),
        row(
            "identity-birth",
            format!("{} · {}", date_tr(was.birth_date), was.birth_place),
            format!("{} · {}", date_tr(now.birth_date), now.birth_place),
        ),
        row("identity-nationality", was.nationality.clone(), now.nationality.clone()),
    ]
}

fn contact<'a>(t: &'a Texts, s: &'a Opened, base: &str) -> Vec<Fact<'a>> {
    let text = |key: &'static str, value: &'a Option<String>| {
        Fact::text(t.get(key), value.as_deref().unwrap_or_default())
    };
    let email = s.contact.email.as_deref().map_or(Value::Missing, |email| Value::Mail(email.into()));
    let mut facts = vec![
        Fact::new(t.get("contact-email"), email),
        text("contact-phone", &s.contact.phone),
        text("contact-address", &s.contact.address),
    ];
    if s.may.contains(&May::ChangeContact) {
        facts.push(Fact::new(
            "",
            Value::Link(crate::components::Link::new(t.get("contact-change"), format!("{base}/iletisim"))),
        ));
    }
    facts
}

/// What a ground's kind is called, for selects.
pub fn ground_word(t: &Texts, kind: GroundKind) -> &str {
    t.variant("ground", kind.code())
}

/// The statuses that may follow, for the status form.
pub fn next_statuses(now: EnrolmentStatus) -> impl Iterator<Item = EnrolmentStatus> {
    EnrolmentStatus::ALL.iter().copied().filter(move |next| now.may_become(*next))
}
