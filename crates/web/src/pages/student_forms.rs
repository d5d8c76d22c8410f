//! The forms of a student's page, each a page of its own.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use base::{ids::EntryId, time::date_tr};
use domain::{
    enrolments::{EnrolmentStatus, LinkKind},
    ledger::GroundKind,
    papers::{PaperKind, PaperState},
    people::Sex,
};
use services::{
    ServiceError,
    students::{
        change_contact::{self, ChangeContact},
        change_identity::{self, ChangeIdentity},
        change_photo,
        change_status::{self, ChangeStatus, ReverseEntry},
        keep_paper::{self, KeepPaper},
        link_enrolment::{self, LinkEnrolment},
        open::{self, StudentPage as Opened},
        write_note,
    },
};

use crate::{
    components::{
        Fact, Link, Note, State,
        form::{Choice, Field, FieldError},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::student::{ground_word, inert, next_statuses},
    views::forms::{FormPage, Input},
    waiting::is_busy,
    words,
};

/// What the services said about the last sending of a form.
#[derive(Default)]
pub struct Outcome {
    errors: Vec<services::FieldError>,
    stale: bool,
    busy: bool,
}

impl Outcome {
    /// Refusals that belong on the form; everything else goes on as a fault.
    pub fn of(error: ServiceError) -> Result<Self, crate::fault::Fault> {
        match error {
            ServiceError::Invalid(errors) => Ok(Self { errors, ..Self::default() }),
            ServiceError::Stale => Ok(Self { stale: true, ..Self::default() }),
            error if is_busy(&error) => Ok(Self { busy: true, ..Self::default() }),
            other => Err(other.into()),
        }
    }
}

/// Builds the fields of a form with what was typed and what is wrong with it.
pub struct Form<'a> {
    ctx: &'a Ctx,
    posted: Option<&'a Posted>,
    outcome: Outcome,
}

impl<'a> Form<'a> {
    /// A form that is opened.
    pub fn fresh(ctx: &'a Ctx) -> Self {
        Self { ctx, posted: None, outcome: Outcome::default() }
    }

    /// A form that was sent and comes back; why it has to wait stands above the page.
    pub fn again(ctx: &'a Ctx, posted: &'a Posted, outcome: Outcome) -> Self {
        if outcome.busy {
            ctx.note_busy();
        }
        Self { ctx, posted: Some(posted), outcome }
    }

    /// What was typed, or what stands there now.
    pub fn value(&self, name: &str, now: impl Into<String>) -> String {
        match self.posted {
            Some(posted) => posted.text(name).to_owned(),
            None => now.into(),
        }
    }

    /// All values that were sent under a name.
    pub fn sent(&self, name: &str) -> &[String] {
        self.posted.map_or(&[], |posted| posted.all(name))
    }

    /// A field with its label (`label-…`), value and error.
    pub fn field(&self, name: &'static str, label: &'static str, now: impl Into<String>) -> Field<'a> {
        self.named(name, self.ctx.t().get(label), now)
    }

    /// As [`Form::field`], with the words of its label.
    pub fn named(&self, name: &'static str, label: &'a str, now: impl Into<String>) -> Field<'a> {
        let t = self.ctx.t();
        let error = self.outcome.errors.iter().find(|e| e.field == name).map(|e| match e.code {
            "required" => t.fmt("field-required-of", &[("field", label)]),
            _ => self.ctx.field_error(e),
        });
        let error = error.unwrap_or_default();
        Field::new(name, label).value(self.value(name, now)).error(error)
    }

    /// The choices of a select; the first is empty.
    pub fn choices(
        &self,
        name: &str,
        now: &str,
        all: impl IntoIterator<Item = (String, String)>,
    ) -> Vec<Choice<'static>> {
        let chosen = self.value(name, now);
        std::iter::once((String::new(), self.ctx.t().get("form-none-chosen").to_owned()))
            .chain(all)
            .map(|(value, label)| {
                let is_chosen = value == chosen;
                Choice::new(value, label).chosen(is_chosen)
            })
            .collect()
    }

    /// What is wrong, for the top of the form.
    pub fn errors(&self) -> Vec<FieldError<'static>> {
        self.outcome.errors.iter().map(|e| FieldError::at(e.field, self.ctx.field_error(e))).collect()
    }

    /// The message that somebody else was faster.
    pub fn notes(&self) -> Vec<Note<'a>> {
        let t = self.ctx.t();
        if self.outcome.stale {
            vec![Note::new(State::Ask, t.get("form-stale"), t.get("form-stale-text"))]
        } else {
            Vec::new()
        }
    }
}

/// What a form page of a student is made of.
struct Parts<'a> {
    title: &'static str,
    action: String,
    hidden: Vec<(&'static str, String)>,
    inputs: Vec<Input<'a>>,
    facts: Vec<Fact<'a>>,
    submit: &'static str,
    danger: bool,
}

async fn page(ctx: &Ctx, opened: &Opened, form: &Form<'_>, parts: Parts<'_>) -> Answer {
    let t = ctx.t();
    let base = format!("/ogrenci/{}", opened.enrolment.number);
    let frame = ctx.frame(t.get(parts.title));
    let shell = ctx.shell("ogrenciler").await;
    let name = opened.person.identity.full_name();
    let errors = form.errors();
    let status = if errors.is_empty() && form.notes().is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = FormPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![
            Link::new(t.get("students-title"), "/ogrenciler"),
            Link::new(format!("{name} · {}", opened.enrolment.number), base.as_str()),
            Link::new(t.get(parts.title), ""),
        ],
        lead: format!("{name} · {}", opened.enrolment.number).into(),
        notes: form.notes(),
        facts: parts.facts,
        action: parts.action.into(),
        tokens: ctx.tokens(),
        hidden: parts.hidden.into_iter().map(|(n, v)| (n.into(), v.into())).collect(),
        errors,
        inputs: parts.inputs,
        submit: t.get(parts.submit).into(),
        danger: parts.danger,
        back: base.as_str().into(),
    };
    ctx.html_with(status, &view)
}

fn back_to(number: &str) -> Response {
    Redirect::to(&format!("/ogrenci/{number}")).into_response()
}

/// Sensitive forms ask for the password before they are filled in, not after.
fn ask_password(ctx: &Ctx) -> Result<(), crate::fault::Fault> {
    if services::authz::is_confirmed(ctx.actor(), ctx.office().now()) {
        Ok(())
    } else {
        Err(ServiceError::NeedsConfirmation.into())
    }
}

async fn opened(ctx: &Ctx, number: String, action: services::Action) -> Result<Opened, crate::fault::Fault> {
    let opened = open::open_student(ctx.office(), ctx.actor(), number).await?;
    if opened.may.contains(&action) { Ok(opened) } else { Err(ServiceError::Forbidden(action).into()) }
}

// Remarks -----------------------------------------------------------------------------------------

/// `POST /ogrenci/{no}/not`.
pub async fn add_note(ctx: Ctx, Path(number): Path<String>, posted: Posted) -> Answer {
    match write_note::write_note(ctx.office(), ctx.actor(), number.clone(), posted.text("body").to_owned())
        .await
    {
        Ok(_) => Ok(ctx.flash_to(&format!("/ogrenci/{number}#gise-notlari"), "note-written")),
        Err(ServiceError::Invalid(_)) => {
            Ok(ctx.flash_to(&format!("/ogrenci/{number}#gise-notlari"), "no-note"))
        }
        Err(other) => Err(other.into()),
    }
}

// Contact -----------------------------------------------------------------------------------------

/// `GET /ogrenci/{no}/iletisim`.
pub async fn contact(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let opened = opened(&ctx, number, services::Action::ChangeContact).await?;
    contact_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn contact_page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let now = |value: &Option<String>| value.clone().unwrap_or_default();
    let inputs = vec![
        Input::Text(
            form.field("email", "contact-email", now(&s.contact.email))
                .hint(t.get("contact-email-hint"))
                .optional()
                .max(254)
                .focus(),
        ),
        Input::Text(
            form.field("phone", "contact-phone", now(&s.contact.phone))
                .hint(t.get("contact-phone-hint"))
                .optional()
                .max(30),
        ),
        Input::Area(form.field("address", "contact-address", now(&s.contact.address)).optional().max(500)),
    ];
    let facts = if form.notes().is_empty() {
        Vec::new()
    } else {
        vec![
            Fact::text(t.get("contact-email"), now(&s.contact.email)),
            Fact::text(t.get("contact-phone"), now(&s.contact.phone)),
            Fact::text(t.get("contact-address"), now(&s.contact.address)),
        ]
    };
    let parts = Parts {
        title: "contact-title",
        action: format!("/ogrenci/{}/iletisim", s.enrolment.number),
        hidden: vec![("version", s.contact.version.to_string())],
        inputs,
        facts,
        submit: "form-save",
        danger: false,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/iletisim`.
pub async fn save_contact(ctx: Ctx, Path(number): Path<String>, posted: Posted) -> Answer {
    let form = ChangeContact {
        number: number.clone(),
        email: posted.text("email").to_owned(),
        phone: posted.text("phone").to_owned(),
        address: posted.text("address").to_owned(),
        version: posted.number("version").unwrap_or(0),
    };
    match change_contact::change_contact(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/ogrenci/{number}"), "contact-saved")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::ChangeContact).await?;
            contact_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Identity ----------------------------------------------------------------------------------------

/// `GET /ogrenci/{no}/kimlik`.
pub async fn identity(ctx: Ctx, Path(number): Path<String>) -> Answer {
    ask_password(&ctx)?;
    let opened = opened(&ctx, number, services::Action::ChangeIdentity).await?;
    identity_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

fn grounds(ctx: &Ctx, form: &Form<'_>, kinds: &[GroundKind], usual: GroundKind) -> Vec<Choice<'static>> {
    form.choices(
        "ground",
        usual.code(),
        kinds.iter().map(|k| (k.code().to_owned(), ground_word(ctx.t(), *k).to_owned())),
    )
}

async fn identity_page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let who = &s.person.identity;
    let sexes = form.choices(
        "sex",
        who.sex.code(),
        Sex::ALL.iter().map(|x| (x.code().to_owned(), t.variant("sex", x.code()).to_owned())),
    );
    let inputs = vec![
        Input::Text(
            form.field("given_name", "identity-given-name", who.given_name.as_str()).max(100).focus(),
        ),
        Input::Text(
            form.field("surname", "identity-surname", who.surname.as_str())
                .hint(t.get("identity-surname-hint"))
                .max(100),
        ),
        Input::Number(
            form.field("identity_no", "identity-number", "")
                .hint(t.get("identity-number-hint"))
                .optional()
                .max(11)
                .width("w-m"),
        ),
        Input::Select(form.field("sex", "identity-sex", who.sex.code()), sexes),
        Input::Date(form.field("birth_date", "identity-birth-date", date_tr(who.birth_date))),
        Input::Text(form.field("birth_place", "identity-birth-place", who.birth_place.as_str()).max(100)),
        Input::Text(
            form.field("nationality", "identity-nationality", who.nationality.as_str())
                .hint(t.get("identity-nationality-hint"))
                .max(2)
                .width("w-s"),
        ),
        Input::Heading(t.get("ground-heading").into()),
        Input::Select(
            form.field("ground", "ground-kind", ""),
            grounds(ctx, form, change_identity::GROUNDS, GroundKind::IdentityPaper),
        ),
        Input::Text(
            form.field("ground_ref", "ground-ref", "").hint(t.get("ground-ref-identity-hint")).max(100),
        ),
        Input::Date(form.field("ground_on", "ground-on", "")),
        Input::Area(form.field("reason", "reason", "").hint(t.get("reason-hint")).max(500)),
    ];
    let parts = Parts {
        title: "identity-title",
        action: format!("/ogrenci/{}/kimlik", s.enrolment.number),
        hidden: vec![("version", s.person.version.to_string())],
        inputs,
        facts: Vec::new(),
        submit: "identity-submit",
        danger: false,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/kimlik`.
pub async fn save_identity(ctx: Ctx, Path(number): Path<String>, posted: Posted) -> Answer {
    let text = |name: &str| posted.text(name).to_owned();
    let form = ChangeIdentity {
        number: number.clone(),
        identity_no: text("identity_no"),
        given_name: text("given_name"),
        surname: text("surname"),
        sex: Sex::from_code(posted.text("sex")),
        birth_date: text("birth_date"),
        birth_place: text("birth_place"),
        nationality: text("nationality"),
        ground: GroundKind::from_code(posted.text("ground")).unwrap_or(GroundKind::Records),
        ground_ref: text("ground_ref"),
        ground_on: text("ground_on"),
        reason: text("reason"),
        version: posted.number("version").unwrap_or(0),
    };
    match change_identity::change_identity(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/ogrenci/{number}"), "identity-saved")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::ChangeIdentity).await?;
            identity_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Status ------------------------------------------------------------------------------------------

/// `GET /ogrenci/{no}/durum`.
pub async fn status(ctx: Ctx, Path(number): Path<String>) -> Answer {
    ask_password(&ctx)?;
    let opened = opened(&ctx, number, services::Action::ChangeStatus).await?;
    status_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn status_page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let next = form.choices(
        "status",
        "",
        next_statuses(s.enrolment.status)
            .map(|x| (x.code().to_owned(), t.variant("status", x.code()).to_owned())),
    );
    let inputs = vec![
        Input::Select(form.field("status", "status-next", ""), next),
        Input::Date(form.field("effective_on", "status-effective", "").hint(t.get("status-effective-hint"))),
        Input::Heading(t.get("ground-heading").into()),
        Input::Select(
            form.field("ground", "ground-kind", ""),
            grounds(ctx, form, change_status::GROUNDS, GroundKind::BoardDecision),
        ),
        Input::Text(form.field("ground_ref", "ground-ref", "").hint(t.get("ground-ref-hint")).max(100)),
        Input::Date(form.field("ground_on", "ground-on", "").hint(t.get("ground-on-hint"))),
        Input::Area(form.field("reason", "reason", "").hint(t.get("reason-hint")).optional().max(500)),
    ];
    let facts = vec![
        Fact::tag(t.get("students-status"), words::status(t, s.enrolment.status))
            .with_ground(words::ground(t, &s.enrolment.ground)),
        Fact::text(t.get("status-since"), date_tr(s.enrolment.status_since)),
        Fact::text(t.get("student-entry"), date_tr(s.enrolment.entered_on)),
    ];
    let parts = Parts {
        title: "status-title",
        action: format!("/ogrenci/{}/durum", s.enrolment.number),
        hidden: vec![("version", s.enrolment.version.to_string())],
        inputs,
        facts,
        submit: "status-submit",
        danger: false,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/durum`.
pub async fn save_status(ctx: Ctx, Path(number): Path<String>, posted: Posted) -> Answer {
    let text = |name: &str| posted.text(name).to_owned();
    let form = ChangeStatus {
        number: number.clone(),
        status: EnrolmentStatus::from_code(posted.text("status")),
        effective_on: text("effective_on"),
        ground: GroundKind::from_code(posted.text("ground")).unwrap_or(GroundKind::Records),
        ground_ref: text("ground_ref"),
        ground_on: text("ground_on"),
        reason: text("reason"),
        version: posted.number("version").unwrap_or(0),
    };
    match change_status::change_status(ctx.office(), ctx.actor(), form).await {
        Ok(_) => Ok(ctx.flash_to(&format!("/ogrenci/{number}"), "status-saved")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::ChangeStatus).await?;
            status_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// `GET /ogrenci/{no}/geri-al/{entry}`.
pub async fn reverse(ctx: Ctx, Path((number, entry)): Path<(String, EntryId)>) -> Answer {
    ask_password(&ctx)?;
    let opened = opened(&ctx, number, services::Action::ReverseEntry).await?;
    reverse_page(&ctx, &opened, entry, &Form::fresh(&ctx)).await
}

async fn reverse_page(ctx: &Ctx, s: &Opened, id: EntryId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let entry = s.timeline.iter().find(|e| e.id == id).ok_or(ServiceError::NotFound)?;
    let ground = domain::ledger::Ground {
        kind: entry.ground_kind,
        reference: entry.ground_ref.clone(),
        dated: entry.ground_on,
    };
    let facts = vec![
        Fact::text(
            t.variant("ledger", entry.kind.code()),
            entry.status_after.map(|x| t.variant("status", x.code()).to_owned()).unwrap_or_default(),
        )
        .with_ground(words::ground(t, &ground)),
        Fact::text(t.get("status-effective"), date_tr(entry.effective_on)),
    ];
    let inputs = vec![
        Input::Text(
            form.field("ground_ref", "ground-ref", "")
                .hint(t.get("ground-ref-correction-hint"))
                .max(100)
                .focus(),
        ),
        Input::Date(form.field("ground_on", "ground-on", "")),
        Input::Area(form.field("reason", "reason", "").hint(t.get("reason-hint")).max(500)),
    ];
    let parts = Parts {
        title: "reverse-title",
        action: format!("/ogrenci/{}/geri-al/{id}", s.enrolment.number),
        hidden: Vec::new(),
        inputs,
        facts,
        submit: "reverse-submit",
        danger: true,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/geri-al/{entry}`.
pub async fn save_reverse(
    ctx: Ctx,
    Path((number, entry)): Path<(String, EntryId)>,
    posted: Posted,
) -> Answer {
    let form = ReverseEntry {
        number: number.clone(),
        entry,
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
        reason: posted.text("reason").to_owned(),
    };
    match change_status::reverse_entry(ctx.office(), ctx.actor(), form).await {
        Ok(_) => Ok(ctx.flash_to(&format!("/ogrenci/{number}"), "entry-reversed")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::ReverseEntry).await?;
            reverse_page(&ctx, &opened, entry, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Papers ------------------------------------------------------------------------------------------

/// `GET /ogrenci/{no}/evrak`.
pub async fn paper(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let opened = opened(&ctx, number, services::Action::KeepPapers).await?;
    paper_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn paper_page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let kinds = form.choices(
        "kind",
        "",
        PaperKind::ALL.iter().map(|k| (k.code().to_owned(), t.variant("paper", k.code()).to_owned())),
    );
    let states = form.choices(
        "state",
        PaperState::Received.code(),
        PaperState::ALL.iter().map(|k| (k.code().to_owned(), t.variant("paper-state", k.code()).to_owned())),
    );
    let inputs = vec![
        Input::Select(form.field("kind", "paper-kind", ""), kinds),
        Input::Text(
            form.field("description", "paper-description", "")
                .hint(t.get("paper-description-hint"))
                .optional()
                .max(200),
        ),
        Input::Select(form.field("state", "paper-state", ""), states),
        Input::File(
            form.field("scan", "paper-scan", "").hint(t.get("paper-scan-hint")).optional(),
            "application/pdf,image/jpeg,image/png",
        ),
    ];
    let facts = s
        .held
        .iter()
        .map(|p| {
            let name = p.description.clone().unwrap_or_else(|| t.variant("paper", p.kind.code()).to_owned());
            Fact::tag(name, words::paper_state(t, p.state))
        })
        .collect();
    let parts = Parts {
        title: "paper-title",
        action: format!("/ogrenci/{}/evrak", s.enrolment.number),
        hidden: Vec::new(),
        inputs,
        facts,
        submit: "form-save",
        danger: false,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/evrak`: records a paper; one of a kind that is there already is changed.
pub async fn save_paper(ctx: Ctx, Path(number): Path<String>, mut posted: Posted) -> Answer {
    let scan = posted.file("scan");
    let kind = PaperKind::from_code(posted.text("kind"));
    let state = PaperState::from_code(posted.text("state"));
    let saved = match (kind, state) {
        (Some(kind), Some(state)) => {
            let before = opened(&ctx, number.clone(), services::Action::KeepPapers).await?;
            let row = before
                .held
                .iter()
                .find(|p| p.kind == kind && kind != PaperKind::Other)
                .map(|p| (p.id, p.version));
            let form = KeepPaper {
                number: number.clone(),
                row,
                kind,
                state,
                description: posted.text("description").to_owned(),
                scan,
            };
            keep_paper::keep_paper(ctx.office(), ctx.actor(), form).await
        }
        (None, _) => Err(ServiceError::field("kind", "required")),
        (_, None) => Err(ServiceError::field("state", "required")),
    };
    match saved {
        Ok(()) => Ok(ctx.flash_to(&format!("/ogrenci/{number}#evrak"), "paper-saved")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::KeepPapers).await?;
            paper_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// `GET /ogrenci/{no}/evrak/{file}`: a scan, as a download.
pub async fn scan(ctx: Ctx, Path((number, file)): Path<(String, base::ids::FileId)>) -> Answer {
    let (mime, bytes) = keep_paper::open_scan(ctx.office(), ctx.actor(), number, file).await?;
    let ending = match mime.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        _ => "jpg",
    };
    Ok(inert(mime, bytes, Some(&format!("evrak-{file}.{ending}"))))
}

// Photo -------------------------------------------------------------------------------------------

/// `GET /ogrenci/{no}/fotograf`.
pub async fn photo(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let opened = opened(&ctx, number, services::Action::ChangePhoto).await?;
    photo_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn photo_page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let parts = Parts {
        title: "photo-title",
        action: format!("/ogrenci/{}/fotograf", s.enrolment.number),
        hidden: Vec::new(),
        inputs: vec![Input::File(
            form.field("photo", "photo-file", "").hint(t.get("photo-hint")),
            "image/jpeg,image/png",
        )],
        facts: Vec::new(),
        submit: "form-save",
        danger: false,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/fotograf`.
pub async fn save_photo(ctx: Ctx, Path(number): Path<String>, mut posted: Posted) -> Answer {
    let saved = match posted.file("photo") {
        Some(upload) => change_photo::change_photo(ctx.office(), ctx.actor(), number.clone(), upload).await,
        None => Err(ServiceError::field("photo", "file-empty")),
    };
    match saved {
        Ok(()) => Ok(back_to(&number)),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::ChangePhoto).await?;
            photo_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Link to a main enrolment --------------------------------------------------------------------------

/// `GET /ogrenci/{no}/bagla`.
pub async fn link(ctx: Ctx, Path(number): Path<String>) -> Answer {
    ask_password(&ctx)?;
    let opened = opened(&ctx, number, services::Action::ChangeStatus).await?;
    link_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn link_page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let now = s.enrolment.main.map_or("", |(kind, _)| kind.code());
    let kinds = form.choices(
        "kind",
        now,
        LinkKind::ALL.iter().map(|k| (k.code().to_owned(), t.variant("link", k.code()).to_owned())),
    );
    let others: Vec<_> = s.others.iter().filter(|o| o.main.is_none()).collect();
    let only = match others.as_slice() {
        [one] => one.number.as_str(),
        _ => "",
    };
    let mains = form.choices(
        "main_number",
        only,
        others.iter().map(|o| {
            let programme = s.other_programmes.iter().find(|(id, _)| *id == o.programme);
            let name = programme.map(|(_, name)| name.of(t.lang())).unwrap_or_default();
            (o.number.clone(), format!("{} · {name}", o.number))
        }),
    );
    let parts = Parts {
        title: "link-title",
        action: format!("/ogrenci/{}/bagla", s.enrolment.number),
        hidden: vec![("version", s.enrolment.version.to_string())],
        inputs: vec![
            Input::Select(
                form.field("kind", "link-kind", "").hint(t.get("link-kind-hint")).optional(),
                kinds,
            ),
            Input::Select(form.field("main_number", "link-main", ""), mains),
            Input::Heading(t.get("ground-heading").into()),
            Input::Text(form.field("ground_ref", "ground-ref", "").hint(t.get("ground-ref-hint")).max(100)),
            Input::Date(form.field("ground_on", "ground-on", "")),
        ],
        facts: Vec::new(),
        submit: "form-save",
        danger: false,
    };
    page(ctx, s, form, parts).await
}

/// `POST /ogrenci/{no}/bagla`.
pub async fn save_link(ctx: Ctx, Path(number): Path<String>, posted: Posted) -> Answer {
    let form = LinkEnrolment {
        number: number.clone(),
        kind: LinkKind::from_code(posted.text("kind")),
        main_number: posted.text("main_number").to_owned(),
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
        version: posted.number("version").unwrap_or(0),
    };
    match link_enrolment::link_enrolment(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/ogrenci/{number}"), "link-saved")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number, services::Action::ChangeStatus).await?;
            link_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}
