use std::collections::BTreeMap;

use base::time::Date;
use regulations::{Book, Condition, NamedText, ProfileTexts, Stage, When};

use super::*;
use crate::{
    enrolments::{EnrolmentStatus, EntryKind, LinkKind},
    ledger::{Ground, GroundKind},
    people::{Identity, Sex},
    programmes::Level,
    student_file::{Name, ProgrammeFacts, StudentFile},
};

fn book(name: &str) -> Book {
    regulations::book(name).unwrap_or_else(|error| panic!("{error}"))
}

fn day(written: &str) -> Date {
    written.parse().expect("a day")
}

fn on(written: &str) -> When {
    let on = day(written);
    When { on, entry_year: on.year() }
}

fn citizen() -> EntryFacts {
    EntryFacts {
        sex: Sex::Female,
        nationality: "TR".to_owned(),
        language: "tr".to_owned(),
        stated: BTreeMap::new(),
    }
}

fn foreigner() -> EntryFacts {
    EntryFacts { nationality: "AZ".to_owned(), ..citizen() }
}

fn stating(condition: Condition, holds: bool) -> EntryFacts {
    EntryFacts { stated: BTreeMap::from([(condition, holds)]), ..citizen() }
}

/// `kind ! due` where it is certain, `kind ? why` where a person has to say.
fn asked(book: &Book, entry: EntryKind, facts: &EntryFacts, when: When) -> Vec<String> {
    let required = required_papers(book, entry, facts, when).expect("a list");
    required
        .iter()
        .map(|paper| {
            let due = match &paper.due {
                Due::AtOnce(Stage::Registration) => "at registration".to_owned(),
                Due::AtOnce(Stage::Application) => "with application".to_owned(),
                Due::Until(day, _) => day.to_string(),
                Due::LaterUnknown(_) => "later".to_owned(),
            };
            match &paper.need {
                Need::Certain => format!("{} ! {due}", paper.kind),
                Need::Ask(doubt) => {
                    let unverified = doubt.unverified.then_some("unverified");
                    let why: Vec<&str> =
                        unverified.into_iter().chain(doubt.conditions.iter().map(|c| c.code())).collect();
                    format!("{} ? {}", paper.kind, why.join(" "))
                }
            }
        })
        .collect()
}

#[test]
fn the_rule_book_and_the_office_speak_of_the_same_things() {
    for name in regulations::PROFILES {
        let book = book(name);
        let mut entries: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.code()).collect();
        entries.sort_unstable();
        assert_eq!(book.entry_kinds().collect::<Vec<_>>(), entries, "{name}");
        let papers: Vec<&str> =
            PaperKind::ALL.iter().map(|kind| kind.code()).filter(|code| *code != "other").collect();
        assert_eq!(book.student_papers().collect::<Vec<_>>(), papers, "{name}");
        for kind in EntryKind::ALL {
            let rule = book.entry_rule(kind.code(), on("2026-09-01"));
            let rule = rule.value.unwrap_or_else(|| panic!("{name}: {kind}"));
            let link = rule.link.as_deref().map(|code| LinkKind::from_code(code).expect("a bond"));
            let expected = match kind {
                EntryKind::DoubleMajor => Some(LinkKind::DoubleMajor),
                EntryKind::Minor => Some(LinkKind::Minor),
                _ => None,
            };
            assert_eq!(link, expected, "{name}: {kind}");
            for year in 2015..2030 {
                let when = When { on: Date::constant(year, 9, 1), entry_year: year };
                let listed = required_papers(&book, *kind, &foreigner(), when);
                assert!(listed.is_some(), "{name}: {kind} in {year}");
            }
        }
    }
}

#[test]
fn a_placed_candidate_brings_what_the_year_asks_for() {
    let ornek = book("ornek");
    let when = on("2024-09-02");
    let rest = ["photograph ! at registration", "field_certificate ? extra_points"];
    let list = asked(&ornek, EntryKind::Yks, &citizen(), when);
    assert_eq!(list[0], "school_diploma ! 2024-12-31");
    assert_eq!(list[1..3], rest);
    assert_eq!(list[3..], ["health_report ? health_condition"]);
    let facts = stating(Condition::ExtraPoints, true);
    assert_eq!(
        asked(&ornek, EntryKind::Yks, &facts, when)[2],
        "field_certificate ! at registration",
        "a condition that somebody stated is an answer"
    );
    let facts = stating(Condition::ExtraPoints, false);
    let list = asked(&ornek, EntryKind::Yks, &facts, when);
    assert!(!list.iter().any(|line| line.starts_with("field_certificate")), "{list:?}");
    let facts = stating(Condition::OpenSchool, true);
    assert_eq!(asked(&ornek, EntryKind::Yks, &facts, when)[0], "school_diploma ! 2025-01-31");
    let facts = stating(Condition::OpenSchool, false);
    assert_eq!(asked(&ornek, EntryKind::Yks, &facts, when)[0], "school_diploma ! 2024-12-31");
}

#[test]
fn the_day_of_entry_decides_which_year_s_announcement_counts() {
    let kastamonu = book("kastamonu");
    for (entered, diploma) in [
        ("2023-08-27", "school_diploma ? unverified"),
        ("2023-08-28", "school_diploma ! 2023-12-29"),
        ("2024-07-31", "school_diploma ! 2023-12-29"),
        ("2024-08-01", "school_diploma ! later"),
    ] {
        let list = asked(&kastamonu, EntryKind::Yks, &citizen(), on(entered));
        assert_eq!(list[0], diploma, "{entered}");
        assert!(
            list.contains(&"photograph ? unverified".to_owned()),
            "{entered}: nobody read that it is asked"
        );
    }
    for (entered, transcript) in [
        ("2022-07-17", "record_of_studies ? unverified"),
        ("2022-07-18", "record_of_studies ! with application"),
    ] {
        let list = asked(&kastamonu, EntryKind::TransferExternal, &citizen(), on(entered));
        assert!(list.contains(&transcript.to_owned()), "{entered}: {list:?}");
    }
}

#[test]
fn a_condition_takes_a_paper_off_the_list_or_makes_it_a_question() {
    let kastamonu = book("kastamonu");
    let when = on("2026-09-01");
    let list = asked(&kastamonu, EntryKind::International, &foreigner(), when);
    assert!(list.contains(&"passport ! at registration".to_owned()), "{list:?}");
    assert!(list.contains(&"turkish_proficiency ? knows_turkish".to_owned()), "{list:?}");
    assert!(list.contains(&"residence_permit ? unverified".to_owned()), "{list:?}");
    assert!(!list.iter().any(|line| line.starts_with("school_abroad")), "asked of citizens alone: {list:?}");
    let list = asked(&kastamonu, EntryKind::International, &citizen(), when);
    assert!(!list.iter().any(|line| line.starts_with("passport")), "{list:?}");
    assert!(list.contains(&"school_abroad ? school_abroad".to_owned()), "{list:?}");
    let nobody_knows = EntryFacts { nationality: String::new(), ..citizen() };
    let list = asked(&kastamonu, EntryKind::International, &nobody_knows, when);
    assert!(list.contains(&"passport ? foreign".to_owned()), "{list:?}");
    let in_english = EntryFacts { language: "en".to_owned(), ..citizen() };
    let list = asked(&kastamonu, EntryKind::TransferCentral, &in_english, when);
    assert!(list.contains(&"language_proof ! with application".to_owned()), "{list:?}");
    let list = asked(&kastamonu, EntryKind::TransferCentral, &citizen(), when);
    assert!(
        list.contains(&"language_proof ? foreign_language".to_owned()),
        "a part may be taught so: {list:?}"
    );
}

#[test]
fn every_way_of_entry_has_its_list() {
    let mut table = String::new();
    for name in regulations::PROFILES {
        let book = book(name);
        for kind in EntryKind::ALL {
            table.push_str(&format!("{name}, {kind}\n"));
            for line in asked(&book, *kind, &foreigner(), on("2026-09-01")) {
                table.push_str(&format!("    {line}\n"));
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn without_rows_nothing_is_known_and_nothing_is_missing() {
    let bare = ProfileTexts {
        university: vec![NamedText {
            name: "u",
            text: "[institution]\nkey = \"d\"\nname_tr = \"D\"\nname_en = \"D\"\n",
        }],
        ..ProfileTexts::default()
    };
    let bare = Book::parse(&bare).expect("valid");
    assert_eq!(required_papers(&bare, EntryKind::Yks, &citizen(), on("2026-09-01")), None);
    let list = file(EntryKind::Yks, EnrolmentStatus::Active).papers(&bare, &[], false);
    assert_eq!(list, PaperFile { coverage: Coverage::NoList, lines: Vec::new() });
}

fn file(entry_kind: EntryKind, status: EnrolmentStatus) -> StudentFile {
    let name = |tr: &str| Name { tr: tr.to_owned(), en: tr.to_owned() };
    StudentFile {
        identity: Identity {
            identity_no: None,
            given_name: "Işıl".to_owned(),
            surname: "ÖRNEK".to_owned(),
            sex: Sex::Female,
            birth_date: day("2005-03-14"),
            birth_place: "Örnekköy".to_owned(),
            nationality: "TR".to_owned(),
        },
        number: "240010001".to_owned(),
        entry_kind,
        entry_year: 2024,
        entered_on: day("2024-09-16"),
        class_year: 1,
        status,
        status_since: day("2024-09-16"),
        status_ground: Ground::new(GroundKind::Placement, "YKS 2024"),
        linked_to: None,
        programme: ProgrammeFacts {
            code: "BIL1".to_owned(),
            name: name("Bilgisayar"),
            level: Level::Bachelor,
            terms: 8,
            language: "tr".to_owned(),
            department: name("Bilgisayar"),
            faculty: name("Fen"),
            university: name("Örnek"),
        },
        terms: Vec::new(),
        marks: Vec::new(),
        curriculum: Vec::new(),
        registration: None,
        orientations: Vec::new(),
    }
}

fn lines(list: &PaperFile) -> Vec<String> {
    list.lines.iter().map(|line| format!("{} {:?} {:?}", line.kind, line.standing, line.held)).collect()
}

#[test]
fn what_is_held_stands_beside_what_is_asked() {
    let book = book("ornek");
    let student = file(EntryKind::Yks, EnrolmentStatus::Active);
    let held = [
        Held { kind: PaperKind::Other, state: PaperState::Received },
        Held { kind: PaperKind::Photograph, state: PaperState::CopySeen },
        Held { kind: PaperKind::HealthReport, state: PaperState::Waived },
    ];
    let list = student.papers(&book, &held, false);
    assert_eq!(list.coverage, Coverage::Whole);
    assert_eq!(
        lines(&list),
        [
            "school_diploma Missing None",
            "field_certificate ToAsk None",
            "photograph Held Some(1)",
            "other Held Some(0)",
            "health_report Waived Some(2)",
        ]
    );
    assert!(list.lines[2].required.is_some() && list.lines[3].required.is_none());
    assert_eq!((list.count(PaperStanding::Missing), list.count(PaperStanding::ToAsk)), (1, 1));
    let recorded = [Held { kind: PaperKind::SchoolDiploma, state: PaperState::Missing }];
    let list = student.papers(&book, &recorded, false);
    assert_eq!(lines(&list)[..2], ["school_diploma Missing Some(0)", "photograph Missing None"]);
}

#[test]
fn a_paper_is_late_when_its_day_is_over() {
    let entered = day("2024-09-16");
    let citation = || std::sync::Arc::clone(&book("ornek").entry_fee("yks", on("2024-09-16")).citation);
    let until = Due::Until(day("2024-12-31"), citation());
    assert!(!until.is_over(entered, day("2024-12-31")));
    assert!(until.is_over(entered, day("2025-01-01")));
    assert!(!Due::AtOnce(Stage::Registration).is_over(entered, entered));
    assert!(Due::AtOnce(Stage::Registration).is_over(entered, day("2024-09-17")));
    assert!(!Due::LaterUnknown(citation()).is_over(entered, day("2030-01-01")));
}

#[test]
fn records_of_an_earlier_system_are_not_called_incomplete() {
    let book = book("ornek");
    let mut student = file(EntryKind::Records, EnrolmentStatus::Active);
    let list = student.papers(&book, &[], true);
    assert_eq!(list, PaperFile { coverage: Coverage::NotListedHere, lines: Vec::new() });
    let photograph = [Held { kind: PaperKind::Photograph, state: PaperState::Received }];
    let list = student.papers(&book, &photograph, true);
    assert_eq!(list.coverage, Coverage::Whole);
    assert_eq!(
        lines(&list),
        ["school_diploma ToAsk None", "photograph Held Some(0)"],
        "how the student came is not known, so the diploma is a question"
    );
    student.linked_to = Some((LinkKind::DoubleMajor, "230010001".to_owned()));
    assert_eq!(student.way_of_entry(), EntryKind::DoubleMajor);
    let list = student.papers(&book, &photograph, true);
    assert_eq!(lines(&list), ["application_form Missing None", "photograph Held Some(0)"]);
}

#[test]
fn who_left_owes_nothing() {
    let book = book("ornek");
    let held = [Held { kind: PaperKind::Photograph, state: PaperState::Received }];
    for status in EnrolmentStatus::ALL {
        let list = file(EntryKind::Yks, *status).papers(&book, &held, false);
        let missing = list.count(PaperStanding::Missing);
        if status.is_open() {
            assert_eq!((list.coverage, missing), (Coverage::Whole, 1), "{status}");
        } else {
            assert_eq!((list.coverage, missing, list.lines.len()), (Coverage::Ended, 0, 1), "{status}");
        }
    }
}
