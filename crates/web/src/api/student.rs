//! One student: everything that his or her page shows.

use std::collections::HashMap;

use base::text::mask_identity;
use domain::{
    enrolments::LinkKind,
    ledger::{Ground, LedgerKind},
    papers::{Due, Need, PaperLine, RequiredPaper},
    people::Identity,
    record::{Average, Earned, Standing},
    student_file::{CourseFacts, CurriculumLine, TermFacts},
};
use serde::{Deserialize, Serialize};
use services::students::{
    change_photo,
    open::{self, StudentPage as Opened},
};
use storage::ledger::EntryLine;
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{BothNames, GroundBody, Page},
    documents::Document,
    fields::{Binary, Day, Decimal, Instant, Segment},
    input::Path,
    problem::{Answer, CitationBody, FindingBody},
    words::{
        ActionWord, ConditionWord, CourseWord, CoverageWord, EntryWord, LedgerWord, LevelWord, LinkWord,
        OriginalWord, PaperStandingWord, PaperStateWord, PaperWord, SeasonWord, SexWord, StageWord,
        StandingWord, StatusWord, SubjectWord,
    },
};
use crate::pages::student::inert;

/// Which student.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct StudentPath {
    /// Student number.
    #[param(inline)]
    pub no: Segment,
}

/// Everything about one student.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StudentRecord {
    /// Student number.
    pub number: String,
    /// Given name or names as now.
    pub given_name: String,
    /// Surname in capitals as now.
    pub surname: String,
    /// Code of the programme.
    pub programme: String,
    /// Name of the programme today.
    pub programme_name: BothNames,
    /// Level of study.
    pub level: LevelWord,
    /// Faculty or school.
    pub faculty: BothNames,
    /// Department.
    pub department: BothNames,
    /// Status in force.
    pub status: StatusWord,
    /// Since when.
    pub status_since: Day,
    /// What the status rests on.
    pub status_ground: GroundBody,
    /// Class year.
    pub class_year: u8,
    /// Year of entry.
    pub entry_year: i32,
    /// Day of entry.
    pub entered_on: Day,
    /// Way of entry.
    pub entry: EntryWord,
    /// Title and name of the advisor.
    #[schema(required)]
    pub advisor: Option<String>,
    /// General average (AGNO) as papers show it; null where it cannot be stated.
    #[schema(required)]
    pub agno: Option<Decimal>,
    /// AKTS earned; null where it cannot be stated.
    #[schema(required)]
    pub ects_earned: Option<Decimal>,
    /// Version of the enrolment, for changes of status and link.
    pub version: i64,
    /// Who, as now.
    pub identity: IdentityBody,
    /// Who, as registered, where it differs.
    #[schema(required)]
    pub registered: Option<RegisteredBody>,
    /// Whether there is a photo.
    pub has_photo: bool,
    /// How to reach the student.
    pub contact: ContactBody,
    /// The main enrolment of a double major or minor.
    #[schema(required)]
    pub link: Option<LinkBody>,
    /// The person's other enrolments.
    pub other_enrolments: Vec<OtherEnrolment>,
    /// The computed record; null where it cannot be computed.
    #[schema(required)]
    pub record: Option<RecordBody>,
    /// Why there is no record.
    #[schema(required)]
    pub record_error: Option<String>,
    /// Marks, in order of term and course code.
    pub marks: Vec<MarkBody>,
    /// The curriculum version of the enrolment, line by line.
    pub curriculum: Vec<CurriculumBody>,
    /// Ledger of the enrolment and the person, newest first.
    pub ledger: Vec<LedgerEntry>,
    /// Papers recorded as handed in, missing or waived.
    pub papers: Vec<PaperBody>,
    /// The same papers beside those that the way of entry asks for.
    pub paper_list: PaperListBody,
    /// Papers issued, newest first; empty for those who may not see them.
    pub documents: Vec<Document>,
    /// Remarks of the office; empty for those who may not read them.
    pub notes: Vec<NoteBody>,
    /// What may be printed now, and why not where not; `may` says whether the token's holder issues papers.
    pub printable: Vec<PrintableBody>,
    /// What the token's holder may do here, sensitive acts included.
    pub may: Vec<ActionWord>,
}

/// Who a person is now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IdentityBody {
    /// Identity number, masked; the whole one is asked for by `POST …/identity-number`.
    #[schema(required)]
    pub identity_no: Option<String>,
    /// Given name or names.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Sex.
    pub sex: SexWord,
    /// Day of birth.
    pub birth_date: Day,
    /// Place of birth.
    pub birth_place: String,
    /// Two-letter country code.
    pub nationality: String,
    /// Version of the person, for changes of identity.
    pub version: i64,
}

/// Who a person was on the day of registration.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisteredBody {
    /// Identity number, masked.
    #[schema(required)]
    pub identity_no: Option<String>,
    /// Given name or names.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Sex.
    pub sex: SexWord,
    /// Day of birth.
    pub birth_date: Day,
    /// Place of birth.
    pub birth_place: String,
    /// Two-letter country code.
    pub nationality: String,
}

/// How to reach somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactBody {
    /// E-mail address.
    #[schema(required)]
    pub email: Option<String>,
    /// Telephone, digits only.
    #[schema(required)]
    pub phone: Option<String>,
    /// Postal address.
    #[schema(required)]
    pub address: Option<String>,
    /// Version, for changes of contact; 0 where nothing is stored.
    pub version: i64,
}

/// The main enrolment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LinkBody {
    /// What this enrolment is to it.
    pub kind: LinkWord,
    /// Its student number.
    pub main_number: String,
}

/// Another enrolment of the same person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OtherEnrolment {
    /// Student number.
    pub number: String,
    /// Name of the programme.
    #[schema(required)]
    pub programme_name: Option<BothNames>,
    /// Status in force.
    pub status: StatusWord,
    /// Since when.
    pub status_since: Day,
    /// Day of entry.
    pub entered_on: Day,
    /// Way of entry.
    pub entry: EntryWord,
    /// What it is to its main enrolment.
    #[schema(required)]
    pub link: Option<LinkWord>,
}

/// A term of the calendar.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TermBody {
    /// `2024-2025`.
    pub academic_year: String,
    /// Season.
    pub season: SeasonWord,
}

impl From<&TermFacts> for TermBody {
    fn from(term: &TermFacts) -> Self {
        Self { academic_year: term.academic_year.clone(), season: term.season.into() }
    }
}

/// The computed record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordBody {
    /// General average as papers show it.
    #[schema(required)]
    pub agno: Option<Decimal>,
    /// AKTS of all courses taken.
    pub ects_taken: Decimal,
    /// AKTS earned.
    #[schema(required)]
    pub ects_earned: Option<Decimal>,
    /// Values of the rule book for whose sake a figure is not stated.
    pub withheld: Vec<CitationBody>,
    /// The terms with marks, in order of time.
    pub terms: Vec<TermRecordBody>,
}

/// One term of the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TermRecordBody {
    /// The term.
    #[schema(required)]
    pub term: Option<TermBody>,
    /// Which term of study it was.
    #[schema(required)]
    pub term_no: Option<u8>,
    /// What the enrolment did in it.
    #[schema(required)]
    pub standing: Option<StandingWord>,
    /// Average of the term.
    #[schema(required)]
    pub ano: Option<Decimal>,
    /// General average at its end.
    #[schema(required)]
    pub agno: Option<Decimal>,
    /// AKTS of its courses.
    pub ects_taken: Decimal,
    /// AKTS of the courses passed in it.
    #[schema(required)]
    pub ects_earned: Option<Decimal>,
    /// AKTS of all courses taken by its end.
    pub total_taken: Decimal,
    /// AKTS of all courses passed by its end.
    #[schema(required)]
    pub total_earned: Option<Decimal>,
}

/// What became of an attempt at a course.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttemptWord {
    /// It stands for its course.
    Stands,
    /// Another attempt stands.
    Replaced,
    /// It has no final mark yet.
    Open,
}

/// One mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkBody {
    /// The term.
    #[schema(required)]
    pub term: Option<TermBody>,
    /// Code of the course.
    pub course: String,
    /// Name of the course.
    pub course_name: BothNames,
    /// Which attempt at the course it is, from 1.
    pub attempt: u8,
    /// The letter; null while there is none.
    #[schema(required)]
    pub letter: Option<String>,
    /// Score of the midterm part.
    #[schema(required)]
    pub midterm: Option<Decimal>,
    /// Score of the final part.
    #[schema(required, example = "85")]
    pub r#final: Option<Decimal>,
    /// AKTS of the course when it was taken.
    pub ects: Decimal,
    /// National credits of the course when it was taken.
    pub credit: Decimal,
    /// Coefficient of the letter.
    #[schema(required)]
    pub coefficient: Option<Decimal>,
    /// Whether the course is passed with it; null where the scale does not say.
    #[schema(required)]
    pub passes: Option<bool>,
    /// What became of the attempt; null where no record can be computed.
    #[schema(required)]
    pub standing: Option<AttemptWord>,
}

/// A course of a curriculum.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CurriculumBody {
    /// Term of study from 1.
    pub term_no: u8,
    /// Code of the course.
    pub course: String,
    /// Name of the course.
    pub course_name: BothNames,
    /// Compulsory or elective.
    pub kind: CourseWord,
    /// Weekly hours of theory.
    pub theory: u8,
    /// Weekly hours of practice.
    pub practice: u8,
    /// National credits.
    pub credit: Decimal,
    /// AKTS.
    pub ects: Decimal,
}

/// An entry of the ledger.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LedgerEntry {
    /// By this number it is undone.
    pub id: i64,
    /// Whose chain it stands in.
    pub subject: SubjectWord,
    /// Position in the chain.
    pub seq: i64,
    /// What it records.
    pub kind: LedgerWord,
    /// From which day it counts.
    pub effective_on: Day,
    /// Status after it.
    #[schema(required)]
    pub status_after: Option<StatusWord>,
    /// What it rests on.
    pub ground: GroundBody,
    /// Reason in words; null where there was none, where it was erased, and where it holds former identity data.
    #[schema(required)]
    pub text: Option<String>,
    /// Whether its text was erased at the end of its retention.
    pub erased: bool,
    /// The entry it undoes.
    #[schema(required)]
    pub reverses: Option<i64>,
    /// The entry that undid it.
    #[schema(required)]
    pub reversed_by: Option<i64>,
    /// When it was written.
    pub recorded_at: Instant,
    /// Who wrote it.
    pub recorded_by: String,
}

/// A paper in a student's file, or one that is missing there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperBody {
    /// By this number it is changed.
    pub id: i64,
    /// Kind.
    pub kind: PaperWord,
    /// What the office has of it.
    pub state: PaperStateWord,
    /// Words about it.
    #[schema(required)]
    pub description: Option<String>,
    /// The scan, for `GET …/scans/{file}`.
    #[schema(required)]
    pub file: Option<i64>,
    /// When it was recorded.
    pub noted_at: Instant,
    /// By whom.
    pub noted_by: String,
    /// Version, for changing it.
    pub version: i64,
}

/// Papers recorded, beside the papers that the way of entry asks for on the day of entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperListBody {
    /// What the list can say of what is missing. Only `whole` lists papers that are asked for and not recorded;
    /// `not_listed_here` is an enrolment from an earlier system whose papers nobody has begun to record.
    pub coverage: CoverageWord,
    /// Missing papers first, then those to ask about, those held, those waived.
    pub items: Vec<PaperLineBody>,
}

/// One paper of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperLineBody {
    /// Kind.
    pub kind: PaperWord,
    /// Where it stands.
    pub standing: PaperStandingWord,
    /// The recorded paper, by its `id` among `papers`; null where none is recorded.
    #[schema(required)]
    pub paper: Option<i64>,
    /// What asks for it; null where nothing does.
    #[schema(required)]
    pub required: Option<RequiredPaperBody>,
}

/// What asks for a paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RequiredPaperBody {
    /// Whether it is certain that it is asked for; otherwise a person has to say, and it is not missing.
    pub certain: bool,
    /// Whether no text that was read asks for it.
    pub unverified: bool,
    /// Conditions under which alone it is asked for and of which nobody knows.
    pub open_conditions: Vec<ConditionWord>,
    /// In which form; null where no source says.
    #[schema(required)]
    pub original: Option<OriginalWord>,
    /// How many months old it may be at most.
    #[schema(required)]
    pub max_age_months: Option<u16>,
    /// What else the rule book says of it.
    #[schema(required)]
    pub note: Option<BothNames>,
    /// When it is asked for; null where it may follow a temporary registration.
    #[schema(required)]
    pub stage: Option<StageWord>,
    /// Last day of a temporary registration that waits for it; null where there is none, or none in the rule book.
    #[schema(required)]
    pub due: Option<Day>,
    /// Whether its day is over.
    pub overdue: bool,
    /// What asks for it.
    pub citation: CitationBody,
    /// What lets it follow a temporary registration.
    #[schema(required)]
    pub due_citation: Option<CitationBody>,
}

/// A remark of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoteBody {
    /// By this number it is withdrawn.
    pub id: i64,
    /// Words.
    pub body: String,
    /// When it was written.
    pub written_at: Instant,
    /// By whom.
    pub written_by: String,
}

/// A kind of paper with what its rule says now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PrintableBody {
    /// Key of the kind.
    pub kind: String,
    /// Whether it may be issued without a person's decision.
    pub allowed: bool,
    /// Whether a person has to decide it first.
    pub needs_decision: bool,
    /// What the rules say.
    pub findings: Vec<FindingBody>,
}

impl PaperLineBody {
    fn of(s: &Opened, line: &PaperLine) -> Self {
        Self {
            kind: line.kind.into(),
            standing: line.standing.into(),
            paper: line.held.and_then(|place| s.held.get(place)).map(|paper| paper.id),
            required: line.required.as_ref().map(|required| RequiredPaperBody::of(s, required)),
        }
    }
}

impl RequiredPaperBody {
    fn of(s: &Opened, required: &RequiredPaper) -> Self {
        let doubt = match &required.need {
            Need::Certain => None,
            Need::Ask(doubt) => Some(doubt),
        };
        let (stage, due, due_citation) = match &required.due {
            Due::AtOnce(stage) => (Some(*stage), None, None),
            Due::Until(day, citation) => (None, Some(*day), Some(citation)),
            Due::LaterUnknown(citation) => (None, None, Some(citation)),
        };
        Self {
            certain: doubt.is_none(),
            unverified: doubt.is_some_and(|doubt| doubt.unverified),
            open_conditions: doubt
                .map(|doubt| doubt.conditions.iter().map(|condition| ConditionWord(*condition)).collect())
                .unwrap_or_default(),
            original: required.original.map(OriginalWord),
            max_age_months: required.max_age_months,
            note: required.note.as_ref().map(|note| BothNames { tr: note.tr.clone(), en: note.en.clone() }),
            stage: stage.map(StageWord),
            due: due.map(Day::from),
            overdue: required.due.is_over(s.enrolment.entered_on, s.today),
            citation: CitationBody::from(&*required.citation),
            due_citation: due_citation.map(|citation| CitationBody::from(&**citation)),
        }
    }
}

fn shown(average: &Average) -> Option<Decimal> {
    average.shown.map(Decimal::of)
}

fn earned(earned: &Earned) -> Option<Decimal> {
    earned.shown().map(Decimal::of)
}

fn masked(identity: &Identity) -> Option<String> {
    identity.identity_no.as_ref().map(|number| mask_identity(number.reveal()))
}

impl From<&EntryLine> for LedgerEntry {
    fn from(e: &EntryLine) -> Self {
        Self {
            id: e.id.get(),
            subject: e.subject.kind.into(),
            seq: e.seq,
            kind: e.kind.into(),
            effective_on: e.effective_on.into(),
            status_after: e.status_after.map(StatusWord),
            ground: (&Ground { kind: e.ground_kind, reference: e.ground_ref.clone(), dated: e.ground_on })
                .into(),
            // The side text of an identity change holds former values, the whole identity number among them.
            text: e.text.clone().filter(|_| e.kind != LedgerKind::IdentityChanged),
            erased: e.erased,
            reverses: e.reverses.map(|id| id.get()),
            reversed_by: e.reversed_by.map(|id| id.get()),
            recorded_at: e.recorded_at.into(),
            recorded_by: e.recorded_by.clone(),
        }
    }
}

impl From<&CurriculumLine> for CurriculumBody {
    fn from(line: &CurriculumLine) -> Self {
        Self {
            term_no: line.term_no,
            course: line.facts.code.clone(),
            course_name: (&line.facts.name).into(),
            kind: line.kind.into(),
            theory: line.facts.theory,
            practice: line.facts.practice,
            credit: Decimal::of(line.credit),
            ects: Decimal::of(line.ects),
        }
    }
}

fn names(course: &CourseFacts) -> BothNames {
    (&course.name).into()
}

fn record_of(s: &Opened, terms: &HashMap<i64, &TermFacts>) -> Option<RecordBody> {
    let record = s.record.as_ref().ok()?;
    Some(RecordBody {
        agno: shown(&record.agno),
        ects_taken: Decimal::of(record.ects_taken),
        ects_earned: earned(&record.ects_earned),
        withheld: record.withheld.iter().map(|w| CitationBody::from(&*w.citation)).collect(),
        terms: record
            .terms
            .iter()
            .map(|term| {
                let taken = s.file.terms.iter().find(|t| t.term.order == term.term);
                TermRecordBody {
                    term: terms.get(&term.term).map(|t| TermBody::from(*t)),
                    term_no: taken.map(|t| t.term_no),
                    standing: taken.map(|t| t.standing.into()),
                    ano: shown(&term.ano),
                    agno: shown(&term.agno),
                    ects_taken: Decimal::of(term.ects_taken),
                    ects_earned: earned(&term.ects_earned),
                    total_taken: Decimal::of(term.total_taken),
                    total_earned: earned(&term.total_earned),
                }
            })
            .collect(),
    })
}

fn marks_of(s: &Opened, terms: &HashMap<i64, &TermFacts>) -> Vec<MarkBody> {
    let standings = s.record.as_ref().ok().map(|record| &record.standings);
    s.file
        .marks
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let worth = s.worths.get(place).copied().flatten();
            let attempt = &line.attempt;
            MarkBody {
                term: terms.get(&attempt.term).map(|t| TermBody::from(*t)),
                course: line.course.code.clone(),
                course_name: names(&line.course),
                attempt: attempt.number,
                letter: attempt.letter.map(|l| l.as_str().to_owned()),
                midterm: attempt.midterm.map(Decimal::of),
                r#final: attempt.final_score.map(Decimal::of),
                ects: Decimal::of(attempt.ects),
                credit: Decimal::of(attempt.credit),
                coefficient: worth.and_then(|w| w.coefficient).map(Decimal::of),
                passes: worth.map(|w| w.passes),
                standing: standings.and_then(|all| all.get(place)).map(|standing| match standing {
                    Standing::Stands => AttemptWord::Stands,
                    Standing::Replaced => AttemptWord::Replaced,
                    Standing::Open => AttemptWord::Open,
                }),
            }
        })
        .collect()
}

fn others_of(s: &Opened) -> Vec<OtherEnrolment> {
    s.others
        .iter()
        .map(|e| OtherEnrolment {
            number: e.number.clone(),
            programme_name: s
                .other_programmes
                .iter()
                .find(|(id, _)| *id == e.programme)
                .map(|(_, name)| name.into()),
            status: e.status.into(),
            status_since: e.status_since.into(),
            entered_on: e.entered_on.into(),
            entry: e.entry_kind.into(),
            link: e.main.map(|(kind, _): (LinkKind, _)| kind.into()),
        })
        .collect()
}

impl StudentRecord {
    /// The answer of an opened page, in the caller's language where it speaks.
    fn of(caller: &Caller, s: &Opened) -> Self {
        let t = caller.t();
        let terms: HashMap<i64, &TermFacts> = s.file.terms.iter().map(|t| (t.term.order, &t.term)).collect();
        let record = record_of(s, &terms);
        let who = &s.person.identity;
        Self {
            number: s.enrolment.number.clone(),
            given_name: who.given_name.clone(),
            surname: who.surname.clone(),
            programme: s.file.programme.code.clone(),
            programme_name: (&s.file.programme.name).into(),
            level: s.file.programme.level.into(),
            faculty: (&s.file.programme.faculty).into(),
            department: (&s.file.programme.department).into(),
            status: s.enrolment.status.into(),
            status_since: s.enrolment.status_since.into(),
            status_ground: (&s.enrolment.ground).into(),
            class_year: s.enrolment.class_year,
            entry_year: s.enrolment.entry_year,
            entered_on: s.enrolment.entered_on.into(),
            entry: s.enrolment.entry_kind.into(),
            advisor: s.advisor.clone(),
            agno: record.as_ref().and_then(|r| r.agno.clone()),
            ects_earned: record.as_ref().and_then(|r| r.ects_earned.clone()),
            version: s.enrolment.version,
            identity: IdentityBody {
                identity_no: masked(who),
                given_name: who.given_name.clone(),
                surname: who.surname.clone(),
                sex: who.sex.into(),
                birth_date: who.birth_date.into(),
                birth_place: who.birth_place.clone(),
                nationality: who.nationality.clone(),
                version: s.person.version,
            },
            registered: s.registered.as_ref().map(|was| RegisteredBody {
                identity_no: masked(was),
                given_name: was.given_name.clone(),
                surname: was.surname.clone(),
                sex: was.sex.into(),
                birth_date: was.birth_date.into(),
                birth_place: was.birth_place.clone(),
                nationality: was.nationality.clone(),
            }),
            has_photo: s.person.photo.is_some(),
            contact: ContactBody {
                email: s.contact.email.clone(),
                phone: s.contact.phone.clone(),
                address: s.contact.address.clone(),
                version: s.contact.version,
            },
            link: s
                .file
                .linked_to
                .as_ref()
                .map(|(kind, main)| LinkBody { kind: (*kind).into(), main_number: main.clone() }),
            other_enrolments: others_of(s),
            record_error: s.record.as_ref().err().map(ToString::to_string),
            marks: marks_of(s, &terms),
            curriculum: s.file.curriculum.iter().map(CurriculumBody::from).collect(),
            ledger: s.timeline.iter().map(LedgerEntry::from).collect(),
            papers: s
                .held
                .iter()
                .map(|p| PaperBody {
                    id: p.id,
                    kind: p.kind.into(),
                    state: p.state.into(),
                    description: p.description.clone(),
                    file: p.file.map(|f| f.get()),
                    noted_at: p.noted_at.into(),
                    noted_by: p.noted_by.clone(),
                    version: p.version,
                })
                .collect(),
            paper_list: PaperListBody {
                coverage: s.papers.coverage.into(),
                items: s.papers.lines.iter().map(|line| PaperLineBody::of(s, line)).collect(),
            },
            documents: s.documents.iter().map(Document::from).collect(),
            notes: s
                .notes
                .iter()
                .map(|n| NoteBody {
                    id: n.id.get(),
                    body: n.body.clone(),
                    written_at: n.written_at.into(),
                    written_by: n.written_by.clone(),
                })
                .collect(),
            printable: s
                .printable
                .iter()
                .map(|p| PrintableBody {
                    kind: p.kind.key.to_owned(),
                    allowed: p.findings.allows(),
                    needs_decision: p.findings.needs_human() && !p.findings.refuses(),
                    findings: p.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
                })
                .collect(),
            may: s.may.iter().map(|action| ActionWord(*action)).collect(),
            record,
        }
    }
}

/// Open a student
///
/// Who, status with its ground, contact, enrolments, record and marks, ledger, papers held and issued, notes, and what
/// may be printed now. The look is logged.
#[utoipa::path(get, path = "/students/{no}", tag = "students", params(StudentPath), responses((status = 200, body = StudentRecord)))]
pub async fn show(caller: Caller, Path(path): Path<StudentPath>) -> Answer<axum::Json<StudentRecord>> {
    let opened = open::open_student(caller.office(), caller.actor(), path.no.0).await?;
    Ok(axum::Json(StudentRecord::of(&caller, &opened)))
}

/// Read a student's ledger
///
/// Every entry of the enrolment's chain and the person's chain, newest first.
#[utoipa::path(get, path = "/students/{no}/ledger", tag = "students", params(StudentPath), responses((status = 200, body = Page<LedgerEntry>)))]
pub async fn ledger(caller: Caller, Path(path): Path<StudentPath>) -> Answer<axum::Json<Page<LedgerEntry>>> {
    let opened = open::open_student(caller.office(), caller.actor(), path.no.0).await?;
    Ok(axum::Json(Page::whole(opened.timeline.iter().map(LedgerEntry::from).collect())))
}

/// Read a student's marks
///
/// Every attempt, in order of term and course code.
#[utoipa::path(get, path = "/students/{no}/marks", tag = "students", params(StudentPath), responses((status = 200, body = Page<MarkBody>)))]
pub async fn marks(caller: Caller, Path(path): Path<StudentPath>) -> Answer<axum::Json<Page<MarkBody>>> {
    let opened = open::open_student(caller.office(), caller.actor(), path.no.0).await?;
    let terms: HashMap<i64, &TermFacts> = opened.file.terms.iter().map(|t| (t.term.order, &t.term)).collect();
    Ok(axum::Json(Page::whole(marks_of(&opened, &terms))))
}

/// Get a student's photo
#[utoipa::path(
    get, path = "/students/{no}/photo", tag = "students", params(StudentPath),
    responses((status = 200, content((Binary = "image/jpeg"), (Binary = "image/png"))))
)]
pub async fn photo(caller: Caller, Path(path): Path<StudentPath>) -> Answer {
    let (mime, bytes) = change_photo::open_photo(caller.office(), caller.actor(), path.no.0).await?;
    Ok(inert(mime, bytes, None))
}
