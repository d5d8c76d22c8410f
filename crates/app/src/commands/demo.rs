//! `kunye demo`: a working office with invented people.

use std::{net::SocketAddr, path::PathBuf};

use base::{
    ids::{PersonId, ProgrammeId, StaffId},
    lang::Lang,
};
use clap::Args;
use domain::{accounts::Role, enrolments::EnrolmentStatus};
use services::{
    Actor, Office,
    accounts::{self, AddAccount, Password, RoleRequest, UseLink},
    records::{self, Checked},
    students::{
        find::{StudentQuery, find_students},
        open::open_student,
    },
};
use storage::search::StudentRow;

use super::{Failure, Place, pick, say, serve};
use crate::{house, settings::Settings};

/// Builds and opens a working office.
#[derive(Args)]
pub struct Demo {
    /// Dinlenecek adres.
    #[arg(long, default_value = "127.0.0.1:7300")]
    listen: SocketAddr,
    /// Uydurulacak öğrenci sayısı; yalnız ilk açılışta.
    #[arg(long, default_value_t = 2000)]
    students: u32,
}

/// The invented faculty, department and programme in which the demo's people work and study.
const FACULTY: &str = "MÜH";
const DEPARTMENT: &str = "BLM";
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
        let dir = place.dir.clone().unwrap_or_else(|| PathBuf::from("demo"));
        house::make_folder(&dir)?;
        let mut settings = Settings::read(Some(&dir)).map_err(house::HouseError::from)?;
        settings.listen = self.listen;
        let listener = serve::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        settings.public_url = format!("http://{address}");
        let office = house::open_migrated(&settings).await?;
        let logins = dir.join("logins.txt");
        if !logins.is_file() {
            furnish(place.lang, &office, self.students, &logins).await?;
        }
        say(&format!("{}: {}", pick(place.lang, "Künye hazır", "Künye is ready"), settings.public_url));
        say(&std::fs::read_to_string(&logins)?);
        serve::serve(office, &settings, listener, true, true).await
    }
}

/// Fills an empty installation: records, then one log-in per role.
async fn furnish(
    lang: Lang,
    office: &Office,
    students: u32,
    logins: &std::path::Path,
) -> Result<(), Failure> {
    let actor = Actor::system("demo");
    if !records::holds_records(office).await? {
        say(pick(lang, "Uydurma kayıtlar hazırlanıyor…", "Preparing invented records…"));
        let folder = tempfile::tempdir()?;
        crate::invented::write(folder.path(), students, 1)?;
        match records::apply_records(office, &actor, folder.path().to_owned(), Box::new(|_| {})).await? {
            Checked::Sound(_) => {}
            Checked::Faulty(faults) => {
                let first = faults.list().first().map(ToString::to_string).unwrap_or_default();
                return Err(Failure::Words(format!("Uydurma kayıtlar aktarılamadı: {first}")));
            }
        }
    }
    let found = People::find(office, &actor).await?;
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
                .map(|role| RoleRequest { role: *role, unit: unit.clone(), starts_on: None, ends_on: None })
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
    write_private(logins, &lines)?;
    Ok(())
}

/// The people behind the demo's student, graduate and advisor.
struct People {
    student: (PersonId, String),
    graduate: (PersonId, String),
    advisor: (StaffId, String),
}

impl People {
    async fn find(office: &Office, actor: &Actor) -> Result<Self, Failure> {
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
                Failure::Words(format!(
                    "Uydurma kayıtlarda durumu “{status}” olan öğrenci yok; --students sayısını artırın."
                ))
            })
        };
        let student = of(EnrolmentStatus::Active).await?;
        let graduate = of(EnrolmentStatus::Graduated).await?;
        let opened = open_student(office, actor, student.number.clone()).await?;
        let (Some(advisor), Some(name)) = (opened.enrolment.advisor, opened.advisor) else {
            return Err(Failure::Words("Uydurma öğrencinin danışmanı yok.".to_owned()));
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
fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let folder = path.parent().unwrap_or(std::path::Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
