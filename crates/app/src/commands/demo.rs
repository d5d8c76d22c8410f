//! `kunye demo`: a working office with invented people.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use base::ids::{PersonId, ProgrammeId, StaffId};
use clap::Args;
use domain::{accounts::Role, enrolments::EnrolmentStatus};
use services::{
    Actor, Office,
    accounts::{self, AddAccount, Password, RoleRequest, UseLink},
    authz,
    records::{self, Checked},
    students::{
        find::{StudentQuery, find_students},
        open::open_student,
    },
};
use storage::{demo::Beginning, search::StudentRow};
use web::texts::Texts;

use super::{Failure, Place, demo_registration, demo_work, say, serve};
use crate::{house, invented, settings::Settings, wording};

/// Builds and opens a working office.
#[derive(Args)]
pub struct Demo {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:7300", value_name = "ADDR")]
    listen: SocketAddr,
    /// How many students to invent, at the first start alone; [`crate::invented::LEAST`] at the least.
    #[arg(long, default_value_t = 2000, value_name = "N")]
    students: u32,
}

/// The invented faculty, department and programme in which the demo's people work and study.
const FACULTY: &str = "MÜH";
const DEPARTMENT: &str = invented::DEPARTMENT;
const PROGRAMME: &str = "BLM-L";

/// A log-in of the demo: user name, name, role, unit it is held in.
struct Login {
    user: &'static str,
    name: &'static str,
    roles: &'static [Role],
    unit: Where,
}

/// Where a demo role is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// In the first faculty.
    Faculty,
    /// In its first department.
    Department,
    /// In the whole institution.
    Everywhere,
    /// On the record of somebody who studies there now.
    Student,
    /// On the record of somebody who has graduated there.
    Graduate,
    /// As a member of staff who advises students.
    Staff,
}

const LOGINS: &[Login] = &[
    Login { user: "memur", name: "Selma Tunalı", roles: &[Role::Clerk], unit: Where::Faculty },
    Login { user: "sef", name: "Hikmet Aksu", roles: &[Role::Chief], unit: Where::Faculty },
    Login { user: "sekreter", name: "Nermin Oral", roles: &[Role::UnitSecretary], unit: Where::Faculty },
    Login { user: "dekan", name: "Rasim Bozdağ", roles: &[Role::UnitHead], unit: Where::Faculty },
    Login { user: "kurul", name: "Feride Yalın", roles: &[Role::BoardMember], unit: Where::Faculty },
    Login {
        user: "bolumbaskani",
        name: "Tarık Sungur",
        roles: &[Role::DepartmentHead],
        unit: Where::Department,
    },
    Login {
        user: "bolumsekreteri",
        name: "Pervin Dalan",
        roles: &[Role::DepartmentSecretary],
        unit: Where::Department,
    },
    Login { user: "danisman", name: "", roles: &[Role::Advisor], unit: Where::Staff },
    Login { user: "ogretim", name: "", roles: &[Role::Instructor], unit: Where::Staff },
    Login { user: "ogrenci", name: "", roles: &[Role::Student], unit: Where::Student },
    Login { user: "mezun", name: "", roles: &[Role::Graduate], unit: Where::Graduate },
    Login { user: "aday", name: "Ece Filiz", roles: &[Role::Applicant], unit: Where::Everywhere },
    Login { user: "oidb", name: "Vedat Karsu", roles: &[Role::Registrar], unit: Where::Everywhere },
    Login { user: "denetci", name: "Mualla Sezen", roles: &[Role::Auditor], unit: Where::Everywhere },
    Login {
        user: "yonetici", name: "İdris Kolçak", roles: &[Role::Administrator], unit: Where::Everywhere
    },
];

impl Demo {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        if self.students < invented::LEAST {
            return Err(Failure::Told {
                code: "demo-students",
                args: vec![("least", invented::LEAST.to_string())],
            });
        }
        let dir = place.dir.clone().unwrap_or_else(|| PathBuf::from("demo"));
        house::make_folder(&dir)?;
        let mut settings = Settings::read(Some(&dir)).map_err(house::HouseError::from)?;
        settings.listen = self.listen;
        let listener = house::listen(settings.listen).await?;
        let address = listener.local_addr()?;
        settings.public_url = format!("http://{address}");
        let logins = dir.join("logins.txt");
        let beginning = look(&settings).await?;
        // A demo that began before there were marks is known by its list of log-ins.
        if beginning == Beginning::Office && !logins.is_file() {
            let database = format!("{:?}", settings.database);
            return Err(Failure::Told { code: "demo-somebody-elses", args: vec![("database", database)] });
        }
        let office = house::open_migrated(&settings).await?;
        if beginning == Beginning::Empty {
            let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, office.now(), "demo");
            office.db.write(move |tx| storage::demo::mark(tx, &permit)).await?;
        }
        leave_settings(place.texts(), &dir, address)?;
        if !logins.is_file() {
            furnish(place, &office, self.students, &logins).await?;
        }
        serve::say_ready(place, &settings.public_url, Some(&logins));
        if !place.json {
            say(&std::fs::read_to_string(&logins).map_err(Failure::file(&logins))?);
        }
        serve::serve(office, &settings, listener, true, true).await
    }
}

/// Looks at the database before anything in it is changed.
async fn look(settings: &Settings) -> Result<Beginning, Failure> {
    let db = house::open_database(settings).await?;
    let beginning = db.read(storage::demo::beginning).await;
    db.close().await;
    Ok(beginning?)
}

/// What begins a settings file that the demo wrote, in whatever language; only such a file is written again.
const OURS: &str = "# `kunye demo`:";

/// Leaves in the folder where the demo is reached, so that other commands print the same address on papers. A settings
/// file of somebody's own stays as it is.
fn leave_settings(t: &Texts, dir: &Path, address: SocketAddr) -> Result<(), Failure> {
    let path = dir.join("kunye.toml");
    match std::fs::read_to_string(&path) {
        Ok(there) if !there.starts_with(OURS) => return Ok(()),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Failure::File { path, source: error });
        }
        Ok(_) | Err(_) => {}
    }
    let text = format!(
        "{OURS} {}\nlisten = \"{address}\"\npublic_url = \"http://{address}\"\n",
        t.get("say-demo-settings")
    );
    write_private(&path, &text).map_err(Failure::file(&path))
}

/// Fills an empty installation: records, then one log-in per role.
async fn furnish(place: &Place, office: &Office, students: u32, logins: &Path) -> Result<(), Failure> {
    let (t, actor) = (place.texts(), Actor::system("demo"));
    if !records::holds_records(office).await? {
        if !place.json {
            say(t.get("say-demo-preparing"));
        }
        let folder = tempfile::tempdir()?;
        invented::write(folder.path(), students, 1).map_err(Failure::file(folder.path()))?;
        match records::apply_records(office, &actor, folder.path().to_owned(), Box::new(|_| {})).await? {
            Checked::Sound(_) => {}
            Checked::Faulty(faults) => {
                let first = faults.list().first().map(|fault| wording::fault(t, fault)).unwrap_or_default();
                return Err(Failure::Told { code: "demo-records", args: vec![("text", first)] });
            }
        }
    }
    let found = People::find(t, office, &actor).await?;
    let mut lines = String::from("# Künye demo\n");
    for login in LOGINS {
        let unit = match login.unit {
            Where::Faculty => Some(FACULTY.to_owned()),
            Where::Department => Some(DEPARTMENT.to_owned()),
            _ => None,
        };
        let (name, person, staff) = match login.unit {
            Where::Student => (found.student.1.clone(), Some(found.student.0), None),
            Where::Graduate => (found.graduate.1.clone(), Some(found.graduate.0), None),
            Where::Staff => (found.advisor.1.clone(), None, Some(found.advisor.0)),
            _ => (login.name.to_owned(), None, None),
        };
        let command = AddAccount {
            user_name: login.user.to_owned(),
            display_name: name.clone(),
            roles: login
                .roles
                .iter()
                .map(|role| RoleRequest {
                    role: *role,
                    unit: unit.clone(),
                    programme: None,
                    starts_on: None,
                    ends_on: None,
                })
                .collect(),
            person,
            staff,
        };
        // A start that was interrupted left some accounts behind: they get a new link.
        let link = match accounts::account_of_name(office, &actor, login.user).await {
            Ok(account) => accounts::issue_link(office, &actor, account).await?,
            Err(_) => accounts::add_account(office, &actor, command).await?.link,
        };
        let password = fresh_password(office);
        let use_link = UseLink {
            token: link.token.reveal().to_owned(),
            password: Password::new(password.clone()),
            request: "demo".to_owned(),
        };
        accounts::set_password_by_link(office, use_link).await?;
        lines.push_str(&format!("{:<15} {password}   {name}\n", login.user));
    }
    if let Some(clerk) = LOGINS.iter().find(|login| login.roles == [Role::Clerk]) {
        let account = accounts::account_of_name(office, &actor, clerk.user).await?;
        demo_work::leave(office, (account, clerk.name), FACULTY, &found.student).await?;
    }
    demo_registration::furnish_registration(office, FACULTY).await?;
    write_private(logins, &lines).map_err(Failure::file(logins))
}

/// The people behind the demo's student, graduate and advisor.
struct People {
    student: (PersonId, String),
    graduate: (PersonId, String),
    advisor: (StaffId, String),
}

impl People {
    async fn find(t: &Texts, office: &Office, actor: &Actor) -> Result<Self, Failure> {
        let programmes = services::institution::list_programmes(office, actor).await?;
        let programme = programmes.iter().find(|p| p.code == PROGRAMME).map(|p| ProgrammeId::new(p.id));
        let of = async |status: EnrolmentStatus| {
            let query =
                StudentQuery { programme, status: Some(status), limit: 200, ..StudentQuery::default() };
            let page = find_students(office, actor, query).await?;
            // Somebody in a later year has marks to look at.
            let best = page
                .rows
                .into_iter()
                .max_by_key(|row| (row.class_year, std::cmp::Reverse(row.number.clone())));
            best.ok_or_else(|| {
                let status = t.variant("status", status.code()).to_owned();
                Failure::Told { code: "demo-too-few", args: vec![("status", status)] }
            })
        };
        let student = of(EnrolmentStatus::Active).await?;
        let graduate = of(EnrolmentStatus::Graduated).await?;
        let opened = open_student(office, actor, student.number.clone()).await?;
        let (Some(advisor), Some(name)) = (opened.enrolment.advisor, opened.advisor) else {
            return Err(Failure::Told { code: "demo-no-advisor", args: Vec::new() });
        };
        let full = |row: &StudentRow| format!("{} {}", row.given_name, row.surname);
        Ok(Self {
            student: (student.person, full(&student)),
            graduate: (graduate.person, full(&graduate)),
            advisor: (advisor, name),
        })
    }
}

/// Letters that cannot be taken for one another, in three groups.
fn fresh_password(office: &Office) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789u";
    let bytes: [u8; 12] = base::random::array(office.random.as_ref());
    let letter = |b: &u8| char::from(LETTERS[usize::from(b % 31)]);
    bytes.chunks(4).map(|group| group.iter().map(letter).collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Writes a file that its owner alone may read; whole or not at all.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
