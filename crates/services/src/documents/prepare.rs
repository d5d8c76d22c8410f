//! The first step of issuing: the number is given and what the paper says is frozen with it.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use base::{
    ids::{DocumentId, FileId, JobId, PersonId, UnitId},
    lang::Lang,
    random::Randomness,
    time::Date,
};
use catalogue::documents::{
    Check, Compose, ComposeError, IssueFacts, Kind, Signer, Subject as Speaks,
    common::letters::first_unprintable,
};
use domain::{documents::VerificationCode, student_file::TermFacts};
use regulations::{Book, Finding, Findings, Verdict, When};
use storage::{
    Permit, Reader, StorageError, Tx,
    audit::{AuditRow, shown_list},
    documents::{Issuer, NewDocument, Subject},
    enrolments::Enrolment,
};

use super::{
    VERIFY_PATH, line_of, row,
    signatory::{Signatory, signatory},
};
use crate::{
    Office,
    error::{Result, ServiceError},
    students::file::FileLoader,
};

/// Characters of a purpose at the most; it stands in one sentence of the paper.
const LONGEST_PURPOSE: usize = 200;
/// Characters of a decision at the most.
const LONGEST_DECISION: usize = 500;

/// Stands in a paper's place of the number while it is looked at; as long as a real one.
const SAMPLE_NUMBER: &str = "0000/000000";

/// What is asked for, the same for one paper and for each of a batch.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) kind: &'static Kind,
    pub(super) lang: Lang,
    pub(super) purpose: Option<String>,
    pub(super) photo: bool,
    /// Why a person lets the paper go out where the rules leave it to a person.
    pub(super) decision: Option<String>,
    pub(super) job: Option<JobId>,
}

impl Order {
    /// A paper that is asked for by nothing but its kind and language.
    pub(super) const fn plain(kind: &'static Kind, lang: Lang) -> Self {
        Self { kind, lang, purpose: None, photo: false, decision: None, job: None }
    }

    /// Reads what somebody typed for a student's paper.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] on `kind` for a kind that is unknown or about no student, and for what is too long.
    pub(super) fn read(kind: &str, lang: Lang, purpose: &str, photo: bool, decision: &str) -> Result<Self> {
        Ok(Self {
            kind: catalogue::documents::kind(kind)
                .filter(|kind| kind.is_of_student())
                .ok_or_else(|| ServiceError::field("kind", "kind-unknown"))?,
            lang,
            purpose: line_of("purpose", purpose, LONGEST_PURPOSE)?,
            photo,
            decision: line_of("decision", decision, LONGEST_DECISION)?,
            job: None,
        })
    }
}

/// Everything that stays the same for the papers of one moment.
pub(super) struct Desk {
    book: Arc<Book>,
    random: Arc<dyn Randomness>,
    address: String,
    today: Date,
    files: FileLoader,
    term: Option<Option<TermFacts>>,
    issuers: HashMap<UnitId, Option<Issuer>>,
    signatories: HashMap<(UnitId, i16, &'static str), Arc<Signatory>>,
    broken_photos: HashSet<FileId>,
}

/// The way from what a paper is made of to its data.
type Composing = Box<dyn Fn(&Book, &IssueFacts) -> std::result::Result<Vec<u8>, ComposeError> + Send>;

/// A paper about no student: what it is about, what it is made of, and who is named on it.
pub(super) struct Matter<File> {
    pub(super) subject: Subject,
    /// The unit for which it is issued.
    pub(super) unit: UnitId,
    /// The year whose rules count.
    pub(super) year: i16,
    pub(super) file: File,
    pub(super) check: Check<File>,
    pub(super) compose: Compose<File>,
    /// Those who stand on it, for the audit log.
    pub(super) people: Option<Vec<PersonId>>,
}

/// Who issues and signs, where that can be said.
type Issuing = Option<(Issuer, Arc<Signatory>)>;

/// A paper that can go out, without its number.
pub(super) struct Draft {
    /// What the rules said, warnings among it.
    pub(super) findings: Findings,
    /// Name of the person as the paper prints it; empty for a paper about no person.
    pub(super) holder: String,
    composing: Composing,
    /// The unit in whose name it is numbered.
    unit: UnitId,
    photo: Option<FileId>,
    facts: IssueFacts,
}

impl Draft {
    /// What the template reads.
    fn compose(&self, kind: &Kind, book: &Book) -> Result<String> {
        let payload =
            (self.composing)(book, &self.facts).map_err(|error| uncomposed(error, &self.findings))?;
        String::from_utf8(payload).map_err(|_| {
            StorageError::Decode { column: "payload".to_owned(), found: kind.key.to_owned() }.into()
        })
    }

    /// Refuses letters that no font has.
    fn check_letters(self, kind: &Kind, book: &Book) -> Result<Self> {
        if let Some(letter) = first_unprintable(&self.compose(kind, book)?) {
            let finding = Finding::new(Verdict::Refuses, "letter-not-printed")
                .value("letter", letter.to_string())
                .value("code", format!("U+{:04X}", u32::from(letter)));
            return Err(refused(&self.findings, finding));
        }
        Ok(self)
    }
}

impl Desk {
    pub(super) fn open(office: &Office) -> Self {
        Self {
            book: office.book.clone(),
            random: office.random.clone(),
            address: format!("{}/{VERIFY_PATH}", office.public_url),
            today: office.today(),
            files: FileLoader::new(office.today()),
            term: None,
            issuers: HashMap::new(),
            signatories: HashMap::new(),
            broken_photos: HashSet::new(),
        }
    }

    /// Leaves out photos that were found to be broken.
    pub(super) fn without(mut self, broken_photos: HashSet<FileId>) -> Self {
        self.broken_photos = broken_photos;
        self
    }

    /// Composes a paper about an enrolment, but for its number, and looks for everything that would keep it from going
    /// out: the rules, the signature, the photo, the calendar, marks that make no average, letters that no font has.
    /// Nothing is written, so that a list can be looked at before it is ordered and no number is taken for a paper that
    /// is not made.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with everything that the rules said, and what else stands against it.
    pub(super) fn draft(&mut self, db: &Reader<'_>, enrolment: &Enrolment, order: &Order) -> Result<Draft> {
        let Speaks::Enrolment { check, compose, .. } = order.kind.subject else {
            return Err(ServiceError::field("kind", "kind-unknown"));
        };
        let file = self.files.load(db, enrolment)?;
        let mut findings = check(&file, &self.book, self.today);
        let issuing =
            self.issuing(db, enrolment.unit, file.when(self.today), order.kind, &mut findings, || {
                Finding::new(Verdict::Refuses, "unit-name-missing").value("programme", &file.programme.code)
            })?;
        let (issuer, signer) = permitted(issuing, &findings, order)?;
        let photo = if order.photo { Some(self.photo_of(db, enrolment, &findings)?) } else { None };
        let unit = issuer.unit;
        let facts = self.facts(db, issuer, signer, order, photo.map(|(_, name)| name))?;
        let draft = Draft {
            findings,
            holder: file.identity.full_name(),
            composing: Box::new(move |book, facts| compose(&file, book, facts)),
            unit,
            photo: photo.map(|(file, _)| file),
            facts,
        };
        draft.check_letters(order.kind, &self.book)
    }

    /// Composes a paper about no student, as [`Desk::draft`] does a student's.
    fn draft_of<File: Send + 'static>(
        &mut self,
        db: &Reader<'_>,
        matter: Matter<File>,
        order: &Order,
    ) -> Result<Draft> {
        let Matter { file, compose, .. } = matter;
        let mut findings = (matter.check)(&file, &self.book, self.today);
        let when = When { on: self.today, entry_year: matter.year };
        let issuing = self.issuing(db, matter.unit, when, order.kind, &mut findings, || {
            Finding::new(Verdict::Refuses, "issuing-unit-name-missing")
        })?;
        let (issuer, signer) = permitted(issuing, &findings, order)?;
        let unit = issuer.unit;
        let facts = self.facts(db, issuer, signer, order, None)?;
        let composing: Composing = Box::new(move |book, facts| compose(&file, book, facts));
        Draft { findings, holder: String::new(), composing, unit, photo: None, facts }
            .check_letters(order.kind, &self.book)
    }

    /// Who issues and signs a paper of a unit today; what stands against it is added to the findings.
    fn issuing(
        &mut self,
        db: &Reader<'_>,
        unit: UnitId,
        when: When,
        kind: &Kind,
        findings: &mut Findings,
        nameless: impl Fn() -> Finding,
    ) -> Result<Issuing> {
        let Some(issuer) = self.issuer(db, unit)? else {
            findings.push(nameless());
            return Ok(None);
        };
        let signing = self.signatory(db, &issuer, when, kind)?;
        findings.extend(signing.warning.clone());
        if let Err(nobody) = &signing.signer {
            findings.push((**nobody).clone());
        }
        Ok(Some((issuer, signing)))
    }

    /// What the engine knows of a paper before it has its number.
    fn facts(
        &mut self,
        db: &Reader<'_>,
        issuer: Issuer,
        signer: Signer,
        order: &Order,
        photo: Option<&'static str>,
    ) -> Result<IssueFacts> {
        Ok(IssueFacts {
            lang: order.lang,
            number: SAMPLE_NUMBER.to_owned(),
            date: self.today,
            code: VerificationCode::fresh(self.random.as_ref()),
            address: self.address.clone(),
            institution: issuer.institution,
            unit: issuer.name,
            signer,
            purpose: order.purpose.clone(),
            photo,
            term: self.term(db)?,
        })
    }

    /// Gives the next number to a paper about an enrolment and freezes what it says. Whoever gave the permit has
    /// asked whether the enrolment is in reach.
    ///
    /// # Errors
    /// As [`Desk::draft`]; no number is taken then.
    pub(super) fn prepare(
        &mut self,
        tx: &Tx<'_>,
        permit: &Permit,
        enrolment: &Enrolment,
        order: &Order,
    ) -> Result<(DocumentId, Findings)> {
        let draft = self.draft(tx, enrolment, order)?;
        let subject = Subject::Enrolment { enrolment: enrolment.id, person: enrolment.person };
        self.number(tx, permit, draft, subject, order, None)
    }

    /// As [`Desk::prepare`], for a paper about no student; whoever gave the permit has asked whether its unit is in
    /// reach.
    ///
    /// # Errors
    /// As [`Desk::draft`]; no number is taken then.
    pub(super) fn prepare_of<File: Send + 'static>(
        &mut self,
        tx: &Tx<'_>,
        permit: &Permit,
        mut matter: Matter<File>,
        order: &Order,
    ) -> Result<(DocumentId, Findings)> {
        let (subject, people) = (matter.subject, matter.people.take());
        let draft = self.draft_of(tx, matter, order)?;
        self.number(tx, permit, draft, subject, order, people.map(shown_list))
    }

    /// Gives a draft its number and writes it down. From here on nothing may refuse: in a batch the transaction goes on
    /// with the next student.
    fn number(
        &self,
        tx: &Tx<'_>,
        permit: &Permit,
        mut draft: Draft,
        subject: Subject,
        order: &Order,
        shown: Option<String>,
    ) -> Result<(DocumentId, Findings)> {
        let number = storage::documents::take_number(tx, permit, draft.unit, i32::from(self.today.year()))?;
        draft.facts.number = number.to_string();
        let new = NewDocument {
            number,
            kind: order.kind.key.to_owned(),
            lang: order.lang,
            subject,
            code: draft.facts.code.compact(),
            issued_on: self.today,
            holder: draft.holder.clone(),
            purpose: order.purpose.clone(),
            payload: draft.compose(order.kind, &self.book).map_err(unexpected)?,
            photo: draft.photo,
            job: order.job,
        };
        let id = storage::documents::insert(tx, permit, &new)?;
        let detail = format!("{} {} {number}", order.kind.key, order.lang.code());
        let audit = AuditRow {
            person: subject.person(),
            shown,
            reason: order.decision.clone(),
            ..row(permit, "issue_document", id, detail)
        };
        storage::audit::append(tx, &audit)?;
        Ok((id, draft.findings))
    }

    /// The photo of an enrolment's person and the name by which the paper calls it.
    fn photo_of(
        &self,
        db: &Reader<'_>,
        enrolment: &Enrolment,
        findings: &Findings,
    ) -> Result<(FileId, &'static str)> {
        let refuse = |code| refused(findings, Finding::new(Verdict::Refuses, code));
        let missing = || refuse("photo-missing");
        let person = storage::people::fetch(db, enrolment.person)?.ok_or(ServiceError::NotFound)?;
        let file = storage::files::fetch(db, person.photo.ok_or_else(missing)?)?.ok_or_else(missing)?;
        if self.broken_photos.contains(&file.id) {
            return Err(refuse("photo-broken"));
        }
        Ok((file.id, photo_name(&file.mime).ok_or_else(missing)?))
    }

    fn term(&mut self, db: &Reader<'_>) -> Result<Option<TermFacts>> {
        if self.term.is_none() {
            self.term = Some(storage::institution::running_term(db, self.today)?);
        }
        Ok(self.term.clone().flatten())
    }

    /// The unit that issues papers for a programme's unit.
    fn issuer(&mut self, db: &Reader<'_>, unit: UnitId) -> Result<Option<Issuer>> {
        if let Some(known) = self.issuers.get(&unit) {
            return Ok(known.clone());
        }
        let found = match storage::institution::issuing_unit(db, unit)? {
            Some(issuing) => storage::documents::issuer(db, issuing, self.today)?,
            None => None,
        };
        self.issuers.insert(unit, found.clone());
        Ok(found)
    }

    fn signatory(
        &mut self,
        db: &Reader<'_>,
        issuer: &Issuer,
        when: When,
        kind: &Kind,
    ) -> Result<Arc<Signatory>> {
        let key = (issuer.unit, when.entry_year, kind.key);
        if let Some(known) = self.signatories.get(&key) {
            return Ok(known.clone());
        }
        let found = Arc::new(signatory(db, &self.book, kind.key, issuer, when, self.today)?);
        self.signatories.insert(key, found.clone());
        Ok(found)
    }
}

/// The name of a photo's picture by its type.
pub(super) fn photo_name(mime: &str) -> Option<&'static str> {
    match mime {
        "image/jpeg" => Some("photo.jpg"),
        "image/png" => Some("photo.png"),
        _ => None,
    }
}

/// Who issues and signs, once nothing stands against the paper.
fn permitted(issuing: Issuing, findings: &Findings, order: &Order) -> Result<(Issuer, Signer)> {
    let decided = !findings.needs_human() || order.decision.is_some();
    match issuing {
        Some((issuer, signing)) if decided && !findings.refuses() => match signing.signer.clone() {
            Ok(signer) => Ok((issuer, signer)),
            Err(_) => Err(ServiceError::Refused(Box::new(findings.clone()))),
        },
        _ => Err(ServiceError::Refused(Box::new(findings.clone()))),
    }
}

/// What could not be composed is a refusal, too: the clerk can mend the calendar or the mark.
fn uncomposed(error: ComposeError, findings: &Findings) -> ServiceError {
    let finding = match &error {
        ComposeError::NoTerm => Finding::new(Verdict::Refuses, "term-missing"),
        ComposeError::NoRegistration => Finding::new(Verdict::Refuses, "registration-not-here"),
        ComposeError::NoAttendance => Finding::new(Verdict::Refuses, "participation-certificate-none"),
        ComposeError::Record(reason) => {
            Finding::new(Verdict::Refuses, "record-not-computed").value("why", reason.to_string())
        }
        ComposeError::Json(reason) => {
            return ServiceError::Port { port: "compose", message: reason.to_string() };
        }
    };
    refused(findings, finding)
}

/// A paper that could be composed a moment before cannot now: the whole transaction is undone, with the number.
fn unexpected(error: ServiceError) -> ServiceError {
    ServiceError::Port { port: "compose", message: error.to_string() }
}

/// One more reason beside what the rules said.
fn refused(findings: &Findings, finding: Finding) -> ServiceError {
    let mut all = findings.clone();
    all.push(finding);
    ServiceError::Refused(Box::new(all))
}
