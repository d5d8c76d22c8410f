//! A morning of registration with everything that a path of it may name: a list, candidates, a run, a pack, an
//! orientation, a photo that somebody proposed.
#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use base::{
    ids::{CandidateId, DayPackId, PhotoProposalId},
    time::Date,
};
use domain::registration::WindowKind;
use services::{authz, placement::fetch::run_fetches, registration::bulk::run_bulk};
use storage::candidates::CandidateData;
use testkit::candidates::{candidate, open_window, place, programme};

use crate::{
    api::PNG,
    browser::{Browser, Campus, Page},
};

/// The day of the test.
const TODAY: Date = Date::constant(2026, 11, 23);
const HEADER: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;ÖSYM Program Kodu";
const ROW: &str = "98765432150;NUR;ÇİÇEK;Kadın;17.03.2008;109900013";
const FAULTY: &str = "99000000043;CAN;ÖZ;Erkek;05.05.2007;109900013";
const LOAD: &str = "/kayit/listeler/yukle";
const FETCH: &str = "/kayit/listeler/yoksis";

/// What stands in the places of a path.
pub(crate) struct Morning {
    /// A candidate who waits.
    pub(crate) candidate: CandidateId,
    /// One who was registered today.
    pub(crate) registered: CandidateId,
    /// A list, with a faulty row in line 3.
    pub(crate) list: String,
    /// A run of bulk registration.
    pub(crate) run: String,
    /// A fetch of placements.
    pub(crate) fetch: String,
    pub(crate) pack: DayPackId,
    pub(crate) photo: PhotoProposalId,
    /// What the code at the door of the first session leads to.
    pub(crate) door: String,
}

/// The last piece of an address.
fn last(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.location);
    page.location.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Loads a list with a faulty row; the page leads to its preview where this user may.
pub(crate) async fn load(browser: &mut Browser<'_>) -> Page {
    browser.get(LOAD).await;
    let text = format!("{HEADER}\n{ROW}\n{FAULTY}\n");
    browser.upload(LOAD, &[("kind", "yks"), ("year", "2026")], ("file", "yks.csv", text.as_bytes())).await
}

/// Fills the morning as the clerk of MÜH, with a student whom the orientation invites.
pub(crate) async fn furnish(campus: &Campus, clerk: &mut Browser<'_>, student: &mut Browser<'_>) -> Morning {
    let office = &campus.kit.office;
    let (db, now) = (&office.db, office.now());
    for kind in WindowKind::ALL.iter().copied() {
        open_window(db, now, kind, Date::constant(2026, 11, 1), Date::constant(2026, 12, 31)).await;
    }
    let own = programme(db, "BLM-L").await;
    let come = CandidateData { e_registered_at: Some(now), ..candidate(1, "Işıl", "ÇINAR", own) };
    let ids = place(db, now, vec![come, candidate(2, "Ümit", "IŞIK", own)]).await;

    let preview = load(clerk).await.location;
    clerk.get(&preview).await.is(200);
    let list = last(&clerk.post(&preview, &[("sound_rows", "1")]).await);

    let once = clerk.get("/kayit/e-kayit").await.is(200).between("name=\"once\" value=\"", "\"");
    let order = [("once", once.as_str()), ("fee_state", "not_due")];
    let run = last(&clerk.post("/kayit/e-kayit/baslat", &order).await);
    run_bulk(office).await.expect("run");
    clerk.get(FETCH).await.is(200);
    let fetch = last(&clerk.post(FETCH, &[("kind", "YKS"), ("year", "2026")]).await);
    run_fetches(office).await.expect("run");

    let pack = db.write(move |tx| {
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
        let unit = storage::institution::units::find(tx, "MÜH", TODAY)?.expect("a unit").id;
        storage::day_pack::insert(tx, &permit, unit, TODAY, 1, 5)
    });
    let pack = pack.await.expect("a pack");

    clerk.get("/oryantasyon/yeni").await.is(200);
    let names = [("unit", "MÜH"), ("year", "2024"), ("name_tr", "Hoş geldiniz"), ("name_en", "Welcome")];
    clerk.post("/oryantasyon/yeni", &names).await.leads_to("/oryantasyon/1");
    clerk.get("/oryantasyon/1/oturum").await.is(200);
    let plan = [
        ("title_tr", "Kayıt ve dersler"),
        ("title_en", "Registration and courses"),
        ("place", "Mavi Salon"),
        ("speaker", ""),
        ("day", "23.11.2026"),
        ("starts", "11.00"),
        ("ends", "15.00"),
    ];
    clerk.post("/oryantasyon/1/oturum", &plan).await.leads_to("/oryantasyon/1");
    clerk.get("/oryantasyon/1").await.is(200);
    clerk.post("/oryantasyon/1/davet", &[]).await.is(303);
    clerk.get("/oryantasyon/1/el-kitabi").await.is(200);
    let book = ("handbook", "el-kitabi.pdf", b"%PDF-1.7 el kitabi".as_slice());
    clerk.upload("/oryantasyon/1/el-kitabi", &[("version", "1")], book).await.leads_to("/oryantasyon/1");
    let door = clerk.get("/oryantasyon/oturum/1/karekod").await.is(200);
    let door = door.between("https://kunye.example.invalid/oryantasyon/katil/", "<");

    student.get("/ilk-gun/fotograf").await.is(200);
    student.upload("/ilk-gun/fotograf", &[], ("photo", "ben.png", PNG)).await.is(303);
    let address = clerk.get("/fotograflar").await.is(200).between("href=\"/fotograflar/", "\"");
    let photo = PhotoProposalId::new(address.parse().expect("a proposal"));
    Morning { candidate: ids[1], registered: ids[0], list, run, fetch, pack, photo, door }
}
