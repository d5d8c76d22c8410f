//! The pack of a day without a server, and the paper forms entered afterwards.

use std::time::Duration;

use base::{
    ids::{CandidateId, DayPackId, UnitId},
    time::Date,
};
use domain::{
    accounts::Role,
    enrolments::EnrolmentStatus,
    papers::{PaperKind, PaperState},
    registration::{CandidateState, FeeState},
};
use services::{
    Actor, Office, ServiceError,
    authz::Assignment,
    day_pack::{
        EnterForm, FormOutcome, FormPaper, MakePack, PackLine, draft_pack, enter_form, find_place,
        list_packs, open_pack, pack_password, seal_pack,
    },
    registration::{FeeForm, RenounceCandidate, open_candidate, renounce_candidate},
};

use crate::{
    first_day::{candidate, desk, placed},
    house::House,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn order(day: Date) -> MakePack {
    MakePack { unit: "FEN".to_owned(), day, forms: 4 }
}

async fn pack(office: &Office, day: Date) -> DayPackId {
    let draft = draft_pack(office, &desk(), order(day)).await.expect("a draft");
    assert_eq!(draft.candidates.len(), 2);
    let line = PackLine {
        key: "10000000146".to_owned(),
        name: "Ali IŞIK".to_owned(),
        programme: "BIL1".to_owned(),
        kind: "YKS".to_owned(),
        state: "bekliyor".to_owned(),
        born: "17.03.2007".to_owned(),
        checks: Vec::new(),
        held: Vec::new(),
        missing: Vec::new(),
    };
    let password = pack_password(office);
    let made = seal_pack(office, &desk(), &draft, vec![line], &password).await.expect("a pack");
    assert!(made.payload.contains("\"rounds\":600000") && !made.payload.contains("10000000146"));
    assert!(seal_pack(office, &desk(), &draft, Vec::new(), "kisa").await.is_err());
    made.id
}

/// A form on which both papers of the desk were received.
fn form(pack: DayPackId, form_no: i64, candidate: Option<CandidateId>) -> EnterForm {
    let received = |kind| FormPaper { kind, state: PaperState::Received };
    EnterForm {
        pack,
        form_no,
        candidate,
        papers: vec![received(PaperKind::SchoolDiploma), received(PaperKind::Photograph)],
        missing_until: String::new(),
        provisional: false,
        until: String::new(),
        fee: FeeForm { state: Some(FeeState::NotDue), ..FeeForm::default() },
        notice_read: true,
        note: "Ek puan yok, sağlık koşulu yok.".to_owned(),
    }
}

fn wrong<T: std::fmt::Debug>(result: services::Result<T>) -> (&'static str, &'static str) {
    match result {
        Err(ServiceError::Invalid(errors)) => (errors[0].field, errors[0].code),
        other => panic!("{other:?}"),
    }
}

async fn acts(office: &Office, act: &'static str) -> i64 {
    office.db.read(move |db| storage::probe::acts(db, act)).await.expect("counted")
}

#[tokio::test]
async fn paper_forms_are_entered_once_and_count_from_their_day() {
    for house in House::all().await {
        placed(&house).await;
        let office = &house.office;
        let written_on = office.today();
        let id = pack(office, written_on).await;
        // The server is back the next day, when the window is over.
        house.clock.advance(DAY);
        let ali = candidate(office, "10000000146").await;
        let entered = enter_form(office, &desk(), form(id, 1, Some(ali))).await.expect("entered");
        let FormOutcome::Registered(number) = entered.outcome else { panic!("{entered:?}") };
        let found = office.db.read(move |db| storage::enrolments::find_by_number(db, &number)).await;
        let enrolment = found.expect("a look").expect("an enrolment");
        assert_eq!(
            (enrolment.status, enrolment.entered_on),
            (EnrolmentStatus::Active, written_on),
            "{}",
            house.engine
        );
        // The same form again, and a second form of the same candidate: nothing is written twice.
        assert!(matches!(
            enter_form(office, &desk(), form(id, 1, Some(ali))).await,
            Err(ServiceError::Stale)
        ));
        let again = enter_form(office, &desk(), form(id, 2, Some(ali))).await.expect("entered");
        assert_eq!(again.outcome, FormOutcome::Already);
        let void = |note: &str| EnterForm { note: note.to_owned(), ..form(id, 3, None) };
        assert_eq!(wrong(enter_form(office, &desk(), void(" ")).await), ("note", "required"));
        let spoilt = enter_form(office, &desk(), void("Islandı, okunmuyor.")).await.expect("entered");
        assert_eq!(spoilt.outcome, FormOutcome::Void);
        let opened = open_pack(office, &desk(), id).await.expect("a pack");
        let outcomes: Vec<_> = opened.forms.iter().map(|f| f.outcome.as_deref()).collect();
        assert_eq!(outcomes, [Some("registered"), Some("already"), Some("void"), None]);
        assert_eq!((acts(office, "make_day_pack").await, acts(office, "enter_pack_form").await), (1, 3));
        let listed = list_packs(office, &desk()).await.expect("packs");
        assert_eq!((listed.len(), listed[0].pack.entered), (1, 3));
        assert!(!listed[0].unit.tr.is_empty());
    }
}

#[tokio::test]
async fn a_double_click_enters_a_form_once_and_answers_alike() {
    for house in House::all().await {
        placed(&house).await;
        let office = &house.office;
        let id = pack(office, office.today()).await;
        let ali = candidate(office, "10000000146").await;
        let clerk = Actor { form: Some("key-1".to_owned()), ..desk() };
        let first = enter_form(office, &clerk, form(id, 1, Some(ali))).await.expect("entered");
        let second = enter_form(office, &clerk, form(id, 1, Some(ali))).await.expect("the same");
        assert_eq!(first, second, "{}", house.engine);
        assert_eq!(acts(office, "register_candidate").await, 1);
    }
}

#[tokio::test]
async fn two_clerks_with_one_form_or_one_candidate_write_it_once() {
    for house in House::all().await {
        placed(&house).await;
        let office = &house.office;
        let id = pack(office, office.today()).await;
        let ali = candidate(office, "10000000146").await;
        let (one, other) = (Actor { account: desk().account, ..desk() }, desk());
        // The same form on both tables.
        let (first, second) = tokio::join!(
            enter_form(office, &one, form(id, 1, Some(ali))),
            enter_form(office, &other, form(id, 1, Some(ali))),
        );
        let done: Vec<_> = [&first, &second].into_iter().filter_map(|r| r.as_ref().ok()).collect();
        assert_eq!(done.len(), 1, "{}: {first:?} {second:?}", house.engine);
        assert!(matches!(done[0].outcome, FormOutcome::Registered(_)), "{done:?}");
        let refused = [first, second].into_iter().find_map(Result::err);
        assert!(matches!(refused, Some(ServiceError::Stale)), "{refused:?}");
        // Two forms of one candidate, because the queue was written twice.
        let ece = candidate(office, "12345678950").await;
        let (first, second) = tokio::join!(
            enter_form(office, &one, form(id, 2, Some(ece))),
            enter_form(office, &other, form(id, 3, Some(ece))),
        );
        let outcomes: Vec<_> = [first, second].into_iter().map(|r| r.map(|e| e.outcome)).collect();
        let registered = outcomes.iter().filter(|r| matches!(r, Ok(FormOutcome::Registered(_)))).count();
        assert_eq!(registered, 1, "{}: {outcomes:?}", house.engine);
        let other = outcomes.iter().find(|r| !matches!(r, Ok(FormOutcome::Registered(_))));
        assert!(
            matches!(other, Some(Ok(FormOutcome::Already) | Err(ServiceError::Stale))),
            "{}: {other:?}",
            house.engine
        );
        // Whoever was slower sends again, and the form is settled.
        for no in [2, 3] {
            match enter_form(office, &desk(), form(id, no, Some(ece))).await {
                Ok(entered) => assert_eq!(entered.outcome, FormOutcome::Already),
                Err(ServiceError::Stale) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        let opened = open_pack(office, &desk(), id).await.expect("a pack");
        let mut outcomes: Vec<_> = opened.forms.iter().map(|f| f.outcome.as_deref()).collect();
        outcomes[1..3].sort_unstable();
        assert_eq!(outcomes, [Some("registered"), Some("already"), Some("registered"), None]);
        assert_eq!(acts(office, "register_candidate").await, 2, "{}", house.engine);
    }
}

#[tokio::test]
async fn no_pack_opens_a_window_that_has_closed_or_a_day_that_has_not_come() {
    for house in House::all().await {
        placed(&house).await;
        let office = &house.office;
        let today = office.today();
        let yesterday = today.yesterday().expect("a day");
        let late = draft_pack(office, &desk(), order(yesterday)).await;
        assert_eq!(wrong(late.map(drop)), ("day", "in-past"));
        let none = draft_pack(office, &desk(), MakePack { forms: 0, ..order(today) }).await;
        assert_eq!(wrong(none.map(drop)), ("forms", "form-count"));

        let tomorrow = today.tomorrow().expect("a day");
        let id = pack(office, tomorrow).await;
        let ali = candidate(office, "10000000146").await;
        let early = enter_form(office, &desk(), form(id, 1, Some(ali))).await;
        assert_eq!(wrong(early), ("form_no", "pack-day-ahead"));
        assert!(!open_pack(office, &desk(), id).await.expect("a pack").is_due);
        // On that day the window is over: the form is refused as the desk would refuse it.
        house.clock.advance(DAY);
        assert!(open_pack(office, &desk(), id).await.expect("a pack").is_due);
        let refused = enter_form(office, &desk(), form(id, 1, Some(ali))).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        let waits = open_pack(office, &desk(), id).await.expect("a pack");
        assert!(waits.forms.iter().all(|form| form.outcome.is_none()), "a refused form waits on");
    }
}

#[tokio::test]
async fn what_is_missing_keeps_its_last_day_and_who_gave_up_is_refused() {
    for house in House::all().await {
        placed(&house).await;
        let office = &house.office;
        let id = pack(office, office.today()).await;
        let ali = candidate(office, "10000000146").await;
        let provisional = EnterForm {
            provisional: true,
            until: "31.12.2026".to_owned(),
            papers: vec![
                FormPaper { kind: PaperKind::Photograph, state: PaperState::CopySeen },
                FormPaper { kind: PaperKind::SchoolDiploma, state: PaperState::Missing },
            ],
            missing_until: "20.12.2026".to_owned(),
            ..form(id, 1, Some(ali))
        };
        let early = EnterForm { missing_until: "01.01.2020".to_owned(), ..provisional.clone() };
        assert_eq!(wrong(enter_form(office, &desk(), early).await), ("due_on", "due-day"));
        let entered = enter_form(office, &desk(), provisional.clone()).await.expect("entered");
        assert!(matches!(entered.outcome, FormOutcome::Provisional(_)), "{entered:?}");
        let opened = open_candidate(office, &desk(), ali).await.expect("opened");
        let held = |kind| opened.desk.held.iter().find(|paper| paper.kind == kind);
        let diploma = held(PaperKind::SchoolDiploma).map(|paper| (paper.state, paper.due_on));
        assert_eq!(diploma, Some((PaperState::Missing, Some(Date::constant(2026, 12, 20)))));
        let photo = held(PaperKind::Photograph).map(|paper| paper.state);
        assert_eq!(photo, Some(PaperState::CopySeen), "what the box of the form said");
        // The same form of provisional registration once more, then the final one.
        let again = EnterForm { form_no: 2, ..provisional };
        let again = enter_form(office, &desk(), again).await.expect("entered");
        assert_eq!(again.outcome, FormOutcome::Already);
        let whole = enter_form(office, &desk(), form(id, 3, Some(ali))).await.expect("completed");
        assert!(matches!(whole.outcome, FormOutcome::Registered(_)), "{whole:?}");

        let ece = candidate(office, "12345678950").await;
        let version = open_candidate(office, &desk(), ece).await.expect("opened").candidate.version;
        let renounced = RenounceCandidate {
            candidate: ece,
            version,
            ground_ref: "2026/77".to_owned(),
            ground_on: base::time::date_tr(office.today()),
            returned: Vec::new(),
            returned_to: String::new(),
        };
        renounce_candidate(office, &desk(), renounced).await.expect("renounced");
        let refused = enter_form(office, &desk(), form(id, 4, Some(ece))).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
        let state = open_candidate(office, &desk(), ece).await.expect("opened").candidate.state;
        assert_eq!(state, CandidateState::Renounced);
    }
}

#[tokio::test]
async fn a_form_finds_its_place_and_nobody_elses() {
    for house in House::all().await {
        placed(&house).await;
        let office = &house.office;
        let ali = candidate(office, "10000000146").await;
        assert_eq!(find_place(office, &desk(), "10000000146", "").await.expect("a place"), ali);
        assert_eq!(find_place(office, &desk(), "100 000 001 46", "bil1").await.expect("a place"), ali);
        let unknown = find_place(office, &desk(), "10000000146", "IKT1").await;
        assert_eq!(wrong(unknown), ("programme", "place-unknown"));
        assert_eq!(wrong(find_place(office, &desk(), "99", "").await), ("key", "candidate-unknown"));
        // A second place of the same person must be told from the first.
        let there = office.db.read(move |db| storage::candidates::fetch(db, ali)).await;
        let mut data = there.expect("read").expect("a candidate").data;
        data.programme = base::ids::ProgrammeId::new(2);
        testkit::candidates::place(&office.db, office.now(), vec![data]).await;
        let several = find_place(office, &desk(), "10000000146", "").await;
        assert_eq!(wrong(several), ("programme", "several-places"));
        assert_eq!(find_place(office, &desk(), "10000000146", "BIL1").await.expect("a place"), ali);

        // A clerk of another faculty knows neither the pack nor the candidate.
        let id = pack_of(office).await;
        let elsewhere = Actor {
            roles: vec![Assignment { role: Role::Clerk, unit: Some(UnitId::new(4)), programme: None }],
            ..desk()
        };
        assert!(matches!(open_pack(office, &elsewhere, id).await, Err(ServiceError::NotFound)));
        assert!(list_packs(office, &elsewhere).await.expect("packs").is_empty());
        let hidden = draft_pack(office, &elsewhere, order(office.today())).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)));
        let entered = enter_form(office, &elsewhere, form(id, 1, Some(ali))).await;
        assert!(matches!(entered, Err(ServiceError::NotFound)), "{entered:?}");
        assert_eq!(
            find_place(office, &elsewhere, "10000000146", "").await.expect("the own one"),
            candidate_in(office, 2).await
        );
    }
}

async fn pack_of(office: &Office) -> DayPackId {
    let draft = draft_pack(office, &desk(), order(office.today())).await.expect("a draft");
    let password = pack_password(office);
    seal_pack(office, &desk(), &draft, Vec::new(), &password).await.expect("a pack").id
}

async fn candidate_in(office: &Office, programme: i64) -> CandidateId {
    let found = office.db.read(move |db| storage::probe::candidate_in(db, programme)).await;
    found.expect("read").expect("a candidate")
}
