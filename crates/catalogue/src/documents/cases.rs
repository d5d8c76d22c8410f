//! Runs the eligibility cases of every kind, and composes papers from invented files.

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
    people::{Identity, Sex},
    programmes::{CourseKind, Level, Season, TermStanding, term_order},
    student_file::{
        CourseFacts, CurriculumLine, MarkLine, Name, ProgrammeFacts, StudentFile, TermFacts, TermTaken,
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
    status: String,
    #[serde(default)]
    marks: Vec<String>,
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

#[test]
fn every_case_is_decided_as_written() {
    for kind in KINDS {
        let cases: Cases = toml::from_str(kind.cases).expect("cases.toml");
        for case in &cases.case {
            let book = regulations::book(&case.profile).expect("profile");
            let status = EnrolmentStatus::from_code(&case.status).expect("status");
            let mut file = file(status, &case.marks);
            if !case.identity {
                file.identity.identity_no = None;
            }
            let findings = (kind.check)(&file, &book, TODAY);
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
    serde_json::from_slice(&(kind.compose)(file, &book, facts).expect("composed")).expect("json")
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
fn without_a_term_no_certificate_is_made_up() {
    let book = regulations::book("ornek").expect("profile");
    let facts = IssueFacts { term: None, ..facts(Lang::Tr) };
    let file = file(EnrolmentStatus::Active, &[]);
    let refused = (student_certificate::KIND.compose)(&file, &book, &facts);
    assert!(matches!(refused, Err(ComposeError::NoTerm)));
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
    assert!(
        (transcript::KIND.check)(&file, &regulations::book("ornek").expect("profile"), TODAY)
            .with(Verdict::Warns)
            .next()
            .is_none()
    );
}
