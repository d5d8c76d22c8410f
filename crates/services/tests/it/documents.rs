//! Papers: numbers, freezing, printing, batches, verification.

use std::{
    collections::{BTreeSet, HashMap},
    future::Future,
    io::Read,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    task::Poll,
    time::Duration,
};

use base::{
    ids::{CourseId, DocumentId, EnrolmentId, JobId, PersonId, TermId, UnitId},
    lang::Lang,
    time::{Date, Timestamp},
};
use domain::{
    accounts::Role, documents::DocumentStatus, enrolments::EnrolmentStatus, ledger::LedgerKind,
    marks::Letter, programmes::TermStanding,
};
use regulations::{Findings, Verdict};
use serde_json::{Value, json};
use services::{
    Actor, Office, ServiceError,
    authz::{self, Assignment},
    documents::{
        About, CancelDocument, DocumentQuery, IssueDocument, Issued, Verification,
        batch::{
            BatchForm, BatchOrder, Preview, Selection, batch_result, cancel_batch, list_batches,
            preview_batch, run_batches, show_batch, start_batch,
        },
        cancel_document, document_pdf, issue_document, list_documents, print_again, resume_preparing,
        show_document,
        stored::Upload,
        verify_code,
    },
    ports::{FileStore, PaperPress, PortError, Sheet},
    students::{
        change_photo::{change_photo, open_photo},
        find::StudentQuery,
    },
};
use sha2::{Digest, Sha256};
use storage::{
    StorageError,
    documents::Document,
    records::{
        RecordsFile,
        digest::MarkFacts,
        institution::{self, Fields, Keys},
        students,
    },
};

use tokio::sync::oneshot;

use crate::house::House;

/// Bytes by their hash, in memory; full when a test says so.
#[derive(Default)]
struct Shelf {
    bytes: Mutex<HashMap<[u8; 32], Vec<u8>>>,
    is_full: AtomicBool,
}

impl FileStore for Shelf {
    fn put(&self, bytes: &[u8]) -> Result<[u8; 32], PortError> {
        if self.is_full.load(Ordering::SeqCst) {
            return Err(PortError::NoRoom);
        }
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        self.bytes.lock().expect("shelf").insert(hash, bytes.to_vec());
        Ok(hash)
    }

    fn get(&self, sha256: &[u8; 32]) -> Result<Vec<u8>, PortError> {
        let found = self.bytes.lock().expect("shelf").get(sha256).cloned();
        found
            .filter(|bytes| Sha256::digest(bytes)[..] == sha256[..])
            .ok_or_else(|| PortError::Failed("missing or altered".to_owned()))
    }
}

/// Prints the payload behind the sign of a PDF; refuses or waits when a test says so.
#[derive(Default)]
struct Typewriter {
    printed: AtomicUsize,
    refuses: Mutex<Option<String>>,
    gate: Mutex<Option<Gate>>,
}

/// Holds the press at one paper, until the test lets it go on.
struct Gate {
    at: usize,
    reached: oneshot::Sender<()>,
    go: mpsc::Receiver<()>,
}

impl PaperPress for Typewriter {
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, PortError> {
        let before = self.printed.fetch_add(1, Ordering::SeqCst);
        let gate = self.gate.lock().expect("gate").take_if(|gate| gate.at == before);
        if let Some(Gate { reached, go, .. }) = gate {
            reached.send(()).expect("a test that waits");
            go.recv().expect("go on");
        }
        if let Some(word) = &*self.refuses.lock().expect("refuses")
            && sheet.payload.contains(word)
        {
            return Err(PortError::Failed("payload refused".to_owned()));
        }
        let pictures: Vec<_> =
            sheet.pictures.iter().map(|(name, bytes)| format!("{name} {}", bytes.len())).collect();
        let head = format!("%PDF-1.7 {} {} {} {pictures:?}", sheet.title, sheet.issued_at, sheet.qr);
        Ok(format!("{head}\n{}", sheet.payload).into_bytes())
    }

    fn merge(
        &self,
        papers: &mut dyn Iterator<Item = Result<Vec<u8>, PortError>>,
    ) -> Result<Vec<u8>, PortError> {
        let mut all = Vec::new();
        for paper in papers {
            all.extend(paper?);
            all.push(b'\n');
        }
        Ok(all)
    }
}

impl Typewriter {
    /// The press will wait at the paper after `at` others; the first tells when it does, the second lets it go on.
    fn wait_at(&self, at: usize) -> (oneshot::Receiver<()>, mpsc::Sender<()>) {
        let (reached, waiting) = oneshot::channel();
        let (go_on, go) = mpsc::channel();
        *self.gate.lock().expect("gate") = Some(Gate { at, reached, go });
        (waiting, go_on)
    }
}

/// Polls a future so many times and drops it then, as a killed process would; what it answered if it was done.
async fn die_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

struct Desk {
    house: House,
    shelf: Arc<Shelf>,
    press: Arc<Typewriter>,
    clerk: Actor,
    people: Mutex<HashMap<String, (PersonId, EnrolmentId)>>,
    courses: Vec<CourseId>,
    term: TermId,
}

/// Fields of a row of a file.
fn row(key: i64, fields: &Value) -> (String, Fields) {
    (key.to_string(), fields.as_object().cloned().unwrap_or_default())
}

impl Desk {
    /// A furnished office on each engine: two signing offices, a term, three courses.
    async fn all() -> Vec<Self> {
        let mut desks = Vec::new();
        for house in House::all().await {
            desks.push(Self::furnish(house).await);
        }
        desks
    }

    async fn furnish(mut house: House) -> Self {
        house.furnish().await;
        let (shelf, press) = (Arc::new(Shelf::default()), Arc::new(Typewriter::default()));
        house.office.files = shelf.clone();
        house.office.press = press.clone();
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, house.office.now(), "test");
        let (unit, courses, term) = house
            .office
            .db
            .write(move |tx| {
                let mut keys = Keys::default();
                for file in [RecordsFile::Units, RecordsFile::Programs, RecordsFile::Curricula] {
                    keys.load(tx, file)?;
                }
                let staff = [(1, "Yüksekokul Sekreteri", "Gülşah", "ÜÇLER"), (2, "Prof. Dr.", "Çağrı", "ÖĞÜT")].map(
                    |(key, title, given, surname)| {
                        let fields =
                            json!({ "title": title, "given": given, "surname": surname, "unit_id": 2 });
                        row(key, &fields)
                    },
                );
                institution::insert(tx, &permit, RecordsFile::Staff, &staff, &keys)?;
                keys.load(tx, RecordsFile::Staff)?;
                let posts = [
                    json!({ "staff_id": 1, "unit_id": 2, "office": "secretary", "starts_on": "2024-09-01", "ends_on": "2026-12-01" }),
                    json!({ "staff_id": 2, "unit_id": 2, "office": "dean", "starts_on": "2023-01-01", "ends_on": "2027-01-01" }),
                ]
                .map(|fields| row(0, &fields));
                institution::insert(tx, &permit, RecordsFile::Appointments, &posts, &keys)?;
                let courses: Vec<_> = (1..=3)
                    .map(|n| {
                        let fields = json!({
                            "unit_id": 3, "code": format!("BİL10{n}"), "name_tr": format!("Ölçme {n}"),
                            "name_en": format!("Measurement {n}"), "theory": 3, "practice": 0, "credit": 300, "ects": 500,
                        });
                        row(n, &fields)
                    })
                    .collect();
                institution::insert(tx, &permit, RecordsFile::Courses, &courses, &keys)?;
                keys.load(tx, RecordsFile::Courses)?;
                let term = json!({
                    "academic_year": "2026-2027", "season": "autumn", "name_tr": "2026-2027 Güz", "starts_on": "2026-09-21",
                    "ends_on": "2027-01-15",
                });
                institution::insert(tx, &permit, RecordsFile::Terms, &[row(1, &term)], &keys)?;
                keys.load(tx, RecordsFile::Terms)?;
                let courses = (1..=3).filter_map(|n| keys.id(RecordsFile::Courses, n)).map(CourseId::new);
                let term = keys.id(RecordsFile::Terms, 1).map(TermId::new).expect("term");
                let unit = storage::institution::find_unit(tx, "FEN")?.expect("unit");
                Ok::<_, StorageError>((unit, courses.collect(), term))
            })
            .await
            .expect("furniture");
        let clerk = actor(Role::Clerk, Some(unit), house.office.now());
        Self { house, shelf, press, clerk, people: Mutex::default(), courses, term }
    }

    fn office(&self) -> &Office {
        &self.house.office
    }

    /// Enrols somebody in the faculty, registered this term, with the letters as marks.
    async fn enrol(&self, number: &str, status: EnrolmentStatus, letters: &[&str]) {
        self.enrol_as(("Işıl Naz", "IŞIK"), number, status, letters).await;
    }

    /// As [`Self::enrol`], by given name and surname.
    async fn enrol_as(&self, name: (&str, &str), number: &str, status: EnrolmentStatus, letters: &[&str]) {
        let person = self.house.person(name.0, name.1).await;
        let enrolment = self.house.enrol(person, number, 1, status).await;
        self.people.lock().expect("people").insert(number.to_owned(), (person, enrolment));
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, self.office().now(), "test");
        let term = self.term;
        let marks: Vec<_> = letters
            .iter()
            .zip(&self.courses)
            .map(|(letter, course)| {
                let facts = MarkFacts {
                    term: term.get(),
                    course: course.get(),
                    section: None,
                    attempt: 1,
                    midterm: None,
                    final_score: None,
                    letter: Letter::parse(letter).expect("letter"),
                    points: None,
                    credit: 300,
                    ects: 500,
                };
                (enrolment, facts)
            })
            .collect();
        self.office()
            .db
            .write(move |tx| {
                students::insert_terms(tx, &permit, &[(enrolment, term, 5, TermStanding::Registered)])?;
                students::insert_marks(tx, &permit, &marks)?;
                storage::search::refresh(tx, &permit, enrolment)
            })
            .await
            .expect("marks");
    }

    /// Gives a student a stored file as photo, whatever it holds.
    async fn photo(&self, number: &str, bytes: &[u8]) {
        let (person, _) = self.people.lock().expect("people")[number];
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, self.office().now(), "test");
        let (sha256, size) = (self.shelf.put(bytes).expect("stored"), bytes.len());
        let stored = self.office().db.write(move |tx| {
            let file = storage::files::insert(tx, &permit, &sha256, size, "image/jpeg", "photo")?;
            storage::people::update_photo(tx, &permit, person, file)
        });
        stored.await.expect("photo");
    }

    async fn certificate(&self, number: &str) -> Result<Issued, ServiceError> {
        issue_document(self.office(), &self.clerk, form(number, "student_certificate")).await
    }

    async fn document(&self, id: DocumentId) -> Document {
        self.office()
            .db
            .read(move |db| storage::documents::fetch(db, id))
            .await
            .expect("read")
            .expect("document")
    }

    async fn documents_of(&self, number: &str) -> Vec<Document> {
        let (_, enrolment) = self.people.lock().expect("people")[number];
        self.office().db.read(move |db| storage::documents::of_enrolment(db, enrolment)).await.expect("read")
    }

    /// Serials of the faculty's papers in every state, after checking that none is missing or double.
    async fn gapless(&self) -> usize {
        let serials = self
            .office()
            .db
            .read(|db| {
                let mut serials = Vec::new();
                storage::verify::each_number(db, |line| serials.push(line.number.serial))?;
                Ok::<_, StorageError>(serials)
            })
            .await
            .expect("read");
        let expected: Vec<i64> = (1..).take(serials.len()).collect();
        assert_eq!(serials, expected, "{}", self.house.engine);
        serials.len()
    }

    async fn audit(&self, action: &str) -> Vec<storage::audit::AuditLine> {
        self.office().reads.flush().await;
        let filter =
            storage::audit::AuditFilter { action: action.to_owned(), limit: 1000, ..Default::default() };
        self.office().db.read(move |db| storage::audit::list(db, &filter)).await.expect("audit")
    }

    fn confirmed(&self) -> Actor {
        Actor { confirmed_at: Some(self.office().now()), ..self.clerk.clone() }
    }

    async fn verify(&self, code: &str) -> Verification {
        verify_code(self.office(), code, "somewhere").await.expect("answer")
    }
}

fn actor(role: Role, unit: Option<UnitId>, _now: Timestamp) -> Actor {
    Actor {
        account: authz::SYSTEM_ACCOUNT,
        display_name: "Memur".to_owned(),
        person: None,
        staff: None,
        roles: vec![Assignment { role, unit, programme: None }],
        confirmed_at: None,
        read_only: false,
        request: "test".to_owned(),
        form: None,
    }
}

fn form(number: &str, kind: &str) -> IssueDocument {
    IssueDocument { number: number.to_owned(), kind: kind.to_owned(), ..IssueDocument::default() }
}

fn codes(findings: &Findings, verdict: Verdict) -> Vec<&str> {
    findings.with(verdict).map(|finding| finding.code.as_str()).collect()
}

/// The codes of the rules that refused.
fn refusals<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> Vec<String> {
    match result.expect_err("a refusal") {
        ServiceError::Refused(findings) => {
            let verdicts = [Verdict::Refuses, Verdict::NeedsHuman];
            verdicts.iter().flat_map(|v| codes(&findings, *v)).map(str::to_owned).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// The name and code of the first wrong field.
fn wrong_field<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> (&'static str, &'static str) {
    match result.expect_err("a complaint") {
        ServiceError::Invalid(fields) => (fields[0].field, fields[0].code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_numbered_frozen_printed_and_stored() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let issued = desk.certificate("240010001").await.expect("issued");
        assert_eq!((issued.number.as_str(), issued.status), ("2026/000001", DocumentStatus::Valid));
        assert_eq!(codes(&issued.findings, Verdict::Satisfied), ["certificate-active"]);
        assert_eq!(codes(&issued.findings, Verdict::Warns), ["identity-number-missing"]);
        let pdf = document_pdf(desk.office(), &desk.clerk, issued.id).await.expect("pdf");
        assert_eq!(pdf.name, "2026-000001_240010001.pdf");
        let text = String::from_utf8(pdf.bytes).expect("text");
        let plain = issued.code.replace('-', "");
        assert!(text.contains(&format!("{}/dogrula/{plain}", desk.office().public_url)), "{text}");
        assert!(text.contains("Öğrenci Belgesi 2026/000001") && text.contains("Gülşah ÜÇLER"), "{text}");
        assert!(
            text.contains("2026-2027 Güz Yarıyılı itibarıyla üniversitemizin kayıtlı öğrencisidir"),
            "{text}"
        );

        let again = print_again(desk.office(), &desk.clerk, issued.id).await.expect("copy");
        assert_eq!(again.bytes, text.as_bytes(), "the stored bytes, not new ones");
        assert_eq!(desk.press.printed.load(Ordering::SeqCst), 1);
        let shown = show_document(desk.office(), &desk.clerk, issued.id).await.expect("paper").document;
        assert_eq!((shown.holder.as_str(), shown.purpose), ("Işıl Naz IŞIK", None));
        for action in ["issue_document", "store_document", "print_document_again", "read_document"] {
            assert!(!desk.audit(action).await.is_empty(), "{action}");
        }

        desk.shelf.bytes.lock().expect("shelf").values_mut().for_each(|bytes| bytes.push(b' '));
        let altered = print_again(desk.office(), &desk.clerk, issued.id).await;
        assert!(matches!(altered, Err(ServiceError::Port { port: "files", .. })), "{altered:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_gap_under_sixteen_hands() {
    for desk in Desk::all().await {
        let numbers = desk.class(4).await;
        let desk = Arc::new(desk);
        let tasks: Vec<_> = (0..16)
            .map(|n| {
                let desk = Arc::clone(&desk);
                tokio::spawn(async move {
                    let mut numbers = Vec::new();
                    for _ in 0..20 {
                        numbers.push(
                            desk.certificate(&format!("24001{:04}", n % 4)).await.expect("issued").number,
                        );
                    }
                    numbers
                })
            })
            .collect();
        let mut given = BTreeSet::new();
        for task in tasks {
            given.extend(task.await.expect("task"));
        }
        assert_eq!(given.len(), 320, "no number twice");
        assert_eq!(desk.gapless().await, 320);
        for number in numbers {
            let papers = desk.documents_of(&number).await;
            assert_eq!((papers.len(), papers[0].status), (80, DocumentStatus::Valid), "the newest stands");
            assert!(papers[1..].iter().all(|paper| paper.status == DocumentStatus::Superseded));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clicks_are_one_paper() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let click =
            || IssueDocument { idempotency_key: Some("k1".to_owned()), ..form("240010001", "transcript") };
        let (first, second) = tokio::join!(
            issue_document(desk.office(), &desk.clerk, click()),
            issue_document(desk.office(), &desk.clerk, click()),
        );
        let (first, second) = (first.expect("first"), second.expect("second"));
        assert_eq!((first.id, &first.number), (second.id, &second.number));
        assert_ne!(first.is_repeated, second.is_repeated);
        assert_eq!((first.status, desk.gapless().await), (DocumentStatus::Valid, 1));

        let other = IssueDocument { kind: "student_certificate".to_owned(), ..click() };
        let other = issue_document(desk.office(), &desk.clerk, other).await;
        assert_eq!(wrong_field(other), ("idempotency_key", "key-used"));
        assert_eq!(desk.gapless().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_paper_of_a_kind_and_language_stands() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let first = desk.certificate("240010001").await.expect("first");
        let english = IssueDocument { lang: Lang::En, ..form("240010001", "student_certificate") };
        let english = issue_document(desk.office(), &desk.clerk, english).await.expect("english");
        desk.house.clock.advance(Duration::from_secs(86_400));
        let second = desk.certificate("240010001").await.expect("second");
        assert_eq!(desk.document(second.id).await.status, DocumentStatus::Valid);
        assert_eq!(desk.document(english.id).await.status, DocumentStatus::Valid);
        let old = desk.document(first.id).await;
        assert_eq!((old.status, old.superseded_by), (DocumentStatus::Superseded, Some(second.id)));
        assert!(
            print_again(desk.office(), &desk.clerk, first.id).await.is_ok(),
            "it still says what was true"
        );
        let Verification::Genuine(answer) = desk.verify(&first.code).await else { panic!("unknown") };
        assert_eq!(
            (answer.status, answer.ended_on),
            (DocumentStatus::Superseded, Some(Date::constant(2026, 11, 24)))
        );
        assert_eq!(desk.audit("supersede_document").await.len(), 1);
        assert_eq!(desk.press.printed.load(Ordering::SeqCst), 3);

        // What is current is the valid paper, not the next one; when that is cancelled none is.
        let third = desk.certificate("240010001").await.expect("third");
        let current = async |id| show_document(desk.office(), &desk.clerk, id).await.expect("paper").current;
        assert_eq!(current(first.id).await, Some(third.id));
        assert_eq!(current(third.id).await, None);
        let cancel = CancelDocument { id: third.id, reason: "Yanlış düzenlendi".to_owned() };
        cancel_document(desk.office(), &desk.confirmed(), cancel).await.expect("cancelled");
        for (id, code) in [(first.id, &first.code), (second.id, &second.code)] {
            assert_eq!(current(id).await, None);
            let Verification::Genuine(answer) = desk.verify(code).await else { panic!("unknown") };
            assert_eq!((answer.status, answer.successor_cancelled), (DocumentStatus::Superseded, true));
        }
        desk.certificate("240010001").await.expect("fourth");
        let Verification::Genuine(answer) = desk.verify(&first.code).await else { panic!("unknown") };
        assert!(!answer.successor_cancelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_cancelled_with_a_reason_and_a_password() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let issued = desk.certificate("240010001").await.expect("issued");
        let cancel = |reason: &str| CancelDocument { id: issued.id, reason: reason.to_owned() };
        let unconfirmed = cancel_document(desk.office(), &desk.clerk, cancel("yanlış kişi")).await;
        assert!(matches!(unconfirmed, Err(ServiceError::NeedsConfirmation)), "{unconfirmed:?}");
        let clerk = desk.confirmed();
        assert_eq!(
            wrong_field(cancel_document(desk.office(), &clerk, cancel("  ")).await),
            ("reason", "required")
        );
        cancel_document(desk.office(), &clerk, cancel("yanlış kişi")).await.expect("cancelled");
        assert_eq!(
            refusals(cancel_document(desk.office(), &clerk, cancel("yine")).await),
            ["document-cancelled"]
        );
        assert_eq!(refusals(print_again(desk.office(), &clerk, issued.id).await), ["document-cancelled"]);
        let Verification::Genuine(answer) = desk.verify(&issued.code).await else { panic!("unknown") };
        assert_eq!(
            (answer.status, answer.ended_on),
            (DocumentStatus::Cancelled, Some(Date::constant(2026, 11, 23)))
        );
        assert!(!format!("{answer:?}").contains("yanlış"), "the reason stays in the office");
        assert_eq!(desk.certificate("240010001").await.expect("next").number, "2026/000002");
        assert_eq!(desk.gapless().await, 2);
        assert_eq!(desk.audit("cancel_document").await[0].reason.as_deref(), Some("yanlış kişi"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_have_a_paper_is_told_why_and_no_number_is_used() {
    for desk in Desk::all().await {
        desk.enrol("200010001", EnrolmentStatus::Graduated, &["AA"]).await;
        desk.enrol("240010001", EnrolmentStatus::Suspended, &[]).await;
        let refused = desk.certificate("200010001").await;
        let Err(ServiceError::Refused(findings)) = &refused else { panic!("{refused:?}") };
        let finding = findings.with(Verdict::Refuses).next().expect("a refusal");
        assert_eq!(finding.code, "certificate-graduated");
        assert!(finding.values.contains(&("reference".to_owned(), "2026/14-03".to_owned())));
        assert!(finding.values.contains(&("instead".to_owned(), "transcript".to_owned())));

        let transcript = issue_document(desk.office(), &desk.clerk, form("240010001", "transcript")).await;
        assert_eq!(refusals(transcript), ["transcript-no-marks"]);
        assert_eq!(refusals(desk.certificate("240010001").await), ["certificate-suspended"]);
        assert_eq!(desk.gapless().await, 0);

        let decided = IssueDocument {
            decision: "Dekanlıkla görüşüldü, verilir.".to_owned(),
            ..form("240010001", "student_certificate")
        };
        let issued = issue_document(desk.office(), &desk.clerk, decided).await.expect("decided");
        assert_eq!(issued.number, "2026/000001");
        let audit = desk.audit("issue_document").await;
        assert_eq!(audit[0].reason.as_deref(), Some("Dekanlıkla görüşüldü, verilir."));

        let long = IssueDocument { purpose: "x".repeat(201), ..form("240010001", "transcript") };
        assert_eq!(
            wrong_field(issue_document(desk.office(), &desk.clerk, long).await),
            ("purpose", "too-long")
        );
        let odd = issue_document(desk.office(), &desk.clerk, form("240010001", "diploma")).await;
        assert_eq!(wrong_field(odd), ("kind", "kind-unknown"));
        let photo = IssueDocument { photo: true, ..form("200010001", "transcript") };
        assert_eq!(refusals(issue_document(desk.office(), &desk.clerk, photo).await), ["photo-missing"]);
        assert_eq!(desk.gapless().await, 1);
    }
}

/// A JPEG of so many pixels' width.
fn picture(width: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let drawn = image::RgbImage::from_fn(width, 40, |x, y| image::Rgb([(x % 256) as u8, (y * 5) as u8, 90]));
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&drawn).expect("a JPEG");
    bytes
}

/// A PNG whose parts are all there and whose pixels are rubbish.
fn spoilt_png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(30, 40, image::Rgb([1, 2, 3]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a PNG");
    let mut bytes = bytes.into_inner();
    let pixels = bytes.windows(4).position(|name| name == b"IDAT").expect("pixels") + 8;
    bytes[pixels..pixels + 8].fill(0xFF);
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_frozen_with_the_paper() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let (first, another) = (picture(30), picture(33));
        desk.photo("240010001", &first).await;
        desk.shelf.is_full.store(true, Ordering::SeqCst);
        let wanted = IssueDocument { photo: true, ..form("240010001", "student_certificate") };
        let full = issue_document(desk.office(), &desk.clerk, wanted).await;
        assert!(matches!(full, Err(ServiceError::WaitsForRoom)), "{full:?}");
        desk.shelf.is_full.store(false, Ordering::SeqCst);
        desk.photo("240010001", &another).await;
        desk.house.clock.advance(Duration::from_secs(31));
        resume_preparing(desk.office()).await.expect("run");
        let paper = desk.documents_of("240010001").await.remove(0);
        let pdf = document_pdf(desk.office(), &desk.clerk, paper.id).await.expect("pdf");
        let text = String::from_utf8(pdf.bytes).expect("text");
        let frozen = format!(r#"["photo.jpg {}"]"#, first.len());
        assert!(text.contains(&frozen) && text.contains(r#""photo":"photo.jpg""#), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_looked_at_when_it_comes_and_before_a_number_is_given() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        desk.enrol("240010002", EnrolmentStatus::Active, &["AA"]).await;
        let send = async |bytes: Vec<u8>| {
            change_photo(desk.office(), &desk.clerk, "240010001".to_owned(), Upload { bytes }).await
        };
        assert_eq!(wrong_field(send(spoilt_png()).await), ("photo", "file-picture-broken"));
        assert_eq!(wrong_field(send(b"%PDF-1.7".to_vec()).await), ("photo", "file-not-image"));
        assert_eq!(wrong_field(send(b"GIF89a".to_vec()).await), ("photo", "file-not-image"));
        send(picture(2000)).await.expect("a photo");
        let (mime, kept) =
            open_photo(desk.office(), &desk.clerk, "240010001".to_owned()).await.expect("photo");
        assert_eq!(mime, "image/jpeg");
        assert_eq!(image::load_from_memory(&kept).expect("a picture").width(), 1000, "no larger than shown");

        // One that was stored by an earlier version, and one that is gone from the disk.
        let wanted = |number: &str| IssueDocument { photo: true, ..form(number, "student_certificate") };
        issue_document(desk.office(), &desk.clerk, wanted("240010001")).await.expect("issued");
        desk.photo("240010002", &spoilt_png()).await;
        let broken = issue_document(desk.office(), &desk.clerk, wanted("240010002")).await;
        assert_eq!(refusals(broken), ["photo-broken"]);
        let lost = picture(50);
        desk.photo("240010002", &lost).await;
        desk.shelf.bytes.lock().expect("shelf").retain(|_, bytes| *bytes != lost);
        let gone = issue_document(desk.office(), &desk.clerk, wanted("240010002")).await;
        assert_eq!(refusals(gone), ["photo-broken"]);
        assert_eq!(desk.gapless().await, 1);

        let numbers = ["240010001", "240010002"].map(str::to_owned).to_vec();
        let order = BatchOrder { photo: true, ..order(Selection::Numbers(numbers)) };
        let job = start_batch(desk.office(), &desk.clerk, order, None).await.expect("started").job;
        run_batches(desk.office()).await.expect("run");
        let batch = show_batch(desk.office(), &desk.clerk, job, 0).await.expect("batch");
        assert_eq!((batch.job.done, batch.failed.len()), (1, 1));
        assert_eq!(codes(&batch.failed[0].findings, Verdict::Refuses), ["photo-broken"]);
        assert_eq!(desk.gapless().await, 2, "no number was taken for it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_taken_back_while_it_is_printed_does_not_come_out() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let (waiting, go_on) = desk.press.wait_at(0);
        let desk = Arc::new(desk);
        let issuing = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { desk.certificate("240010001").await }
        });
        waiting.await.expect("the press");
        let paper = desk.documents_of("240010001").await.remove(0);
        let cancel = CancelDocument { id: paper.id, reason: "yanlış kişi".to_owned() };
        cancel_document(desk.office(), &desk.confirmed(), cancel).await.expect("cancelled");
        go_on.send(()).expect("the press");
        assert_eq!(refusals(issuing.await.expect("task")), ["document-cancelled"]);
        assert_eq!(desk.document(paper.id).await.status, DocumentStatus::Cancelled);
        assert_eq!(desk.verify(&paper.code).await, Verification::Unknown);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_another_faculty_do_not_exist() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let issued = desk.certificate("240010001").await.expect("issued");
        let other = desk
            .office()
            .db
            .read(|db| storage::institution::find_unit(db, "IKT"))
            .await
            .expect("read")
            .expect("unit");
        let stranger = actor(Role::Clerk, Some(other), desk.office().now());
        let form = form("240010001", "transcript");
        for refused in [
            issue_document(desk.office(), &stranger, form.clone()).await.map(drop),
            show_document(desk.office(), &stranger, issued.id).await.map(drop),
            document_pdf(desk.office(), &stranger, issued.id).await.map(drop),
            print_again(desk.office(), &stranger, issued.id).await.map(drop),
        ] {
            assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        }
        let listed = list_documents(desk.office(), &stranger, DocumentQuery::default()).await.expect("list");
        assert!(listed.rows.is_empty());

        let (person, _) = desk.people.lock().expect("people")["240010001"];
        let student = Actor { person: Some(person), ..actor(Role::Student, None, desk.office().now()) };
        assert!(document_pdf(desk.office(), &student, issued.id).await.is_ok(), "the own paper");
        let own = list_documents(desk.office(), &student, DocumentQuery::default()).await.expect("list");
        assert_eq!(own.rows.len(), 1);
        let wanted = issue_document(desk.office(), &student, form).await;
        assert!(matches!(wanted, Err(ServiceError::Forbidden(_))), "{wanted:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_the_office_that_day_signs() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let signed = async |id| {
            let printable =
                desk.office().db.read(move |db| storage::documents::fetch_printable(db, id)).await;
            let payload = printable.expect("read").expect("paper").payload;
            serde_json::from_str::<Value>(&payload).expect("json")["frame"]["signature"].clone()
        };
        let secretary = desk.certificate("240010001").await.expect("secretary");
        let signature = signed(secretary.id).await;
        assert_eq!(
            (&signature["name"], &signature["title"]),
            (&json!("Gülşah ÜÇLER"), &json!("Fakülte Sekreteri"))
        );
        desk.house.clock.advance(Duration::from_secs(30 * 86_400));
        let dean = desk.certificate("240010001").await.expect("dean");
        let signature = signed(dean.id).await;
        assert_eq!(
            (&signature["name"], &signature["title"]),
            (&json!("Prof. Dr. Çağrı ÖĞÜT"), &json!("Dekan"))
        );
        desk.house.clock.advance(Duration::from_secs(60 * 86_400));
        let nobody = desk.certificate("240010001").await;
        let Err(ServiceError::Refused(findings)) = &nobody else { panic!("{nobody:?}") };
        let finding = findings.with(Verdict::Refuses).next().expect("a refusal");
        assert_eq!(finding.code, "no-signatory");
        for value in [("offices", "secretary dean director"), ("unit_code", "FEN"), ("day", "21.02.2027")] {
            assert!(finding.values.contains(&(value.0.to_owned(), value.1.to_owned())), "{finding:?}");
        }
        assert_eq!(desk.gapless().await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_paper_is_finished_from_what_was_frozen() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        desk.shelf.is_full.store(true, Ordering::SeqCst);
        let full = desk.certificate("240010001").await;
        assert!(matches!(full, Err(ServiceError::WaitsForRoom)), "{full:?}");
        let waiting = desk.documents_of("240010001").await.remove(0);
        assert_eq!((waiting.status, waiting.number.serial), (DocumentStatus::Preparing, 1));
        assert_eq!(desk.verify(&waiting.code).await, Verification::Unknown, "it never went out");
        assert_eq!(
            refusals(document_pdf(desk.office(), &desk.clerk, waiting.id).await),
            ["document-preparing"]
        );

        desk.shelf.is_full.store(false, Ordering::SeqCst);
        assert_eq!(resume_preparing(desk.office()).await.expect("run").finished, 0, "left to who prints it");
        let (_, enrolment) = desk.people.lock().expect("people")["240010001"];
        let day = Date::constant(2026, 11, 23);
        desk.house.becomes(enrolment, day, LedgerKind::StatusChanged, EnrolmentStatus::Withdrawn).await;
        desk.house.clock.advance(Duration::from_secs(31));
        assert_eq!(resume_preparing(desk.office()).await.expect("run").finished, 1);
        assert_eq!(resume_preparing(desk.office()).await.expect("run").finished, 0);
        let done = desk.document(waiting.id).await;
        assert_eq!(
            (done.status, done.issued_at, done.issued_on),
            (DocumentStatus::Valid, waiting.issued_at, day)
        );
        assert!(matches!(desk.verify(&waiting.code).await, Verification::Genuine(_)));
        assert_eq!(desk.gapless().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_the_press_refuses_keeps_its_number_as_cancelled() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        *desk.press.refuses.lock().expect("refuses") = Some("bursa".to_owned());
        let unprintable =
            IssueDocument { purpose: "bursa".to_owned(), ..form("240010001", "student_certificate") };
        let unprintable = IssueDocument { idempotency_key: Some("k".to_owned()), ..unprintable };
        let refused = issue_document(desk.office(), &desk.clerk, unprintable.clone()).await;
        assert_eq!(refusals(refused), ["press-refused"]);
        let again = issue_document(desk.office(), &desk.clerk, unprintable).await;
        assert_eq!(refusals(again), ["document-cancelled"]);
        let gone = desk.documents_of("240010001").await.remove(0);
        assert_eq!(gone.status, DocumentStatus::Cancelled);
        assert_eq!(gone.ended_reason.as_deref(), Some("Belge basılamadı: payload refused"));
        assert_eq!(desk.verify(&gone.code).await, Verification::Unknown);
        assert_eq!(desk.certificate("240010001").await.expect("next").number, "2026/000002");
        assert_eq!(desk.gapless().await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rule_book_leaves_open_is_named_and_not_printed() {
    for mut desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA", "FF"]).await;
        desk.house.office.book = Arc::new(regulations::book("kastamonu").expect("profile"));
        let issued = issue_document(desk.office(), &desk.clerk, form("240010001", "transcript"))
            .await
            .expect("issued");
        let warnings = codes(&issued.findings, Verdict::Warns);
        assert!(
            warnings.contains(&"transcript-figure-withheld") && warnings.contains(&"signing-rule-unverified")
        );
        let printable =
            desk.office().db.read(move |db| storage::documents::fetch_printable(db, issued.id)).await;
        let payload: Value =
            serde_json::from_str(&printable.expect("read").expect("paper").payload).expect("json");
        assert!(payload["body"]["totals"]["agno"]["withheld"].is_string());
        assert!(payload["body"]["withheld"].to_string().contains("AGNO"), "{}", payload["body"]["withheld"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_at_codes_teaches_nothing() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let issued = desk.certificate("240010001").await.expect("issued");
        for typed in [issued.code.clone(), issued.code.to_ascii_lowercase(), issued.code.replace('-', " ")] {
            let Verification::Genuine(answer) = desk.verify(&typed).await else { panic!("{typed}") };
            assert_eq!(answer.about, About::Student("I** N** I*****".to_owned()));
            assert_eq!(
                (answer.kind.as_str(), answer.number.as_str()),
                ("student_certificate", "2026/000001")
            );
            assert_eq!((answer.status, answer.ended_on), (DocumentStatus::Valid, None));
            assert_eq!(answer.unit.tr, "FEN");
            assert_eq!(answer.sha256, domain::ledger::hex(&issued.sha256.expect("hash")));
        }
        assert_eq!(desk.audit("verify_document").await.len(), 3);
        for typed in [
            "",
            "2026/000001",
            "240010001",
            "00000-00000-00000-00000-000000",
            "' OR 1=1 --",
            &"9".repeat(5000),
        ] {
            assert_eq!(desk.verify(typed).await, Verification::Unknown, "{typed}");
        }
        for _ in 0..51 {
            desk.verify("x").await;
        }
        let stopped = verify_code(desk.office(), &issued.code, "somewhere").await;
        assert!(matches!(stopped, Err(ServiceError::Throttled(_))), "{stopped:?}");
        assert!(verify_code(desk.office(), &issued.code, "elsewhere").await.is_ok());
        desk.house.clock.advance(Duration::from_secs(601));
        assert!(verify_code(desk.office(), &issued.code, "somewhere").await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_papers_goes_on_where_it_stopped() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        for _ in 0..5 {
            desk.certificate("240010001").await.expect("issued");
        }
        let mut seen = Vec::new();
        let mut before = None;
        loop {
            let query = DocumentQuery { before, limit: 2, ..DocumentQuery::default() };
            let page = list_documents(desk.office(), &desk.clerk, query).await.expect("page");
            seen.extend(page.rows.iter().map(|row| row.number.serial));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen, [5, 4, 3, 2, 1]);
        let valid =
            DocumentQuery { status: Some(DocumentStatus::Valid), limit: 9, ..DocumentQuery::default() };
        let valid = list_documents(desk.office(), &desk.clerk, valid).await.expect("page");
        assert_eq!(valid.rows.iter().map(|row| row.number.serial).collect::<Vec<_>>(), [5]);
    }
}

fn order(selection: Selection) -> BatchOrder {
    BatchOrder {
        kind: "student_certificate".to_owned(),
        lang: Lang::Tr,
        purpose: String::new(),
        photo: false,
        selection,
    }
}

impl Desk {
    /// Enrols so many active students and answers their numbers.
    async fn class(&self, students: usize) -> Vec<String> {
        let mut numbers = Vec::new();
        for n in 0..students {
            let number = format!("24001{n:04}");
            self.enrol(&number, EnrolmentStatus::Active, &["AA"]).await;
            numbers.push(number);
        }
        numbers
    }

    async fn start(&self, numbers: Vec<String>) -> JobId {
        let order = order(Selection::Numbers(numbers));
        start_batch(self.office(), &self.clerk, order, None).await.expect("started").job
    }

    /// State, done and failed of a job.
    async fn progress(&self, job: JobId) -> (String, i64, i64) {
        let job = show_batch(self.office(), &self.clerk, job, 0).await.expect("batch").job;
        (job.state, job.done, job.failed)
    }

    /// Checks that every student of the list has exactly one paper, and answers how many there are.
    async fn one_paper_each(&self, numbers: &[String]) -> usize {
        let mut found = 0;
        for number in numbers {
            let papers = self.documents_of(number).await;
            assert!(papers.len() <= 1, "{number} has {}", papers.len());
            assert!(papers.iter().all(|paper| paper.status == DocumentStatus::Valid));
            found += papers.len();
        }
        found
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_looked_at_then_made_then_handed_out() {
    for desk in Desk::all().await {
        let mut numbers = desk.class(45).await;
        desk.enrol("200010001", EnrolmentStatus::Graduated, &["AA"]).await;
        numbers.insert(3, "200010001".to_owned());
        numbers.push("99".to_owned());
        numbers.push(" 24001 0000 ".to_owned());
        let selection = Selection::Numbers(numbers.clone());
        let preview =
            preview_batch(desk.office(), &desk.clerk, order(selection.clone())).await.expect("preview");
        let Preview { total, ready, refused, unknown, warnings, .. } = preview;
        assert_eq!((total, ready.len(), unknown), (47, 45, vec!["99".to_owned()]));
        let first = &ready[0];
        assert_eq!(
            (first.number.as_str(), first.name.as_str(), first.held),
            ("240010000", "Işıl Naz IŞIK", None)
        );
        assert_eq!((refused[0].number.as_str(), refused[0].name.as_str()), ("200010001", "Işıl Naz IŞIK"));
        assert_eq!(codes(&refused[0].findings, Verdict::Refuses), ["certificate-graduated"]);
        assert_eq!(warnings.get("identity-number-missing"), Some(&45));
        assert_eq!(desk.gapless().await, 0, "a look gives no number");

        let key = || Some("list-1".to_owned());
        let first =
            start_batch(desk.office(), &desk.clerk, order(selection.clone()), key()).await.expect("started");
        let second =
            start_batch(desk.office(), &desk.clerk, order(selection), key()).await.expect("repeated");
        assert_eq!((first.job, first.is_repeated, second.is_repeated), (second.job, false, true));
        let job = first.job;
        assert_eq!(desk.progress(job).await, ("waiting".to_owned(), 0, 1));
        let early = batch_result(desk.office(), &desk.clerk, job, BatchForm::Zip).await;
        assert_eq!(refusals(early), ["batch-running"]);

        assert_eq!(run_batches(desk.office()).await.expect("run"), 1);
        assert_eq!(run_batches(desk.office()).await.expect("nothing left"), 0);
        assert_eq!(desk.progress(job).await, ("done".to_owned(), 45, 2));
        let batch = show_batch(desk.office(), &desk.clerk, job, 0).await.expect("batch");
        let failed: Vec<_> = batch
            .failed
            .iter()
            .map(|item| (item.number.as_str(), item.name.as_deref(), codes(&item.findings, Verdict::Refuses)))
            .collect();
        let graduate = ("200010001", Some("Işıl Naz IŞIK"), vec!["certificate-graduated"]);
        assert_eq!(failed, [graduate, ("99", None, vec!["student-not-found"])]);
        assert_eq!(desk.audit("read_batch").await[0].shown, 1);
        let again = preview_batch(desk.office(), &desk.clerk, order(Selection::Numbers(numbers))).await;
        let held = again.expect("preview").ready[0].held.expect("the paper just made");
        assert_eq!(held.to_string(), "2026/000001");
        assert_eq!(desk.gapless().await, 45);

        let mut zip = batch_result(desk.office(), &desk.clerk, job, BatchForm::Zip).await.expect("zip");
        let mut bytes = Vec::new();
        zip.content.read_to_end(&mut bytes).expect("bytes");
        assert_eq!((zip.size, zip.name), (bytes.len() as u64, format!("belgeler-{job}.zip")));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("archive");
        assert_eq!(archive.len(), 45);
        assert_eq!(archive.by_index(0).expect("entry").name().expect("name"), "2026-000001_240010000.pdf");
        let mut merged =
            batch_result(desk.office(), &desk.clerk, job, BatchForm::Merged).await.expect("merged");
        let mut text = String::new();
        merged.content.read_to_string(&mut text).expect("text");
        assert_eq!(text.matches("%PDF-1.7").count(), 45);
        assert_eq!(desk.audit("read_batch").await[0].shown, 45);

        let stranger = actor(Role::Chief, Some(UnitId::new(999)), desk.office().now());
        let stranger = Actor { account: base::ids::AccountId::new(77), ..stranger };
        let hidden = show_batch(desk.office(), &stranger, job, 0).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)), "{hidden:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_a_list_tells_what_would_keep_each_paper_from_being_made() {
    for desk in Desk::all().await {
        let mut numbers = desk.class(2).await;
        let active = EnrolmentStatus::Active;
        desk.enrol_as(("小龙", "李"), "240020001", active, &["AA"]).await;
        desk.enrol("240020002", EnrolmentStatus::Suspended, &["AA"]).await;
        numbers.insert(0, "240020001".to_owned());
        numbers.insert(2, "240020002".to_owned());
        let order = order(Selection::Numbers(numbers));
        let preview = preview_batch(desk.office(), &desk.clerk, order.clone()).await.expect("preview");
        let why: Vec<_> = preview
            .refused
            .iter()
            .map(|row| {
                let verdicts = [Verdict::Refuses, Verdict::NeedsHuman];
                let codes: Vec<_> = verdicts.iter().flat_map(|v| codes(&row.findings, *v)).collect();
                (row.number.as_str(), row.name.as_str(), codes)
            })
            .collect();
        assert_eq!(
            why,
            [
                ("240020001", "小龙 李", vec!["letter-not-printed"]),
                ("240020002", "Işıl Naz IŞIK", vec!["certificate-suspended"])
            ]
        );
        let letter = preview.refused[0].findings.with(Verdict::Refuses).next().expect("a refusal");
        assert!(letter.values.contains(&("code".to_owned(), "U+5C0F".to_owned())), "{letter:?}");
        assert_eq!((preview.total, preview.ready.len()), (4, 2));

        // What was told comes true, and nobody's number is lost on the way.
        let job = start_batch(desk.office(), &desk.clerk, order, None).await.expect("started").job;
        run_batches(desk.office()).await.expect("run");
        assert_eq!(desk.progress(job).await, ("done".to_owned(), 2, 2));
        assert_eq!(desk.gapless().await, 2);
        assert_eq!(desk.certificate("240010000").await.expect("next").number, "2026/000003");

        let photo =
            BatchOrder { photo: true, ..self::order(Selection::Numbers(vec!["240010000".to_owned()])) };
        let preview = preview_batch(desk.office(), &desk.clerk, photo).await.expect("preview");
        assert_eq!(codes(&preview.refused[0].findings, Verdict::Refuses), ["photo-missing"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_makes_a_list_too() {
    for desk in Desk::all().await {
        desk.class(5).await;
        let query = StudentQuery {
            q: "ışık".to_owned(),
            status: Some(EnrolmentStatus::Active),
            ..StudentQuery::default()
        };
        let selection = Selection::Query(Box::new(query));
        let preview =
            preview_batch(desk.office(), &desk.clerk, order(selection.clone())).await.expect("preview");
        assert_eq!((preview.total, preview.ready.len()), (5, 5));
        start_batch(desk.office(), &desk.clerk, order(selection), None).await.expect("started");
        run_batches(desk.office()).await.expect("run");
        assert_eq!(desk.gapless().await, 5);
        let nobody =
            Selection::Query(Box::new(StudentQuery { q: "yok".to_owned(), ..StudentQuery::default() }));
        let empty = start_batch(desk.office(), &desk.clerk, order(nobody), None).await;
        assert_eq!(wrong_field(empty), ("selection", "batch-empty"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_goes_on_after_the_disk_was_full() {
    for desk in Desk::all().await {
        let numbers = desk.class(30).await;
        let job = desk.start(numbers.clone()).await;
        desk.shelf.is_full.store(true, Ordering::SeqCst);
        let waits =
            async || show_batch(desk.office(), &desk.clerk, job, 0).await.expect("batch").waits_for_room;
        assert!(!waits().await);
        let full = run_batches(desk.office()).await;
        assert!(matches!(full, Err(ServiceError::Storage(StorageError::DiskFull))), "{full:?}");
        assert_eq!(desk.progress(job).await, ("running".to_owned(), 0, 0));
        assert!(waits().await);
        // Another process does not know of the attempt, but reads why it stopped.
        let elsewhere = Office { room: services::room::Room::default(), ..desk.office().clone() };
        let seen = list_batches(&elsewhere, &desk.clerk, 1).await.expect("list");
        assert!(seen[0].waits_for_room);
        desk.house.clock.advance(Duration::from_secs(60));
        assert_eq!(resume_preparing(desk.office()).await.expect("run").finished, 0, "the batch's own");
        desk.shelf.is_full.store(false, Ordering::SeqCst);
        assert_eq!(run_batches(desk.office()).await.expect("run"), 1);
        assert_eq!(desk.progress(job).await, ("done".to_owned(), 30, 0));
        assert!(!waits().await);
        assert_eq!((desk.one_paper_each(&numbers).await, desk.gapless().await), (30, 30));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_dies_anywhere_is_taken_over() {
    for desk in Desk::all().await {
        let numbers = desk.class(60).await;
        let job = desk.start(numbers.clone()).await;
        for polls in (1..=12).cycle().take(500) {
            die_after(polls, run_batches(desk.office())).await;
            desk.house.clock.advance(Duration::from_secs(16));
            if desk.progress(job).await.0 == "done" {
                break;
            }
        }
        assert_eq!(desk.progress(job).await, ("done".to_owned(), 60, 0));
        assert_eq!((desk.one_paper_each(&numbers).await, desk.gapless().await), (60, 60));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_do_no_paper_twice() {
    for desk in Desk::all().await {
        let numbers = desk.class(40).await;
        let job = desk.start(numbers.clone()).await;
        let (waiting, go_on) = desk.press.wait_at(9);
        let desk = Arc::new(desk);
        let first = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { run_batches(desk.office()).await }
        });
        waiting.await.expect("the second round");
        assert_eq!(run_batches(desk.office()).await.expect("nothing to claim"), 0);
        // The first worker oversleeps its lease, but lives.
        desk.house.clock.advance(Duration::from_secs(16));
        assert_eq!(run_batches(desk.office()).await.expect("second"), 1);
        go_on.send(()).expect("the first worker");
        assert_eq!(first.await.expect("task").expect("first"), 0);
        assert_eq!(desk.progress(job).await, ("done".to_owned(), 40, 0));
        assert_eq!((desk.one_paper_each(&numbers).await, desk.gapless().await), (40, 40));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_stopped_between_two_rounds() {
    for desk in Desk::all().await {
        let numbers = desk.class(50).await;
        let job = desk.start(numbers.clone()).await;
        let (waiting, go_on) = desk.press.wait_at(9);
        let desk = Arc::new(desk);
        let running = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { run_batches(desk.office()).await }
        });
        waiting.await.expect("the second round");
        assert!(cancel_batch(desk.office(), &desk.clerk, job).await.expect("asked"));
        go_on.send(()).expect("the worker");
        assert_eq!(running.await.expect("task").expect("run"), 1);
        assert_eq!(desk.progress(job).await, ("cancelled".to_owned(), 22, 0), "the round is finished");
        assert_eq!((desk.one_paper_each(&numbers).await, desk.gapless().await), (22, 22));
        assert!(!cancel_batch(desk.office(), &desk.clerk, job).await.expect("too late"));
        assert!(batch_result(desk.office(), &desk.clerk, job, BatchForm::Merged).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_paper_that_cannot_be_made_does_not_stop_the_others() {
    for desk in Desk::all().await {
        let numbers = desk.class(10).await;
        *desk.press.refuses.lock().expect("refuses") = Some("240010004".to_owned());
        let job = desk.start(numbers).await;
        run_batches(desk.office()).await.expect("run");
        assert_eq!(desk.progress(job).await, ("done".to_owned(), 9, 1));
        let failed = show_batch(desk.office(), &desk.clerk, job, 0).await.expect("batch").failed;
        assert_eq!(failed[0].number, "240010004");
        assert_eq!(codes(&failed[0].findings, Verdict::Refuses), ["press-refused"]);
        assert_eq!(desk.documents_of("240010004").await[0].status, DocumentStatus::Cancelled);
        assert_eq!(desk.gapless().await, 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_what_cannot_be_logged() {
    for desk in Desk::all().await.into_iter().filter(|desk| desk.house.engine == "sqlite") {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let issued = desk.certificate("240010001").await.expect("issued");
        let look = async || show_document(desk.office(), &desk.clerk, issued.id).await;
        let limit = async |pages| {
            let set = desk.office().db.write(move |tx| storage::tampering::allow_pages(tx, pages));
            set.await.expect("limit");
        };
        desk.office().reads.flush().await;
        let before = desk.audit("read_document").await.len();
        limit(Some(0)).await;
        // What fits into the pages that are there still goes out; the first row that does not is kept.
        let mut looks = 0;
        while look().await.is_ok() {
            looks += 1;
            desk.office().reads.flush().await;
            assert!(looks < 2000, "the database never ran full");
        }
        assert!(desk.office().reads.waits_for_room());
        for refused in [
            look().await.map(drop),
            list_documents(desk.office(), &desk.clerk, DocumentQuery::default()).await.map(drop),
            document_pdf(desk.office(), &desk.clerk, issued.id).await.map(drop),
        ] {
            assert!(matches!(refused, Err(ServiceError::Storage(StorageError::DiskFull))), "{refused:?}");
        }
        assert!(!desk.office().reads.flush().await, "still full");

        limit(None).await;
        assert!(desk.office().reads.flush().await);
        look().await.expect("reading goes on");
        assert_eq!(desk.audit("read_document").await.len(), (before + looks + 1).min(1000), "none was lost");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_the_audit_log_never_takes_keeps_no_other_from_it() {
    for desk in Desk::all().await {
        desk.enrol("240010001", EnrolmentStatus::Active, &["AA"]).await;
        let issued = desk.certificate("240010001").await.expect("issued");
        show_document(desk.office(), &desk.clerk, issued.id).await.expect("a look");
        let nobody = Actor { account: base::ids::AccountId::new(987_654), ..desk.clerk.clone() };
        list_documents(desk.office(), &nobody, DocumentQuery::default()).await.expect("a look");
        show_document(desk.office(), &desk.clerk, issued.id).await.expect("a look");
        assert!(desk.office().reads.flush().await);
        assert_eq!(desk.audit("read_document").await.len(), 2, "{}", desk.house.engine);
        show_document(desk.office(), &desk.clerk, issued.id).await.expect("reading goes on");
    }
}
