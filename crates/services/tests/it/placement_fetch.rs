//! Placements from the ministry's service, with a service of the test: sound rows go in, the rest stands on the
//! worklist, and no way to fail writes half of anything.

use std::{
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use base::ids::{AccountId, JobId, PlacementListId, UnitId};
use domain::{
    accounts::Role,
    registration::{Clearance, ListOrigin},
};
use services::{
    Action, Actor, Office, ServiceError,
    authz::Assignment,
    placement::{
        EnterCandidate, dismiss_row,
        fetch::{
            FetchEnd, FetchFigures, FetchOrder, FetchRun, cancel_fetch, fetch_kinds, fetch_now, list_fetches,
            order_of, run_fetches, show_fetch, start_fetch,
        },
        list_placements, mend_row, open_placement, row_form,
    },
    ports::{Answer, PlacementPage, PlacementQuery, PlacementService, RemoteProblem},
};
use storage::candidates::{Candidate, CandidateFilter, Sight};
use tokio::sync::Notify;

use crate::house::House;

const HEADINGS: [&str; 12] = [
    "tcKimlikNo",
    "adi",
    "soyadi",
    "cinsiyet",
    "dogumTarihi",
    "programKodu",
    "mebDurum",
    "asalDurum",
    "obsKontrol",
    "okuduguProgram",
    "ekayitTarihi",
    "yerlestigiPuanTuru",
];
const ALI: &str = "10000000146;ALİ;IŞIK;Erkek;17/03/2007;BIL1;1;101;0;0;26/08/2026 14:20:00;SAY";
const ECE: &str = "12345678950;ECE NUR;ÇİÇEK;Kadın;01/09/2007;IKT1;0;;0;O;;EA";
/// A check digit that does not fit.
const WRONG: &str = "98765432151;CAN;ÖZ;Erkek;05/05/2006;BIL1;2;103;0;160001;26/08/2026 10:00:00;SAY";
const MENDED: &str = "98765432150;CAN;ÖZ;Erkek;05/05/2006;BIL1;1;101;0;0;26/08/2026 10:00:00;SAY";
/// A programme that nobody here knows.
const LOST: &str = "11111111110;DENİZ;KAYA;Kadın;05/05/2006;YOK9;1;101;0;0;;SAY";

/// What the service does.
#[derive(Clone)]
enum Does {
    /// Answers with these rows, so many a page.
    Answer(Vec<String>, usize),
    /// Fails.
    Fail(RemoteProblem),
    /// Answers the first page alone and then is silent.
    Hang(Vec<String>, usize),
    /// Has other rows with every page.
    Change(Vec<Vec<String>>, usize),
}

/// The ministry's service, as a test has it.
struct Service {
    does: Mutex<Does>,
    asked: AtomicUsize,
    hangs: Notify,
}

impl Service {
    fn with(rows: &[&str], size: usize) -> Arc<Self> {
        let does = Mutex::new(Does::Answer(owned(rows), size));
        Arc::new(Self { does, asked: AtomicUsize::new(0), hangs: Notify::new() })
    }

    fn set(&self, does: Does) {
        *self.does.lock().expect("lock") = does;
    }
}

fn owned(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

fn page(rows: &[String], size: usize, number: u32) -> PlacementPage {
    let cells = |row: &String| row.split(';').map(str::to_owned).collect();
    let from = usize::try_from(number).expect("few") * size;
    PlacementPage {
        headings: HEADINGS.map(str::to_owned).to_vec(),
        rows: rows.iter().skip(from).take(size).map(cells).collect(),
        number,
        pages: u32::try_from(rows.len().div_ceil(size)).expect("few"),
        total: u64::try_from(rows.len()).expect("few"),
    }
}

impl PlacementService for Service {
    fn page<'a>(&'a self, query: &'a PlacementQuery, number: u32) -> Answer<'a, PlacementPage> {
        assert_eq!(query.year, 2026);
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let does = self.does.lock().expect("lock").clone();
        Box::pin(async move {
            match does {
                Does::Answer(rows, size) => Ok(page(&rows, size, number)),
                Does::Fail(problem) => Err(problem),
                Does::Hang(rows, size) if number == 0 => Ok(page(&rows, size, number)),
                Does::Hang(..) => {
                    self.hangs.notify_one();
                    pending().await
                }
                Does::Change(all, size) => Ok(page(&all[asked.min(all.len() - 1)], size, number)),
            }
        })
    }
}

fn desk() -> Actor {
    Actor::system("test")
}

/// Somebody of the staff with one role in a unit.
fn staff(account: i64, role: Role, unit: i64) -> Actor {
    let roles = vec![Assignment { role, unit: Some(UnitId::new(unit)), programme: None }];
    Actor { account: AccountId::new(account), roles, ..desk() }
}

fn with(house: &House, service: &Arc<Service>) -> Office {
    Office { placements: Some(Arc::clone(service) as Arc<dyn PlacementService>), ..house.office.clone() }
}

fn order() -> FetchOrder {
    FetchOrder {
        kind: domain::enrolments::EntryKind::Yks,
        year: 2026,
        words: vec!["YKS".to_owned()],
        dry_run: false,
    }
}

/// Orders a fetch and lets the worker do it.
async fn fetch(office: &Office, actor: &Actor) -> FetchRun {
    let job = start_fetch(office, actor, order()).await.expect("ordered");
    run_fetches(office).await.expect("run");
    show_fetch(office, actor, job).await.expect("shown")
}

/// List and figures of a fetch that was taken over.
fn taken(run: &FetchRun) -> (PlacementListId, FetchFigures) {
    match &run.end {
        Some(FetchEnd::Taken { list, figures }) => (PlacementListId::new(*list), figures.clone()),
        other => panic!("{other:?} {:?}", run.job),
    }
}

/// Rows, new, changed, same, faulty, decided, others.
fn counts(figures: &FetchFigures) -> [u64; 7] {
    [
        figures.rows,
        figures.new,
        figures.changed,
        figures.same,
        figures.faulty,
        figures.decided,
        figures.others,
    ]
}

async fn candidates(office: &Office) -> Vec<Candidate> {
    let filter =
        CandidateFilter { sight: Sight { all: true, ..Sight::default() }, limit: 100, ..Default::default() };
    office.db.read(move |db| storage::candidates::list(db, &filter)).await.expect("candidates")
}

async fn waiting_rows(office: &Office) -> i64 {
    list_placements(office, &desk()).await.expect("lists").iter().map(|line| line.open).sum()
}

#[tokio::test]
async fn sound_rows_go_in_and_the_rest_waits_until_it_comes_sound() {
    for house in House::all().await {
        house.furnish().await;
        let service = Service::with(&[ALI, WRONG, ECE], 2);
        let office = with(&house, &service);
        let run = fetch(&office, &desk()).await;
        let (list, figures) = taken(&run);
        assert_eq!(counts(&figures), [3, 2, 0, 0, 1, 0, 0], "{}", house.engine);
        assert_eq!((run.job.state.as_str(), run.job.done, run.job.total), ("done", 2, 2));
        let open = open_placement(&office, &desk(), list).await.expect("the worklist");
        assert_eq!(open.list.origin, ListOrigin::Service);
        assert_eq!((open.rows.len(), open.rows[0].row), (1, 2));
        assert_eq!(open.rows[0].faults[0].code, "identity_check_digit");
        let found = candidates(&office).await;
        let names: Vec<String> = found.iter().map(|c| c.data.full_name()).collect();
        assert_eq!(names, ["Ece Nur ÇİÇEK", "Ali IŞIK"]);
        let answers = |at: usize| {
            let clear = found[at].data.clearances;
            (clear.school, clear.military, clear.elsewhere)
        };
        use Clearance::{Clear, Obstacle};
        assert_eq!(answers(0), (Obstacle, Clear, Clear), "a woman has no military service");
        assert_eq!(answers(1), (Clear, Clear, Clear));
        assert!(found[1].data.e_registered_at.is_some());

        // The same once more: nobody changes, and the row waits once.
        let (_, figures) = taken(&fetch(&office, &desk()).await);
        assert_eq!(counts(&figures), [3, 0, 0, 2, 1, 0, 0]);
        assert_eq!(waiting_rows(&office).await, 1);
        assert_eq!(candidates(&office).await, found);

        // The wrong row has another number now, so that it is another's; a row of the same key would leave by itself.
        service.set(Does::Answer(owned(&[ALI, &WRONG.replace("98765432151", "98765432150"), ECE]), 10));
        let (_, figures) = taken(&fetch(&office, &desk()).await);
        assert_eq!(counts(&figures), [3, 1, 0, 2, 0, 0, 0]);
        let strange =
            candidates(&office).await.into_iter().find(|c| c.data.given_name == "Can").expect("Can");
        assert_eq!(strange.data.clearances.school, Clearance::Unknown, "a code that no source explains");
        assert_eq!(strange.data.clearances.military, Clearance::Unknown);
        assert_eq!(strange.data.clearances.elsewhere, Clearance::Unknown, "a programme beside a no");
        assert_eq!(strange.data.clearance_words, "MEB: (2); ASAL: (103); YÖKSİS: 160001 (0)");
    }
}

#[tokio::test]
async fn a_row_that_comes_sound_leaves_the_worklist_by_itself() {
    for house in House::all().await {
        house.furnish().await;
        let faulty = MENDED.replace("05/05/2006", "31/02/2006");
        let service = Service::with(&[&faulty], 10);
        let office = with(&house, &service);
        taken(&fetch(&office, &desk()).await);
        assert_eq!((waiting_rows(&office).await, candidates(&office).await.len()), (1, 0));
        service.set(Does::Answer(owned(&[MENDED]), 10));
        let (_, figures) = taken(&fetch(&office, &desk()).await);
        assert_eq!(counts(&figures), [1, 1, 0, 0, 0, 0, 0], "{}", house.engine);
        assert_eq!((waiting_rows(&office).await, candidates(&office).await.len()), (0, 1));
    }
}

#[tokio::test]
async fn what_somebody_decided_by_hand_is_not_asked_again() {
    for house in House::all().await {
        house.furnish().await;
        let service = Service::with(&[WRONG, LOST], 10);
        let office = with(&house, &service);
        let (list, _) = taken(&fetch(&office, &desk()).await);

        // The one who can be told is mended by the form, filled in with what the row says.
        let form = row_form(&office, &desk(), list, 1).await.expect("a form");
        assert_eq!((form.known.given_name.as_str(), form.known.surname.as_str()), ("Can", "ÖZ"));
        assert_eq!((form.known.programme.as_str(), form.known.birth_date.as_str()), ("BIL1", "05.05.2006"));
        assert_eq!(form.known.fields["identity_no"], "98765432151");
        let again = mend_row(&office, &desk(), list, 1, form.known.clone()).await;
        assert!(matches!(again, Err(ServiceError::Invalid(_))), "still wrong");
        let mut known = EnterCandidate { birth_place: "Örnekköy".to_owned(), ..form.known.clone() };
        known.fields.insert("identity_no".to_owned(), "98765432150".to_owned());
        known.fields.insert("school".to_owned(), "Örnek Lisesi, 2026".to_owned());
        let once = Actor { form: Some("bir-kere".to_owned()), ..desk() };
        let made = mend_row(&office, &once, list, 1, known.clone()).await.expect("mended");
        assert_eq!(mend_row(&office, &once, list, 1, known).await.expect("a double click"), made);
        let found = candidates(&office).await;
        assert_eq!(found.len(), 1, "{}", house.engine);
        assert!(found[0].data.e_registered_at.is_some(), "what the form does not ask for goes with it");
        assert_eq!(found[0].data.clearance_words, "MEB: (2); ASAL: (103); YÖKSİS: 160001 (0)");
        let gone = row_form(&office, &desk(), list, 1).await;
        assert!(matches!(gone, Err(ServiceError::NotFound)));

        // The other needs no mending, for a reason.
        dismiss_row(&office, &desk(), list, 2, "kapatılan program".to_owned()).await.expect("dismissed");
        let (_, figures) = taken(&fetch(&office, &desk()).await);
        assert_eq!(counts(&figures), [2, 0, 0, 0, 0, 2, 0]);
        assert_eq!((waiting_rows(&office).await, candidates(&office).await.len()), (0, 1));

        // Another fault of the same person is news.
        service.set(Does::Answer(owned(&[WRONG, &LOST.replace("Kadın", "?")]), 10));
        let (_, figures) = taken(&fetch(&office, &desk()).await);
        assert_eq!(counts(&figures), [2, 0, 0, 0, 1, 1, 0]);
    }
}

#[tokio::test]
async fn a_clerk_takes_the_rows_of_the_own_unit_and_touches_nobody_elses() {
    for house in House::all().await {
        house.furnish().await;
        let broken = ECE.replace("01/09/2007", "");
        let service = Service::with(&[ALI, ECE, WRONG], 10);
        let office = with(&house, &service);
        service.set(Does::Answer(owned(&[ALI, &broken, WRONG]), 10));
        let (all, _) = taken(&fetch(&office, &desk()).await);
        assert_eq!(open_placement(&office, &desk(), all).await.expect("rows").rows.len(), 2);
        let clerk = staff(1, Role::Clerk, 4);
        let run = fetch(&office, &clerk).await;
        let (_, figures) = taken(&run);
        assert_eq!(counts(&figures), [3, 0, 0, 0, 1, 0, 2], "{}", house.engine);
        let open = open_placement(&office, &desk(), all).await.expect("rows");
        assert_eq!(open.rows.len(), 1, "the row of the other faculty still waits where it was");

        let advisor = staff(1, Role::Advisor, 4);
        let refused = start_fetch(&office, &advisor, order()).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(Action::ImportPlacement))));
        let elsewhere = staff(7, Role::Clerk, 4);
        let hidden = show_fetch(&office, &elsewhere, run.job.id).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)));
        let hidden = cancel_fetch(&office, &elsewhere, run.job.id).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)));
        assert_eq!(list_fetches(&office, &clerk, 5).await.expect("fetches").len(), 2, "of the same account");
    }
}

#[tokio::test]
async fn a_service_that_fails_is_told_and_writes_nothing() {
    for house in House::all().await {
        house.furnish().await;
        let unset = Office { placements: None, ..house.office.clone() };
        let none = start_fetch(&unset, &desk(), order()).await.expect_err("no account is set");
        assert!(matches!(none, ServiceError::Invalid(wrong) if wrong[0].code == "service-not-configured"));
        let service = Service::with(&[ALI], 10);
        let office = with(&house, &service);
        for problem in [
            RemoteProblem::Unreachable,
            RemoteProblem::Refused,
            RemoteProblem::BusyFor { seconds: 90 },
            RemoteProblem::NotData,
        ] {
            service.set(Does::Fail(problem.clone()));
            let run = fetch(&office, &desk()).await;
            assert_eq!(run.job.state, "failed");
            match run.end {
                Some(FetchEnd::Failed { code, values }) => {
                    assert_eq!(code, problem.code(), "{}", house.engine);
                    assert_eq!(values.len(), problem.args().len());
                }
                other => panic!("{other:?}"),
            }
        }
        service.set(Does::Answer(Vec::new(), 10));
        assert_eq!(fetch(&office, &desk()).await.end, Some(FetchEnd::Nobody));
        assert!(candidates(&office).await.is_empty());
        assert!(list_placements(&office, &desk()).await.expect("lists").is_empty());

        // The settings went away between order and work.
        let job = start_fetch(&office, &desk(), order()).await.expect("ordered");
        run_fetches(&unset).await.expect("run");
        let run = show_fetch(&office, &desk(), job).await.expect("shown");
        assert!(matches!(run.end, Some(FetchEnd::Failed { code, .. }) if code == "not_configured"));
    }
}

#[tokio::test]
async fn pages_that_change_under_way_are_read_anew() {
    for house in House::all().await {
        house.furnish().await;
        let service = Service::with(&[], 10);
        let office = with(&house, &service);
        // The second page belongs to a longer list; the next pass meets that list twice.
        let (short, long) = (owned(&[ALI, ECE]), owned(&[ALI, ECE, MENDED]));
        service.set(Does::Change(
            vec![short.clone(), long.clone(), long.clone(), long.clone(), long.clone()],
            1,
        ));
        let (_, figures) = taken(&fetch(&office, &desk()).await);
        assert_eq!((figures.rows, figures.new), (3, 3), "{}", house.engine);

        service.asked.store(0, Ordering::SeqCst);
        let swapping = (0..20).map(|n| if n % 2 == 0 { short.clone() } else { long.clone() }).collect();
        service.set(Does::Change(swapping, 1));
        let run = fetch(&office, &desk()).await;
        assert!(matches!(run.end, Some(FetchEnd::Failed { code, .. }) if code == "changing"));
        // A row that moved to the next page while another left is one row.
        service.set(Does::Answer(owned(&[ALI, ALI]), 1));
        assert_eq!(taken(&fetch(&office, &desk()).await).1.rows, 1);
    }
}

#[tokio::test]
async fn a_fetch_that_dies_is_begun_anew_and_one_that_is_stopped_writes_nothing() {
    for house in House::all().await {
        house.furnish().await;
        let service = Service::with(&[], 1);
        let office = with(&house, &service);
        service.set(Does::Hang(owned(&[ALI, ECE]), 1));
        let job = start_fetch(&office, &desk(), order()).await.expect("ordered");
        die_at_the_second_page(&office, &service).await;
        let half = show_fetch(&office, &desk(), job).await.expect("shown");
        assert_eq!((half.job.state.as_str(), half.job.done, half.job.total), ("running", 1, 2));
        service.set(Does::Answer(owned(&[ALI, ECE]), 1));
        assert_eq!(run_fetches(&office).await.expect("run"), 0, "somebody may still be at it");
        house.clock.advance(Duration::from_secs(61));
        assert_eq!(run_fetches(&office).await.expect("run"), 1);
        let whole = show_fetch(&office, &desk(), job).await.expect("shown");
        assert_eq!(taken(&whole).1.new, 2, "{}", house.engine);
        assert_eq!(candidates(&office).await.len(), 2);

        service.set(Does::Hang(owned(&[ALI, ECE, MENDED]), 1));
        let job = start_fetch(&office, &desk(), order()).await.expect("ordered");
        die_at_the_second_page(&office, &service).await;
        assert!(cancel_fetch(&office, &desk(), job).await.expect("asked"));
        house.clock.advance(Duration::from_secs(61));
        run_fetches(&office).await.expect("run");
        let stopped = show_fetch(&office, &desk(), job).await.expect("shown");
        assert_eq!((stopped.job.state.as_str(), stopped.end), ("cancelled", None));
        assert!(!cancel_fetch(&office, &desk(), job).await.expect("asked"));
        assert_eq!(candidates(&office).await.len(), 2);
    }
}

/// A worker that is gone as soon as it waits for the second page.
async fn die_at_the_second_page(office: &Office, service: &Service) {
    tokio::select! {
        ended = run_fetches(office) => panic!("{ended:?}"),
        () = service.hangs.notified() => {}
    }
}

#[tokio::test]
async fn a_dry_run_looks_alone_and_the_console_waits_for_it() {
    for house in House::all().await {
        house.furnish().await;
        let service = Service::with(&[ALI, WRONG, ECE], 2);
        let office = with(&house, &service);
        let dry = FetchOrder { dry_run: true, ..order() };
        let job = start_fetch(&office, &desk(), dry.clone()).await.expect("ordered");
        run_fetches(&office).await.expect("run");
        let run = show_fetch(&office, &desk(), job).await.expect("shown");
        match run.end {
            Some(FetchEnd::Looked { figures }) => assert_eq!(counts(&figures), [3, 2, 0, 0, 1, 0, 0]),
            other => panic!("{other:?}"),
        }
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = {
            let told = Arc::clone(&told);
            move |progress: services::placement::fetch::FetchProgress| {
                told.lock().expect("lock").push((progress.done, progress.total));
            }
        };
        let seen = fetch_now(&office, &desk(), &dry, &tell).await.expect("an answer").expect("rows");
        let seen = seen.expect("somebody");
        assert_eq!((seen.list, seen.checked.faulty.len()), (None, 1));
        assert_eq!(told.lock().expect("lock").last(), Some(&(2, 2)));
        assert!(candidates(&office).await.is_empty(), "{}", house.engine);

        let done = fetch_now(&office, &desk(), &order(), &tell).await.expect("an answer").expect("rows");
        assert!(done.is_some_and(|fetched| fetched.list.is_some()));
        assert_eq!((candidates(&office).await.len(), waiting_rows(&office).await), (2, 1));
        service.set(Does::Fail(RemoteProblem::TimedOut));
        let failed = fetch_now(&office, &desk(), &order(), &tell).await.expect("an answer");
        assert_eq!(failed, Err(RemoteProblem::TimedOut));
    }
}

#[tokio::test]
async fn an_order_names_a_kind_of_the_service_or_a_way_of_entry() {
    let house = House::all().await.swap_remove(0);
    let office = &house.office;
    let words: Vec<String> = fetch_kinds(office, 2026).into_iter().map(|kind| kind.word).collect();
    assert!(["YKS", "YKS_EK", "DGS"].iter().all(|word| words.iter().any(|known| known == word)), "{words:?}");
    let of = |word: &str| order_of(office, word, 2026, false).map(|order| (order.kind.code(), order.words));
    assert_eq!(of("YKS_EK").expect("an order"), ("yks_additional", vec!["YKS_EK".to_owned()]));
    assert_eq!(of("yks").expect("an order"), ("yks", vec!["YKS".to_owned(), "YKS_MS".to_owned()]));
    for (word, year, field) in [("erasmus", 2026, "kind"), ("LGS", 2026, "kind"), ("YKS", 1900, "year")] {
        match order_of(office, word, year, false) {
            Err(ServiceError::Invalid(wrong)) => assert_eq!(wrong[0].field, field, "{word}"),
            other => panic!("{other:?}"),
        }
    }
    let unknown = show_fetch(office, &desk(), JobId::new(999)).await;
    assert!(matches!(unknown, Err(ServiceError::NotFound)));
}
