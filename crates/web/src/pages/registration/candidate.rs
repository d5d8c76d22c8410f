//! The page of one candidate at the desk, and the form that registers.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
};
use base::{
    ids::CandidateId,
    lang::Lang,
    text::mask_identity,
    time::{date_time_tr, date_tr, local_date},
};
use domain::registration::{CandidateState, FeeState};
use regulations::{EntryField, Finding as Rule, Findings as Rules, Verdict as Answered};
use services::{
    Action as May, FieldError, ServiceError,
    documents::{self, IssueDocument},
    registration::{self, FeeForm, OpenedCandidate, RegisterCandidate, show_notice},
};

use super::{
    DeskParams, WORK,
    corrections::is_here,
    outcome::{binds, outcome},
    papers, programme_name, programmes,
};
use crate::{
    components::{
        Button, Fact, Ground, Link, Note, State, Str,
        form::{self, Tokens},
        record::{Action, Finding, Findings, Plate, Verdict},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::student_forms::{Form, Outcome},
    texts::Texts,
    views::registration::{CandidatePage, FeeChoice, RegisterForm},
    words,
};

/// The paper that a registration ends with.
pub(super) const CONFIRMATION: &str = "registration_confirmation";

/// What was sent to the page and comes back.
pub(super) struct Sent<'a> {
    /// Who asks.
    pub(super) ctx: &'a Ctx,
    /// The form that registers, with its errors.
    pub(super) form: Form<'a>,
    /// The form of papers, with its errors.
    pub(super) papers: Option<(&'a Posted, Vec<FieldError>)>,
    /// What stands above the page.
    pub(super) notes: Vec<Note<'a>>,
    /// What the rules said when it was refused; what they say now otherwise.
    pub(super) refused: Option<Rules>,
    /// Status of the answer.
    pub(super) status: StatusCode,
}

impl<'a> Sent<'a> {
    /// The page as it is opened.
    pub(super) fn fresh(ctx: &'a Ctx) -> Self {
        Self {
            ctx,
            form: Form::fresh(ctx),
            papers: None,
            notes: Vec::new(),
            refused: None,
            status: StatusCode::OK,
        }
    }

    /// A value of the form of papers: what was typed, or what stands.
    pub(super) fn paper(&self, name: &str, now: impl FnOnce() -> String) -> String {
        match &self.papers {
            Some((posted, _)) => posted.text(name).to_owned(),
            None => now(),
        }
    }

    /// What is wrong with a field of one paper; the sentence is added by the page.
    fn paper_fault(&self, field: &str, code: &str) -> Option<&FieldError> {
        let (_, errors) = self.papers.as_ref()?;
        let is_about =
            |error: &&FieldError| error.args.iter().any(|(name, of)| *name == "paper" && of == code);
        errors.iter().filter(|error| error.field == field).find(is_about)
    }

    /// The sentence of what is wrong with a field of one paper; empty for nothing.
    pub(super) fn paper_error(&self, field: &str, code: &str) -> String {
        self.paper_fault(field, code).map(|error| self.ctx.field_error(error)).unwrap_or_default()
    }

    /// Everything that is wrong, for the top of the page.
    fn errors(&self) -> Vec<form::FieldError<'a>> {
        let mut out = self.form.errors();
        let Some((_, errors)) = &self.papers else { return out };
        out.extend(errors.iter().map(|error| {
            let said = self.ctx.field_error(error);
            let id = if error.field == "due_on" { "son" } else { "neden" };
            match error.args.iter().find(|(name, _)| *name == "paper") {
                Some((_, code)) => form::FieldError::at(format!("{id}-{code}"), said),
                None => form::FieldError::whole(said),
            }
        }));
        out
    }
}

/// `GET /kayit/{id}`.
pub async fn get(ctx: Ctx, Path(id): Path<CandidateId>, Query(params): Query<DeskParams>) -> Answer {
    let opened = registration::open_candidate(ctx.office(), ctx.actor(), id).await?;
    show(&ctx, &opened, &params, Sent::fresh(&ctx)).await
}

/// `POST /kayit/{id}`: registers, finally or provisionally, or completes what was provisional.
pub async fn register(
    ctx: Ctx,
    Path(id): Path<CandidateId>,
    Query(params): Query<DeskParams>,
    posted: Posted,
) -> Answer {
    let text = |name: &str| posted.text(name).to_owned();
    let command = RegisterCandidate {
        candidate: id,
        version: posted.number("version").unwrap_or(0),
        provisional: !posted.text("gecici").is_empty(),
        until: text("until"),
        fee: FeeForm {
            state: FeeState::from_code(posted.text("fee_state")),
            amount: text("fee_amount"),
            receipt: text("fee_receipt"),
            paid_on: text("fee_on"),
        },
        notice_read: !posted.text("notice_read").is_empty(),
        decision: text("decision"),
        idempotency_key: Some(text("once")).filter(|key| !key.is_empty()),
    };
    let refused = match registration::register_candidate(ctx.office(), ctx.actor(), command).await {
        Ok(done) => {
            let provisional = done.state == CandidateState::Provisional;
            let key = match (provisional, confirm(&ctx, &posted, &done.number).await) {
                (false, None) => "candidate-registered",
                (false, Some(true)) => "candidate-registered-confirmed",
                (false, Some(false)) => "candidate-registered-unconfirmed",
                (true, None) => "candidate-provisional",
                (true, Some(true)) => "candidate-provisional-confirmed",
                (true, Some(false)) => "candidate-provisional-unconfirmed",
            };
            return Ok(ctx.flash_to(&params.at(&format!("/kayit/{id}")), key));
        }
        Err(error) => error,
    };
    let opened = registration::open_candidate(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let sent = match refused {
        ServiceError::Stale => {
            Sent { notes: vec![overtaken(t, &opened)], status: StatusCode::CONFLICT, ..Sent::fresh(&ctx) }
        }
        ServiceError::Refused(findings) => Sent {
            form: Form::again(&ctx, &posted, Outcome::default()),
            notes: vec![Note::new(State::No, t.get("desk-refused"), t.get("desk-refused-text"))],
            refused: Some(*findings),
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Sent::fresh(&ctx)
        },
        other => Sent {
            form: Form::again(&ctx, &posted, Outcome::of(other)?),
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Sent::fresh(&ctx)
        },
    };
    show(&ctx, &opened, &params, sent).await
}

/// Makes the confirmation of a registration just made, where the form asks for it, and tells whether it is there. Whatever
/// stands against the paper, the registration stands.
async fn confirm(ctx: &Ctx, posted: &Posted, number: &str) -> Option<bool> {
    if posted.text("onay").is_empty() {
        return None;
    }
    let order = IssueDocument {
        number: number.to_owned(),
        kind: CONFIRMATION.to_owned(),
        lang: Lang::Tr,
        decision: posted.text("decision").to_owned(),
        idempotency_key: Some(posted.text("once"))
            .filter(|once| !once.is_empty())
            .map(|once| format!("{once}-onay")),
        ..IssueDocument::default()
    };
    match documents::issue_document(ctx.office(), ctx.actor(), order).await {
        Ok(_) => Some(true),
        Err(error) => {
            tracing::warn!(%error, "a registration went without its confirmation");
            Some(false)
        }
    }
}

/// Another desk was faster: who did what, and when.
fn overtaken<'a>(t: &'a Texts, s: &OpenedCandidate) -> Note<'a> {
    let c = &s.candidate;
    let text = t.fmt(
        "desk-overtaken-text",
        &[
            ("state", t.variant("candidate-state", c.state.code())),
            ("who", &s.moved_by),
            ("when", &date_time_tr(c.state_at)),
        ],
    );
    Note::new(State::Ask, t.get("desk-overtaken"), text)
}

/// Draws the page.
pub(super) async fn show(ctx: &Ctx, s: &OpenedCandidate, params: &DeskParams, mut sent: Sent<'_>) -> Answer {
    let t = ctx.t();
    let c = &s.candidate;
    let base = format!("/kayit/{}", c.id);
    let here = params.at(&base);
    let frame = ctx.frame(c.data.full_name());
    let shell = ctx.shell(WORK).await;
    let programmes = programmes(ctx).await?;
    let mut notes: Vec<Note<'_>> = std::mem::take(&mut sent.notes);
    notes.extend(sent.form.notes());
    notes.extend(other_places(t, s));
    let errors = sent.errors();
    let status = if sent.status == StatusCode::OK && !errors.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        sent.status
    };
    let rules = sent.refused.as_ref().unwrap_or(&s.desk.assessment.findings);
    // Where somebody stands is no check that failed; the head of the page says it.
    let is_check = |rule: &&Rule| sent.refused.is_some() || !rule.code.starts_with("desk-state-");
    let checks: Rules = rules.iter().filter(is_check).cloned().collect::<Vec<_>>().into();
    let may = s.may.contains(&May::RegisterCandidates);
    let is_open = matches!(c.state, CandidateState::Waiting | CandidateState::Provisional);
    let register = (may && is_open).then(|| form(ctx, s, &sent, here));
    let is_shut = register.as_ref().is_none_or(|form| !form.is_open());
    let view = CandidatePage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("desk-title"), params.at("/kayit")), Link::new(c.data.full_name(), "")],
        plate: plate(t, s, programme_name(t, c, &programmes)),
        notes,
        errors,
        papers: papers::card(ctx, s, &sent, params.at(&format!("{base}/evrak"))),
        findings: findings(t, &checks, &c.data.clearance_words),
        leads_on: is_shut && c.state != CandidateState::Waiting,
        register,
        outcome: match &s.number {
            Some(number) if c.enrolment.is_some() => Some(outcome(ctx, s, number).await?),
            _ => None,
        },
        actions: actions(t, s, &base, ctx.office().today()),
        next: params.params("/kayit/siradaki").with("sonra", &c.id.to_string()).to_string().into(),
        back: params.at("/kayit").into(),
    };
    ctx.html_with(status, &view)
}

fn plate<'a>(t: &'a Texts, s: &'a OpenedCandidate, programme: String) -> Plate<'a> {
    let c = &s.candidate;
    let d = &c.data;
    let detail = |field: EntryField| d.details.field(field).unwrap_or_default().to_owned();
    let list = s.list.as_ref().map_or_else(String::new, |list| {
        t.fmt("desk-list-row", &[("list", &list.name), ("row", &c.list.1.to_string())])
    });
    let parents = [d.father_name.as_str(), d.mother_name.as_str()];
    let parents: Vec<&str> = parents.into_iter().filter(|name| !name.is_empty()).collect();
    let mut facts = vec![
        Fact::text(t.get("desk-entry"), format!("{} {}", t.variant("entry", d.entry_kind.code()), d.year)),
        Fact::text(t.get("desk-list"), list),
        Fact::text(t.get("desk-score"), detail(EntryField::Score)),
        Fact::text(t.get("desk-birth"), date_tr(d.birth_date)),
    ];
    if !parents.is_empty() {
        facts.push(Fact::text(t.get("desk-parents"), parents.join(", ")));
    }
    if let Some(at) = d.e_registered_at {
        facts.push(Fact::text(t.get("desk-e"), date_tr(local_date(at))));
    }
    if let Some(day) = d.ends_on {
        facts.push(Fact::text(t.get("desk-ends-on"), date_tr(day)));
    }
    if let Some(main) = &s.main_number {
        facts.push(Fact::link(t.get("desk-main"), main.as_str(), format!("/ogrenci/{main}")));
    }
    if d.needs_preparatory {
        facts.push(Fact::text(t.get("student-class"), t.get("desk-preparatory")));
    }
    facts.truncate(8);
    let initials: String =
        [d.given_name.chars().next(), d.surname.chars().next()].into_iter().flatten().collect();
    let since = match (c.state, c.provisional_until) {
        (CandidateState::Waiting, _) => String::new(),
        (CandidateState::Provisional, Some(day)) => t.fmt("desk-until", &[("date", &date_tr(day))]),
        _ => format!("{} · {}", date_time_tr(c.state_at), s.moved_by),
    };
    Plate {
        number: s.number.as_deref().unwrap_or_default().into(),
        name: d.full_name().into(),
        programme: programme.into(),
        identity: mask_identity(d.key()).into(),
        reveal: None,
        photo: match (&s.number, s.has_photo) {
            (Some(number), true) => format!("/ogrenci/{number}/foto").into(),
            _ => "".into(),
        },
        initials: initials.into(),
        facts,
        status: words::candidate_state(t, c.state),
        since: since.into(),
        ground: None,
        remark: c.state_reason.as_str().into(),
    }
}

/// Other places of the same person, where there are any.
fn other_places<'a>(t: &'a Texts, s: &OpenedCandidate) -> Option<Note<'a>> {
    s.other_places.first()?;
    let mut note = Note::new(State::Info, t.get("desk-other-places"), "");
    for other in &s.other_places {
        let text = format!(
            "{} · {} {} · {}",
            other.programme_code,
            t.variant("entry", other.data.entry_kind.code()),
            other.data.year,
            t.variant("candidate-state", other.state.code())
        );
        note = note.with_link(text, format!("/kayit/{}", other.id));
    }
    Some(note)
}

/// The weight of an answer: what stands in the way first.
fn rank(verdict: Answered) -> u8 {
    match verdict {
        Answered::Refuses => 0,
        Answered::NeedsHuman => 1,
        Answered::Warns => 2,
        Answered::Satisfied => 3,
        Answered::NotApplicable => 4,
    }
}

/// The checks, what stands in the way first; below them the paper that the answers of other offices rest on.
fn findings<'a>(t: &'a Texts, rules: &Rules, said: &str) -> Findings<'a> {
    let mut sorted: Vec<&Rule> = rules.iter().collect();
    sorted.sort_by_key(|rule| rank(rule.verdict));
    Findings {
        title: t.get("desk-checks").into(),
        items: sorted
            .into_iter()
            .map(|rule| Finding {
                verdict: match rule.verdict {
                    Answered::Satisfied => Verdict::Met,
                    Answered::Refuses => Verdict::NotMet,
                    Answered::Warns => Verdict::Warns,
                    Answered::NotApplicable => Verdict::NotApplicable,
                    Answered::NeedsHuman => Verdict::NeedsPerson,
                },
                title: words::finding(t, rule).into(),
                compared: "".into(),
                note: "".into(),
                grounds: rule.citation.iter().map(|c| Ground::named(c.to_string())).collect(),
            })
            .collect(),
        summary: if said.is_empty() {
            "".into()
        } else {
            t.fmt("desk-answers-by", &[("words", said)]).into()
        },
    }
}

/// The sentence that stands in the way: what leaves nothing open before what leaves a provisional registration.
fn first_reason(t: &Texts, s: &OpenedCandidate) -> String {
    let assessed = &s.desk.assessment;
    let refuses = |rule: &&Rule| rule.verdict == Answered::Refuses;
    let first = assessed.obstacle.as_ref().or_else(|| assessed.findings.iter().find(refuses));
    first.map(|rule| words::finding(t, rule)).unwrap_or_default()
}

/// What became of the fee, with the letter that chooses it.
const FEES: [(FeeState, &str); 4] =
    [(FeeState::Paid, "d"), (FeeState::Exempt, "m"), (FeeState::NotDue, "g"), (FeeState::Owed, "b")];

fn form<'a>(ctx: &'a Ctx, s: &'a OpenedCandidate, sent: &Sent<'a>, action: String) -> RegisterForm<'a> {
    let t = ctx.t();
    let (form, assessed) = (&sent.form, &s.desk.assessment);
    let completing = s.candidate.state == CandidateState::Provisional;
    let noted = s.registration.as_ref();
    let fee = noted.map(|r| r.fee.state.code()).unwrap_or_default();
    let chosen = form.value("fee_state", fee);
    let notice = noted.filter(|r| !r.notice_version.is_empty()).map_or("", |_| "1");
    let amount = noted.and_then(|r| r.fee.amount).map(kurus).unwrap_or_default();
    let paid_on = noted.and_then(|r| r.fee.paid_on).map(date_tr).unwrap_or_default();
    let receipt = noted.map(|r| r.fee.receipt.clone()).unwrap_or_default();
    let mut why = Vec::new();
    if !assessed.may_register {
        let nothing = !assessed.may_provisionally && !completing;
        let title = t.get(if nothing { "desk-no-registration" } else { "desk-no-final" });
        why.push(Note::new(State::No, title, first_reason(t, s)));
    }
    let once = domain::ledger::hex(&base::random::array::<16>(ctx.office().random.as_ref()));
    RegisterForm {
        title: t.get(if completing { "desk-complete-title" } else { "desk-register-title" }).into(),
        action: action.into(),
        tokens: Tokens { csrf: ctx.csrf().into(), once: once.into() },
        version: s.candidate.version.to_string(),
        fees: FEES
            .iter()
            .filter(|(state, _)| *state != FeeState::Owed || assessed.may_provisionally)
            .map(|(state, key)| FeeChoice {
                value: state.code(),
                label: t.variant("desk-fee", state.code()).into(),
                key,
                chosen: state.code() == chosen,
            })
            .collect(),
        fee: form
            .field("fee_state", "desk-fee", "")
            .hint(s.fee_basis.value.map(|basis| t.variant("fee-basis", basis.code())).unwrap_or_default()),
        fee_ground: s.fee_basis.value.map(|_| Ground::named(s.fee_basis.citation.to_string())),
        binds: binds(t, s),
        confirm: ctx
            .actor()
            .may(May::IssueDocument)
            .then(|| form.field("onay", "desk-confirm", "1").optional()),
        receipt: form.field("fee_receipt", "desk-receipt", receipt).optional().max(100),
        amount: form
            .field("fee_amount", "desk-amount", amount)
            .hint(t.get("desk-amount-hint"))
            .optional()
            .max(20),
        paid_on: form.field("fee_on", "desk-paid-on", paid_on).optional().max(10),
        notice: form.field("notice_read", "desk-notice", notice),
        notice_text: show_notice(ctx.office(), None).ok().map(|shown| {
            let version = t.fmt("notice-version", &[("version", &shown.notice.version)]);
            let words = format!("{} ({version})", t.get("notice-read"));
            Link::new(words, crate::pages::notice::address(&shown.notice.version))
        }),
        until: assessed.may_provisionally.then(|| {
            let hint = match assessed.provisional_until {
                Some(day) => t.fmt("desk-until-hint", &[("date", &date_tr(day))]),
                None => t.get("desk-until-unknown").to_owned(),
            };
            form.field("until", "desk-until-label", "").hint(hint).optional().max(10)
        }),
        decision: assessed.findings.needs_human().then(|| {
            form.field("decision", "desk-decision-label", "").hint(t.get("desk-decision-hint")).max(500)
        }),
        final_word: match (assessed.may_register, completing) {
            (false, _) => "".into(),
            (true, true) => t.get("desk-complete").into(),
            (true, false) => t.get("desk-register").into(),
        },
        provisional_word: if assessed.may_provisionally {
            t.get("desk-provisional").into()
        } else {
            "".into()
        },
        why,
    }
}

/// Kuruş as money is typed here: `1.234,50` without the points.
fn kurus(amount: i64) -> String {
    format!("{},{:02}", amount / 100, amount % 100)
}

/// What else can be done with the candidate, and why not where not.
fn actions<'a>(t: &'a Texts, s: &OpenedCandidate, base: &str, today: base::time::Date) -> Vec<Action<'a>> {
    let c = &s.candidate;
    let may = s.may.contains(&May::RegisterCandidates);
    let mut out = Vec::new();
    let mut offer = |key: &'static str, reason: Option<Str<'a>>, path: &str, letter: &'static str| {
        let title = t.variant("desk-act", key);
        out.push(match reason {
            None => Action {
                state: State::Ok,
                title: title.into(),
                note: t.variant("desk-act-note", key).into(),
                buttons: vec![
                    Button::link(t.get("act-open"), format!("{base}/{path}"))
                        .small()
                        .key(letter)
                        .about(title),
                ],
                ..Action::default()
            },
            Some(reason) => {
                Action { state: State::No, title: title.into(), note: reason, ..Action::default() }
            }
        });
    };
    let not_mine = || Some(Str::from(t.get("desk-not-yours")));
    let is_student = matches!(c.state, CandidateState::Registered | CandidateState::Provisional);
    if c.state == CandidateState::Waiting {
        offer("data", if may { None } else { not_mine() }, "kimlik", "z");
    }
    if matches!(c.state, CandidateState::Waiting | CandidateState::Provisional) {
        offer("correct", if may { None } else { not_mine() }, "bilgi", "c");
    }
    if c.state == CandidateState::Provisional {
        offer("decide", if may { None } else { not_mine() }, "karar", "x");
    }
    if is_student {
        offer("advisor", if may { None } else { not_mine() }, "danisman", "n");
    }
    let is_gone = matches!(c.state, CandidateState::Renounced | CandidateState::Lapsed);
    if is_gone && s.desk.held.iter().any(is_here) {
        offer("return", if may { None } else { not_mine() }, "iade", "r");
    }
    if is_gone {
        let may_restore = s.may.contains(&May::UndoRegistration);
        offer("restore", if may_restore { None } else { not_mine() }, "yeniden", "w");
    }
    let renounce = if !may {
        not_mine()
    } else if c.state.may_become(CandidateState::Renounced) {
        None
    } else {
        Some(t.get("field-candidate-gone").into())
    };
    if !is_gone {
        offer("renounce", renounce, "vazgecme", "v");
    }
    let is_of_today = s.registration.as_ref().is_some_and(|r| local_date(r.registered_at) == today);
    let undo = if !s.may.contains(&May::UndoRegistration) {
        not_mine()
    } else if is_student && is_of_today {
        None
    } else {
        Some(t.get("field-nothing-to-undo").into())
    };
    if is_student {
        offer("undo", undo, "geri-al", "u");
    }
    out
}
