//! Dated windows: who may set them, what is asked about, and which of them counts.

use base::{
    ids::{UnitId, WindowId},
    time::Date,
};
use domain::{accounts::Role, enrolments::EntryKind, registration::WindowKind};
use services::{
    Action, Actor, ServiceError,
    authz::Assignment,
    windows::{
        ChangeWindow, EnterWindow, WindowState, WithdrawWindow, change_window, enter_window, find_window,
        list_windows, list_withdrawn, window_history, withdraw_window,
    },
};

use crate::house::House;

/// Units of [`House::furnish`].
const FEN: UnitId = UnitId::new(2);
const BIL: UnitId = UnitId::new(3);
const IKT: UnitId = UnitId::new(4);

/// Somebody of the staff with one role in a unit.
fn staff(role: Role, unit: Option<UnitId>) -> Actor {
    Actor { roles: vec![Assignment { role, unit, programme: None }], ..Actor::system("test") }
}

fn window(unit: &str, entry: Option<EntryKind>, opens: &str, closes: &str) -> EnterWindow {
    EnterWindow {
        kind: Some(WindowKind::Registration),
        unit: unit.to_owned(),
        term: None,
        entry_kind: entry,
        opens_on: opens.to_owned(),
        closes_on: closes.to_owned(),
        source: "Senato kararı 2026/41".to_owned(),
        overlap_ok: false,
    }
}

/// `field: code` of what must be mended.
fn codes(error: ServiceError) -> Vec<String> {
    match error {
        ServiceError::Invalid(wrong) => wrong.iter().map(|e| format!("{}: {}", e.field, e.code)).collect(),
        other => panic!("{other:?}"),
    }
}

impl House {
    async fn enter(&self, form: EnterWindow) -> WindowId {
        enter_window(&self.office, &Actor::system("test"), form).await.expect("a window")
    }

    /// The window that counts on a day, and no other.
    async fn counts(&self, unit: UnitId, entry: Option<EntryKind>, day: Date) -> Option<WindowId> {
        let found = self
            .office
            .db
            .read(move |db| storage::windows::counting(db, WindowKind::Registration, unit, entry, day))
            .await;
        found.expect("a look").map(|window| window.id)
    }
}

#[tokio::test]
async fn the_narrowest_window_counts_then_the_way_of_entry_then_the_next_to_open() {
    for house in House::all().await {
        house.furnish().await;
        let day = Date::constant(2026, 9, 3);
        assert_eq!(house.counts(BIL, None, day).await, None, "{}", house.engine);
        let all = house.enter(window("", None, "01.09.2026", "05.09.2026")).await;
        for unit in [FEN, BIL, IKT] {
            assert_eq!(house.counts(unit, None, day).await, Some(all));
        }
        // A unit's own before the institution's, for what lies below it too; the other faculty keeps the general one.
        let faculty = house.enter(window("FEN", None, "10.09.2026", "12.09.2026")).await;
        assert_eq!(house.counts(BIL, None, day).await, Some(faculty));
        assert_eq!(house.counts(IKT, None, day).await, Some(all));
        let department = house.enter(window("BIL", None, "14.09.2026", "15.09.2026")).await;
        assert_eq!(house.counts(BIL, None, day).await, Some(department));
        assert_eq!(house.counts(FEN, None, day).await, Some(faculty));
        // A way of entry before all, in the same unit; not before a narrower unit.
        let dgs = house.enter(window("FEN", Some(EntryKind::Dgs), "20.09.2026", "22.09.2026")).await;
        assert_eq!(house.counts(FEN, Some(EntryKind::Dgs), day).await, Some(dgs));
        assert_eq!(house.counts(FEN, Some(EntryKind::Yks), day).await, Some(faculty));
        assert_eq!(house.counts(BIL, Some(EntryKind::Dgs), day).await, Some(department));
        // Of two alike the open one, then the next to open, then the one that closed last.
        let second = house.enter(window("IKT", None, "20.09.2026", "25.09.2026")).await;
        let first = house.enter(window("IKT", None, "08.09.2026", "09.09.2026")).await;
        assert_eq!(house.counts(IKT, None, day).await, Some(first));
        assert_eq!(house.counts(IKT, None, Date::constant(2026, 9, 8)).await, Some(first));
        assert_eq!(house.counts(IKT, None, Date::constant(2026, 9, 12)).await, Some(second));
        assert_eq!(house.counts(IKT, None, Date::constant(2026, 9, 22)).await, Some(second));
        assert_eq!(house.counts(IKT, None, Date::constant(2026, 10, 1)).await, Some(second));
        // One of last year is not what counts this year, and one that was withdrawn never.
        assert_eq!(house.counts(BIL, None, Date::constant(2025, 9, 3)).await, Some(department));
        let row = find_window(&house.office, &Actor::system("test"), second).await.expect("a window").window;
        let form = WithdrawWindow { window: second, version: row.version, reason: "Ertelendi".to_owned() };
        withdraw_window(&house.office, &Actor::system("test"), form).await.expect("withdrawn");
        assert_eq!(house.counts(IKT, None, Date::constant(2026, 9, 22)).await, Some(first));
    }
}

#[tokio::test]
async fn a_window_is_checked_and_one_like_it_is_asked_about() {
    for house in House::all().await {
        house.furnish().await;
        let (office, desk) = (&house.office, Actor::system("test"));
        let empty = EnterWindow { kind: None, source: "  ".to_owned(), ..window("", None, "1 eylül", "") };
        assert_eq!(
            codes(enter_window(office, &desk, empty).await.expect_err("nothing is right")),
            ["kind: required", "opens_on: date-form", "source: required"],
            "{}",
            house.engine
        );
        let turned = window("", None, "05.09.2026", "04.09.2026");
        assert_eq!(
            codes(enter_window(office, &desk, turned).await.expect_err("turned")),
            ["closes_on: window-closes-before-it-opens"]
        );
        let nowhere = window("YOK", None, "01.09.2026", "05.09.2026");
        assert_eq!(
            codes(enter_window(office, &desk, nowhere).await.expect_err("nowhere")),
            ["unit: unit-unknown"]
        );
        let first = house.enter(window("FEN", None, "01.09.2026", "05.09.2026")).await;
        // One day alone is a window; the same days for another way of entry are another window.
        house.enter(window("FEN", Some(EntryKind::Amnesty), "05.09.2026", "05.09.2026")).await;
        let again = window("FEN", None, "05.09.2026", "09.09.2026");
        assert_eq!(
            codes(enter_window(office, &desk, again.clone()).await.expect_err("asked")),
            ["overlap_ok: window-overlaps"]
        );
        let second = house.enter(EnterWindow { overlap_ok: true, ..again }).await;
        // A change is asked about as well, but not because of the window itself.
        let change = |window, version, opens: &str, closes: &str| ChangeWindow {
            window,
            version,
            opens_on: opens.to_owned(),
            closes_on: closes.to_owned(),
            source: "Rektörlük duyurusu".to_owned(),
            overlap_ok: false,
        };
        change_window(office, &desk, change(first, 1, "01.09.2026", "04.09.2026")).await.expect("changed");
        assert!(matches!(
            change_window(office, &desk, change(first, 1, "01.09.2026", "03.09.2026")).await,
            Err(ServiceError::Stale)
        ));
        assert_eq!(
            codes(
                change_window(office, &desk, change(second, 1, "04.09.2026", "09.09.2026"))
                    .await
                    .expect_err("asked")
            ),
            ["overlap_ok: window-overlaps"]
        );
        let line = find_window(office, &desk, first).await.expect("a window");
        assert_eq!((line.window.version, line.window.source.as_str()), (2, "Rektörlük duyurusu"));
        // What it said before is not lost, nor is what was taken back.
        let history = window_history(office, &desk, first).await.expect("a history");
        let past: Vec<_> = history.past.iter().map(|past| (past.closes_on, past.source.as_str())).collect();
        assert_eq!(past, [(Date::constant(2026, 9, 5), "Senato kararı 2026/41")]);
        assert_eq!(history.withdrawal, None);
        let form = WithdrawWindow { window: second, version: 1, reason: "Karar iptal".to_owned() };
        withdraw_window(office, &desk, form).await.expect("withdrawn");
        let gone = list_withdrawn(office, &desk).await.expect("a list");
        assert_eq!(gone.len(), 1);
        assert_eq!((gone[0].line.window.id, gone[0].withdrawal.reason.as_str()), (second, "Karar iptal"));
        let history = window_history(office, &desk, second).await.expect("a history");
        assert_eq!(history.withdrawal.expect("withdrawn").reason, "Karar iptal");
        // The clock says 23 November 2026.
        assert_eq!(line.state, WindowState::Over);
        house.enter(window("IKT", None, "20.11.2026", "23.11.2026")).await;
        house.enter(window("BIL", None, "24.11.2026", "30.11.2026")).await;
        let states: Vec<&str> =
            list_windows(office, &desk).await.expect("a list").iter().map(|line| line.state.code()).collect();
        assert_eq!(states, ["over", "over", "open", "soon"]);
    }
}

#[tokio::test]
async fn a_unit_sets_its_own_windows_and_the_institution_those_of_all() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let (chief, clerk) = (staff(Role::Chief, Some(FEN)), staff(Role::Clerk, Some(FEN)));
        let general = house.enter(window("", None, "01.09.2026", "05.09.2026")).await;
        let own = window("BIL", None, "01.09.2026", "05.09.2026");
        let own = enter_window(office, &chief, own).await.expect("below the own unit");
        for (who, unit) in [(&chief, ""), (&chief, "IKT"), (&clerk, "FEN")] {
            let refused = enter_window(office, who, window(unit, None, "06.09.2026", "07.09.2026")).await;
            assert!(
                matches!(refused, Err(ServiceError::Forbidden(Action::ChangeWindows))),
                "{} {unit}: {refused:?}",
                house.engine
            );
        }
        let form = |window| WithdrawWindow { window, version: 1, reason: "Yanlış girildi".to_owned() };
        assert!(matches!(
            withdraw_window(office, &chief, form(general)).await,
            Err(ServiceError::Forbidden(Action::ChangeWindows))
        ));
        // Everybody of the staff sees all dates, and which of them may be changed.
        let may: Vec<bool> =
            list_windows(office, &chief).await.expect("a list").iter().map(|line| line.may_change).collect();
        assert_eq!(may, [false, true]);
        let student = Actor { person: None, ..staff(Role::Student, None) };
        assert!(matches!(list_windows(office, &student).await, Err(ServiceError::Forbidden(_))));
        withdraw_window(office, &chief, form(own)).await.expect("withdrawn");
        assert!(matches!(withdraw_window(office, &chief, form(own)).await, Err(ServiceError::NotFound)));
        assert_eq!(list_windows(office, &chief).await.expect("a list").len(), 1);
    }
}

#[tokio::test]
async fn the_desk_reads_the_days_for_registration_through_e_devlet() {
    for house in House::all().await {
        crate::first_day::placed(&house).await;
        let office = &house.office;
        let ali = crate::first_day::candidate(office, "10000000146").await;
        let there = office.db.read(move |db| storage::candidates::fetch(db, ali)).await;
        let mut data = there.expect("read").expect("a candidate").data;
        data.e_registered_at = Some(office.now());
        data.programme = base::ids::ProgrammeId::new(2);
        let came = testkit::candidates::place(&office.db, office.now(), vec![data]).await[0];
        let desk = Actor::system("test");
        let found = async || {
            let opened = services::registration::open_candidate(office, &desk, came).await.expect("opened");
            let codes = opened.desk.assessment.findings.iter().map(|f| f.code.to_string());
            codes.filter(|code| code.starts_with("desk-e-window")).collect::<Vec<_>>()
        };
        // Without days for it nothing is checked; with days that are over a person looks; with the right ones it is fine.
        assert_eq!(found().await, Vec::<String>::new(), "{}", house.engine);
        let days = EnterWindow {
            kind: Some(WindowKind::ERegistration),
            ..window("", None, "01.10.2026", "05.10.2026")
        };
        let id = house.enter(days).await;
        assert_eq!(found().await, ["desk-e-window-outside"]);
        let change = ChangeWindow {
            window: id,
            version: 1,
            opens_on: "01.11.2026".to_owned(),
            closes_on: "30.11.2026".to_owned(),
            source: "YÖK duyurusu 2026/9".to_owned(),
            overlap_ok: false,
        };
        change_window(office, &desk, change).await.expect("changed");
        assert_eq!(found().await, ["desk-e-window-within"]);
        let history = window_history(office, &desk, id).await.expect("a history");
        assert_eq!(history.past.len(), 1, "what it said before stays");
        assert_eq!(history.past[0].source, "Senato kararı 2026/41");
    }
}
