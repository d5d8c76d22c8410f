//! One student's page: everything the counter needs, read at once.

use base::{
    ids::{ProgrammeId, StaffId},
    number::Coefficient,
    time::Date,
};
use catalogue::documents::{KINDS, Kind, Subject as PaperSubject};
use domain::{
    ledger::Subject,
    papers::PaperFile,
    people::Identity,
    record::{Record, RecordError, Scale},
    student_file::{Name, StudentFile},
};
use regulations::Findings;
use storage::{
    Reader,
    documents::Document,
    enrolments::Enrolment,
    institution::programmes::CurriculumVersion,
    ledger::EntryLine,
    papers::{HeldPaper, Note},
    people::{Contact, Person},
};

use super::{
    about,
    file::{load_student_file, papers_of},
    locate,
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// A paper that could be issued now, or why not.
#[derive(Clone, Debug)]
pub struct Printable {
    /// The kind.
    pub kind: &'static Kind,
    /// What its rule says.
    pub findings: Findings,
}

/// What the scale says of one mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MarkWorth {
    /// Coefficient of the letter, where it has one.
    pub coefficient: Option<Coefficient>,
    /// Whether the course is passed with it.
    pub passes: bool,
    /// Whether it is a final mark; one that is not says that the course still runs.
    pub is_final: bool,
}

/// Everything on one student's page.
#[derive(Clone, Debug)]
pub struct StudentPage {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// The person as now, with version.
    pub person: Person,
    /// Identity as registered, where it differs from now.
    pub registered: Option<Identity>,
    /// How to reach the person.
    pub contact: Contact,
    /// The whole file: programme, terms, marks, curriculum.
    pub file: StudentFile,
    /// The version of the curriculum to which the enrolment is bound.
    pub version: Option<CurriculumVersion>,
    /// The computed record; none where a letter is unknown to the scale.
    pub record: Result<Record, RecordError>,
    /// What the scale says of each mark, in the order of the file's marks.
    pub worths: Vec<Option<MarkWorth>>,
    /// Name and title of the advisor.
    pub advisor: Option<String>,
    /// The person's other enrolments.
    pub others: Vec<Enrolment>,
    /// Names of the programmes of the other enrolments.
    pub other_programmes: Vec<(ProgrammeId, Name)>,
    /// Ledger of the enrolment and the person, newest first.
    pub timeline: Vec<EntryLine>,
    /// Papers recorded as handed in, missing or waived.
    pub held: Vec<HeldPaper>,
    /// The same papers beside those that the way of entry asks for.
    pub papers: PaperFile,
    /// Papers issued.
    pub documents: Vec<Document>,
    /// Remarks; empty for those who may not read them.
    pub notes: Vec<Note>,
    /// Every kind of paper that is offered for this student, with what its rule says today; `may` tells whether this actor may issue it.
    pub printable: Vec<Printable>,
    /// Version of the enrolment, person and contact, for forms.
    pub today: Date,
    /// What this actor may do here.
    pub may: Vec<Action>,
}

/// Opens a student's page. Students see their own, advisors their advisees, clerks their unit's;
/// each look is logged.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] for a number that is unknown or out of sight.
pub async fn open_student(office: &Office, actor: &Actor, number: String) -> Result<StudentPage> {
    let now = office.now();
    let today = office.today();
    let book = office.book.clone();
    let asking = actor.clone();
    let page = office
        .db
        .read(move |db| -> Result<StudentPage> {
            let (enrolment, _) = locate(db, &asking, Action::ReadStudent, &number, now)?;
            let person =
                storage::people::fetch(db, enrolment.person)?.ok_or(crate::ServiceError::NotFound)?;
            let registered = storage::people::fetch_registered(db, enrolment.person)?
                .filter(|was| *was != person.identity);
            let file = load_student_file(db, &enrolment, today)?;
            let attempts: Vec<_> = file.marks.iter().map(|line| line.attempt).collect();
            let record = Scale::resolve(&book, file.when(today))
                .and_then(|scale| domain::record::compute(&attempts, &scale));
            let mut timeline = storage::ledger::chain(db, Subject::from(enrolment.id))?;
            timeline.extend(storage::ledger::chain(db, Subject::from(enrolment.person))?);
            timeline.sort_by_key(|e| std::cmp::Reverse((e.effective_on, e.recorded_at, e.id)));
            let may = allowed(db, &asking, super::resource(&enrolment), now);
            let scale = book.grade_scale(file.when(today)).value;
            let worths = attempts
                .iter()
                .map(|a| {
                    let row = scale?.row(a.letter?)?;
                    Some(MarkWorth {
                        coefficient: row.coefficient,
                        passes: row.passing.passes(),
                        is_final: row.is_final,
                    })
                })
                .collect();
            let others: Vec<Enrolment> = storage::enrolments::of_person(db, enrolment.person)?
                .into_iter()
                .filter(|e| e.id != enrolment.id)
                .collect();
            let other_programmes = others
                .iter()
                .map(|e| {
                    Ok(storage::enrolments::programme_facts(db, e.programme, today)?
                        .map(|p| (e.programme, p.name)))
                })
                .collect::<Result<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect();
            let printable = KINDS
                .iter()
                .filter_map(|kind| match kind.subject {
                    PaperSubject::Enrolment { offer, check, .. } => offer
                        .includes(&file, may.contains(&Action::IssueDocument))
                        .then(|| Printable { kind, findings: check(&file, &book, today) }),
                    PaperSubject::Day { .. }
                    | PaperSubject::Orientation { .. }
                    | PaperSubject::Session { .. } => None,
                })
                .collect();
            let versions = storage::institution::programmes::curricula(db, enrolment.programme)?;
            let held = storage::papers::held(db, enrolment.id)?;
            Ok(StudentPage {
                papers: papers_of(&file, &enrolment, &held, &timeline, &book),
                contact: storage::people::fetch_contact(db, enrolment.person)?,
                advisor: enrolment.advisor.map(|id| advisor_name(db, id, today)).transpose()?.flatten(),
                held,
                documents: if may.contains(&Action::ReadDocument) {
                    storage::documents::of_enrolment(db, enrolment.id)?
                } else {
                    Vec::new()
                },
                notes: if may.contains(&Action::WriteNote) {
                    storage::papers::notes(db, enrolment.id)?
                } else {
                    Vec::new()
                },
                person,
                registered,
                version: versions.into_iter().find(|version| version.id == enrolment.curriculum),
                file,
                record,
                worths,
                others,
                other_programmes,
                timeline,
                printable,
                today,
                may,
                enrolment,
            })
        })
        .await?;
    let permit = authz::for_own_account(actor.account, now, &actor.request);
    office.reads.note(about(&permit, Action::ReadStudent, &page.enrolment, "page"))?;
    Ok(page)
}

fn advisor_name(db: &Reader<'_>, id: StaffId, day: Date) -> Result<Option<String>> {
    Ok(storage::institution::staff_name(db, id, day)?)
}

/// What the actor may do to this enrolment, sensitive acts included (the password is asked later).
fn allowed(db: &Reader<'_>, actor: &Actor, resource: Resource, now: base::time::Timestamp) -> Vec<Action> {
    Action::ALL
        .iter()
        .copied()
        .filter(|action| {
            matches!(
                authz::ask(db, actor, *action, resource, now),
                Ok(_) | Err(crate::ServiceError::NeedsConfirmation)
            )
        })
        .collect()
}
