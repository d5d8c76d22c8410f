use std::collections::BTreeMap;

use regulations::{Condition, EntryField};

use super::*;
use crate::{
    papers::{Coverage, EntryFacts, Held, PaperKind, PaperState, compare, required_papers},
    people::Sex,
};

const TODAY: Date = Date::constant(2026, 8, 25);

fn book() -> Book {
    regulations::book("ornek").unwrap_or_else(|error| panic!("{error}"))
}

const fn when() -> When {
    When { on: TODAY, entry_year: 2026 }
}

/// What an assessment says, without the values.
fn told(assessment: &Assessment) -> Vec<String> {
    let told = assessment.findings.iter().filter(|finding| finding.verdict != Verdict::Satisfied);
    told.map(|finding| format!("{:?} {}", finding.verdict, finding.code)).collect()
}

fn papers(book: &Book, entry: EntryKind, held: &[(PaperKind, PaperState)]) -> PaperFile {
    let facts = EntryFacts {
        sex: Sex::Female,
        nationality: "TR".to_owned(),
        language: "tr".to_owned(),
        stated: BTreeMap::from([(Condition::ExtraPoints, false), (Condition::HealthCondition, false)]),
    };
    let held: Vec<Held> = held.iter().map(|(kind, state)| Held { kind: *kind, state: *state }).collect();
    let required = required_papers(book, entry, &facts, when()).expect("a list");
    compare(Coverage::Whole, &held, required)
}

const WHOLE: &[(PaperKind, PaperState)] =
    &[(PaperKind::SchoolDiploma, PaperState::Received), (PaperKind::Photograph, PaperState::Received)];

fn details() -> EntryDetails {
    let mut details = EntryDetails::default();
    for field in EntryField::ALL {
        details.set(*field, "1");
    }
    details
}

fn facts<'a>(papers: &'a PaperFile, details: &'a EntryDetails) -> DeskFacts<'a> {
    DeskFacts {
        state: CandidateState::Waiting,
        entry: EntryKind::Yks,
        e_registered: false,
        e_registration: None,
        window: Some(WindowFacts {
            opens_on: Date::constant(2026, 8, 24),
            closes_on: Date::constant(2026, 8, 28),
            source: "Takvim".to_owned(),
        }),
        provisional_until: None,
        missing_papers_until: None,
        clearances: Clearances::CLEAR,
        other_studies: &[],
        papers,
        details,
        has_curriculum: true,
        today: TODAY,
    }
}

#[test]
fn whoever_lacks_nothing_is_registered() {
    let book = book();
    let (papers, details) = (papers(&book, EntryKind::Yks, WHOLE), details());
    let assessment = assess(&book, when(), &facts(&papers, &details));
    assert!(assessment.may_register, "{assessment:?}");
    assert_eq!(told(&assessment), [""; 0]);
}

#[test]
fn e_registration_lies_within_its_own_days_or_a_person_looks() {
    let book = book();
    let (papers, details) = (papers(&book, EntryKind::Yks, WHOLE), details());
    let told_on = |day: i8| {
        let window = WindowFacts {
            opens_on: Date::constant(2026, 8, 17),
            closes_on: Date::constant(2026, 8, 21),
            source: "Takvim".to_owned(),
        };
        let e_registration = Some((Date::constant(2026, 8, day), window));
        let found = assess(
            &book,
            when(),
            &DeskFacts { e_registered: true, e_registration, ..facts(&papers, &details) },
        );
        (found.may_register, told(&found))
    };
    for day in [17, 21] {
        assert_eq!(told_on(day), (true, Vec::new()), "{day}");
    }
    for day in [16, 22] {
        assert_eq!(told_on(day), (true, vec!["NeedsHuman desk-e-window-outside".to_owned()]), "{day}");
    }
}

#[test]
fn each_answer_of_another_office_has_its_effect() {
    let book = book();
    let (papers, details) = (papers(&book, EntryKind::Yks, WHOLE), details());
    let asked = |clearances| {
        let facts = DeskFacts { clearances, ..facts(&papers, &details) };
        let found = assess(&book, when(), &facts);
        (told(&found), found.may_register, found.may_provisionally)
    };
    let clear = Clearances::CLEAR;
    for (clearances, code, register, provisionally) in [
        (Clearances { school: Clearance::Obstacle, ..clear }, "Refuses desk-school-obstacle", false, true),
        (Clearances { school: Clearance::Unknown, ..clear }, "NeedsHuman desk-school-unknown", true, true),
        (
            Clearances { elsewhere: Clearance::Obstacle, ..clear },
            "Refuses desk-elsewhere-obstacle",
            false,
            true,
        ),
        (
            Clearances { military: Clearance::Obstacle, ..clear },
            "Refuses desk-military-obstacle",
            false,
            false,
        ),
        (
            Clearances { military: Clearance::Unknown, ..clear },
            "NeedsHuman desk-military-unknown",
            true,
            true,
        ),
    ] {
        assert_eq!(asked(clearances), (vec![code.to_owned()], register, provisionally));
    }
}

#[test]
fn the_window_counts_until_somebody_is_registered() {
    let book = book();
    let (papers, details) = (papers(&book, EntryKind::Yks, WHOLE), details());
    let facts = facts(&papers, &details);
    let late = DeskFacts { today: Date::constant(2026, 8, 29), ..facts.clone() };
    let assessment = assess(&book, when(), &late);
    assert_eq!(told(&assessment), ["Refuses desk-window-over"]);
    assert_eq!((assessment.may_register, assessment.may_provisionally), (false, false));
    let finding = assessment.findings.iter().next().expect("a finding");
    assert_eq!(finding.citation.as_ref().map(|c| c.rule.as_str()), Some("KYT-01"));
    assert_eq!(finding.values[1], ("until".to_owned(), "28.08.2026".to_owned()));
    let early = DeskFacts { today: Date::constant(2026, 8, 23), ..facts.clone() };
    assert_eq!(told(&assess(&book, when(), &early)), ["Refuses desk-window-not-yet"]);
    let nobody = DeskFacts { window: None, ..facts.clone() };
    assert_eq!(told(&assess(&book, when(), &nobody)), ["NeedsHuman desk-window-unknown"]);
    let completing = DeskFacts { state: CandidateState::Provisional, ..late };
    let assessment = assess(&book, when(), &completing);
    assert_eq!((told(&assessment), assessment.may_register), (vec![], true));
    assert!(!assessment.may_provisionally, "that is what it is already");
    let done = DeskFacts { state: CandidateState::Registered, ..facts };
    assert_eq!(told(&assess(&book, when(), &done)), ["Refuses desk-state-registered"]);
}

#[test]
fn a_paper_that_may_come_later_leaves_a_provisional_registration() {
    let book = book();
    let details = details();
    let lacking = papers(&book, EntryKind::Yks, &WHOLE[1..]);
    let assessment = assess(&book, when(), &facts(&lacking, &details));
    assert_eq!(told(&assessment), ["Refuses desk-paper-later"]);
    assert_eq!((assessment.may_register, assessment.may_provisionally), (false, true));
    assert!(assessment.provisional_until.is_some(), "{assessment:?}");
    let until = Some(Date::constant(2026, 12, 1));
    let by_window = DeskFacts { missing_papers_until: until, ..facts(&lacking, &details) };
    assert_eq!(assess(&book, when(), &by_window).provisional_until, until);
    let lacking = papers(&book, EntryKind::Yks, &WHOLE[..1]);
    let assessment = assess(&book, when(), &facts(&lacking, &details));
    assert_eq!(told(&assessment), ["Refuses desk-paper-now"]);
    assert_eq!(assessment.obstacle.map(|first| first.code).as_deref(), Some("desk-paper-now"));
    assert!(!assessment.may_provisionally);
    let e_registered = DeskFacts { e_registered: true, window: None, ..facts(&lacking, &details) };
    let assessment = assess(&book, when(), &e_registered);
    assert_eq!(
        (told(&assessment), assessment.may_register),
        (vec!["Warns desk-paper-afterwards".to_owned()], true)
    );
}

#[test]
fn two_formal_programmes_of_one_level_are_forbidden_to_those_who_study_for_a_degree() {
    let book = book();
    let (papers, details) = (papers(&book, EntryKind::Yks, WHOLE), details());
    let study = |forbids, same_programme| OtherStudy {
        number: "250010001".to_owned(),
        forbids,
        same_programme,
        status: EnrolmentStatus::Active,
        is_former: false,
        main: None,
    };
    let asked = |entry, studies: &[OtherStudy]| {
        let facts = DeskFacts { entry, other_studies: studies, ..facts(&papers, &details) };
        told(&assess(&book, when(), &facts))
    };
    assert_eq!(asked(EntryKind::Yks, &[study(true, false)]), ["Refuses desk-second-programme"]);
    assert_eq!(asked(EntryKind::Yks, &[study(false, false)]), [""; 0], "another level");
    assert_eq!(asked(EntryKind::DoubleMajor, &[study(true, false)]), [""; 0]);
    assert_eq!(asked(EntryKind::Minor, &[study(true, true)]), ["Refuses desk-already-student"]);
}

#[test]
fn who_moves_by_a_transfer_leaves_the_programme_that_the_entry_names() {
    let book = book();
    let (papers, details) = (papers(&book, EntryKind::TransferInternal, WHOLE), details());
    let study = |status| OtherStudy {
        number: "250010001".to_owned(),
        forbids: true,
        same_programme: false,
        status,
        is_former: true,
        main: None,
    };
    let minor = OtherStudy {
        number: "250010002".to_owned(),
        forbids: false,
        is_former: false,
        main: Some("250010001".to_owned()),
        ..study(EnrolmentStatus::Active)
    };
    let asked = |entry, studies: &[OtherStudy]| {
        let facts = DeskFacts { entry, other_studies: studies, ..facts(&papers, &details) };
        let found = assess(&book, when(), &facts);
        let wanted = ["former", "second"];
        told(&found)
            .into_iter()
            .filter(|said| wanted.iter().any(|word| said.contains(word)))
            .collect::<Vec<_>>()
    };
    for kind in [EntryKind::TransferInternal, EntryKind::TransferCentral] {
        for status in [EnrolmentStatus::Active, EnrolmentStatus::OnLeave, EnrolmentStatus::Suspended] {
            assert_eq!(asked(kind, &[study(status)]), ["Warns desk-former-ends"], "{kind} {status}");
        }
        // A registration that is provisional itself knows no such step.
        let provisional = study(EnrolmentStatus::Provisional);
        assert_eq!(asked(kind, &[provisional]), ["Refuses desk-second-programme"]);
        let both = [study(EnrolmentStatus::Active), minor.clone()];
        assert_eq!(asked(kind, &both), ["Warns desk-former-ends", "NeedsHuman desk-former-carries"]);
    }
    let active = [study(EnrolmentStatus::Active)];
    assert_eq!(asked(EntryKind::Yks, &active), ["Refuses desk-second-programme"], "no transfer");
    let another = [OtherStudy { is_former: false, ..study(EnrolmentStatus::Active) }];
    assert_eq!(asked(EntryKind::TransferInternal, &another), ["Refuses desk-second-programme"]);
}

#[test]
fn a_way_of_entry_demands_its_fields() {
    let book = book();
    let papers = papers(&book, EntryKind::Yks, WHOLE);
    let empty = EntryDetails::default();
    let facts = DeskFacts { entry: EntryKind::Erasmus, ..facts(&papers, &empty) };
    let found = assess(&book, when(), &facts);
    assert!(told(&found).contains(&"Refuses desk-field-missing".to_owned()), "{found:?}");
    assert!(!found.may_provisionally);
}
