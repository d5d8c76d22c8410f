//! Orientation: invited, came by each of three ways, who did not come, and what was thought of it.

use std::time::Duration;

use base::{
    ids::{OrientationId, PersonId, SessionId, UnitId},
    time::{date_tr, local_date, time_tr},
};
use domain::{
    accounts::Role,
    enrolments::EnrolmentStatus::{Active, Provisional, Withdrawn},
    orientation::AttendanceChannel,
};
use services::{
    Action, Actor, ServiceError,
    authz::Assignment,
    documents::stored::Upload,
    orientation::{
        GiveFeedback, MakeOrientation, PlanSession, RenameOrientation, SessionPlan, Ticks, Whom,
        acknowledge_handbook, attend_by_number, attend_own, change_session, find_own_session, find_session,
        give_feedback, invite_students, keep_handbook, list_invitees, list_orientations, make_orientation,
        open_handbook, open_orientation, open_session, own_orientations, plan_session, remove_session,
        rename_orientation, tick_attendance, unopened_invitations,
    },
};

use storage::audit::AuditFilter;

use crate::house::House;

pub(crate) const FEN: UnitId = UnitId::new(2);
pub(crate) const IKT: UnitId = UnitId::new(4);
const HOUR: Duration = Duration::from_secs(60 * 60);

pub(crate) fn clerk(unit: UnitId) -> Actor {
    Actor {
        roles: vec![Assignment { role: Role::Clerk, unit: Some(unit), programme: None }],
        ..Actor::system("test")
    }
}

pub(crate) fn student(person: PersonId) -> Actor {
    Actor {
        person: Some(person),
        roles: vec![Assignment { role: Role::Student, unit: None, programme: None }],
        ..Actor::system("test")
    }
}

fn codes(error: ServiceError) -> Vec<String> {
    match error {
        ServiceError::Invalid(wrong) => wrong.iter().map(|e| format!("{}: {}", e.field, e.code)).collect(),
        other => panic!("{other:?}"),
    }
}

/// New students of the faculty FEN, and one of IKT.
pub(crate) struct Newcomers {
    pub(crate) işıl: PersonId,
    pub(crate) çağrı: PersonId,
    pub(crate) öykü: PersonId,
    pub(crate) other: PersonId,
    pub(crate) fen: OrientationId,
}

impl House {
    pub(crate) async fn newcomers(&self) -> Newcomers {
        self.furnish().await;
        let people = Newcomers {
            işıl: self.person("Işıl", "ÖRNEK").await,
            çağrı: self.person("Çağrı", "UYDURMA").await,
            öykü: self.person("Öykü", "ÇINAR").await,
            other: self.person("Barış", "ÖTEKİ").await,
            fen: OrientationId::new(0),
        };
        self.enrol(people.işıl, "240010001", 1, Active).await;
        self.enrol(people.çağrı, "240010002", 1, Provisional).await;
        self.enrol(people.other, "240020001", 2, Active).await;
        let gone = self.person("Deniz", "GİTMİŞ").await;
        self.enrol(gone, "240010009", 1, Withdrawn).await;
        for number in ["240010001", "240010002", "240010009", "240020001"] {
            self.index(number).await;
        }
        let made = MakeOrientation {
            unit: "FEN".to_owned(),
            year: "2024".to_owned(),
            name_tr: "Hoş geldiniz".to_owned(),
            name_en: "Welcome".to_owned(),
            rules_url: String::new(),
        };
        let fen = make_orientation(&self.office, &clerk(FEN), made).await.expect("an orientation");
        Newcomers { fen, ..people }
    }

    /// Puts an enrolment into the index, as every registration does.
    async fn index(&self, number: &'static str) {
        let permit =
            services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, self.office.now(), "test");
        let done = self.office.db.write(move |tx| {
            let enrolment = storage::enrolments::find_by_number(tx, number)?.expect("an enrolment");
            storage::search::refresh(tx, &permit, enrolment.id)
        });
        done.await.expect("an index");
    }

    /// A session that begins in an hour and takes two.
    fn plan(&self, title: &str, is_repeat: bool) -> SessionPlan {
        let at = |hours: u32| self.office.now().checked_add(HOUR * hours).expect("in range");
        SessionPlan {
            title_tr: title.to_owned(),
            title_en: title.to_owned(),
            place: "Mavi Salon".to_owned(),
            speaker: String::new(),
            day: date_tr(local_date(at(1))),
            starts: time_tr(at(1)),
            ends: time_tr(at(3)),
            is_repeat,
        }
    }

    pub(crate) async fn session(&self, of: OrientationId, title: &str, is_repeat: bool) -> SessionId {
        let form = PlanSession { of, plan: self.plan(title, is_repeat) };
        plan_session(&self.office, &clerk(FEN), form).await.expect("a session")
    }

    /// Says where the regulations stand.
    pub(crate) async fn rules(&self, of: OrientationId) {
        let rules = RenameOrientation {
            id: of,
            version: 1,
            name_tr: "Hoş geldiniz".to_owned(),
            name_en: "Welcome".to_owned(),
            rules_url: "https://ornek.example.invalid/yonetmelikler".to_owned(),
        };
        rename_orientation(&self.office, &clerk(FEN), rules).await.expect("an address");
    }

    async fn expected(&self, session: SessionId) -> Vec<String> {
        let opened = open_session(&self.office, &clerk(FEN), session).await.expect("a session");
        opened.expected.into_iter().map(|one| one.number).collect()
    }

    async fn absent(&self, of: OrientationId) -> Vec<String> {
        let (_, all) = list_invitees(&self.office, &clerk(FEN), of, Whom::Absent).await.expect("a list");
        all.into_iter().map(|one| one.number).collect()
    }

    async fn key(&self, session: SessionId) -> String {
        let found = find_session(&self.office, &clerk(FEN), session).await.expect("a session");
        let url = found.attend_url(&self.office);
        let key = url.rsplit('/').next().expect("a key").to_owned();
        assert_eq!((key.len(), found.session.attend_key.as_str()), (32, key.as_str()));
        assert!(url.starts_with("https://kunye.example.invalid/oryantasyon/katil/"));
        assert!(!format!("{found:?}").contains(&key), "kept out of logs");
        key
    }
}

#[tokio::test]
async fn new_students_are_invited_once_and_late_comers_with_the_next_call() {
    for house in House::all().await {
        let people = house.newcomers().await;
        let (office, desk) = (&house.office, clerk(FEN));
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!((page.uninvited, page.figures.invited), (2, 0), "{}", house.engine);
        assert_eq!(invite_students(office, &desk, people.fen).await.expect("invited"), 2);
        assert_eq!(invite_students(office, &desk, people.fen).await.expect("nobody new"), 0);
        house.enrol(people.öykü, "240010003", 1, Active).await;
        house.index("240010003").await;
        assert_eq!(invite_students(office, &desk, people.fen).await.expect("the late one"), 1);
        let (_, all) = list_invitees(office, &desk, people.fen, Whom::Everybody).await.expect("a list");
        let numbers: Vec<&str> = all.iter().map(|one| one.number.as_str()).collect();
        // In Turkish order of the surnames: ÇINAR, ÖRNEK, UYDURMA.
        assert_eq!(numbers, ["240010003", "240010001", "240010002"]);
        // Somebody of another faculty may not know of it.
        for refused in [
            invite_students(office, &clerk(IKT), people.fen).await.map(drop),
            open_orientation(office, &clerk(IKT), people.fen).await.map(drop),
        ] {
            assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        }
        assert!(list_orientations(office, &clerk(IKT), None).await.expect("a list").is_empty());
        assert_eq!(list_orientations(office, &desk, Some(2024)).await.expect("a list").len(), 1);
        assert!(list_orientations(office, &desk, Some(2023)).await.expect("a list").is_empty());
    }
}

#[tokio::test]
async fn attendance_is_one_by_list_by_number_and_by_phone() {
    for house in House::all().await {
        let people = house.newcomers().await;
        let (office, desk) = (&house.office, clerk(FEN));
        invite_students(office, &desk, people.fen).await.expect("invited");
        let session = house.session(people.fen, "Kayıt ve dersler", false).await;
        let key = house.key(session).await;
        assert_eq!(house.absent(people.fen).await, ["240010001", "240010002"], "{}", house.engine);

        // By phone: only while the session lets people in, only by whom it is for.
        let işıl = student(people.işıl);
        let own = find_own_session(office, &işıl, key.clone()).await.expect("a session");
        assert!(!own.is_open && own.came_at.is_none());
        assert_eq!(
            codes(attend_own(office, &işıl, key.clone()).await.expect_err("an hour early")),
            ["key: session-is-closed"]
        );
        house.clock.advance(HOUR - Duration::from_secs(15 * 60));
        assert!(attend_own(office, &işıl, key.clone()).await.expect("came"));
        assert!(!attend_own(office, &işıl, key.clone()).await.expect("twice is once"));
        assert!(matches!(
            attend_own(office, &student(people.other), key.clone()).await,
            Err(ServiceError::NotFound)
        ));
        assert!(matches!(attend_own(office, &işıl, "yok".to_owned()).await, Err(ServiceError::NotFound)));
        assert!(matches!(
            attend_own(office, &desk, key.clone()).await,
            Err(ServiceError::Forbidden(Action::KeepOwnRecord))
        ));
        let looking = Actor { read_only: true, ..işıl.clone() };
        assert!(attend_own(office, &looking, key.clone()).await.is_err());

        // By number: the same person again is no second attendance; a late-comer is invited at the door.
        let number = |number: &str| attend_by_number(office, &desk, session, number.to_owned());
        assert!(!number("240010001").await.expect("known"));
        assert!(number(" 240010002 ").await.expect("came"));
        assert_eq!(codes(number("").await.expect_err("empty")), ["number: required"]);
        assert_eq!(codes(number("999").await.expect_err("nobody")), ["number: number-unknown"]);
        assert_eq!(codes(number("240020001").await.expect_err("elsewhere")), ["number: not-invited"]);
        house.enrol(people.öykü, "240010003", 1, Active).await;
        house.index("240010003").await;
        assert!(number("240010003").await.expect("registered this morning"));

        // By list: what was ticked and is not any longer goes, what somebody else noted meanwhile stays.
        let ticks = |before: &[&str], now: &[&str]| Ticks {
            session,
            before: before.iter().map(|n| (*n).to_owned()).collect(),
            now: now.iter().map(|n| (*n).to_owned()).collect(),
        };
        let done =
            tick_attendance(office, &desk, ticks(&["240010002"], &["240010001"])).await.expect("ticked");
        assert_eq!(done, (0, 1), "the one known stays one, the other was a mistake");
        let done = tick_attendance(office, &desk, ticks(&[], &["240010002"])).await.expect("ticked");
        assert_eq!(done, (1, 0));
        let stranger = tick_attendance(office, &desk, ticks(&[], &["240020001"])).await;
        assert_eq!(codes(stranger.expect_err("not on the list")), ["students: not-invited"]);

        let opened = open_session(office, &desk, session).await.expect("a session");
        let mut channels: Vec<AttendanceChannel> = opened.came.iter().map(|came| came.channel).collect();
        channels.sort();
        assert_eq!(channels, [AttendanceChannel::List, AttendanceChannel::Number, AttendanceChannel::Qr]);
        assert_eq!(opened.session.came, 3);
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!((page.figures.invited, page.figures.came), (3, 3));
        // What people came to stays in the programme.
        let refused = remove_session(office, &desk, session, opened.session.version).await;
        assert_eq!(codes(refused.expect_err("attended")), ["session: session-was-attended"]);
        // After its end nobody comes any more.
        house.clock.advance(3 * HOUR);
        let own = find_own_session(office, &student(people.çağrı), key).await.expect("a session");
        assert!(!own.is_open && own.came_at.is_some());
    }
}

#[tokio::test]
async fn a_repeat_is_for_those_who_did_not_come() {
    for house in House::all().await {
        let people = house.newcomers().await;
        let (office, desk) = (&house.office, clerk(FEN));
        invite_students(office, &desk, people.fen).await.expect("invited");
        let first = house.session(people.fen, "Açılış", false).await;
        attend_by_number(office, &desk, first, "240010001".to_owned()).await.expect("came");
        assert_eq!(house.absent(people.fen).await, ["240010002"], "{}", house.engine);
        let repeat = house.session(people.fen, "Açılış, yineleme", true).await;
        assert_eq!(house.expected(first).await, ["240010001", "240010002"]);
        assert_eq!(house.expected(repeat).await, ["240010002"]);
        let programme = |own: Vec<services::orientation::OwnOrientation>| {
            own.iter().flat_map(|own| own.sessions.iter().map(|s| s.id)).collect::<Vec<_>>()
        };
        let own = own_orientations(office, &student(people.işıl)).await.expect("own");
        assert_eq!(programme(own), [first]);
        let own = own_orientations(office, &student(people.çağrı)).await.expect("own");
        assert_eq!(programme(own), [first, repeat]);
        attend_by_number(office, &desk, repeat, "240010002".to_owned()).await.expect("came");
        assert!(house.absent(people.fen).await.is_empty());
        let whom = |numbers: Vec<services::orientation::Invitee>| numbers.len();
        let (_, came) = list_invitees(office, &desk, people.fen, Whom::Came).await.expect("a list");
        assert_eq!(whom(came), 2);
        assert_eq!(house.expected(repeat).await, ["240010002"], "who came to it stays on its list");
    }
}

#[tokio::test]
async fn a_student_answers_for_the_own_record_alone() {
    for house in House::all().await {
        let people = house.newcomers().await;
        let (office, desk) = (&house.office, clerk(FEN));
        let (işıl, other) = (student(people.işıl), student(people.other));
        assert!(own_orientations(office, &işıl).await.expect("nothing yet").is_empty());
        invite_students(office, &desk, people.fen).await.expect("invited");
        // The start page tells of it until it was opened.
        assert_eq!(unopened_invitations(office, &işıl).await.expect("one")[0].tr, "Hoş geldiniz");
        let seen = own_orientations(office, &işıl).await.expect("own");
        assert!(unopened_invitations(office, &işıl).await.expect("none").is_empty());
        assert_eq!(seen.len(), 1);
        let own = &own_orientations(office, &işıl).await.expect("own")[0];
        assert_eq!(own.invitation.seen_at, Some(office.now()), "{}", house.engine);
        assert!(own_orientations(office, &other).await.expect("none").is_empty());
        assert!(matches!(own_orientations(office, &desk).await, Err(ServiceError::Forbidden(_))));

        for refused in [
            acknowledge_handbook(office, &other, people.fen).await,
            acknowledge_handbook(office, &student(people.öykü), people.fen).await,
        ] {
            assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        }
        let nothing = acknowledge_handbook(office, &işıl, people.fen).await.expect_err("nothing to read");
        assert_eq!(codes(nothing), ["handbook: nothing-to-read"]);
        house.rules(people.fen).await;
        acknowledge_handbook(office, &işıl, people.fen).await.expect("read");
        let read_at = office.now();
        house.clock.advance(HOUR);
        acknowledge_handbook(office, &işıl, people.fen).await.expect("once more is nothing");
        let own = &own_orientations(office, &işıl).await.expect("own")[0];
        assert_eq!(own.invitation.handbook_read_at, Some(read_at));

        let answer = |score: &str, words: &str| GiveFeedback {
            of: people.fen,
            score: score.to_owned(),
            words: words.to_owned(),
        };
        assert_eq!(
            codes(give_feedback(office, &işıl, answer("5", "")).await.expect_err("was not there")),
            ["score: feedback-needs-attendance"]
        );
        let session = house.session(people.fen, "Açılış", false).await;
        for number in ["240010001", "240010002"] {
            attend_by_number(office, &desk, session, number.to_owned()).await.expect("came");
        }
        for wrong in ["0", "6", "4,5", ""] {
            let refused = give_feedback(office, &işıl, answer(wrong, "")).await;
            assert_eq!(codes(refused.expect_err("no score")), ["score: score-range"], "{wrong}");
        }
        assert!(matches!(give_feedback(office, &other, answer("5", "")).await, Err(ServiceError::NotFound)));
        give_feedback(office, &işıl, answer("2", "")).await.expect("said");
        give_feedback(office, &işıl, answer("5", " Çok yararlıydı. ")).await.expect("said otherwise");
        give_feedback(office, &student(people.çağrı), answer("4", "")).await.expect("said");
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        // Two answers are two people whom everybody knows.
        assert_eq!((page.feedback.figures.count, page.feedback.figures.average_tenths), (2, None));
        assert!(page.feedback.is_withheld() && page.feedback.words.is_empty());
        assert_eq!((page.figures.came, page.figures.read), (2, 1));
        for (n, words) in [(3, "Çağrı ile geldik"), (4, "Numaram 240010004"), (5, "")] {
            let number: &'static str = ["240010003", "240010004", "240010005"][n - 3];
            let person = if n == 3 { people.öykü } else { house.person("Ece", "SEZER").await };
            house.enrol(person, number, 1, Active).await;
            house.index(number).await;
            attend_by_number(office, &desk, session, number.to_owned()).await.expect("came");
            give_feedback(office, &student(person), answer("3", words)).await.expect("said");
        }
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!((page.feedback.figures.count, page.feedback.figures.average_tenths), (5, Some(36)));
        assert_eq!(page.feedback.words, ["Numaram […]", "[…] ile geldik", "Çok yararlıydı."]);
        // Nor is anybody named who has left since, nor in small letters.
        give_feedback(office, &işıl, answer("5", "öyküden ve çağrı’dan sıkıldım")).await.expect("said");
        let left = storage::enrolments::find_by_number;
        let left = office.db.read(move |db| left(db, "240010003")).await.expect("a look").expect("there");
        let kind = domain::ledger::LedgerKind::StatusChanged;
        house.becomes(left.id, office.today(), kind, Withdrawn).await;
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!(page.feedback.words, ["Numaram […]", "[…] ile geldik", "[…] ve […]’dan sıkıldım"]);
    }
}

#[tokio::test]
async fn the_programme_is_checked_and_the_handbook_is_for_the_invited() {
    for house in House::all().await {
        let people = house.newcomers().await;
        let (office, desk) = (&house.office, clerk(FEN));
        let made = |unit: &str, year: &str, name: &str| MakeOrientation {
            unit: unit.to_owned(),
            year: year.to_owned(),
            name_tr: name.to_owned(),
            name_en: name.to_owned(),
            rules_url: if name.trim().is_empty() { "yonetmelik".to_owned() } else { String::new() },
        };
        let refused = |form| make_orientation(office, &desk, form);
        assert_eq!(
            codes(refused(made("YOK", "gelecek", " ")).await.expect_err("nothing is right")),
            [
                "name_tr: required",
                "name_en: required",
                "rules_url: web-address-form",
                "year: orientation-year",
                "unit: unit-unknown"
            ]
        );
        assert_eq!(
            codes(refused(made("FEN", "2024", "Hoş  geldiniz")).await.expect_err("there already")),
            ["name_tr: orientation-there"]
        );
        assert!(matches!(refused(made("IKT", "2024", "Merhaba")).await, Err(ServiceError::Forbidden(_))));
        let rename = RenameOrientation {
            id: people.fen,
            version: 1,
            name_tr: "Uyum haftası".to_owned(),
            name_en: "Orientation week".to_owned(),
            rules_url: "https://www.ornek.example.invalid/yonetmelikler".to_owned(),
        };
        rename_orientation(office, &desk, rename.clone()).await.expect("renamed");
        assert!(matches!(rename_orientation(office, &desk, rename).await, Err(ServiceError::Stale)));
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!(page.of.rules_url, "https://www.ornek.example.invalid/yonetmelikler");

        let wrong = SessionPlan {
            title_tr: String::new(),
            day: "yarın".to_owned(),
            starts: "10.00".to_owned(),
            ends: "09:30".to_owned(),
            ..house.plan("Açılış", false)
        };
        let planned = plan_session(office, &desk, PlanSession { of: people.fen, plan: wrong }).await;
        assert_eq!(
            codes(planned.expect_err("nothing is right")),
            ["title_tr: required", "day: date-form", "ends: session-ends-before-it-starts"],
            "{}",
            house.engine
        );
        let session = house.session(people.fen, "Açılış", false).await;
        let plan = SessionPlan { place: "Açık hava".to_owned(), ..house.plan("Açılış", false) };
        change_session(office, &desk, session, 1, plan.clone()).await.expect("changed");
        assert!(matches!(change_session(office, &desk, session, 1, plan).await, Err(ServiceError::Stale)));
        assert!(matches!(remove_session(office, &desk, session, 1).await, Err(ServiceError::Stale)));
        remove_session(office, &desk, session, 2).await.expect("removed");
        assert!(matches!(find_session(office, &desk, session).await, Err(ServiceError::NotFound)));
        let day = office.db.read(move |db| storage::orientation::day_of_session(db, session)).await;
        assert!(day.expect("a look").is_some(), "its row stays for the papers that name it");

        let pdf = || Some(Upload { bytes: b"%PDF-1.7 el kitabi".to_vec() });
        let text = Some(Upload { bytes: b"el kitabi".to_vec() });
        assert_eq!(
            codes(keep_handbook(office, &desk, people.fen, 2, text).await.expect_err("no PDF")),
            ["handbook: file-not-pdf-or-image"]
        );
        assert!(matches!(
            keep_handbook(office, &clerk(IKT), people.fen, 2, pdf()).await,
            Err(ServiceError::NotFound)
        ));
        assert!(matches!(open_handbook(office, &desk, people.fen).await, Err(ServiceError::NotFound)));
        keep_handbook(office, &desk, people.fen, 2, pdf()).await.expect("kept");
        let işıl = student(people.işıl);
        assert!(open_handbook(office, &işıl, people.fen).await.is_err(), "not invited yet");
        invite_students(office, &desk, people.fen).await.expect("invited");
        // What was acknowledged is this handbook; a newer one is to be read anew.
        let read =
            |own: Vec<services::orientation::OwnOrientation>| own[0].invitation.handbook_read_at.is_some();
        acknowledge_handbook(office, &işıl, people.fen).await.expect("read");
        assert!(read(own_orientations(office, &işıl).await.expect("own")));
        keep_handbook(office, &desk, people.fen, 3, pdf()).await.expect("kept anew");
        assert!(!read(own_orientations(office, &işıl).await.expect("own")));
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!(page.figures.read, 0);
        acknowledge_handbook(office, &işıl, people.fen).await.expect("read");
        assert!(read(own_orientations(office, &işıl).await.expect("own")));
        // Which one was read each time is told afterwards, too.
        let person = Some(people.işıl);
        let log = AuditFilter { person, limit: 20, ..AuditFilter::default() };
        let log = office.db.read(move |db| storage::audit::list(db, &log)).await.expect("a log");
        let acts = log.iter().filter(|line| line.action == "acknowledge_handbook");
        let read: std::collections::HashSet<&str> =
            acts.filter_map(|line| line.detail.rsplit("handbook=").next()).collect();
        assert_eq!(read.len(), 2, "{read:?}");
        assert!(read.iter().all(|file| file.parse::<i64>().is_ok()), "{read:?}");
        for reader in [&desk, &işıl] {
            let (mime, bytes) = open_handbook(office, reader, people.fen).await.expect("a handbook");
            assert_eq!((mime.as_str(), bytes.len()), ("application/pdf", 18));
        }
    }
}

#[tokio::test]
async fn whoever_left_is_no_absentee() {
    for house in House::all().await {
        let people = house.newcomers().await;
        let (office, desk) = (&house.office, clerk(FEN));
        let gone = house.enrol(people.öykü, "240010003", 1, Active).await;
        house.index("240010003").await;
        invite_students(office, &desk, people.fen).await.expect("invited");
        assert_eq!(house.absent(people.fen).await.len(), 3, "{}", house.engine);
        let day = office.today();
        house.becomes(gone, day, domain::ledger::LedgerKind::StatusChanged, Withdrawn).await;
        assert_eq!(house.absent(people.fen).await, ["240010001", "240010002"]);
        let page = open_orientation(office, &desk, people.fen).await.expect("a page");
        assert_eq!((page.figures.invited, page.figures.came), (2, 0));
    }
}
