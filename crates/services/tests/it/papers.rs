//! Papers held and missing on a student's page.

use base::time::Date;
use domain::{
    enrolments::EnrolmentStatus,
    papers::{Coverage, Due, PaperKind, PaperStanding, PaperState},
};
use services::{
    Actor, Office,
    records::{Checked, apply_records},
    students::{
        keep_paper::{KeepPaper, keep_paper},
        open::{StudentPage, open_student},
    },
};
use testkit::{RecordsFolder, TestOffice};

use crate::house::House;

async fn keep(office: &Office, actor: &Actor, number: &str, kind: PaperKind, state: PaperState) {
    let paper = KeepPaper {
        number: number.to_owned(),
        row: None,
        kind,
        state,
        description: String::new(),
        scan: None,
    };
    keep_paper(office, actor, paper).await.expect("kept");
}

async fn open(office: &Office, actor: &Actor, number: &str) -> StudentPage {
    open_student(office, actor, number.to_owned()).await.expect("a page")
}

fn lines(page: &StudentPage) -> Vec<String> {
    page.papers.lines.iter().map(|line| format!("{} {}", line.kind, line.standing)).collect()
}

#[tokio::test]
async fn who_was_registered_here_owes_what_the_day_of_entry_asks_for() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let desk = Actor::system("test");
        let person = house.person("Işıl", "ÖRNEK").await;
        house.enrol(person, "240010001", 1, EnrolmentStatus::Active).await;

        let page = open(office, &desk, "240010001").await;
        assert_eq!(page.papers.coverage, Coverage::Whole, "{}", house.engine);
        assert_eq!(
            lines(&page),
            ["school_diploma missing", "photograph missing", "field_certificate to_ask"]
        );
        let diploma = page.papers.lines[0].required.as_ref().expect("asked for");
        assert_eq!(diploma.citation.to_string(), "Örnek Ü. Kayıt Yönergesi (uydurma) m.11/1-a (OR-26)");
        let Due::Until(day, citation) = &diploma.due else { panic!("a temporary registration: {diploma:?}") };
        assert_eq!((*day, citation.article.as_str()), (Date::constant(2024, 12, 31), "m.16/1"));
        assert!(diploma.due.is_over(page.enrolment.entered_on, page.today));

        keep(office, &desk, "240010001", PaperKind::SchoolDiploma, PaperState::CopySeen).await;
        keep(office, &desk, "240010001", PaperKind::Photograph, PaperState::Missing).await;
        keep(office, &desk, "240010001", PaperKind::HealthReport, PaperState::Waived).await;
        let page = open(office, &desk, "240010001").await;
        assert_eq!(
            lines(&page),
            ["photograph missing", "field_certificate to_ask", "school_diploma held", "health_report waived"]
        );
        for line in &page.papers.lines {
            let held = line.held.map(|place| page.held[place].kind);
            assert_eq!(held, (line.standing != PaperStanding::ToAsk).then_some(line.kind));
        }
    }
}

#[tokio::test]
async fn who_has_left_owes_nothing() {
    for house in House::all().await {
        house.furnish().await;
        let person = house.person("Işıl", "ÖRNEK").await;
        house.enrol(person, "240010001", 1, EnrolmentStatus::Graduated).await;
        let page = open(&house.office, &Actor::system("test"), "240010001").await;
        assert_eq!((page.papers.coverage, lines(&page)), (Coverage::Ended, Vec::new()), "{}", house.engine);
    }
}

#[tokio::test]
async fn records_taken_over_are_charged_with_nothing_until_a_paper_is_recorded() {
    let folder = RecordsFolder::small();
    for kit in TestOffice::all().await {
        let (office, desk) = (&kit.office, kit.console());
        let checked = apply_records(office, &desk, folder.path(), Box::new(|_| {})).await.expect("import");
        assert!(matches!(checked, Checked::Sound(_)));

        let page = open(office, &desk, "240010001").await;
        assert_eq!((page.papers.coverage, lines(&page)), (Coverage::NotListedHere, Vec::new()));

        keep(office, &desk, "240010001", PaperKind::Photograph, PaperState::Received).await;
        let page = open(office, &desk, "240010001").await;
        assert_eq!(page.papers.coverage, Coverage::Whole);
        assert_eq!(lines(&page), ["school_diploma to_ask", "photograph held"]);
        assert_eq!(page.papers.count(PaperStanding::Missing), 0, "nobody knows what was asked for");

        // The person's other enrolment has a file of its own.
        let other = open(office, &desk, "250020001").await;
        assert_eq!(other.papers.coverage, Coverage::NotListedHere);
    }
}
