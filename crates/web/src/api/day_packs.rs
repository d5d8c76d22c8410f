//! Day packs: making one, and entering its paper forms afterwards.

use base::ids::{CandidateId, DayPackId};
use domain::{papers::PaperState, registration::FeeState};
use serde::{Deserialize, Serialize};
use services::{
    day_pack::{
        EnterForm, FormOutcome, FormPaper, ListedPack, MakePack, draft_pack, enter_form, list_packs,
        open_pack, pack_password, seal_pack,
    },
    registration::{FeeForm, show_notice},
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::Page,
    fields::{Day, GivenDay, Instant, Line, Version, Whole},
    input::{Json, Path},
    problem::Answer,
    words::PaperWord,
};
use crate::pages::day_pack::{drawn, worded};

/// A pack.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PackBody {
    /// Its number.
    pub id: i64,
    /// Its unit.
    pub unit: String,
    /// For this day.
    pub day: Day,
    /// Candidates in it.
    pub candidates: i64,
    /// Blank forms in it.
    pub forms: i64,
    /// Forms that were entered afterwards.
    pub entered: i64,
    /// When it was made.
    pub made_at: Instant,
    /// By whom.
    pub made_by: String,
}

/// List day packs
#[utoipa::path(get, path = "/day-packs", tag = "registration", responses((status = 200, body = Page<PackBody>)))]
pub async fn list(caller: Caller) -> Answer<axum::Json<Page<PackBody>>> {
    let packs = list_packs(caller.office(), caller.actor()).await?;
    let lang = caller.t().lang();
    let items = packs.into_iter().map(|ListedPack { pack, unit }| PackBody {
        id: pack.id.get(),
        unit: unit.of(lang).to_owned(),
        day: Day(pack.day),
        candidates: pack.candidates,
        forms: pack.forms,
        entered: pack.entered,
        made_at: pack.made_at.into(),
        made_by: pack.made_by,
    });
    Ok(axum::Json(Page::whole(items.collect())))
}

/// What pack is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackForm {
    /// Code of the unit.
    pub unit: Line<40, 1>,
    /// For this day.
    pub day: GivenDay,
    /// Blank forms.
    pub forms: Whole<1, 500>,
}

/// A pack as it is handed over: once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MadePackBody {
    /// Its number.
    pub id: i64,
    /// Candidates in it.
    pub candidates: usize,
    /// Password that opens it; nobody can read it again.
    pub password: String,
    /// The file: a page that opens in a browser without a server.
    pub html: String,
}

/// Make a day pack
#[utoipa::path(post, path = "/day-packs", tag = "registration", request_body = PackForm, responses((status = 200, body = MadePackBody)))]
pub async fn make(caller: Caller, Json(form): Json<PackForm>) -> Answer<axum::Json<MadePackBody>> {
    let forms = u16::try_from(form.forms.0).unwrap_or(1);
    let order = MakePack { unit: form.unit.0, day: form.day.0, forms };
    let draft = draft_pack(caller.office(), caller.actor(), order).await?;
    let password = pack_password(caller.office());
    let lines = worded(caller.t(), &draft);
    let pack = seal_pack(caller.office(), caller.actor(), &draft, lines, &password).await?;
    let notice = show_notice(caller.office(), None).ok();
    let html = drawn(caller.t(), &draft, &pack, notice.as_ref())?;
    Ok(axum::Json(MadePackBody { id: pack.id.get(), candidates: pack.candidates, password, html }))
}

/// Which pack.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PackPath {
    /// Its number.
    pub id: i64,
}

/// A form of a pack.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PackFormBody {
    /// Its number in the pack.
    pub form_no: i64,
    /// Whose it was.
    #[schema(required)]
    pub candidate: Option<i64>,
    /// `registered`, `provisional`, `already` or `void`; null while it waits.
    #[schema(required)]
    pub outcome: Option<String>,
    /// When it was entered.
    #[schema(required)]
    pub entered_at: Option<Instant>,
}

/// List the forms of a day pack
#[utoipa::path(
    get, path = "/day-packs/{id}/forms", tag = "registration", params(PackPath),
    responses((status = 200, body = Page<PackFormBody>))
)]
pub async fn forms(caller: Caller, Path(path): Path<PackPath>) -> Answer<axum::Json<Page<PackFormBody>>> {
    let opened = open_pack(caller.office(), caller.actor(), DayPackId::new(path.id)).await?;
    let items = opened.forms.into_iter().map(|form| PackFormBody {
        form_no: form.form_no,
        candidate: form.candidate.map(base::ids::Id::get),
        outcome: form.outcome,
        entered_at: form.entered_at.map(Instant),
    });
    Ok(axum::Json(Page::whole(items.collect())))
}

/// A paper form as it was filled in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterFormBody {
    /// Number of the form in the pack.
    pub form_no: Version,
    /// Whose it is; left out, the form is void.
    pub candidate: Option<Version>,
    /// Papers that were received.
    #[serde(default)]
    pub papers: Vec<PaperWord>,
    /// Papers of which the original was seen and a copy kept.
    #[serde(default)]
    pub copies_seen: Vec<PaperWord>,
    /// Papers that are still to be brought.
    #[serde(default)]
    pub missing: Vec<PaperWord>,
    /// Until when they are to be brought, as gg.aa.yyyy.
    pub missing_until: Option<Line<10>>,
    /// Registered provisionally.
    #[serde(default)]
    pub provisional: bool,
    /// Last day of a provisional registration as gg.aa.yyyy; left out, that of the rules.
    pub until: Option<Line<10>>,
    /// `paid`, `exempt`, `not_due` or `owed`.
    pub fee_state: Option<Line<10>>,
    /// Receipt, or the reason of an exemption.
    pub fee_receipt: Option<Line<100>>,
    /// How much was paid, as `1.234,50`.
    pub fee_amount: Option<Line<20>>,
    /// Day of the receipt as gg.aa.yyyy.
    pub fee_on: Option<Line<10>>,
    /// Whether the data-protection notice was read.
    #[serde(default)]
    pub notice_read: bool,
    /// What was decided where a check asks a person; why the form is void.
    pub note: Option<Line<200>>,
}

/// What became of a form.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EnteredBody {
    /// `registered`, `provisional`, `already` or `void`.
    pub outcome: String,
    /// Student number.
    #[schema(required)]
    pub number: Option<String>,
}

/// Enter a paper form afterwards
#[utoipa::path(
    post, path = "/day-packs/{id}/forms", tag = "registration", params(PackPath), request_body = EnterFormBody,
    responses((status = 200, body = EnteredBody))
)]
pub async fn enter(
    caller: Caller,
    Path(path): Path<PackPath>,
    Json(form): Json<EnterFormBody>,
) -> Answer<axum::Json<EnteredBody>> {
    let papers =
        |words: Vec<PaperWord>, state| words.into_iter().map(move |word| FormPaper { kind: word.0, state });
    let received = papers(form.papers, PaperState::Received);
    let seen = papers(form.copies_seen, PaperState::CopySeen);
    let missing = papers(form.missing, PaperState::Missing);
    let command = EnterForm {
        pack: DayPackId::new(path.id),
        form_no: form.form_no.0,
        candidate: form.candidate.map(|id| CandidateId::new(id.0)),
        papers: received.chain(seen).chain(missing).collect(),
        missing_until: form.missing_until.map(|line| line.0).unwrap_or_default(),
        provisional: form.provisional,
        until: form.until.map(|line| line.0).unwrap_or_default(),
        fee: FeeForm {
            state: form.fee_state.and_then(|word| FeeState::from_code(&word.0)),
            amount: form.fee_amount.map(|line| line.0).unwrap_or_default(),
            receipt: form.fee_receipt.map(|line| line.0).unwrap_or_default(),
            paid_on: form.fee_on.map(|line| line.0).unwrap_or_default(),
        },
        notice_read: form.notice_read,
        note: form.note.map(|line| line.0).unwrap_or_default(),
    };
    let entered = enter_form(caller.office(), caller.actor(), command).await?;
    let (outcome, number) = match entered.outcome {
        FormOutcome::Registered(number) => ("registered", Some(number)),
        FormOutcome::Provisional(number) => ("provisional", Some(number)),
        FormOutcome::Already => ("already", None),
        FormOutcome::Void => ("void", None),
    };
    Ok(axum::Json(EnteredBody { outcome: outcome.to_owned(), number }))
}
