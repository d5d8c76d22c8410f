//! What somebody sees first: the figures and lists that his or her roles have by now.

use base::{
    ids::{PersonId, UnitId},
    time::Date,
};
use domain::{
    accounts::AccountStatus,
    enrolments::EnrolmentStatus,
    papers::{DayBasis, Held, KnownDays, PaperState},
    student_file::Name,
};
use regulations::Book;
use storage::{
    Reader,
    accounts::{AccountFilter, AccountLine},
    audit::{AuditFilter, AuditLine, AuditRow, shown_list},
    candidates::CandidateFilter,
    documents::{Document, DocumentFilter},
    enrolments::Enrolment,
    figures::{self, MissingPaper, OpenJob},
    people::Contact,
    search::{StudentFilter, StudentRow, Within},
};

use crate::{
    Office,
    audit::{AuditNames, AuditPage},
    authz::{self, Action, Actor, Scope},
    error::Result,
    registration::sight,
    students::{file::FileLoader, find},
};

/// Rows of a short list on the start page.
const FEW: u32 = 6;
/// Rows of the list that is somebody's work.
const MANY: u32 = 12;

/// The first page, as far as the reader's roles have a part in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Start {
    /// Students by status in the reader's units.
    pub students: Option<Vec<(EnrolmentStatus, i64)>>,
    /// Papers issued in the reader's units.
    pub papers: Option<Papers>,
    /// Papers that students still have to hand in: how many, and those first whose day is next.
    pub missing: Option<(i64, Vec<AwaitedPaper>)>,
    /// Provisional registrations whose last day is over and of which nobody has decided yet.
    pub overdue: Option<i64>,
    /// Own long work that has not ended; nothing for roles that start none.
    pub jobs: Option<Vec<OpenJob>>,
    /// Own advisees, the first of them in Turkish order.
    pub advisees: Option<Advisees>,
    /// Accounts by state.
    pub accounts: Option<Accounts>,
    /// The newest lines of the audit log.
    pub log: Option<AuditPage>,
    /// The own record of a student or graduate.
    pub own: Option<OwnRecord>,
}

/// A paper that a student still has to hand in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AwaitedPaper {
    /// Whose, and which.
    pub paper: MissingPaper,
    /// Its last day and what that rests on; none where nobody set one.
    pub due: Option<(Date, DayBasis)>,
}

/// Papers issued in some units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Papers {
    /// How many went out today.
    pub issued_today: i64,
    /// How many have a number but not yet their file.
    pub preparing: i64,
    /// The newest.
    pub latest: Vec<Document>,
}

/// An advisor's students.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advisees {
    /// How many enrolments there are in each status.
    pub by_status: Vec<(EnrolmentStatus, i64)>,
    /// The first of them in Turkish order.
    pub first: Vec<StudentRow>,
}

/// What an administrator looks after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accounts {
    /// How many accounts are in each state.
    pub by_status: Vec<(AccountStatus, i64)>,
    /// Accounts that are locked, the first of them.
    pub locked: Vec<AccountLine>,
}

/// What students see of themselves first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnRecord {
    /// The own enrolments with the names of their programmes, oldest first.
    pub enrolments: Vec<(Enrolment, Name)>,
    /// Papers issued about them, the newest first.
    pub documents: Vec<Document>,
    /// How the office can reach one.
    pub contact: Contact,
    /// Who looked at the record or changed it of late; lists are left to the page of its own.
    pub looks: Vec<AuditLine>,
}

/// Gathers the start page. Where the reader chose one of several units to work in, figures are those of that unit.
/// The audit log gets one row with the people whose names the page shows.
///
/// # Errors
/// The engine's refusal.
pub async fn open_start(office: &Office, actor: &Actor, chosen: Option<UnitId>) -> Result<Start> {
    let today = office.today();
    let (asking, book) = (actor.clone(), office.book.clone());
    let start = office
        .db
        .read(move |db| -> Result<Start> {
            let own_units = |action: Action| {
                let scope = authz::scope(&asking, action);
                let (units, programmes) = (scope.units, scope.programmes);
                let within = Within { all: scope.all, units, programmes, only: chosen, ..Within::default() };
                (within.all || !within.units.is_empty() || !within.programmes.is_empty()).then_some(within)
            };
            let may_start_jobs = asking.may(Action::IssueDocument) || asking.may(Action::ImportRecords);
            Ok(Start {
                students: own_units(Action::FindStudents)
                    .map(|within| figures::students_by_status(db, &within))
                    .transpose()?,
                papers: own_units(Action::ReadDocument)
                    .map(|within| papers(db, &within, today))
                    .transpose()?,
                missing: own_units(Action::KeepPapers)
                    .map(|within| awaited(db, &book, &within, today))
                    .transpose()?,
                overdue: own_units(Action::RegisterCandidates)
                    .map(|_| overdue(db, &asking, chosen, today))
                    .transpose()?,
                jobs: may_start_jobs.then(|| figures::open_jobs(db, asking.account)).transpose()?,
                advisees: advisees(db, &authz::scope(&asking, Action::FindStudents), today)?,
                accounts: asking.may(Action::ManageAccounts).then(|| accounts(db, today)).transpose()?,
                log: asking.may(Action::ReadAudit).then(|| latest_log(db, today)).transpose()?,
                own: authz::scope(&asking, Action::ReadStudent)
                    .own
                    .map(|person| own(db, &asking, person, today))
                    .transpose()?,
            })
        })
        .await?;
    let shown: Vec<PersonId> = people(&start).collect();
    if !shown.is_empty() {
        office.reads.note(AuditRow {
            at: office.now(),
            account: Some(actor.account),
            action: "open_start".to_owned(),
            person: None,
            object_kind: "list",
            object: None,
            detail: String::new(),
            shown: Some(shown_list(shown)),
            reason: None,
            request: actor.request.clone(),
        })?;
    }
    Ok(start)
}

/// Everybody whose name stands on the page; nobody's own record among them.
fn people(start: &Start) -> impl Iterator<Item = PersonId> {
    let papers = start.papers.iter().flat_map(|p| p.latest.iter().filter_map(|d| d.subject.person()));
    let missing = start.missing.iter().flat_map(|(_, papers)| papers.iter().map(|p| p.paper.person));
    let advisees = start.advisees.iter().flat_map(|a| a.first.iter().map(|row| row.person));
    let accounts = start.accounts.iter().flat_map(|a| a.locked.iter().filter_map(|line| line.account.person));
    let log = start.log.iter().flat_map(|log| log.lines.iter().filter_map(|line| line.person));
    papers.chain(missing).chain(advisees).chain(accounts).chain(log)
}

/// How many provisional registrations wait for a decision.
fn overdue(db: &Reader<'_>, actor: &Actor, unit: Option<UnitId>, today: Date) -> Result<i64> {
    let filter = CandidateFilter {
        due_before: Some(today),
        sight: sight(actor, Action::RegisterCandidates, unit),
        ..CandidateFilter::default()
    };
    Ok(storage::candidates::count_states(db, &filter)?.into_iter().map(|(_, n)| n).sum())
}

/// The papers that are awaited, those first whose day is next.
fn awaited(db: &Reader<'_>, book: &Book, within: &Within, today: Date) -> Result<(i64, Vec<AwaitedPaper>)> {
    let (total, papers) = figures::missing_papers(db, within, MANY)?;
    let mut files = FileLoader::new(today);
    let mut found = Vec::with_capacity(papers.len());
    for paper in papers {
        let days = KnownDays { desk: paper.due_on, provisional: paper.provisional_until, window: None };
        let due = match days.last(None) {
            Some(due) => Some(due),
            None => day_by_file(db, book, &mut files, &paper)?,
        };
        found.push(AwaitedPaper { paper, due });
    }
    found.sort_by_key(|awaited| (awaited.due.is_none(), awaited.due.map(|(day, _)| day)));
    Ok((total, found))
}

/// The day by window or rule, where the desk set none.
fn day_by_file(
    db: &Reader<'_>,
    book: &Book,
    files: &mut FileLoader,
    paper: &MissingPaper,
) -> Result<Option<(Date, DayBasis)>> {
    let Some(enrolment) = storage::enrolments::fetch(db, paper.enrolment)? else { return Ok(None) };
    let file = files.load(db, &enrolment)?;
    let held = [Held { kind: paper.kind, state: PaperState::Missing }];
    let list = file.registration_papers(book).unwrap_or_else(|| file.papers(book, &held, false));
    let line = list.lines.iter().find(|line| line.kind == paper.kind);
    Ok(line.and_then(|line| file.last_day(line)))
}

fn papers(db: &Reader<'_>, within: &Within, today: Date) -> Result<Papers> {
    let latest = DocumentFilter {
        all: within.all,
        units: within.units.clone(),
        programmes: within.programmes.clone(),
        only: within.only,
        limit: FEW,
        ..DocumentFilter::default()
    };
    Ok(Papers {
        issued_today: figures::papers_issued(db, within, today)?,
        preparing: figures::papers_preparing(db, within)?,
        latest: storage::documents::list(db, &latest)?,
    })
}

fn advisees(db: &Reader<'_>, scope: &Scope, today: Date) -> Result<Option<Advisees>> {
    let Some(staff) = scope.advisees_of else { return Ok(None) };
    let within = find::within(Scope { advisees_of: Some(staff), ..Scope::default() });
    let by_status = figures::students_by_status(db, &within)?;
    let filter = StudentFilter { status: Some(EnrolmentStatus::Active), within, ..StudentFilter::default() };
    let (first, _) = storage::search::find(db, &filter)?.page(db, None, MANY, today)?;
    Ok(Some(Advisees { by_status, first }))
}

fn accounts(db: &Reader<'_>, today: Date) -> Result<Accounts> {
    let locked = AccountFilter {
        role: None,
        unit: None,
        status: Some(AccountStatus::Locked),
        words: Vec::new(),
        on: today,
        after: None,
        limit: FEW,
    };
    Ok(Accounts {
        by_status: figures::accounts_by_status(db)?,
        locked: storage::accounts::list(db, &locked)?,
    })
}

fn latest_log(db: &Reader<'_>, today: Date) -> Result<AuditPage> {
    let lines = storage::audit::list(db, &AuditFilter { limit: MANY, ..AuditFilter::default() })?;
    Ok(AuditPage { names: AuditNames::of(db, &lines, today)?, lines, next: None })
}

fn own(db: &Reader<'_>, actor: &Actor, person: PersonId, today: Date) -> Result<OwnRecord> {
    let (mut enrolments, mut documents) = (Vec::new(), Vec::new());
    for enrolment in storage::enrolments::of_person(db, person)? {
        documents.extend(storage::documents::of_enrolment(db, enrolment.id)?);
        let name =
            storage::enrolments::programme_facts(db, enrolment.programme, today)?.map(|facts| facts.name);
        enrolments.push((enrolment, name.unwrap_or_default()));
    }
    documents.sort_by_key(|document| std::cmp::Reverse(document.id));
    documents.truncate(usize::try_from(FEW).unwrap_or(usize::MAX));
    let looks = AuditFilter {
        person: Some(person),
        without_lists: true,
        but_not_by: Some(actor.account),
        limit: FEW,
        ..AuditFilter::default()
    };
    Ok(OwnRecord {
        enrolments,
        documents,
        contact: storage::people::fetch_contact(db, person)?,
        looks: storage::audit::list(db, &looks)?,
    })
}
