//! The registration desk: candidates, their papers, registering, giving up, undoing, deciding.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base::{ids::CandidateId, text::mask_identity};
use domain::registration::Clearances;
use serde::{Deserialize, Serialize};
use services::registration::{
    self, CandidateQuery, CorrectCandidate, DecideProvisional, FeeForm, OpenedCandidate, ProvisionalDecision,
    RegisterCandidate, RenounceCandidate, RestoreCandidate, ReturnOriginals, TickPapers, TickedPaper,
    UndoRegistration,
};
use storage::candidates::Candidate;
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::Page,
    complaint::Complaint,
    cursor::{self, Cursor},
    fields::{Day, GivenDay, Instant, Line, Prose, Version, given},
    input::{Json, Path, Query, key_header},
    problem::{Answer, FindingBody, Refusal},
    students::{EntryYear, Limit, limit_of, programme_of, unit_of},
    words::{
        CandidateStateWord, ClearanceWord, EntryWord, FeeStateWord, PaperStandingWord, PaperStateWord,
        PaperWord, SexWord,
    },
};

/// Header of the key that makes a repeated registration harmless.
const KEY: &str = "idempotency-key";
/// The list of candidates, in its cursors.
const LIST: char = 'c';

/// Which candidates are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CandidateParams {
    /// Words of the name in any spelling. A number is asked for by `POST /candidates/find`.
    #[param(inline)]
    pub q: Option<Line<100>>,
    /// Code of the unit: candidates of its programmes and of those of the units below it.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Code of the programme.
    #[param(inline)]
    pub programme: Option<Line<64>>,
    /// Where they stand.
    #[param(inline)]
    pub state: Option<CandidateStateWord>,
    /// Way of entry.
    #[param(inline)]
    pub entry: Option<EntryWord>,
    /// Year of placement.
    #[param(inline)]
    pub year: Option<EntryYear>,
    /// Only those who registered through e-Devlet, or only those who did not.
    pub e_registered: Option<bool>,
    /// Only provisional registrations whose last day is over.
    pub overdue: Option<bool>,
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// Which candidate.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CandidatePath {
    /// Row number of the candidate.
    pub id: i64,
}

impl CandidatePath {
    fn id(self) -> CandidateId {
        CandidateId::new(self.id)
    }
}

/// A candidate as lists show him or her.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CandidateLine {
    /// By this number the candidate is addressed.
    pub id: i64,
    /// Given name or names.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Identity number or passport, masked.
    pub identity: String,
    /// Code of the programme.
    pub programme: String,
    /// Way of entry.
    pub entry: EntryWord,
    /// Year of placement.
    pub year: i32,
    /// Where the candidate stands.
    pub state: CandidateStateWord,
    /// Since when.
    pub state_at: Instant,
    /// When he or she registered through e-Devlet.
    #[schema(required)]
    pub e_registered_at: Option<Instant>,
    /// Last day of a provisional registration.
    #[schema(required)]
    pub provisional_until: Option<Day>,
    /// Version for two people at once.
    pub version: i64,
}

impl From<&Candidate> for CandidateLine {
    fn from(c: &Candidate) -> Self {
        Self {
            id: c.id.get(),
            given_name: c.data.given_name.clone(),
            surname: c.data.surname.clone(),
            identity: mask_identity(c.data.key()),
            programme: c.programme_code.clone(),
            entry: c.data.entry_kind.into(),
            year: c.data.year,
            state: c.state.into(),
            state_at: c.state_at.into(),
            e_registered_at: c.data.e_registered_at.map(Instant),
            provisional_until: c.provisional_until.map(Day),
            version: c.version,
        }
    }
}

/// A paper of the candidate's list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CandidatePaperBody {
    /// Kind.
    pub kind: PaperWord,
    /// Where it stands.
    pub standing: PaperStandingWord,
    /// What the office has of it; null where nobody ticked it.
    #[schema(required)]
    pub state: Option<PaperStateWord>,
    /// Last day for a missing paper.
    #[schema(required)]
    pub due_on: Option<Day>,
    /// Why it is waived or may be missing.
    #[schema(required)]
    pub reason: Option<String>,
    /// When it was given back.
    #[schema(required)]
    pub returned_on: Option<Day>,
    /// Who took it then.
    #[schema(required)]
    pub returned_to: Option<String>,
    /// When it was ticked.
    #[schema(required)]
    pub noted_at: Option<Instant>,
    /// By whom.
    #[schema(required)]
    pub noted_by: Option<String>,
}

/// What was noted of the fee.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeeBody {
    /// What became of it.
    pub state: FeeStateWord,
    /// How much, in kuruş.
    #[schema(required)]
    pub amount_kurus: Option<i64>,
    /// Number of the receipt, or reason of the exemption.
    pub receipt: String,
    /// Day of the receipt.
    #[schema(required)]
    pub paid_on: Option<Day>,
}

/// Answers of other offices.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ClearancesBody {
    /// The ministry on graduation from school.
    pub school: ClearanceWord,
    /// The military offices.
    pub military: ClearanceWord,
    /// The register of studies elsewhere.
    pub elsewhere: ClearanceWord,
}

/// Everything that the desk knows of a candidate.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CandidateBody {
    /// Who, and where he or she stands.
    pub candidate: CandidateLine,
    /// Sex.
    pub sex: SexWord,
    /// Day of birth.
    pub birth_date: Day,
    /// Two-letter country code.
    pub nationality: String,
    /// Name of the list that brought the candidate.
    #[schema(required)]
    pub list: Option<String>,
    /// Row in it.
    pub list_row: i64,
    /// Answers of other offices.
    pub clearances: ClearancesBody,
    /// What they said in words, or the paper that shows it; may be empty.
    pub clearance_words: String,
    /// Why the candidate stands where he or she does; may be empty.
    pub state_reason: String,
    /// The papers, missing first.
    pub papers: Vec<CandidatePaperBody>,
    /// Whether final registration is open, once what needs a person has been decided.
    pub may_register: bool,
    /// Whether a provisional registration is open.
    pub may_register_provisionally: bool,
    /// Whether a person's decision has to be sent along.
    pub needs_decision: bool,
    /// Until when a provisional registration would stand; null where that day has to be sent.
    #[schema(required)]
    pub would_run_until: Option<Day>,
    /// Every check.
    pub findings: Vec<FindingBody>,
    /// Student number of the enrolment that came of it.
    #[schema(required)]
    pub number: Option<String>,
    /// Title and name of the advisor; before registration the one whom the rule gives.
    #[schema(required)]
    pub advisor: Option<String>,
    /// Version of the curriculum that a registration binds, from 1.
    #[schema(required)]
    pub curriculum: Option<i64>,
    /// The class that is entered; 0 is the preparatory class.
    pub class_year: u8,
    /// What was noted of the fee.
    #[schema(required)]
    pub fee: Option<FeeBody>,
    /// When the data-protection notice was noted as read.
    #[schema(required)]
    pub notice_read_at: Option<Instant>,
    /// Other places of the same person, newest first.
    pub other_places: Vec<CandidateLine>,
}

impl CandidateBody {
    fn of(caller: &Caller, s: &OpenedCandidate) -> Self {
        let (c, t) = (&s.candidate, caller.t());
        let assessment = &s.desk.assessment;
        Self {
            candidate: c.into(),
            sex: c.data.sex.into(),
            birth_date: c.data.birth_date.into(),
            nationality: c.data.nationality.clone(),
            list: s.list.as_ref().map(|list| list.name.clone()),
            list_row: c.list.1,
            clearances: ClearancesBody {
                school: c.data.clearances.school.into(),
                military: c.data.clearances.military.into(),
                elsewhere: c.data.clearances.elsewhere.into(),
            },
            clearance_words: c.data.clearance_words.clone(),
            state_reason: c.state_reason.clone(),
            papers: s
                .desk
                .papers
                .lines
                .iter()
                .map(|line| {
                    let held = line.held.and_then(|place| s.desk.held.get(place));
                    CandidatePaperBody {
                        kind: line.kind.into(),
                        standing: line.standing.into(),
                        state: held.map(|p| p.state.into()),
                        due_on: held.and_then(|p| p.due_on).map(Day),
                        reason: held.and_then(|p| p.reason.clone()),
                        returned_on: held.and_then(|p| p.returned_on).map(Day),
                        returned_to: held.and_then(|p| p.returned_to.clone()),
                        noted_at: held.map(|p| p.noted_at.into()),
                        noted_by: held.map(|p| p.noted_by.clone()),
                    }
                })
                .collect(),
            may_register: assessment.may_register,
            may_register_provisionally: assessment.may_provisionally,
            needs_decision: assessment.findings.needs_human(),
            would_run_until: assessment.provisional_until.map(Day),
            findings: assessment.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
            number: s.number.clone(),
            advisor: s.binding.advisor.clone(),
            curriculum: s.binding.curriculum.as_ref().map(|version| version.version),
            class_year: s.binding.class_year,
            fee: s.registration.as_ref().map(|r| FeeBody {
                state: r.fee.state.into(),
                amount_kurus: r.fee.amount,
                receipt: r.fee.receipt.clone(),
                paid_on: r.fee.paid_on.map(Day),
            }),
            notice_read_at: s.registration.as_ref().and_then(|r| r.notice_read_at).map(Instant),
            other_places: s.other_places.iter().map(CandidateLine::from).collect(),
        }
    }
}

/// List candidates
///
/// In Turkish order of the names. The look is logged with its filter.
#[utoipa::path(
    get, path = "/candidates", tag = "registration", params(CandidateParams),
    responses((status = 200, body = Page<CandidateLine>))
)]
pub async fn list(
    caller: Caller,
    Query(params): Query<CandidateParams>,
) -> Answer<axum::Json<Page<CandidateLine>>> {
    let programme = match given(params.programme.as_ref()) {
        Some(code) => Some(programme_of(&caller, code).await?),
        None => None,
    };
    let unit = match given(params.unit.as_ref()) {
        Some(code) => Some(unit_of(&caller, code).await?),
        None => None,
    };
    let q = params.q.unwrap_or_default().0;
    // A number in an address stands in logs; it is sent in a body.
    if q.bytes().filter(u8::is_ascii_digit).count() >= 6 {
        return Err(Refusal::input("q", Complaint::Type));
    }
    let query = CandidateQuery {
        q,
        programme,
        states: params.state.map(|word| word.0).into_iter().collect(),
        entry_kind: params.entry.map(|word| word.0),
        year: params.year.and_then(|year| i32::try_from(year.0).ok()),
        e_registered: params.e_registered,
        overdue: params.overdue.unwrap_or_default(),
        unit,
        after: cursor::read_row(LIST, given(params.after.as_ref()))?.map(CandidateId::new),
        limit: limit_of(params.limit),
    };
    let page = registration::list_candidates(caller.office(), caller.actor(), query).await?;
    let next = page.next.map(|id| cursor::of_row(LIST, id.get()));
    Ok(axum::Json(Page { items: page.rows.iter().map(CandidateLine::from).collect(), next }))
}

/// A number that a candidate shows.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindForm {
    /// Identity number or passport.
    pub number: Line<30, 1>,
}

/// The candidate that was meant.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct FoundCandidate {
    /// By this number the candidate is addressed.
    pub id: i64,
}

/// Find a candidate by identity number or passport
///
/// The place that still waits, otherwise the newest one. Sent in the body, because an identity number must stand in no
/// address and no log.
#[utoipa::path(
    post, path = "/candidates/find", tag = "registration", request_body = FindForm,
    responses((status = 200, body = FoundCandidate))
)]
pub async fn find(caller: Caller, Json(form): Json<FindForm>) -> Answer<axum::Json<FoundCandidate>> {
    let id = registration::find_candidate(caller.office(), caller.actor(), &form.number.0).await?;
    Ok(axum::Json(FoundCandidate { id: id.get() }))
}

/// Open a candidate
///
/// With every check, the papers and what came of it. The look is logged.
#[utoipa::path(
    get, path = "/candidates/{id}", tag = "registration", params(CandidatePath),
    responses((status = 200, body = CandidateBody))
)]
pub async fn show(caller: Caller, Path(path): Path<CandidatePath>) -> Answer<axum::Json<CandidateBody>> {
    let opened = registration::open_candidate(caller.office(), caller.actor(), path.id()).await?;
    Ok(axum::Json(CandidateBody::of(&caller, &opened)))
}

/// One paper to tick.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TickForm {
    /// Kind.
    pub kind: PaperWord,
    /// What the office has of it; null takes an earlier tick back.
    pub state: Option<PaperStateWord>,
    /// Last day for a missing paper.
    pub due_on: Option<GivenDay>,
    /// Why it is waived; must be there then.
    pub reason: Option<Line<200>>,
}

/// Papers to tick; those that are left out stay as they are.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PapersForm {
    /// The papers.
    #[schema(max_items = 100)]
    pub papers: Vec<TickForm>,
}

fn typed(day: Option<GivenDay>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Tick papers
#[utoipa::path(
    post, path = "/candidates/{id}/papers", tag = "registration", params(CandidatePath), request_body = PapersForm,
    responses((status = 204, description = "Recorded."))
)]
pub async fn papers(caller: Caller, Path(path): Path<CandidatePath>, Json(form): Json<PapersForm>) -> Answer {
    if form.papers.len() > 100 {
        return Err(Refusal::input("papers", Complaint::TooMany(100)));
    }
    let papers = form
        .papers
        .into_iter()
        .map(|paper| TickedPaper {
            kind: paper.kind.0,
            state: paper.state.map(|word| word.0),
            due_on: typed(paper.due_on),
            reason: paper.reason.unwrap_or_default().0,
        })
        .collect();
    let command = TickPapers { candidate: path.id(), papers };
    registration::tick_papers(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// What is noted of the fee.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeInput {
    /// What became of it; `owed` for a provisional registration alone.
    pub state: FeeStateWord,
    /// How much was paid, in Turkish spelling.
    #[schema(example = "1.234,50")]
    pub amount: Option<Line<20>>,
    /// Number of the receipt, or reason of the exemption.
    pub receipt: Option<Line<100>>,
    /// Day of the receipt.
    pub paid_on: Option<GivenDay>,
}

/// A registration.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterInput {
    /// The candidate's version that was read.
    pub version: Version,
    /// Provisionally instead of finally.
    #[serde(default)]
    pub provisional: bool,
    /// Last day of a provisional registration; left out, the day of the rules.
    pub until: Option<GivenDay>,
    /// The fee.
    pub fee: FeeInput,
    /// Whether the data-protection notice was read.
    pub notice_read: bool,
    /// What was looked at and decided, where a check leaves it to a person.
    pub decision: Option<Prose<500>>,
}

/// What came of a registration.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegistrationDoneBody {
    /// Student number.
    pub number: String,
    /// Where the candidate stands now.
    pub state: CandidateStateWord,
    /// Whether this is the answer to an earlier sending with the same key.
    pub repeated: bool,
    /// What the checks said, warnings among it.
    pub findings: Vec<FindingBody>,
}

/// Register a candidate
///
/// Finally or provisionally; a candidate who is registered provisionally becomes final and keeps the number. With an
/// `Idempotency-Key` a repeated sending registers once.
#[utoipa::path(
    post, path = "/candidates/{id}/register", tag = "registration",
    params(CandidatePath, ("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    request_body = RegisterInput,
    responses((status = 200, body = RegistrationDoneBody))
)]
pub async fn register(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    headers: HeaderMap,
    Json(form): Json<RegisterInput>,
) -> Answer<axum::Json<RegistrationDoneBody>> {
    let command = RegisterCandidate {
        candidate: path.id(),
        version: form.version.0,
        provisional: form.provisional,
        until: typed(form.until),
        fee: FeeForm {
            state: Some(form.fee.state.0),
            amount: form.fee.amount.unwrap_or_default().0,
            receipt: form.fee.receipt.unwrap_or_default().0,
            paid_on: typed(form.fee.paid_on),
        },
        notice_read: form.notice_read,
        decision: form.decision.unwrap_or_default().0,
        idempotency_key: key_header(&headers, KEY)?,
    };
    let done = registration::register_candidate(caller.office(), caller.actor(), command).await?;
    let t = caller.t();
    Ok(axum::Json(RegistrationDoneBody {
        number: done.number,
        state: done.state.into(),
        repeated: done.is_repeated,
        findings: done.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
    }))
}

/// A renunciation on the candidate's signed request.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenounceInput {
    /// The candidate's version that was read.
    pub version: Version,
    /// Number of the request.
    pub ground_ref: Line<100, 1>,
    /// Its day.
    pub ground_on: GivenDay,
    /// Originals that are given back now.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub returned: Vec<PaperWord>,
    /// Who takes them; left out, the candidate.
    pub returned_to: Option<Line<100>>,
}

/// Record a renunciation
#[utoipa::path(
    post, path = "/candidates/{id}/renounce", tag = "registration", params(CandidatePath), request_body = RenounceInput,
    responses((status = 204, description = "Recorded; an enrolment that had come of the place ends with it."))
)]
pub async fn renounce(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    Json(form): Json<RenounceInput>,
) -> Answer {
    let command = RenounceCandidate {
        candidate: path.id(),
        version: form.version.0,
        ground_ref: form.ground_ref.0,
        ground_on: form.ground_on.to_string(),
        returned: form.returned.into_iter().map(|word| word.0).collect(),
        returned_to: form.returned_to.unwrap_or_default().0,
    };
    registration::renounce_candidate(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// Undoing a registration of the day.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoInput {
    /// The candidate's version that was read.
    pub version: Version,
    /// What was wrong.
    pub reason: Line<100, 1>,
}

/// Undo a registration of today
///
/// The number is cancelled and given to no one else; the candidate waits again. Sensitive: the password must have been
/// confirmed.
#[utoipa::path(
    post, path = "/candidates/{id}/undo", tag = "registration", params(CandidatePath), request_body = UndoInput,
    responses((status = 204, description = "Undone, with an entry in the ledger."))
)]
pub async fn undo(caller: Caller, Path(path): Path<CandidatePath>, Json(form): Json<UndoInput>) -> Answer {
    let command = UndoRegistration { candidate: path.id(), version: form.version.0, reason: form.reason.0 };
    registration::undo_registration(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// What is decided about a provisional registration.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionWord {
    /// It is deleted; only once its last day is over.
    Lapse,
    /// It stands until a later day.
    Extend,
}

/// A decision about a provisional registration.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalInput {
    /// The candidate's version that was read.
    pub version: Version,
    /// What is decided.
    pub decision: DecisionWord,
    /// The new last day, where it is extended.
    pub until: Option<GivenDay>,
    /// An article for a deletion, a decision or announcement for an extension.
    pub ground_ref: Line<100, 1>,
    /// Its day; a deletion by law may go without.
    pub ground_on: Option<GivenDay>,
}

/// Decide about a provisional registration
///
/// Extends it or deletes it once its last day is over. Completing it is `POST /candidates/{id}/register`.
#[utoipa::path(
    post, path = "/candidates/{id}/provisional", tag = "registration", params(CandidatePath),
    request_body = ProvisionalInput,
    responses((status = 204, description = "Recorded."))
)]
pub async fn provisional(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    Json(form): Json<ProvisionalInput>,
) -> Answer {
    let command = DecideProvisional {
        candidate: path.id(),
        version: form.version.0,
        decision: Some(match form.decision {
            DecisionWord::Lapse => ProvisionalDecision::Lapse,
            DecisionWord::Extend => ProvisionalDecision::Extend,
        }),
        until: typed(form.until),
        ground_ref: form.ground_ref.0,
        ground_on: typed(form.ground_on),
    };
    registration::decide_provisional(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// What the desk knows better than the list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionInput {
    /// The candidate's version that was read.
    pub version: Version,
    /// Answer of the ministry on graduation from school.
    pub school: ClearanceWord,
    /// Answer of the military offices.
    pub military: ClearanceWord,
    /// Answer of the register of studies elsewhere.
    pub elsewhere: ClearanceWord,
    /// The paper that shows it; needed where an answer changes.
    pub clearance_words: Option<Line<200>>,
    /// Whether the preparatory class comes first; as what follows it counts before registration alone.
    #[serde(default)]
    pub needs_preparatory: bool,
    /// E-mail address.
    pub email: Option<Line<254>>,
    /// Telephone.
    pub phone: Option<Line<30>>,
    /// Postal address.
    pub address: Option<Prose<500>>,
}

/// Correct a candidate's data
///
/// Answers of other offices by the paper that the candidate brings; before registration also class and contact. The
/// whole form is sent: what is left out becomes empty.
#[utoipa::path(
    post, path = "/candidates/{id}/correct", tag = "registration", params(CandidatePath),
    request_body = CorrectionInput,
    responses((status = 204, description = "Recorded."))
)]
pub async fn correct(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    Json(form): Json<CorrectionInput>,
) -> Answer {
    let command = CorrectCandidate {
        candidate: path.id(),
        version: form.version.0,
        clearances: Clearances {
            school: form.school.0,
            military: form.military.0,
            elsewhere: form.elsewhere.0,
        },
        clearance_words: form.clearance_words.unwrap_or_default().0,
        needs_preparatory: form.needs_preparatory,
        email: form.email.unwrap_or_default().0,
        phone: form.phone.unwrap_or_default().0,
        address: form.address.unwrap_or_default().0,
    };
    registration::correct_candidate(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// Originals that go back to somebody who renounced or whose registration ran out.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnInput {
    /// Which.
    #[schema(min_items = 1, max_items = 100)]
    pub papers: Vec<PaperWord>,
    /// Who takes them; left out, the candidate.
    pub to: Option<Line<100>>,
}

/// Give originals back
#[utoipa::path(
    post, path = "/candidates/{id}/returns", tag = "registration", params(CandidatePath), request_body = ReturnInput,
    responses((status = 204, description = "Recorded beside each paper, with who took it."))
)]
pub async fn give_back(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    Json(form): Json<ReturnInput>,
) -> Answer {
    let command = ReturnOriginals {
        candidate: path.id(),
        papers: form.papers.into_iter().map(|word| word.0).collect(),
        to: form.to.unwrap_or_default().0,
    };
    registration::return_originals(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// A decision that somebody may register after all.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreInput {
    /// The candidate's version that was read.
    pub version: Version,
    /// Number of the decision, or of the record of a mistake.
    pub ground_ref: Line<100, 1>,
    /// Its day.
    pub ground_on: GivenDay,
}

/// Let a candidate wait again
///
/// After a renunciation or a registration that ran out. An earlier number stays cancelled. Sensitive: the password must
/// have been confirmed.
#[utoipa::path(
    post, path = "/candidates/{id}/restore", tag = "registration", params(CandidatePath), request_body = RestoreInput,
    responses((status = 204, description = "The candidate waits again."))
)]
pub async fn restore(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    Json(form): Json<RestoreInput>,
) -> Answer {
    let command = RestoreCandidate {
        candidate: path.id(),
        version: form.version.0,
        ground_ref: form.ground_ref.0,
        ground_on: form.ground_on.to_string(),
    };
    registration::restore_candidate(caller.office(), caller.actor(), command).await?;
    Ok(done())
}
