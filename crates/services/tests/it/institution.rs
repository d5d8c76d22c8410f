//! Dated names and offices of units, and the pages that show them, on both engines.

use base::ids::StaffId;
use domain::{accounts::Role, units::Office as Post};
use services::{
    Action, Actor, Office, ServiceError,
    authz::Assignment,
    institution::{
        Appoint, EndAppointment, Rename, appoint, end_appointment, find_unit, list_units, name_unit,
        show_programme, show_unit, staff_choices, workplace,
    },
    records::{Checked, apply_records},
    students::{
        columns::StudentColumn,
        find::{StudentQuery, find_students},
    },
};
use storage::audit::AuditFilter;
use testkit::{RecordsFolder, TestOffice};

/// Offices with the small records: one faculty MÜH with departments BLM and EEM.
async fn houses() -> Vec<TestOffice> {
    let folder = RecordsFolder::small();
    let mut houses = TestOffice::all().await;
    for house in &mut houses {
        let checked = apply_records(&house.office, &house.console(), folder.path(), Box::new(|_| {}))
            .await
            .expect("import");
        assert!(matches!(checked, Checked::Sound(_)));
    }
    houses
}

fn codes(error: &ServiceError) -> Vec<String> {
    let ServiceError::Invalid(wrong) = error else { panic!("{error:?}") };
    wrong.iter().map(|w| format!("{}: {}", w.field, w.code)).collect()
}

fn actor(role: Role) -> Actor {
    Actor { roles: vec![Assignment { role, unit: None, programme: None }], ..Actor::system("test") }
}

async fn log(office: &Office, action: &str) -> Vec<String> {
    let filter = AuditFilter { action: action.to_owned(), limit: 10, ..AuditFilter::default() };
    let lines = office.db.read(move |db| storage::audit::list(db, &filter)).await.expect("log");
    lines.into_iter().map(|line| format!("{} | {}", line.detail, line.reason.unwrap_or_default())).collect()
}

fn naming(tr: &str, from: &str) -> Rename {
    Rename {
        code: "MÜH".to_owned(),
        name_tr: tr.to_owned(),
        name_en: "Faculty of Engineering and Architecture".to_owned(),
        valid_from: from.to_owned(),
        reason: "YÖK yazısı 1182".to_owned(),
    }
}

#[tokio::test]
async fn a_name_counts_from_its_day_and_the_one_before_until_then() {
    for house in houses().await {
        let (office, console) = (&house.office, house.console());
        name_unit(office, &console, naming(" Mühendislik  ve Mimarlık Fakültesi ", "01.01.2027"))
            .await
            .expect("named");
        let page = show_unit(office, &console, "MÜH".to_owned()).await.expect("page");
        assert_eq!(page.unit.name.tr, "Mühendislik Fakültesi", "today's name is still the old one");
        let names: Vec<String> = page
            .names
            .iter()
            .map(|n| {
                format!(
                    "{} {} {}",
                    n.name.tr,
                    n.valid_from,
                    n.valid_to.map_or_else(String::new, |day| day.to_string())
                )
            })
            .collect();
        assert_eq!(
            names,
            ["Mühendislik ve Mimarlık Fakültesi 2027-01-01 ", "Mühendislik Fakültesi 1900-01-01 2027-01-01"]
        );
        let again = name_unit(office, &console, naming("Mühendislik ve Mimarlık Fakültesi", "01.01.2027"))
            .await
            .expect_err("refused");
        assert_eq!(codes(&again), ["name_tr: name-unchanged", "valid_from: name-not-after"]);
        let empty = Rename { name_en: String::new(), reason: "  ".to_owned(), ..naming("", "31.02.2027") };
        let refused = name_unit(office, &console, empty).await.expect_err("refused");
        assert_eq!(
            codes(&refused),
            ["name_tr: required", "name_en: required", "reason: required", "valid_from: date-form"]
        );
        assert_eq!(log(office, "name_unit").await, ["unit=MÜH from=2027-01-01 | YÖK yazısı 1182"]);
    }
}

#[tokio::test]
async fn an_office_that_one_person_holds_is_ended_before_it_is_given_again() {
    for house in houses().await {
        let (office, console) = (&house.office, house.console());
        let staff = staff_choices(office, &console, "MÜH".to_owned()).await.expect("staff");
        let names: Vec<&str> = staff.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Prof. Dr. İnci AKÇAY", "Doç. Dr. Çınar IRMAK", "Fakülte Sekreteri Şafak ÖNAL"]);
        let irmak = staff.iter().find(|(_, name)| name.ends_with("IRMAK")).map(|(id, _)| *id);
        let command = |post, from: &str| Appoint {
            code: "MÜH".to_owned(),
            staff: irmak,
            office: Some(post),
            starts_on: from.to_owned(),
            ends_on: String::new(),
            reason: "2026/9".to_owned(),
        };
        let held = appoint(office, &console, command(Post::Dean, "01.12.2026")).await.expect_err("held");
        assert_eq!(codes(&held), ["office: office-held"]);
        let rector = appoint(office, &console, command(Post::Rector, "")).await.expect_err("not here");
        assert_eq!(codes(&rector), ["office: office-not-here", "starts_on: date-form"]);
        let unknown = Appoint {
            staff: Some(StaffId::new(999)),
            ends_on: "1.1.2020".to_owned(),
            ..command(Post::ViceDean, "01.12.2026")
        };
        let unknown = appoint(office, &console, unknown).await.expect_err("unknown");
        assert_eq!(codes(&unknown), ["staff: staff-unknown", "ends_on: ends-before-it-starts"]);
        // Several people may be vice deans, but nobody twice at once.
        appoint(office, &console, command(Post::ViceDean, "01.12.2026")).await.expect("appointed");
        let twice =
            appoint(office, &console, command(Post::ViceDean, "01.06.2027")).await.expect_err("twice");
        assert_eq!(codes(&twice), ["staff: appointment-there"]);

        let page = show_unit(office, &console, "MÜH".to_owned()).await.expect("page");
        let today = office.today();
        let dean =
            page.appointments.iter().find(|a| a.office == Post::Dean && a.holds_on(today)).expect("a dean");
        let end = |day: &str| EndAppointment {
            code: "MÜH".to_owned(),
            appointment: dean.id,
            ends_on: day.to_owned(),
            reason: "2026/8".to_owned(),
        };
        let early = end_appointment(office, &console, end("01.02.2025")).await.expect_err("early");
        assert_eq!(codes(&early), ["ends_on: ends-before-it-starts"]);
        end_appointment(office, &console, end("01.12.2026")).await.expect("ended");
        appoint(office, &console, command(Post::Dean, "01.12.2026")).await.expect("appointed");
        let former = page
            .appointments
            .iter()
            .find(|a| a.office == Post::Dean && !a.holds_on(today))
            .expect("a former dean");
        let again = EndAppointment { appointment: former.id, ..end("01.03.2025") };
        assert_eq!(
            codes(&end_appointment(office, &console, again).await.expect_err("over")),
            ["ends_on: appointment-ended"]
        );
        let elsewhere = EndAppointment { code: "BLM".to_owned(), ..end("01.12.2026") };
        assert!(matches!(end_appointment(office, &console, elsewhere).await, Err(ServiceError::NotFound)));
        let log = log(office, "appoint").await;
        assert_eq!(log.len(), 2);
        assert!(
            log[0].starts_with("unit=MÜH office=dean staff=") && log[0].ends_with("from=2026-12-01 | 2026/9"),
            "{log:?}"
        );
    }
}

#[tokio::test]
async fn only_registrar_and_administrator_change_the_institution() {
    for house in houses().await {
        let office = &house.office;
        for role in Role::ALL {
            let who = actor(*role);
            let changes = matches!(role, Role::Registrar | Role::Administrator);
            let done = name_unit(office, &who, naming("Başka Fakülte", "01.01.2020")).await;
            assert_eq!(done.is_ok(), changes && *role == Role::Registrar, "{role}: {done:?}");
            if !changes {
                assert!(
                    matches!(done, Err(ServiceError::Forbidden(Action::ChangeInstitution))),
                    "{role}: {done:?}"
                );
            }
            let sees = !matches!(role, Role::Student | Role::Graduate | Role::Applicant);
            assert_eq!(list_units(office, &who).await.is_ok(), sees, "{role}");
            assert_eq!(
                show_unit(office, &who, "MÜH".to_owned()).await.is_ok_and(|page| page.may_change == changes),
                sees,
                "{role}"
            );
        }
        let late = Actor { confirmed_at: None, ..actor(Role::Registrar) };
        let asked = name_unit(office, &late, naming("Bir Başka Fakülte", "01.01.2021")).await;
        assert!(matches!(asked, Err(ServiceError::NeedsConfirmation)));
    }
}

#[tokio::test]
async fn the_tree_stands_in_order_and_a_programme_with_its_terms() {
    for house in houses().await {
        let (office, console) = (&house.office, house.console());
        let units = list_units(office, &console).await.expect("units");
        let tree: Vec<String> = units
            .iter()
            .map(|node| {
                format!(
                    "{}{} {} {}",
                    " ".repeat(node.depth),
                    node.unit.code,
                    node.holders.len(),
                    node.programmes.len()
                )
            })
            .collect();
        assert_eq!(tree, ["ÖRN 0 0", " MÜH 2 0", "  BLM 0 1", "  EEM 0 1"]);
        let page = show_programme(office, &console, "BLM-L".to_owned(), None).await.expect("programme");
        let above: Vec<&str> = page.above.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(above, ["ÖRN", "MÜH", "BLM"]);
        let terms: Vec<(u8, usize)> =
            page.terms.iter().map(|term| (term.term_no, term.lines.len())).collect();
        assert_eq!(terms, [(1, 2), (2, 1), (3, 1)]);
        assert!(matches!(
            show_programme(office, &console, "BLM-L".to_owned(), Some(2)).await,
            Err(ServiceError::NotFound)
        ));
        assert!(matches!(
            show_programme(office, &console, "YOK".to_owned(), None).await,
            Err(ServiceError::NotFound)
        ));
    }
}

#[tokio::test]
async fn a_workplace_has_the_units_in_which_somebody_can_work() {
    for house in houses().await {
        let office = &house.office;
        let codes = async |actor: &Actor| {
            let place = workplace(office, actor).await.expect("a workplace");
            assert_eq!(place.term.as_ref().map(|term| term.academic_year.as_str()), Some("2025-2026"));
            place.units.into_iter().map(|unit| unit.code).collect::<Vec<_>>()
        };
        let faculty =
            find_unit(office, &house.console(), "MÜH".to_owned()).await.expect("read").expect("MÜH");
        let root = find_unit(office, &house.console(), "ÖRN".to_owned()).await.expect("read").expect("ÖRN");
        let department =
            find_unit(office, &house.console(), "BLM".to_owned()).await.expect("read").expect("BLM");
        assert_eq!(find_unit(office, &house.console(), "YOK".to_owned()).await.expect("read"), None);
        let clerk = |units: &[&services::institution::UnitLine]| Actor {
            roles: units
                .iter()
                .map(|unit| Assignment { role: Role::Clerk, unit: Some(unit.id), programme: None })
                .collect(),
            ..Actor::system("test")
        };
        assert_eq!(codes(&actor(Role::Registrar)).await, ["MÜH"], "those that issue papers");
        assert_eq!(codes(&clerk(&[&root])).await, ["MÜH"]);
        assert_eq!(codes(&clerk(&[&department])).await, ["BLM"]);
        assert_eq!(codes(&actor(Role::Administrator)).await, Vec::<String>::new());
        let both = clerk(&[&department, &faculty]);
        assert_eq!(codes(&both).await, ["MÜH", "BLM"]);
        let place = workplace(office, &both).await.expect("a workplace");
        assert!(place.is_wide());
        assert_eq!(place.chosen(Some(department.id)), Some(&department));
        assert_eq!(place.chosen(Some(root.id)), None, "not one of them");
        let narrow = workplace(office, &clerk(&[&department])).await.expect("a workplace");
        assert_eq!(narrow.chosen(Some(department.id)), None, "nothing to choose");
    }
}

#[tokio::test]
async fn lists_read_names_for_the_columns_that_show_them() {
    for house in houses().await {
        let (office, console) = (&house.office, house.console());
        let unit = find_unit(office, &console, "EEM".to_owned()).await.expect("read").expect("EEM");
        let query = StudentQuery {
            unit: Some(unit.id),
            columns: vec![StudentColumn::Unit, StudentColumn::Advisor],
            limit: 10,
            ..StudentQuery::default()
        };
        let page = find_students(office, &console, query).await.expect("students");
        let [row] = page.rows.as_slice() else { panic!("{:?}", page.rows) };
        assert_eq!(page.names.unit(row).map(|name| name.tr.as_str()), Some("Mühendislik Fakültesi"));
        assert_eq!(page.names.advisor(row), "Prof. Dr. İnci AKÇAY");
        let bare = find_students(office, &console, StudentQuery { limit: 10, ..StudentQuery::default() })
            .await
            .expect("students");
        assert_eq!(bare.rows.len(), 5);
        assert!(bare.names.units.is_empty() && bare.names.advisors.is_empty());
    }
}
