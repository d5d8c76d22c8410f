//! Runs the eligibility cases of every kind, and composes papers from invented files.

use std::collections::BTreeMap;

use base::{
    identity::Tckn,
    ids::CourseId,
    number::{Credit, Ects},
    random::Randomness,
    time::Date,
};
use domain::{
    documents::VerificationCode,
    enrolments::{EnrolmentStatus, EntryKind},
    ledger::{Ground, GroundKind},
    marks::{Attempt, Letter},
    orientation::{OrientationProgramme, PlannedSession, SessionSheet, SheetLine, TakenPart},
    papers::{Held, PaperKind, PaperState},
    people::{Identity, Sex},
    programmes::{CourseKind, Level, Season, TermStanding, term_order},
    registration::{DayRow, FeeState},
    student_file::{
        CourseFacts, CurriculumLine, FiledPaper, MarkLine, Name, ProgrammeFacts, RegistrationFacts,
        StudentFile, TermFacts, TermTaken,
    },
};
use regulations::{Finding, Verdict};
use serde::Deserialize;
use serde_json::Value;

use super::*;

const TODAY: Date = Date::constant(2026, 11, 23);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    #[serde(default = "ornek")]
    profile: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    marks: Vec<String>,
    /// `made`, `provisional` (with its last day) or `undone`; left out where no desk here registered the student.
    registration: Option<String>,
    /// State of each recorded paper by its kind.
    #[serde(default)]
    papers: BTreeMap<String, String>,
    /// Day of a list.
    day: Option<Date>,
    /// Registrations of that day.
    #[serde(default)]
    rows: usize,
    /// Sessions of an orientation: those come to, or those planned on `day`.
    #[serde(default)]
    sessions: usize,
    #[serde(default = "yes")]
    identity: bool,
    expect: Vec<String>,
    allows: bool,
}

fn ornek() -> String {
    "ornek".to_owned()
}

const fn yes() -> bool {
    true
}

impl Case {
    fn file(&self) -> StudentFile {
        let status = EnrolmentStatus::from_code(&self.status).expect("status");
        let mut file = file(status, &self.marks);
        if !self.identity {
            file.identity.identity_no = None;
        }
        let papers = self.papers.iter().map(|(kind, state)| FiledPaper {
            held: Held {
                kind: PaperKind::from_code(kind).expect("paper"),
                state: PaperState::from_code(state).expect("state"),
            },
            description: None,
            due_on: None,
            returned_on: None,
        });
        if self.sessions > 0 {
            file.orientations = vec![taken_part(self.sessions)];
        }
        file.registration = self.registration.as_deref().map(|how| RegistrationFacts {
            is_undone: how == "undone",
            provisional_until: (how == "provisional").then_some(Date::constant(2026, 12, 29)),
            papers: papers.collect(),
            ..registered()
        });
        file
    }
}

/// A final registration by the desk with its fee paid.
fn registered() -> RegistrationFacts {
    RegistrationFacts {
        made_on: Date::constant(2026, 8, 31),
        made_by: "Gülşen ÇELİK".to_owned(),
        is_undone: false,
        provisional_until: None,
        fee: FeeState::Paid,
        fee_amount: Some(123_450),
        receipt: "D 17".to_owned(),
        paid_on: Some(Date::constant(2026, 8, 28)),
        notice_read_on: Some(Date::constant(2026, 8, 31)),
        stated: BTreeMap::new(),
        papers_until: None,
        papers: Vec::new(),
    }
}

fn day_list(day: Date, rows: usize) -> DayList {
    let row = |n: usize| DayRow {
        number: format!("26001{n:04}"),
        name: "İpek İNCE".to_owned(),
        programme_code: "BİL".to_owned(),
        programme: name("Bilgisayar Mühendisliği", "Computer Engineering"),
        is_provisional: n == 1,
        made_by: "Gülşen ÇELİK".to_owned(),
    };
    DayList {
        unit: name("Mühendislik Fakültesi", "Faculty of Engineering"),
        day,
        rows: (1..=rows).map(row).collect(),
    }
}

/// Sessions of one hour on a day.
fn planned(day: Date, sessions: usize) -> Vec<PlannedSession> {
    let at = |hour: usize| base::time::at_local(day, hour as i8, 0).expect("a time");
    let one = |n: usize| PlannedSession {
        title: name(&format!("Oturum {n}"), &format!("Session {n}")),
        place: "Mavi Salon".to_owned(),
        speaker: String::new(),
        starts_at: at(8 + n),
        ends_at: at(9 + n),
        is_repeat: n == 2,
    };
    (1..=sessions).map(one).collect()
}

fn taken_part(sessions: usize) -> TakenPart {
    TakenPart {
        unit: name("Mühendislik Fakültesi", "Faculty of Engineering"),
        orientation: name("Hoş geldiniz", "Welcome"),
        sessions: planned(Date::constant(2026, 9, 14), sessions),
        acknowledged_on: Some(Date::constant(2026, 9, 15)),
    }
}

fn programme(day: Date, sessions: usize) -> OrientationProgramme {
    OrientationProgramme {
        unit: name("Mühendislik Fakültesi", "Faculty of Engineering"),
        year: 2026,
        name: name("Hoş geldiniz", "Welcome"),
        sessions: planned(day, sessions),
        portal: "https://obs.ornek.example.invalid/oryantasyon".to_owned(),
        at: base::time::at_local(TODAY, 9, 0).expect("a time"),
    }
}

fn session_sheet(lines: usize) -> SessionSheet {
    let line = |n: usize| SheetLine {
        number: format!("26001{n:04}"),
        name: "İpek İNCE".to_owned(),
        programme: "BİL".to_owned(),
    };
    SessionSheet {
        unit: name("Mühendislik Fakültesi", "Faculty of Engineering"),
        orientation: name("Hoş geldiniz", "Welcome"),
        session: planned(TODAY, 2).remove(1),
        lines: (1..=lines).map(line).collect(),
    }
}

#[test]
fn every_case_is_decided_as_written() {
    for kind in KINDS {
        let cases: Cases = toml::from_str(kind.cases).expect("cases.toml");
        for case in &cases.case {
            let book = regulations::book(&case.profile).expect("profile");
            let findings = match kind.subject {
                Subject::Enrolment { check, .. } => check(&case.file(), &book, TODAY),
                Subject::Day { check, .. } => {
                    check(&day_list(case.day.expect("day"), case.rows), &book, TODAY)
                }
                Subject::Orientation { check, .. } => {
                    check(&programme(case.day.expect("day"), case.sessions), &book, TODAY)
                }
                Subject::Session { check, .. } => check(&session_sheet(case.rows), &book, TODAY),
            };
            let said: Vec<String> = findings.iter().map(in_words).collect();
            assert_eq!(said, case.expect, "{}: {}", kind.key, case.title);
            assert_eq!(findings.allows(), case.allows, "{}: {}", kind.key, case.title);
            assert!(!case.title.trim().is_empty());
        }
        assert!(cases.case.iter().any(|case| case.allows) && cases.case.iter().any(|case| !case.allows));
    }
}

/// Verdict, code and the values that belong to the rule and not to the status.
fn in_words(finding: &Finding) -> String {
    let verdict = serde_json::to_value(finding.verdict).expect("json");
    let mut text = format!("{} {}", verdict.as_str().expect("word"), finding.code);
    if finding.values.iter().any(|(name, _)| name == "status") {
        let has = |wanted| finding.values.iter().any(|(name, text)| name == wanted && !text.is_empty());
        assert!(has("since") && has("ground") && has("reference"), "{finding:?} names its ground");
    }
    for (name, value) in &finding.values {
        if !["status", "since", "ground", "reference", "dated"].contains(&name.as_str()) {
            text.push_str(&format!(" {name}={value}"));
        }
    }
    text
}

fn name(tr: &str, en: &str) -> Name {
    Name { tr: tr.to_owned(), en: en.to_owned() }
}

fn term() -> TermFacts {
    let starts_on = Date::constant(2026, 9, 21);
    TermFacts {
        order: term_order(starts_on),
        academic_year: "2026-2027".to_owned(),
        season: Season::Autumn,
        starts_on,
        ends_on: Date::constant(2027, 1, 15),
    }
}

fn course(n: usize) -> CourseFacts {
    CourseFacts {
        code: format!("DRS{n}"),
        name: name(&format!("Çağdaş İletişim {n}"), &format!("Contemporary Communication {n}")),
        theory: 3,
        practice: 1,
    }
}

/// İpek İNCE with one course of 6 AKTS and 4 credits per letter.
fn file(status: EnrolmentStatus, letters: &[String]) -> StudentFile {
    let mark = |(n, letter): (usize, &String)| MarkLine {
        attempt: Attempt {
            course: CourseId::new(n as i64),
            term: term().order,
            number: 1,
            letter: Some(Letter::parse(letter).expect("letter")),
            midterm: None,
            final_score: None,
            credit: Credit::whole(4),
            ects: Ects::whole(6),
        },
        course: course(n),
    };
    let line = |n: usize| CurriculumLine {
        term_no: 1,
        position: n as u16,
        course: n as i64,
        kind: CourseKind::Compulsory,
        facts: course(n),
        ects: Ects::whole(6),
        credit: Credit::whole(4),
    };
    StudentFile {
        identity: Identity {
            identity_no: Tckn::complete([1, 0, 0, 0, 0, 0, 0, 0, 1]),
            given_name: "İpek".to_owned(),
            surname: "İNCE".to_owned(),
            sex: Sex::Female,
            birth_date: Date::constant(2005, 3, 7),
            birth_place: "Iğdır".to_owned(),
            nationality: "TR".to_owned(),
        },
        number: "230010001".to_owned(),
        entry_kind: EntryKind::Yks,
        entry_year: 2023,
        entered_on: Date::constant(2023, 9, 10),
        class_year: 4,
        status,
        status_since: Date::constant(2026, 9, 1),
        status_ground: Ground::new(GroundKind::BoardDecision, "2026/31-4").dated(Date::constant(2026, 8, 30)),
        linked_to: None,
        programme: ProgrammeFacts {
            code: "BİL".to_owned(),
            name: name("Bilgisayar Mühendisliği", "Computer Engineering"),
            level: Level::Bachelor,
            terms: 8,
            language: "tr".to_owned(),
            department: name("Bilgisayar Mühendisliği Bölümü", "Department of Computer Engineering"),
            faculty: name("Mühendislik Fakültesi", "Faculty of Engineering"),
            university: name("Örnek Üniversitesi", "Example University"),
        },
        terms: vec![TermTaken { term: term(), term_no: 7, standing: TermStanding::Registered }],
        marks: (1..).zip(letters).map(mark).collect(),
        curriculum: (1..=letters.len()).rev().map(line).collect(),
        registration: None,
        orientations: Vec::new(),
    }
}

struct Zeros;
impl Randomness for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn facts(lang: Lang) -> IssueFacts {
    IssueFacts {
        lang,
        number: "2026/000007".to_owned(),
        date: TODAY,
        code: VerificationCode::fresh(&Zeros),
        address: "https://obs.ornek.example.invalid/dogrula".to_owned(),
        institution: name("Örnek Üniversitesi", "Example University"),
        unit: name("Mühendislik Fakültesi", "Faculty of Engineering"),
        signer: Signer {
            name: name("Doç. Dr. Gülşah ÇELİKOĞLU", "Assoc. Prof. Dr. Gülşah ÇELİKOĞLU"),
            title: name("Fakülte Sekreteri", "Faculty Secretary"),
            on_behalf: None,
        },
        purpose: None,
        photo: None,
        term: Some(term()),
    }
}

fn composed(key: &str, profile: &str, file: &StudentFile, facts: &IssueFacts) -> Value {
    let book = regulations::book(profile).expect("profile");
    let kind = kind(key).expect("kind");
    let Subject::Enrolment { compose, .. } = kind.subject else { panic!("{key} is about no student") };
    serde_json::from_slice(&compose(file, &book, facts).expect("composed")).expect("json")
}

fn letters(list: &[&str]) -> Vec<String> {
    list.iter().map(|letter| (*letter).to_owned()).collect()
}

#[test]
fn a_certificate_speaks_the_language_of_its_reader() {
    let mut file = file(EnrolmentStatus::Active, &[]);
    let tr = composed("student_certificate", "ornek", &file, &facts(Lang::Tr));
    assert_eq!(tr["frame"]["letterhead"]["institution"], "ÖRNEK ÜNİVERSİTESİ");
    assert_eq!(tr["frame"]["number"], "2026/000007");
    assert_eq!(tr["frame"]["verification"]["code"], "00000-00000-00000-00000-000000");
    assert_eq!(tr["body"]["term"], "2026-2027 Güz Yarıyılı");
    let statement = tr["body"]["statement"].as_str().expect("text");
    assert!(
        statement.contains("2026-2027 Güz Yarıyılı itibarıyla üniversitemizin kayıtlı öğrencisidir"),
        "{statement}"
    );
    assert_eq!(tr["body"]["study"]["level"], "Lisans (4 yıl)");
    assert_eq!(tr["body"]["person"]["identity"]["kind"], "citizen");

    let asked = IssueFacts { purpose: Some("a visa application".to_owned()), ..facts(Lang::En) };
    let en = composed("student_certificate", "ornek", &file, &asked);
    assert_eq!(en["frame"]["letterhead"]["institution"], "EXAMPLE UNIVERSITY");
    assert_eq!(en["frame"]["signature"]["title"], "Faculty Secretary");
    assert_eq!(en["frame"]["signature"]["name"], "Assoc. Prof. Dr. Gülşah ÇELİKOĞLU");
    assert_eq!(en["body"]["study"]["department"], "Department of Computer Engineering");
    assert!(en["body"]["purpose"].as_str().expect("text").ends_with("for a visa application."));

    file.status = EnrolmentStatus::OnLeave;
    let tr = composed("student_certificate", "ornek", &file, &facts(Lang::Tr));
    assert!(tr["body"]["statement"].as_str().expect("text").contains("kaydı dondurulmuştur"));
    file.status = EnrolmentStatus::Active;
    file.terms.clear();
    let tr = composed("student_certificate", "ornek", &file, &facts(Lang::Tr));
    assert!(tr["body"]["statement"].as_str().expect("text").contains("ders kaydı yoktur"));
}

#[test]
fn what_is_not_in_the_file_is_not_made_up() {
    let book = regulations::book("ornek").expect("profile");
    let facts = IssueFacts { term: None, ..facts(Lang::Tr) };
    let file = file(EnrolmentStatus::Active, &[]);
    for kind in of_student() {
        let Subject::Enrolment { compose, .. } = kind.subject else { panic!("{}", kind.key) };
        let refused = compose(&file, &book, &facts);
        match kind.key {
            "student_certificate" => assert!(matches!(refused, Err(ComposeError::NoTerm))),
            "transcript" => assert!(refused.is_ok()),
            "participation_certificate" => assert!(matches!(refused, Err(ComposeError::NoAttendance))),
            key => assert!(matches!(refused, Err(ComposeError::NoRegistration)), "{key}"),
        }
    }
}

#[test]
fn a_transcript_shows_the_figures_of_the_record() {
    let mut file = file(EnrolmentStatus::Graduated, &letters(&["AA", "FF", "M", "DC"]));
    file.marks[3].attempt.course = CourseId::new(2);
    file.marks[3].attempt.number = 2;
    let paper = composed("transcript", "ornek", &file, &facts(Lang::Tr));
    let block = &paper["body"]["blocks"][0];
    assert_eq!(block["title"], "2026-2027 Güz Yarıyılı");
    assert_eq!(block["place"], "7. yarıyıl");
    let codes: Vec<_> = block["courses"].as_array().expect("courses").iter().map(|c| &c["code"]).collect();
    assert_eq!(codes, ["DRS3", "DRS2", "DRS4", "DRS1"], "in the order of the curriculum");
    assert_eq!(block["courses"][1]["remarks"], serde_json::json!(["replaced"]));
    assert_eq!(block["courses"][0]["remarks"], serde_json::json!(["exempt"]));
    assert_eq!(block["courses"][3]["points"], "24,00");
    // AA with 6 and DC with 6 AKTS: (24 + 9) / 12.
    assert_eq!(paper["body"]["totals"]["agno"]["shown"], "2,75");
    assert_eq!(paper["body"]["totals"]["ects_earned"], "18");
    assert_eq!(paper["body"]["totals"]["points"]["shown"], "33,00");
    assert_eq!(paper["body"]["graduation"], "01.09.2026");
    assert_eq!(paper["body"]["withheld"], serde_json::json!([]));
    assert_eq!(paper["body"]["scale"]["rows"][0]["score"]["shown"], "90 – 100");
    let sentences = paper["body"]["scale"]["sentences"].to_string();
    assert!(sentences.contains("Dayanak: Örnek Üniversitesi Ön Lisans"), "{sentences}");
    assert!(sentences.contains("AGNO: Ağırlıklı genel not ortalaması"), "{sentences}");
}

#[test]
fn what_nobody_has_verified_is_withheld_and_named() {
    let mut file = file(EnrolmentStatus::Active, &letters(&["AA", "BB"]));
    file.marks[1].attempt = Attempt { course: CourseId::new(1), number: 2, ..file.marks[1].attempt };
    for (lang, mark) in [(Lang::Tr, "basılmadı"), (Lang::En, "not printed")] {
        let paper = composed("transcript", "kastamonu", &file, &facts(lang));
        let body = &paper["body"];
        assert_eq!(body["totals"]["ects_earned"], mark);
        assert!(
            body["totals"]["agno"]["withheld"].is_string()
                && body["totals"]["points"]["withheld"].is_string()
        );
        assert_eq!(body["blocks"][0]["courses"][0]["coefficient"], "");
        assert_eq!(body["blocks"][0]["courses"][0]["points"], "");
        assert_eq!(body["totals"]["ects_taken"], "6");
        assert!(!paper.to_string().contains("\"replaced\""), "which attempt stands was not verified");
        let named = body["withheld"].to_string();
        assert!(named.contains("AGNO") || named.contains("CGPA"), "{named}");
        assert!(named.contains("Kazanılan AKTS") || named.contains("ECTS earned"), "{named}");
        assert!(named.contains("KEY 1.5"), "{named}");
    }
}

#[test]
fn what_the_curriculum_still_asks_for_follows_the_terms() {
    // Taken: the courses 1 and 2. A line of the curriculum is its term, its course and its kind.
    let mut file = file(EnrolmentStatus::Active, &letters(&["AA", "FF"]));
    let model = file.curriculum[0].clone();
    let lines = |list: &[(u8, usize, CourseKind)]| {
        let line = |(term_no, n, kind): &(u8, usize, CourseKind)| CurriculumLine {
            term_no: *term_no,
            course: *n as i64,
            kind: *kind,
            facts: course(*n),
            ..model.clone()
        };
        list.iter().map(line).collect::<Vec<_>>()
    };
    use CourseKind::{Compulsory, Elective};
    file.curriculum = lines(&[
        (1, 1, Compulsory),
        (2, 3, Compulsory),
        // Course 2 was chosen from this group; it stands in the next one, too.
        (3, 2, Elective),
        (3, 4, Elective),
        (4, 5, Compulsory),
        (4, 2, Elective),
        (4, 4, Elective),
    ]);
    let remaining = |file: &StudentFile| {
        let paper = composed("transcript", "ornek", file, &facts(Lang::Tr));
        let codes = |courses: &Value| {
            let courses = courses.as_array().expect("courses").iter();
            courses.map(|c| c["code"].as_str().expect("code").to_owned()).collect::<Vec<_>>().join(" ")
        };
        let terms = paper["body"]["remaining"].as_array().expect("terms").clone();
        terms
            .iter()
            .map(|t| {
                let title = t["title"].as_str().expect("title");
                format!("{title}: {} | {}", codes(&t["courses"]), codes(&t["electives"]))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(remaining(&file), ["2. yarıyıl: DRS3 | ", "4. yarıyıl: DRS5 | DRS4"]);
    let paper = composed("transcript", "ornek", &file, &facts(Lang::En));
    let first = &paper["body"]["remaining"][0]["courses"][0];
    assert_eq!(first["name"], "Contemporary Communication 3");
    assert_eq!(
        (&first["hours"], &first["credit"], &first["ects"]),
        (&"3+1".into(), &"4".into(), &"6".into())
    );
    file.status = EnrolmentStatus::Graduated;
    assert!(remaining(&file).is_empty());
}

#[test]
fn an_english_paper_cites_in_english() {
    let file = file(EnrolmentStatus::Active, &letters(&["AA"]));
    let sentences = |profile, lang| {
        composed("transcript", profile, &file, &facts(lang))["body"]["scale"]["sentences"].to_string()
    };
    let english = sentences("ornek", Lang::En);
    assert!(
        english.contains("Basis: Example University Regulation") && english.contains(", Art. "),
        "{english}"
    );
    assert!(!english.contains("Yönetmeli") && !english.contains(" m."), "{english}");
    assert!(sentences("ornek", Lang::Tr).contains("Yönetmeliği (uydurma), m."));
    let unread = composed("transcript", "kastamonu", &file, &facts(Lang::En))["body"]["withheld"].to_string();
    assert!(!unread.contains("RG ") && !unread.contains(" m."), "{unread}");
}

#[test]
fn a_record_taken_over_tells_the_day_of_entry_alone() {
    let mut file = file(EnrolmentStatus::Active, &letters(&["AA"]));
    for key in ["student_certificate", "transcript"] {
        file.entry_kind = EntryKind::Yks;
        let paper = composed(key, "ornek", &file, &facts(Lang::Tr));
        assert_eq!(paper["body"]["study"]["entry_way"], "Yükseköğretim Kurumları Sınavı (YKS)");
        file.entry_kind = EntryKind::Records;
        let paper = composed(key, "ornek", &file, &facts(Lang::Tr));
        assert_eq!(paper["body"]["study"]["entry_way"], Value::Null);
        assert_eq!(paper["body"]["study"]["entry_date"], "10.09.2023");
    }
}

#[test]
fn a_course_in_progress_is_listed_and_counts_nowhere() {
    let file = file(EnrolmentStatus::Active, &letters(&["S"]));
    let paper = composed("transcript", "ornek", &file, &facts(Lang::Tr));
    assert_eq!(paper["body"]["totals"]["agno"]["shown"], "–");
    assert_eq!(paper["body"]["totals"]["ects_earned"], "0");
    assert_eq!(paper["body"]["blocks"][0]["courses"][0]["letter"], "S");
    let summary = &paper["body"]["blocks"][0]["summary"];
    assert_eq!((&summary["ects_taken"], &summary["ects_earned"]), (&"6".into(), &"–".into()));
    for figure in ["points", "ano", "agno"] {
        assert_eq!(summary[figure]["shown"], "–", "{figure}");
    }
    let Subject::Enrolment { check, .. } = transcript::KIND.subject else { panic!("about a student") };
    assert!(
        check(&file, &regulations::book("ornek").expect("profile"), TODAY)
            .with(Verdict::Warns)
            .next()
            .is_none()
    );
}

#[test]
fn the_papers_of_the_day_say_what_the_desk_noted() {
    let mut file = file(EnrolmentStatus::Active, &[]);
    file.registration = Some(registered());
    let paper = composed("registration_confirmation", "ornek", &file, &facts(Lang::Tr));
    let body = &paper["body"];
    assert_eq!(body["registration"]["kind"], "Kesin kayıt");
    assert_eq!(body["registration"]["fee"], "Ödendi, 1.234,50 TL, D 17, 28.08.2026");
    assert_eq!(body["registration"]["notice"], "31.08.2026 tarihinde okundu");
    assert_eq!(body["registration"]["papers"], "2 belge eksik");
    assert!(body["statement"].as_str().expect("text").contains("kesin kaydı 31.08.2026 tarihinde"));

    // The day that the desk set for a paper counts before that of the registration, and that before the rule's.
    file.status = EnrolmentStatus::Provisional;
    let filed = |kind, due_on| FiledPaper {
        held: Held { kind, state: PaperState::Missing },
        description: None,
        due_on,
        returned_on: None,
    };
    file.registration = Some(RegistrationFacts {
        provisional_until: Some(Date::constant(2026, 12, 29)),
        fee: FeeState::Owed,
        fee_amount: None,
        notice_read_on: None,
        papers: vec![
            filed(PaperKind::SchoolDiploma, Some(Date::constant(2026, 12, 1))),
            filed(PaperKind::HealthReport, None),
            FiledPaper {
                description: Some("Askerlik durum belgesi".to_owned()),
                ..filed(PaperKind::Other, None)
            },
        ],
        ..registered()
    });
    let notice = composed("missing_papers_notice", "ornek", &file, &facts(Lang::En));
    let owed: Vec<String> = notice["body"]["owed"]
        .as_array()
        .expect("papers")
        .iter()
        .map(|paper| format!("{} {}", paper["name"].as_str().expect("name"), paper["due"]))
        .collect();
    assert_eq!(
        owed,
        [
            "School diploma \"01.12.2026\"",
            "Photograph \"29.12.2026\"",
            "Health report \"29.12.2026\"",
            "Askerlik durum belgesi \"29.12.2026\""
        ]
    );
    assert!(notice["body"]["consequence"].as_str().expect("text").contains("29.12.2026"));
    // Where nobody set a day, that of the window for missing papers counts.
    let mut finally = file.clone();
    finally.status = EnrolmentStatus::Active;
    if let Some(made) = &mut finally.registration {
        made.provisional_until = None;
        made.papers_until = Some(Date::constant(2026, 12, 18));
    }
    let notice = composed("missing_papers_notice", "ornek", &finally, &facts(Lang::En));
    let owed = notice["body"]["owed"].as_array().expect("papers");
    let health = owed.iter().find(|paper| paper["name"] == "Health report").expect("the report");
    assert_eq!(health["due"], "18.12.2026");
    let letter = composed("registration_status_letter", "ornek", &file, &facts(Lang::Tr));
    assert!(letter["body"]["statement"].as_str().expect("text").contains("henüz kesin değildir"));
    assert!(!letter.to_string().contains("Ödenmedi"), "the fee is no business of another office");
    let label = composed("file_label", "ornek", &file, &facts(Lang::Tr));
    assert_eq!(label["body"]["shelf_name"], "İNCE, İpek");
    assert!(!label.to_string().contains("10000000146"), "no identity number lies about");

    file.status = EnrolmentStatus::RegistrationCancelled;
    let letter = composed("registration_status_letter", "ornek", &file, &facts(Lang::Tr));
    assert!(letter["body"]["statement"].as_str().expect("text").contains("01.09.2026 tarihinde silinmiştir"));
    assert_eq!(letter["body"]["papers"], Value::Null);
}

#[test]
fn the_list_of_a_day_counts_by_programme() {
    let Subject::Day { compose, .. } = daily_registration_list::KIND.subject else { panic!("about a day") };
    let book = regulations::book("ornek").expect("profile");
    let list = day_list(Date::constant(2026, 8, 31), 3);
    let paper: Value =
        serde_json::from_slice(&compose(&list, &book, &facts(Lang::En)).expect("composed")).expect("json");
    assert_eq!(paper["body"]["day"], "31.08.2026");
    assert_eq!(paper["body"]["rows"][0]["kind"], "Provisional");
    let total = &paper["body"]["total"];
    assert_eq!(
        (&total["finally"], &total["provisionally"], &total["all"]),
        (&"2".into(), &"1".into(), &"3".into())
    );
    assert_eq!(paper["body"]["counts"][0]["name"], "Computer Engineering");
    assert_eq!(paper["frame"]["letterhead"]["contact"][0], "Kampüs Caddesi 1, Örnekşehir, Türkiye");
}

#[test]
fn papers_of_an_orientation_say_what_was_planned_and_come_to() {
    let mut file = file(EnrolmentStatus::Active, &[]);
    file.orientations = vec![taken_part(2), TakenPart { sessions: Vec::new(), ..taken_part(1) }];
    let paper = composed("participation_certificate", "ornek", &file, &facts(Lang::En));
    let attended = paper["body"]["attended"].as_array().expect("orientations");
    assert_eq!(attended.len(), 1, "one that nothing was come to of is not named");
    assert_eq!(attended[0]["title"], "Welcome – Faculty of Engineering");
    assert_eq!(attended[0]["sessions"][0]["time"], "14.09.2026 09.00–10.00");
    assert!(attended[0]["acknowledged"].as_str().expect("text").contains("15.09.2026"));
    assert!(paper["body"]["statement"].as_str().expect("text").contains("(2)"));
    assert!(!paper.to_string().contains("10000000146"), "no identity number is shown around");

    let book = regulations::book("ornek").expect("profile");
    let Subject::Orientation { compose, .. } = orientation_notice::KIND.subject else {
        panic!("an orientation")
    };
    let mut told = programme(TODAY, 3);
    // One of the three is over.
    told.at = told.sessions[0].ends_at;
    let notice: Value =
        serde_json::from_slice(&compose(&told, &book, &facts(Lang::Tr)).expect("composed")).expect("json");
    let sessions = notice["body"]["sessions"].as_array().expect("sessions");
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["note"], "gelemeyenler için yineleme");
    assert!(notice["body"]["invitation"].as_str().expect("text").contains("2026 yılında kaydolan"));

    let Subject::Session { compose, .. } = sign_in_sheet::KIND.subject else { panic!("a session") };
    let sheet: Value =
        serde_json::from_slice(&compose(&session_sheet(2), &book, &facts(Lang::Tr)).expect("composed"))
            .expect("json");
    assert_eq!(sheet["body"]["lines"][1]["number"], "260010002");
    assert_eq!(sheet["body"]["session"]["title"], "Oturum 2");
}
