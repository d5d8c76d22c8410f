//! The search page, the student page and the API's search under load, for people with all students and with some.

use std::time::Duration;

use crate::{
    Failure, ROUNDS,
    floor::{CLIENTS, FloorServer, mib},
    http::encode,
    jobs::Desk,
    kunye::Server,
    load::{drive, get_one_of},
    options::Group,
    process,
    register::Register,
    report::round,
    sheet::Sheet,
    tell,
};

/// What clerks type: fragments of names in several spellings.
const WORDS: [&str; 10] = ["ışık", "IŞIK", "isik", "ince", "İnce", "çel", "yılmaz", "kaya", "öz", "şah"];
/// Beginnings of surnames.
const SURNAMES: [&str; 10] = ["ışık", "ince", "çel", "yılmaz", "kaya", "öz", "demir", "şah", "gül", "yıl"];

/// Something that is asked for again and again.
pub(crate) struct Scene {
    /// Its name among the keys.
    pub(crate) key: &'static str,
    /// Its name in the report.
    pub(crate) title: &'static str,
    what: What,
}

enum What {
    Search,
    SearchBySurname,
    SearchOfFaculty,
    Student,
    StudentOfFaculty,
    ApiSearch,
}

/// All of them.
pub(crate) const SCENES: &[Scene] = &[
    Scene { key: "search-registrar", title: "search `q`, registrar", what: What::Search },
    Scene { key: "surname-registrar", title: "search `soyad`, registrar", what: What::SearchBySurname },
    Scene { key: "search-clerk", title: "search `q`, clerk of a faculty", what: What::SearchOfFaculty },
    Scene { key: "student-registrar", title: "student page, registrar", what: What::Student },
    Scene { key: "student-clerk", title: "student page, clerk of the faculty", what: What::StudentOfFaculty },
    Scene { key: "search-api", title: "`GET /api/v1/students?q=`, 50 rows", what: What::ApiSearch },
];

/// Drives every scene at each number of clients, beside the floor of the same round.
pub(crate) async fn measure(
    desk: &Desk,
    server: &Server,
    floors: &FloorServer,
    register: &Register,
    length: Duration,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let paths = |path: &str, words: [&str; 10]| words.map(|word| format!("{path}{}", encode(word))).to_vec();
    for number in 1..=ROUNDS {
        tell(&round(Group::Pages, number));
        floors.note(sheet, Group::Pages, length).await?;
        for scene in SCENES {
            let (sender, paths) = match scene.what {
                What::Search => (&desk.registrar, paths("/ogrenciler?q=", WORDS)),
                What::SearchBySurname => (&desk.registrar, paths("/ogrenciler?soyad=", SURNAMES)),
                What::SearchOfFaculty => (&desk.clerk, paths("/ogrenciler?q=", WORDS)),
                What::Student => (&desk.registrar, register.pages(false)),
                What::StudentOfFaculty => (&desk.clerk, register.pages(true)),
                What::ApiSearch => (&desk.program, paths("/api/v1/students?q=", WORDS)),
            };
            for clients in CLIENTS {
                let load =
                    drive(desk.address, server.pid(), clients, length, get_one_of(sender, &paths)).await?;
                let mut note = |name: &str, value: f64| {
                    sheet.note(format!("pages.{}.{clients}.{name}", scene.key), value)
                };
                note("rate", load.rate);
                note("p50", load.percentile(50));
                note("p99", load.percentile(99));
                note("cpu", load.cpu);
                note("kib", load.bytes / 1024.0);
                if let Some((times, first)) = load.wrong {
                    sheet.fault(format!(
                        "{}, {clients} clients: {times} wrong answers, the first: {first}",
                        scene.title
                    ));
                }
            }
        }
        sheet.note("pages.rss", mib(process::resident(server.pid())?));
    }
    Ok(())
}
