//! The papers that a candidate brings: the tick list, and what its form sends.

use axum::extract::{Path, Query};
use base::{
    ids::CandidateId,
    time::{Date, date_tr, local_date},
};
use domain::{
    papers::{Doubt, Due, Need, PaperKind, PaperLine, PaperStanding, PaperState, RequiredPaper},
    registration::CandidateState,
};
use regulations::{Citation, Stage};
use services::{
    Action, ServiceError,
    registration::{self, OpenedCandidate, TickPapers, TickedPaper},
};

use super::{
    DeskParams,
    candidate::{Sent, show},
};
use crate::{
    components::{
        Ground, Tag,
        form::{Choice, Field, Tokens},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::student_forms::{Form, Outcome},
    texts::Texts,
    views::registration::{PaperTick, PapersForm},
    words,
};

/// The card of papers; read alone for whoever may not tick, and for candidates who are gone.
pub(super) fn card<'a>(
    ctx: &'a Ctx,
    s: &'a OpenedCandidate,
    sent: &Sent<'a>,
    action: String,
) -> PapersForm<'a> {
    let t = ctx.t();
    let may = s.may.contains(&Action::RegisterCandidates) && !is_gone(s);
    let lines = &s.desk.papers.lines;
    let is_unrecorded = |line: &&PaperLine| line.held.is_none();
    let listed = |kind: PaperKind| lines.iter().any(|line| line.kind == kind) || kind == PaperKind::Other;
    PapersForm {
        action: if may { action.into() } else { "".into() },
        tokens: Tokens { csrf: ctx.csrf().into(), once: "".into() },
        lines: lines.iter().map(|line| tick(t, s, line, sent)).collect(),
        has_missing: lines.iter().any(|line| line.standing == PaperStanding::Missing),
        has_questions: lines.iter().filter(is_unrecorded).any(depends),
        others: std::iter::once(Choice::new("", t.get("desk-paper-other")))
            .chain(
                PaperKind::ALL
                    .iter()
                    .filter(|kind| !listed(**kind))
                    .map(|kind| Choice::new(kind.code(), t.variant("paper", kind.code()))),
            )
            .collect(),
        note: if s.desk.papers.coverage == domain::papers::Coverage::NoList {
            t.get("desk-papers-no-list").into()
        } else {
            "".into()
        },
    }
}

fn is_gone(s: &OpenedCandidate) -> bool {
    matches!(s.candidate.state, CandidateState::Renounced | CandidateState::Lapsed)
}

/// Whether a paper is a question because of a condition that the clerk can answer.
fn depends(line: &PaperLine) -> bool {
    line.standing == PaperStanding::ToAsk
        && line.required.as_ref().is_some_and(
            |asked| matches!(&asked.need, Need::Ask(Doubt { conditions, .. }) if !conditions.is_empty()),
        )
}

fn tick<'a>(t: &'a Texts, s: &'a OpenedCandidate, line: &'a PaperLine, sent: &Sent<'a>) -> PaperTick<'a> {
    let code = line.kind.code();
    let held = line.held.and_then(|place| s.desk.held.get(place));
    let there = matches!(line.standing, PaperStanding::Held | PaperStanding::Waived);
    let asked = line.required.as_ref().filter(|_| !there);
    let now =
        sent.paper(&format!("durum-{code}"), || held.map(|p| p.state.code()).unwrap_or_default().to_owned());
    let day = || held.and_then(|p| p.due_on).map(date_tr).unwrap_or_default();
    let why = || held.and_then(|p| p.reason.clone()).unwrap_or_default();
    let (due, reason) = (format!("son-{code}"), format!("neden-{code}"));
    let error = |field: &str| sent.paper_error(field, code);
    let choices = std::iter::once(Choice::new("", t.get("desk-paper-unticked")).chosen(now.is_empty()))
        .chain(PaperState::ALL.iter().map(|state| {
            Choice::new(state.code(), t.variant("paper-state", state.code())).chosen(state.code() == now)
        }))
        .collect();
    PaperTick {
        code,
        name: held
            .and_then(|paper| paper.description.as_deref())
            .filter(|words| !words.is_empty())
            .unwrap_or_else(|| t.variant("paper", code))
            .into(),
        is_fixed: line.kind == PaperKind::Other,
        note: note(t, s, line, asked).into(),
        by: held
            .map(|p| {
                let mut by = format!("{} · {}", p.noted_by, date_tr(local_date(p.noted_at)));
                if let Some(day) = p.returned_on {
                    by.push_str(" · ");
                    let who = p.returned_to.as_deref().unwrap_or_default();
                    let gave = p.returned_by.as_deref().unwrap_or_default();
                    let day = date_tr(day);
                    by.push_str(&t.fmt("desk-paper-returned", &[("date", &day), ("who", who), ("by", gave)]));
                }
                by
            })
            .unwrap_or_default()
            .into(),
        grounds: asked.map(|asked| grounds(t, asked)).unwrap_or_default(),
        state: match held {
            Some(paper) if paper.returned_on.is_some() => Tag::na(t.get("desk-paper-back")),
            Some(paper) => words::paper_state(t, paper.state),
            None => standing(t, line.standing),
        },
        choices,
        due: Field::new(due.clone(), t.get("desk-paper-due"))
            .hint(t.get("form-date-pattern"))
            .value(sent.paper(&due, day))
            .error(error("due_on"))
            .optional()
            .max(10),
        reason: Field::new(reason.clone(), t.get("desk-paper-reason"))
            .value(sent.paper(&reason, why))
            .error(error("reason"))
            .optional()
            .max(200),
    }
}

fn standing(t: &Texts, standing: PaperStanding) -> Tag<'_> {
    let word = t.variant("paper-standing", standing.code());
    match standing {
        PaperStanding::Missing => Tag::no(word),
        PaperStanding::ToAsk => Tag::ask(word),
        PaperStanding::Held => Tag::ok(word),
        PaperStanding::Waived => Tag::na(word),
    }
}

/// What is still to be said of a paper that is not there: until when, for whom, in which form.
fn note(t: &Texts, s: &OpenedCandidate, line: &PaperLine, asked: Option<&RequiredPaper>) -> String {
    let is_missing = line.standing == PaperStanding::Missing;
    let day = s.desk.last_day(&s.candidate, line).filter(|_| is_missing).map(|(day, _)| day);
    let mut out: Vec<String> = day.map(|day| until(t, s, day)).into_iter().collect();
    out.extend(asked.into_iter().flat_map(|asked| what_is_asked(t, asked, day.is_none())));
    out.join(" · ")
}

/// The last day, as it concerns somebody who waits or who is registered.
fn until(t: &Texts, s: &OpenedCandidate, day: Date) -> String {
    let key = match s.candidate.state {
        CandidateState::Waiting if s.candidate.data.e_registered_at.is_none() => "desk-paper-later-until",
        _ if day < s.today => "student-paper-over",
        _ => "student-paper-due",
    };
    t.fmt(key, &[("date", &date_tr(day))])
}

/// For whom and in which form; until when, as far as the rule alone knows it.
fn what_is_asked(t: &Texts, asked: &RequiredPaper, without_day: bool) -> Vec<String> {
    let mut out = Vec::new();
    match &asked.need {
        Need::Certain if !without_day => {}
        Need::Certain => match &asked.due {
            Due::AtOnce(Stage::Registration) => out.push(t.get("desk-paper-at-once").to_owned()),
            Due::AtOnce(Stage::Application) => out.push(t.get("student-paper-due-application").to_owned()),
            Due::Until(..) | Due::LaterUnknown(_) => out.push(t.get("student-paper-due-unknown").to_owned()),
        },
        Need::Ask(Doubt { unverified, conditions }) => {
            if !conditions.is_empty() {
                let words: Vec<&str> = conditions.iter().map(|c| t.variant("condition", c.code())).collect();
                out.push(t.fmt("student-paper-ask-condition", &[("conditions", &words.join(", "))]));
            }
            if *unverified {
                out.push(t.get("student-paper-ask-unverified").to_owned());
            }
        }
    }
    out.extend(asked.original.map(|original| t.variant("original", original.code()).to_owned()));
    out.extend(
        asked.max_age_months.map(|months| t.fmt("student-paper-age", &[("months", &months.to_string())])),
    );
    out.extend(asked.note.as_ref().map(|note| note.name(t.lang()).to_owned()));
    out
}

fn grounds<'a>(t: &Texts, asked: &RequiredPaper) -> Vec<Ground<'a>> {
    let later = match &asked.due {
        Due::Until(_, citation) | Due::LaterUnknown(citation) if asked.need == Need::Certain => {
            Some(citation)
        }
        _ => None,
    };
    std::iter::once(&asked.citation).chain(later).map(|c| Ground::named(article(t, c))).collect()
}

fn article(t: &Texts, citation: &Citation) -> String {
    if citation.mark.is_verified() {
        citation.to_string()
    } else {
        t.fmt("student-paper-unread", &[("rule", &citation.rule)])
    }
}

/// `POST /kayit/{id}/evrak`: saves the ticks. Buttons do what is usual: all that is missing was received, what only
/// some must bring is not asked from this one, or both.
pub async fn save(
    ctx: Ctx,
    Path(id): Path<CandidateId>,
    Query(params): Query<DeskParams>,
    posted: Posted,
) -> Answer {
    let opened = registration::open_candidate(ctx.office(), ctx.actor(), id).await?;
    let form = TickPapers { candidate: id, papers: ticked(&ctx, &opened, &posted) };
    match registration::tick_papers(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to(&params.at(&format!("/kayit/{id}")), "papers-ticked")),
        Err(ServiceError::Invalid(errors)) => {
            let sent = Sent { papers: Some((&posted, errors)), ..Sent::fresh(&ctx) };
            show(&ctx, &opened, &params, sent).await
        }
        Err(other) => {
            // Another long write holds the database: the page comes back as it was sent.
            let outcome = Outcome::of(other)?;
            let sent = Sent {
                form: Form::again(&ctx, &posted, outcome),
                papers: Some((&posted, Vec::new())),
                ..Sent::fresh(&ctx)
            };
            show(&ctx, &opened, &params, sent).await
        }
    }
}

fn ticked(ctx: &Ctx, s: &OpenedCandidate, posted: &Posted) -> Vec<TickedPaper> {
    let pressed = |name: &str| !posted.text(name).is_empty() || !posted.text("tamam").is_empty();
    let (all, none) = (pressed("hepsi"), pressed("istenmez"));
    let line = |kind: PaperKind| s.desk.papers.lines.iter().find(|line| line.kind == kind);
    let mut out: Vec<TickedPaper> = posted
        .all("evrak")
        .iter()
        .filter_map(|code| PaperKind::from_code(code))
        .map(|kind| {
            let code = kind.code();
            let mut paper = TickedPaper {
                kind,
                state: PaperState::from_code(posted.text(&format!("durum-{code}"))),
                due_on: posted.text(&format!("son-{code}")).to_owned(),
                reason: posted.text(&format!("neden-{code}")).to_owned(),
            };
            let is_missing = line(kind).is_some_and(|line| line.standing == PaperStanding::Missing);
            if all && is_missing && paper.state.is_none_or(|state| state == PaperState::Missing) {
                paper = TickedPaper {
                    state: Some(PaperState::Received),
                    due_on: String::new(),
                    reason: String::new(),
                    ..paper
                };
            }
            if none && paper.state.is_none() && line(kind).is_some_and(depends) {
                paper.state = Some(PaperState::Waived);
                paper.reason = ctx.t().get("desk-papers-none-reason").to_owned();
            }
            paper
        })
        .collect();
    if let Some(kind) = PaperKind::from_code(posted.text("baska"))
        && out.iter().all(|paper| paper.kind != kind)
    {
        let state = Some(PaperState::Received);
        out.push(TickedPaper { kind, state, due_on: String::new(), reason: String::new() });
    }
    out
}
