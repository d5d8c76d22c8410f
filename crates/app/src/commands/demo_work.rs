//! What the demo's office has done already and what waits in it: papers handed in and missing, documents issued.
//!
//! Everything goes through the services, as a clerk would do it; a start that was interrupted goes on with the rest.

use base::{
    ids::{AccountId, PersonId},
    lang::Lang,
};
use domain::{
    accounts::Role,
    enrolments::EnrolmentStatus,
    papers::{PaperKind, PaperState},
};
use services::{
    Actor, Office, ServiceError,
    authz::Assignment,
    documents::{self, CancelDocument, IssueDocument, Issued},
    institution,
    students::{
        find::{StudentQuery, find_students},
        keep_paper::{KeepPaper, keep_paper},
        open::open_student,
    },
};
use storage::search::StudentRow;

use super::Failure;

/// Newcomers whose papers were recorded.
const NEWCOMERS: usize = 6;
/// Papers of a newcomer; every other one still owes the last.
const PAPERS: [PaperKind; 4] =
    [PaperKind::IdentityCopy, PaperKind::Photograph, PaperKind::PlacementResult, PaperKind::SchoolDiploma];
/// Students to whom documents were issued, beside the demo's own.
const HOLDERS: usize = 4;
const CERTIFICATE: &str = "student_certificate";
const TRANSCRIPT: &str = "transcript";

/// Leaves some work in the faculty of the demo's clerk, and documents for the demo's own student.
pub(super) async fn leave(
    office: &Office,
    clerk: (AccountId, &str),
    faculty: &str,
    student: &(PersonId, String),
) -> Result<(), Failure> {
    let console = Actor::system("demo");
    let unit = institution::find_unit(office, &console, faculty.to_owned()).await?.map(|unit| unit.id);
    let clerk = Actor {
        account: clerk.0,
        display_name: clerk.1.to_owned(),
        roles: vec![Assignment { role: Role::Clerk, unit, programme: None }],
        ..console
    };
    let active =
        StudentQuery { status: Some(EnrolmentStatus::Active), limit: 200, ..StudentQuery::default() };
    let mut rows = find_students(office, &clerk, active.clone()).await?.rows;
    rows.sort_by_key(|row| (std::cmp::Reverse(row.entry_year), row.number.clone()));
    for (place, row) in rows.iter().take(NEWCOMERS).enumerate() {
        keep_papers(office, &clerk, row, place % 2 == 0).await?;
    }
    let named = StudentQuery { q: student.1.clone(), ..active };
    let own =
        find_students(office, &clerk, named).await?.rows.into_iter().filter(|row| row.person == student.0);
    let own: Vec<StudentRow> = own.collect();
    for row in &own {
        issue(office, &clerk, row, CERTIFICATE, Lang::Tr, "ilk").await?;
        issue(office, &clerk, row, TRANSCRIPT, Lang::En, "ilk").await?;
        // The newer one takes the place of the first.
        issue(office, &clerk, row, CERTIFICATE, Lang::Tr, "yeni").await?;
    }
    let elders = rows.iter().rev().filter(|row| row.person != student.0).take(HOLDERS);
    for (place, row) in elders.enumerate() {
        let kind = if place % 2 == 0 { TRANSCRIPT } else { CERTIFICATE };
        let issued = issue(office, &clerk, row, kind, Lang::Tr, "ilk").await?;
        if let Some(issued) = issued.filter(|issued| place == 1 && !issued.is_repeated) {
            let cancel =
                CancelDocument { id: issued.id, reason: "Yanlış öğrenciye düzenlendi".to_owned() };
            documents::cancel_document(office, &clerk, cancel).await?;
        }
    }
    Ok(())
}

/// Records the papers of a newcomer, unless some are recorded.
async fn keep_papers(office: &Office, clerk: &Actor, row: &StudentRow, owes: bool) -> Result<(), Failure> {
    if !open_student(office, clerk, row.number.clone()).await?.held.is_empty() {
        return Ok(());
    }
    for (place, kind) in PAPERS.into_iter().enumerate() {
        let is_last = place + 1 == PAPERS.len();
        let form = KeepPaper {
            number: row.number.clone(),
            row: None,
            kind,
            state: if owes && is_last { PaperState::Missing } else { PaperState::Received },
            description: String::new(),
            scan: None,
        };
        keep_paper(office, clerk, form).await?;
    }
    Ok(())
}

/// Issues a document; none where a rule stands against it.
async fn issue(
    office: &Office,
    clerk: &Actor,
    row: &StudentRow,
    kind: &str,
    lang: Lang,
    time: &str,
) -> Result<Option<Issued>, Failure> {
    let order = IssueDocument {
        number: row.number.clone(),
        kind: kind.to_owned(),
        lang,
        idempotency_key: Some(format!("demo-{}-{kind}-{time}", row.number)),
        ..IssueDocument::default()
    };
    match documents::issue_document(office, clerk, order).await {
        Ok(issued) => Ok(Some(issued)),
        Err(ServiceError::Refused(_) | ServiceError::Invalid(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
