//! Start pages and the audit log as roles see them, on both engines.

use domain::{
    accounts::Role,
    enrolments::EnrolmentStatus,
    papers::{PaperKind, PaperState},
};
use services::{
    Actor, Office, ServiceError,
    accounts::{
        AddAccount, IdentityProof, IssueStudentLink, RoleRequest, add_account, find_staff,
        issue_student_link, show_account,
    },
    audit::{AuditQuery, read_audit, read_own_audit},
    authz::Assignment,
    documents::{DocumentQuery, list_documents},
    institution::list_programmes,
    records::{Checked, apply_records},
    start::open_start,
    students::{
        find::{StudentQuery, find_students},
        keep_paper::{KeepPaper, keep_paper},
        open::open_student,
    },
};
use testkit::{RecordsFolder, TestOffice};

async fn houses() -> Vec<TestOffice> {
    let folder = RecordsFolder::small();
    let houses = TestOffice::all().await;
    for house in &houses {
        let checked = apply_records(&house.office, &house.console(), folder.path(), Box::new(|_| {}))
            .await
            .expect("import");
        assert!(matches!(checked, Checked::Sound(_)));
    }
    houses
}

/// Somebody with one role in a unit by its code.
async fn actor(office: &Office, role: Role, code: &'static str) -> Actor {
    let unit = match code {
        "" => None,
        code => office.db.read(move |db| storage::institution::find_unit(db, code)).await.expect("unit"),
    };
    Actor { roles: vec![Assignment { role, unit, programme: None }], ..Actor::system("test") }
}

fn counts(of: &[(EnrolmentStatus, i64)]) -> Vec<(&'static str, i64)> {
    let mut counts: Vec<_> = of.iter().map(|(status, n)| (status.code(), *n)).collect();
    counts.sort_unstable();
    counts
}

/// A role that is narrowed to one programme reaches that programme's students and papers and nobody else's, not even
/// in the same unit.
#[tokio::test]
async fn a_role_of_one_programme_reaches_that_programme_alone() {
    for house in houses().await {
        let office = &house.office;
        let role = |unit: Option<&str>, programme: &str| RoleRequest {
            role: Role::Clerk,
            unit: unit.map(str::to_owned),
            programme: Some(programme.to_owned()),
            starts_on: None,
            ends_on: None,
        };
        let add = |request: RoleRequest| AddAccount {
            user_name: "tek.program".to_owned(),
            display_name: "Tek Program".to_owned(),
            roles: vec![request],
            person: None,
            staff: None,
        };
        for (request, code) in [
            (role(None, "YOK-L"), "programme-unknown"),
            (role(Some("EEM"), "BLM-L"), "programme-of-another-unit"),
        ] {
            let refused = add_account(office, &house.console(), add(request)).await;
            let Err(ServiceError::Invalid(fields)) = refused else { panic!("{code}") };
            assert_eq!(fields.iter().map(|f| (f.field, f.code)).collect::<Vec<_>>(), [("programme", code)]);
        }
        let added =
            add_account(office, &house.console(), add(role(Some("MÜH"), "EEM-L"))).await.expect("added");
        let details = show_account(office, &house.console(), added.account).await.expect("account");
        let held = &details.roles[0];
        assert_eq!((held.unit_code.as_str(), held.programme_code.as_str()), ("EEM", "EEM-L"));

        let clerk = Actor {
            account: added.account,
            roles: vec![Assignment { role: held.role, unit: held.unit, programme: held.programme }],
            ..Actor::system("test")
        };
        let everybody = StudentQuery { limit: 50, ..StudentQuery::default() };
        let page = find_students(office, &clerk, everybody).await.expect("list");
        let numbers: Vec<&str> = page.rows.iter().map(|row| row.number.as_str()).collect();
        assert_eq!((numbers.as_slice(), page.total), (["250020001"].as_slice(), 1));
        let start = open_start(office, &clerk, None).await.expect("start");
        assert_eq!(counts(&start.students.expect("students")), [("active", 1)]);
        assert!(open_student(office, &clerk, "250020001".to_owned()).await.is_ok());
        let hidden = open_student(office, &clerk, "240010001".to_owned()).await;
        assert!(matches!(hidden, Err(ServiceError::NotFound)), "the other programme's student");
        let offered = list_programmes(office, &clerk).await.expect("programmes");
        assert_eq!(offered.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["EEM-L"]);
        let papers =
            list_documents(office, &clerk, DocumentQuery { limit: 5, ..DocumentQuery::default() }).await;
        assert!(papers.expect("papers").rows.is_empty());
    }
}

#[tokio::test]
async fn figures_stay_within_what_one_may_see() {
    for house in houses().await {
        let office = &house.office;
        let clerk = actor(office, Role::Clerk, "MÜH").await;
        let start = open_start(office, &clerk, None).await.expect("start");
        let all = [("active", 2), ("graduated", 1), ("on_leave", 1), ("withdrawn", 1)];
        assert_eq!(counts(&start.students.expect("students")), all);
        assert_eq!(start.missing, Some((0, Vec::new())));
        assert!(
            start.jobs.is_some_and(|jobs| jobs.is_empty())
                && start.own.is_none()
                && start.log.is_none()
                && start.accounts.is_none()
        );

        let head = actor(office, Role::DepartmentHead, "EEM").await;
        let start = open_start(office, &head, None).await.expect("start");
        assert_eq!(counts(&start.students.expect("students")), [("active", 1)]);
        assert!(start.papers.is_none() && start.missing.is_none() && start.jobs.is_none());

        // Somebody with two departments chooses one to work in; a unit that is not one's own shows nobody new.
        let mut two = actor(office, Role::Clerk, "EEM").await;
        two.roles.extend(actor(office, Role::Clerk, "BLM").await.roles);
        let both = open_start(office, &two, None).await.expect("start");
        assert_eq!(counts(&both.students.expect("students")), all);
        let one = open_start(office, &two, two.roles[0].unit).await.expect("start");
        assert_eq!(counts(&one.students.expect("students")), [("active", 1)]);
        let other = open_start(office, &head, two.roles[1].unit).await.expect("start");
        assert_eq!(counts(&other.students.expect("students")), []);
        let registrar = actor(office, Role::Registrar, "").await;
        let one = open_start(office, &registrar, two.roles[0].unit).await.expect("start");
        assert_eq!(counts(&one.students.expect("students")), [("active", 1)]);

        let mut advisor = actor(office, Role::Advisor, "").await;
        let irmak = find_staff(office, &house.console(), "irmak").await.expect("staff");
        advisor.staff = irmak.first().map(|line| line.id);
        let start = open_start(office, &advisor, None).await.expect("start");
        let advisees = start.advisees.expect("advisees");
        assert_eq!(counts(&advisees.by_status), [("active", 1), ("withdrawn", 1)]);
        assert_eq!(advisees.first.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["240010001"]);
        assert!(start.students.is_none());

        for role in [Role::BoardMember, Role::Instructor, Role::Applicant] {
            let start = open_start(office, &actor(office, role, "").await, None).await.expect("start");
            assert_eq!(start, services::start::Start::default(), "{role}");
        }
        let administrator = actor(office, Role::Administrator, "").await;
        let start = open_start(office, &administrator, None).await.expect("start");
        assert!(start.accounts.is_some() && start.students.is_none());
    }
}

#[tokio::test]
async fn a_missing_paper_waits_while_the_enrolment_is_open() {
    for house in houses().await {
        let office = &house.office;
        let clerk = actor(office, Role::Clerk, "MÜH").await;
        for number in ["240010001", "240010002"] {
            let paper = KeepPaper {
                number: number.to_owned(),
                row: None,
                kind: PaperKind::SchoolDiploma,
                state: PaperState::Missing,
                description: String::new(),
                scan: None,
            };
            keep_paper(office, &clerk, paper).await.expect("kept");
        }
        let (total, papers) = open_start(office, &clerk, None).await.expect("start").missing.expect("papers");
        assert_eq!(total, 1, "somebody who left owes nothing");
        assert_eq!(papers[0].paper.number, "240010001");
        let elsewhere = actor(office, Role::Clerk, "EEM").await;
        let (total, _) = open_start(office, &elsewhere, None).await.expect("start").missing.expect("papers");
        assert_eq!(total, 0);
        office.reads.flush().await;
        let auditor = actor(office, Role::Auditor, "").await;
        let query = AuditQuery { action: "open_start".to_owned(), limit: 10, ..AuditQuery::default() };
        let looks = read_audit(office, &auditor, query).await.expect("log");
        assert_eq!(
            looks.lines.iter().map(|line| line.shown).collect::<Vec<_>>(),
            [1],
            "the page that showed a name is logged"
        );
    }
}

#[tokio::test]
async fn the_auditor_reads_the_whole_log_and_students_what_concerns_them() {
    for house in houses().await {
        let office = &house.office;
        let clerk = actor(office, Role::Clerk, "MÜH").await;
        open_student(office, &clerk, "240010001".to_owned()).await.expect("page");
        open_student(office, &clerk, "240010003".to_owned()).await.expect("page");
        let query = StudentQuery { q: "ışık".to_owned(), limit: 10, ..StudentQuery::default() };
        find_students(office, &clerk, query).await.expect("list");
        let command = IssueStudentLink { number: "240010001".to_owned(), proof: IdentityProof::Passport };
        let link = issue_student_link(office, &clerk, command).await.expect("link");
        office.reads.flush().await;

        let auditor = actor(office, Role::Auditor, "").await;
        let about = |number: &str, action: &str| AuditQuery {
            number: number.to_owned(),
            action: action.to_owned(),
            limit: 3,
            ..AuditQuery::default()
        };
        let page = read_audit(office, &auditor, about("240010001", "")).await.expect("log");
        let acts: Vec<&str> = page.lines.iter().map(|line| line.action.as_str()).collect();
        assert_eq!(acts.len(), 3);
        assert!(page.next.is_some(), "the page is full");
        let rest = AuditQuery { before: page.next, limit: 50, ..about("240010001", "") };
        let rest = read_audit(office, &auditor, rest).await.expect("log");
        let all: Vec<&str> =
            acts.into_iter().chain(rest.lines.iter().map(|line| line.action.as_str())).collect();
        for act in ["read_student", "find_students", "issue_link", "add_account", "assign_role"] {
            assert!(all.contains(&act), "{act} in {all:?}");
        }
        let look = read_audit(office, &auditor, about("240010003", "read_student")).await.expect("log");
        assert_eq!(look.lines.len(), 1);
        assert_eq!(
            (look.lines[0].student_number.as_str(), look.lines[0].whom.as_str()),
            ("240010003", "Ümit ŞENTÜRK ÜNLÜ")
        );
        let wrong = AuditQuery { user_name: "yok".to_owned(), ..about("1", "") };
        let Err(ServiceError::Invalid(wrong)) = read_audit(office, &auditor, wrong).await else {
            panic!("unknown")
        };
        assert_eq!(wrong.iter().map(|w| w.code).collect::<Vec<_>>(), ["number-unknown", "user-name-unknown"]);
        let mine = AuditQuery { user_name: "SİSTEM".to_owned(), limit: 1, ..AuditQuery::default() };
        assert_eq!(read_audit(office, &auditor, mine).await.expect("log").lines.len(), 1);
        assert!(matches!(read_audit(office, &clerk, about("", "")).await, Err(ServiceError::Forbidden(_))));

        let account = link.account;
        let person = office
            .db
            .read(move |db| storage::accounts::fetch(db, account))
            .await
            .expect("account")
            .and_then(|a| a.person);
        let student = Actor { account, person, ..actor(office, Role::Student, "").await };
        open_student(office, &student, "240010001".to_owned()).await.expect("own page");
        office.reads.flush().await;
        let own = read_own_audit(office, &student, None, 50).await.expect("own log");
        assert!(own.lines.iter().any(|line| line.action == "find_students"), "lists count too");
        assert_eq!(
            own.lines.iter().filter(|line| line.action == "read_student").count(),
            1,
            "own looks do not"
        );
        let start = open_start(office, &student, None).await.expect("start").own.expect("own record");
        let numbers: Vec<&str> =
            start.enrolments.iter().map(|(enrolment, _)| enrolment.number.as_str()).collect();
        assert_eq!(numbers, ["240010001", "250020001"]);
        assert_eq!(start.enrolments[0].1.tr, "Bilgisayar Mühendisliği");
        assert!(start.looks.iter().any(|line| line.action == "read_student"));
        assert!(
            start.looks.iter().all(|line| line.action != "find_students"),
            "lists are left to their page"
        );
        assert!(matches!(read_own_audit(office, &auditor, None, 5).await, Err(ServiceError::Forbidden(_))));
    }
}
