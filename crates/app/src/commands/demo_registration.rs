//! The demo's days of registration: dates around today, a placement list, a morning at the desk, an orientation.
//!
//! Everything goes through the use cases of the office, each as whoever does it there. What a start that was
//! interrupted has done is not done again.

use base::{
    ids::OrientationId,
    time::{Date, date_tr},
};
use domain::{
    enrolments::EntryKind,
    papers::{PaperKind, PaperStanding, PaperState},
    registration::{CandidateState, Clearance, Clearances, FeeState, WindowKind},
};
use jiff::ToSpan;
use services::{
    Actor, Office, accounts,
    institution::list_programmes,
    orientation::{
        MakeOrientation, PlanSession, SessionPlan, Ticks, Whom, invite_students, list_invitees,
        list_orientations, make_orientation, open_orientation, plan_session, tick_attendance,
    },
    placement::{Applied, ApplyHow, ListFile, apply_placement, list_placements},
    registration::{
        CandidateQuery, FeeForm, OpenedCandidate, RegisterCandidate, TickPapers, TickedPaper,
        list_candidates, open_candidate, register_candidate, tick_papers,
    },
    windows::{EnterWindow, enter_window, list_windows},
};

use super::Failure;
use crate::invented::{
    ENTRY_YEAR,
    candidates::{self, List},
};

/// Who announces and loads.
const REGISTRAR: &str = "oidb";
/// Who sits at the desk.
const CLERK: &str = "memur";
/// On what the dates rest.
const SOURCE: &str = "Örnek akademik takvim";
/// Where the invented regulations stand.
const RULES: &str = "https://www.ornek.example.invalid/yonetmelikler";
/// Candidates of the list.
const CANDIDATES: usize = 240;
/// How many have come and were registered.
const FINAL: usize = 12;
/// How many were registered provisionally.
const PROVISIONAL: usize = 4;

/// The days of registration through e-Devlet, which the invented list tells of.
const E_REGISTRATION: (Date, Date) = (Date::constant(ENTRY_YEAR, 8, 24), Date::constant(ENTRY_YEAR, 8, 28));

/// The other dates: what, and from how many to how many days from today.
const WINDOWS: &[(WindowKind, i64, i64)] = &[
    (WindowKind::Registration, -3, 10),
    (WindowKind::PhotoProposal, -3, 24),
    (WindowKind::MissingPapers, -3, 38),
];

/// A session of the orientation.
struct Session {
    tr: &'static str,
    en: &'static str,
    place: &'static str,
    /// In so many days.
    day: i64,
    hours: (&'static str, &'static str),
    is_repeat: bool,
}

const SESSIONS: &[Session] = &[
    Session {
        tr: "Açılış ve öğrenci işleri",
        en: "Welcome and student affairs",
        place: "Konferans salonu",
        day: -1,
        hours: ("10.00", "12.00"),
        is_repeat: false,
    },
    Session {
        tr: "Kütüphane ve laboratuvar turu",
        en: "Tour of library and laboratories",
        place: "A blok girişi",
        day: 1,
        hours: ("14.00", "15.30"),
        is_repeat: false,
    },
    Session {
        tr: "Açılış ve öğrenci işleri (tekrar)",
        en: "Welcome and student affairs (repeated)",
        place: "Derslik A101",
        day: 4,
        hours: ("10.00", "12.00"),
        is_repeat: true,
    },
];

/// Sets up the days of registration: the desk's people must have their accounts.
pub(super) async fn furnish_registration(office: &Office, faculty: &str) -> Result<(), Failure> {
    let registrar = accounts::actor_of_account(office, REGISTRAR, "demo").await?;
    let clerk = accounts::actor_of_account(office, CLERK, "demo").await?;
    announce(office, &registrar).await?;
    place(office, &registrar).await?;
    morning(office, &clerk).await?;
    welcome(office, &clerk, faculty).await
}

/// A day so many days from today.
fn in_days(today: Date, days: i64) -> Date {
    today.saturating_add(days.days())
}

async fn announce(office: &Office, registrar: &Actor) -> Result<(), Failure> {
    let today = office.today();
    let there = list_windows(office, registrar).await?;
    let around =
        |(kind, from, to): &(WindowKind, i64, i64)| (*kind, in_days(today, *from), in_days(today, *to));
    let (opens, closes) = E_REGISTRATION;
    let others = WINDOWS.iter().map(around);
    for (kind, from, to) in std::iter::once((WindowKind::ERegistration, opens, closes)).chain(others) {
        if there.iter().any(|line| line.window.kind == kind) {
            continue;
        }
        let form = EnterWindow {
            kind: Some(kind),
            unit: String::new(),
            term: None,
            entry_kind: None,
            opens_on: date_tr(from),
            closes_on: date_tr(to),
            source: SOURCE.to_owned(),
            overlap_ok: false,
        };
        enter_window(office, registrar, form).await?;
    }
    Ok(())
}

/// Loads the placement list as a file of the placement service.
async fn place(office: &Office, registrar: &Actor) -> Result<(), Failure> {
    if !list_placements(office, registrar).await?.is_empty() {
        return Ok(());
    }
    let codes: Vec<String> =
        list_programmes(office, registrar).await?.into_iter().map(|programme| programme.code).collect();
    let folder = tempfile::tempdir()?;
    let name = format!("yks-{ENTRY_YEAR}.csv");
    let path = folder.path().join(&name);
    let list = List { codes: &codes, count: CANDIDATES, year: ENTRY_YEAR, seed: 1, e_registered: None };
    candidates::write(&path, list).map_err(Failure::file(&path))?;
    let bytes = std::fs::read(&path).map_err(Failure::file(&path))?;
    let file = ListFile { name, bytes, kind: EntryKind::Yks, year: i32::from(ENTRY_YEAR), mapping: None };
    let why = match apply_placement(office, registrar, file, ApplyHow::default()).await? {
        Applied::Done { .. } | Applied::Again { .. } => return Ok(()),
        Applied::Bad(bad) => bad.problems.first().map(|problem| problem.code().to_owned()),
        Applied::Refused(checked) => {
            let first = checked.faulty.first().and_then(|row| row.faults.first());
            first.map(|fault| format!("{}: {}", fault.row, fault.code))
        }
    };
    Err(Failure::Told { code: "demo-records", args: vec![("text", why.unwrap_or_default())] })
}

/// Registers some of the clerk's candidates, as if they had stood at the desk this morning.
async fn morning(office: &Office, clerk: &Actor) -> Result<(), Failure> {
    let query = CandidateQuery {
        states: vec![CandidateState::Waiting],
        e_registered: Some(false),
        limit: 500,
        ..CandidateQuery::default()
    };
    let waiting = list_candidates(office, clerk, query).await?;
    let here = |state: CandidateState| {
        let count = waiting.counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
        usize::try_from(count).unwrap_or(usize::MAX)
    };
    let mut finals = FINAL.saturating_sub(here(CandidateState::Registered));
    let mut provisionals = PROVISIONAL.saturating_sub(here(CandidateState::Provisional));
    for candidate in &waiting.rows {
        let answers = candidate.data.clearances;
        let waits_for_school = Clearances { school: Clearance::Clear, ..answers } == Clearances::CLEAR;
        if answers == Clearances::CLEAR && finals > 0 {
            bring(office, clerk, &open_candidate(office, clerk, candidate.id).await?, None).await?;
            let opened = open_candidate(office, clerk, candidate.id).await?;
            if opened.desk.assessment.may_register {
                let fee = if finals == FINAL { paid(office.today()) } else { not_due() };
                register_candidate(office, clerk, form(&opened, false, fee)).await?;
                finals -= 1;
            }
        } else if waits_for_school && provisionals > 0 {
            // Whom the ministry does not know as a graduate yet has no diploma to show.
            let without = (answers != Clearances::CLEAR).then_some(PaperKind::SchoolDiploma);
            bring(office, clerk, &open_candidate(office, clerk, candidate.id).await?, without).await?;
            let opened = open_candidate(office, clerk, candidate.id).await?;
            let assessment = &opened.desk.assessment;
            if assessment.may_provisionally && assessment.provisional_until.is_some() {
                register_candidate(office, clerk, form(&opened, true, not_due())).await?;
                provisionals -= 1;
            }
        }
        if finals == 0 && provisionals == 0 {
            break;
        }
    }
    Ok(())
}

/// Ticks the papers that the desk asks for; one may be brought later.
async fn bring(
    office: &Office,
    clerk: &Actor,
    opened: &OpenedCandidate,
    without: Option<PaperKind>,
) -> Result<(), Failure> {
    let mut papers = Vec::new();
    for line in opened.desk.papers.lines.iter().filter(|line| line.held.is_none()) {
        let (state, reason) = match line.standing {
            PaperStanding::Missing if without == Some(line.kind) => (PaperState::Missing, ""),
            PaperStanding::Missing => (PaperState::Received, ""),
            PaperStanding::ToAsk => (PaperState::Waived, "Koşulu yok"),
            PaperStanding::Held | PaperStanding::Waived => continue,
        };
        papers.push(TickedPaper {
            kind: line.kind,
            state: Some(state),
            due_on: String::new(),
            reason: reason.to_owned(),
        });
    }
    let form = TickPapers { candidate: opened.candidate.id, papers };
    Ok(tick_papers(office, clerk, form).await?)
}

fn form(opened: &OpenedCandidate, provisional: bool, fee: FeeForm) -> RegisterCandidate {
    let is_left_to_a_person = opened.desk.assessment.findings.needs_human();
    RegisterCandidate {
        candidate: opened.candidate.id,
        version: opened.candidate.version,
        provisional,
        until: String::new(),
        fee,
        notice_read: true,
        decision: if is_left_to_a_person {
            "Masada belgeleriyle görüldü".to_owned()
        } else {
            String::new()
        },
        idempotency_key: None,
    }
}

fn not_due() -> FeeForm {
    FeeForm { state: Some(FeeState::NotDue), ..FeeForm::default() }
}

fn paid(on: Date) -> FeeForm {
    FeeForm {
        state: Some(FeeState::Paid),
        amount: "1.250,00".to_owned(),
        receipt: "D-1001".to_owned(),
        paid_on: date_tr(on),
    }
}

/// Plans the orientation of a faculty; of the first session, which was yesterday, the attendance is there.
async fn welcome(office: &Office, clerk: &Actor, faculty: &str) -> Result<(), Failure> {
    let of = orientation(office, clerk, faculty).await?;
    let there = open_orientation(office, clerk, of).await?.sessions;
    for planned in SESSIONS {
        if there.iter().any(|session| session.plan.title.tr == planned.tr) {
            continue;
        }
        let plan = SessionPlan {
            title_tr: planned.tr.to_owned(),
            title_en: planned.en.to_owned(),
            place: planned.place.to_owned(),
            speaker: String::new(),
            day: date_tr(in_days(office.today(), planned.day)),
            starts: planned.hours.0.to_owned(),
            ends: planned.hours.1.to_owned(),
            is_repeat: planned.is_repeat,
        };
        plan_session(office, clerk, PlanSession { of, plan }).await?;
    }
    invite_students(office, clerk, of).await?;
    let Some(first) = open_orientation(office, clerk, of).await?.sessions.first().map(|s| (s.id, s.came))
    else {
        return Ok(());
    };
    if let (session, 0) = first {
        let (_, invited) = list_invitees(office, clerk, of, Whom::Everybody).await?;
        let came = invited.into_iter().enumerate().filter(|(i, _)| i % 4 != 3).map(|(_, one)| one.number);
        let ticks = Ticks { session, before: Vec::new(), now: came.collect() };
        tick_attendance(office, clerk, ticks).await?;
    }
    Ok(())
}

async fn orientation(office: &Office, clerk: &Actor, faculty: &str) -> Result<OrientationId, Failure> {
    let year = i32::from(ENTRY_YEAR);
    if let Some((there, _)) = list_orientations(office, clerk, Some(year)).await?.into_iter().next() {
        return Ok(there.id);
    }
    let form = MakeOrientation {
        unit: faculty.to_owned(),
        year: year.to_string(),
        name_tr: "Yeni öğrenci oryantasyonu".to_owned(),
        name_en: "Orientation for new students".to_owned(),
        rules_url: RULES.to_owned(),
    };
    Ok(make_orientation(office, clerk, form).await?)
}
