//! Bulk registration and the figures through the router: preview, run, result, undoing, and the API.
#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use base::{ids::CandidateId, time::Date};
use domain::{
    accounts::Role,
    registration::{Clearance, WindowKind},
    units::CodeSystem,
};
use serde_json::{Value, json};
use services::{
    Actor, Office,
    institution::{SetCode, set_programme_code},
    registration::bulk::run_bulk,
};
use storage::candidates::CandidateData;
use testkit::candidates::{candidate, open_window, place, programme};

use crate::{
    api_house::House,
    browser::{Browser, Campus},
};

/// Three who registered through e-Devlet and are sound, one whose school has not answered, and one of each programme
/// who has not come.
async fn morning(office: &Office) -> Vec<CandidateId> {
    let (db, now) = (&office.db, office.now());
    let (own, other) = (programme(db, "BLM-L").await, programme(db, "EEM-L").await);
    let code = SetCode {
        code: "EEM-L".to_owned(),
        system: Some(CodeSystem::Yoksis),
        value: "360002".to_owned(),
        valid_from: "01.01.2026".to_owned(),
        reason: "YÖKSİS listesi".to_owned(),
    };
    set_programme_code(office, &Actor::system("test"), code).await.expect("a code");
    let e_registered = |data: CandidateData| CandidateData { e_registered_at: Some(now), ..data };
    let mut unsure = e_registered(candidate(4, "Su", "ZEYTİN", own));
    unsure.clearances.school = Clearance::Unknown;
    let rows = vec![
        e_registered(candidate(1, "Işıl", "ÇINAR", own)),
        e_registered(candidate(2, "Ümit", "IŞIK", own)),
        e_registered(candidate(3, "Ece", "İNCE", other)),
        unsure,
        candidate(5, "Naz", "AKIN", own),
        candidate(6, "Can", "BULUT", other),
    ];
    let rows = rows.into_iter().map(sound).collect();
    place(db, now, rows).await
}

/// With what the way of entry asks to be written down.
fn sound(mut data: CandidateData) -> CandidateData {
    data.details.set(regulations::EntryField::Score, "SAY 412,50123");
    data.details.set(regulations::EntryField::School, "Örnek Lisesi 2026");
    data
}

async fn work(office: &Office) {
    run_bulk(office).await.expect("run");
}

async fn start(browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> String {
    let page = browser.get("/kayit/e-kayit").await.is(200);
    let once = page.between("name=\"once\" value=\"", "\"");
    let mut all = vec![("once", once.as_str()), ("fee_state", "not_due")];
    all.extend(fields);
    let page = browser.post("/kayit/e-kayit/baslat", &all).await.is(303);
    assert!(page.location.starts_with("/kayit/e-kayit/"), "{}", page.location);
    page.location
}

#[tokio::test]
async fn a_clerk_previews_starts_and_sees_the_numbers() {
    let campus = Campus::sqlite().await;
    let office = &campus.kit.office;
    morning(office).await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut desk = campus.signed_in("oidb").await;

    let page = desk.get("/kayit/e-kayit").await.is(200);
    let page = page.says("e-Kayıt: toplu kayıt").says("3 adayı kaydet").says("Bilgisayar Mühendisliği");
    let page = page.says("MEB mezuniyet sorgusu yanıtsız").says("Su ZEYTİN · BLM-L").says("eksik evrakı var");
    page.does_not_say("Naz AKIN");
    let blm = programme(&office.db, "BLM-L").await;
    let eem = programme(&office.db, "EEM-L").await;
    let both = format!("/kayit/e-kayit?program={blm}&program={eem}");
    desk.get(&both).await.is(200).says("3 adayı kaydet").says("2 program seçili");
    let one = format!("/kayit/e-kayit?program={eem}");
    desk.get(&one).await.is(200).says("1 adayı kaydet").does_not_say("Su ZEYTİN");
    desk.get("/kayit/e-kayit?yil=2025").await.is(200).says("Bekleyen e-kayıt yok");

    // What is wrong comes back with what was chosen.
    desk.get("/kayit/e-kayit").await.is(200);
    let wrong = desk.post("/kayit/e-kayit/baslat", &[("fee_state", "exempt"), ("fee_receipt", "")]).await;
    wrong.is(422).says("value=\"exempt\" checked");

    let address = start(&mut desk, &[]).await;
    desk.get(&address).await.is(200).says("0 / 3").says(&format!("hx-get=\"{address}/kart\""));
    work(office).await;
    desk.get(&format!("{address}/kart")).await.is(200).says("3 / 3").does_not_say("hx-get");
    let page = desk.get(&address).await.is(200).says("3 / 3").says("Işıl ÇINAR").says("Tümünü geri al");
    let number = page.between("<td class=\"num\"><a href=\"/ogrenci/", "\"");
    desk.get(&format!("/ogrenci/{number}")).await.is(200).says("Aktif öğrenci");
    desk.get(&format!("{address}/numaralar.csv")).await.is(200).says(&format!("{number};"));
    desk.get(&format!("{address}/numaralar.xml")).await.is(404);
    desk.get("/kayit/e-kayit").await.is(200).says("Son toplu işlerim").does_not_say("adayı kaydet");

    // Another clerk does not see it; one of another faculty sees no candidate of this one.
    campus.account("memur", Role::Clerk, Some("EEM")).await;
    let mut other = campus.signed_in("memur").await;
    other.get(&address).await.is(404);
    campus.account("denetci", Role::Auditor, None).await;
    let mut auditor = campus.signed_in("denetci").await;
    auditor.get("/kayit/e-kayit").await.is(403);
    auditor.get(&address).await.is(200);

    desk.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    desk.get("/kayit/e-kayit").await.is(200).says("left to the desk");
    desk.get(&address).await.is(200).says("Numbers given");
    campus.has_all_words();
}

#[tokio::test]
async fn a_run_is_stopped_and_a_whole_run_undone() {
    let campus = Campus::sqlite().await;
    let office = &campus.kit.office;
    let ids = morning(office).await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut desk = campus.signed_in("oidb").await;
    let address = start(&mut desk, &[]).await;
    desk.get(&address).await.is(200).says("Durdur");
    desk.post(&format!("{address}/durdur"), &[]).await.leads_to(&address);
    work(office).await;
    desk.get(&address).await.is(200).says("0 / 3").does_not_say("Tümünü geri al");

    let address = start(&mut desk, &[]).await;
    work(office).await;
    let undo = format!("{address}/geri-al");
    let page = desk.get(&undo).await.is(200).says("Bugünkü 3 kayıt geri alınacak.");
    let once = page.between("name=\"once\" value=\"", "\"");
    desk.post(&undo, &[("once", &once), ("reason", "")]).await.is(422).says("Bugünkü 3 kayıt");
    let sent = desk.post(&undo, &[("once", &once), ("reason", "yanlış liste")]).await.is(303);
    let undoing = sent.location.clone();
    desk.post(&undo, &[("once", &once), ("reason", "yanlış liste")]).await.leads_to(&undoing);
    work(office).await;
    desk.get(&undoing).await.is(200).says("3 / 3").says("yanlış liste").says(&format!("href=\"{address}\""));
    desk.get(&address).await.is(200).says("geri alındı").does_not_say("Tümünü geri al");
    desk.get(&format!("/kayit/{}", ids[0])).await.is(200).says("Bekliyor");

    // A password typed long ago is asked for again.
    let again = start(&mut desk, &[]).await;
    work(office).await;
    campus.wait(20);
    let asked = desk.get(&format!("{again}/geri-al")).await.is(303);
    assert!(asked.location.starts_with("/parola-sor"), "{}", asked.location);
    campus.has_all_words();
}

#[tokio::test]
async fn the_figures_are_live_and_taken_out() {
    let campus = Campus::sqlite().await;
    let office = &campus.kit.office;
    let (first, last) = (Date::constant(2026, 11, 16), Date::constant(2026, 11, 24));
    campus.account("dekan", Role::UnitHead, Some("MÜH")).await;
    let mut dean = campus.signed_in("dekan").await;
    dean.get("/kayit/durum").await.is(200).says("Yerleşen aday yok");
    dean.get("/kayit/durum/ozet").await.is(200).does_not_say("kayıtları");

    morning(office).await;
    open_window(&office.db, office.now(), WindowKind::Registration, first, last).await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut desk = campus.signed_in("oidb").await;
    start(&mut desk, &[]).await;
    work(office).await;
    let page = dean.get("/kayit/durum").await.is(200).says("24.11.2026").says("itibarıyla");
    let page =
        page.says("hx-get=\"/kayit/durum/parca\"").says("Beklenen").does_not_say("/kayit/durum/gelmeyenler");
    let total = page.between("<th scope=\"row\">", "</tr>");
    for (heading, count) in [("Yerleşen", "6"), ("Kesin", "3"), ("Eksik evrak", "3"), ("Beklenen", "2")] {
        let cell = format!("data-label=\"{heading}\"><b>{count}</b>");
        assert!(total.contains(&cell), "{cell} is not in {total}");
    }
    dean.get("/kayit/durum/parca?program=&yil=2026").await.is(200).says("id=\"durum\"");
    dean.get("/kayit/durum/ozet").await.is(200).says("2026 kayıtları").says("/kayit/durum?yil=2026");
    dean.get("/kayit/durum/gelmeyenler").await.is(200).says("Kayıt yaptırmayan yok");
    dean.get("/kayit/durum/durum.csv").await.is(200).says("Toplam;;2026;;;;6;3;4;1;0;3;0;0;2;0;2");
    dean.get("/kayit/durum/durum.pdf").await.is(404);

    campus.wait(2 * 24 * 60);
    let mut dean = campus.signed_in("dekan").await;
    dean.get("/kayit/durum").await.is(200).says("Gelmeyen");
    dean.get("/kayit/durum/gelmeyenler")
        .await
        .is(200)
        .says("Naz AKIN")
        .says("Can BULUT")
        .does_not_say("ÇINAR");
    dean.get("/kayit/durum/gelmeyen.csv").await.is(200).says("AKIN;Naz;BLM-L;2026");
    dean.get("/kayit/durum/gelmeyenler?giris=dgs").await.is(200).says("Kayıt yaptırmayan yok");
    let student = campus.student("240010001").await;
    let mut student = campus.signed_in(&student).await;
    student.get("/kayit/durum").await.is(403);
    dean.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    dean.get("/kayit/durum").await.is(200).says("Seats left");
    dean.get("/kayit/durum/gelmeyenler").await.is(200).says("Did not register");
    campus.has_all_words();
}

/// The addresses of the strip of ways on a page.
fn ways(html: &str) -> Vec<String> {
    let strip = html.split("<nav class=\"ways").nth(1).and_then(|rest| rest.split("</nav>").next());
    let links = strip.unwrap_or_default().split("href=\"").skip(1);
    links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_page_of_the_work_leads_to_the_others_that_the_role_has() {
    let campus = Campus::sqlite().await;
    morning(&campus.kit.office).await;
    let all = [
        "/kayit",
        "/kayit/e-kayit",
        "/kayit/geciken",
        "/kayit/yeni",
        "/kayit/listeler",
        "/kayit/durum",
        "/kayit/liste-yazdir",
        "/kayit/danisman",
        "/kayit/gun-listesi",
        "/kayit/zarflar",
        "/kayit/paket",
    ];
    let head = ["/kayit", "/kayit/geciken", "/kayit/durum", "/kayit/liste-yazdir"];
    for (user, role, unit, expected) in [
        ("memur", Role::Clerk, Some("MÜH"), &all[..]),
        ("sekreter", Role::UnitSecretary, Some("MÜH"), &all[..]),
        ("oidb", Role::Registrar, None, &all[..]),
        ("dekan", Role::UnitHead, Some("MÜH"), &head[..]),
    ] {
        campus.account(user, role, unit).await;
        let mut browser = campus.signed_in(user).await;
        browser.get("/").await.is(200).says("href=\"/kayit\"");
        for path in all {
            let mut page = browser.get(path).await;
            if page.status == 303 {
                let there = page.location.clone();
                page = browser.get(&there).await;
            }
            if expected.contains(&path) {
                assert_eq!(page.status, 200, "{user} {path}");
                assert_eq!(ways(&page.html), expected, "{user} {path}");
                page.says(&format!("<a href=\"{path}\" aria-current=\"page\">"));
            } else {
                assert_eq!(page.status, 403, "{user} {path}");
            }
        }
    }
    campus.has_all_words();
}

#[tokio::test]
async fn the_start_page_shows_the_registration_by_programme_to_those_who_have_a_part_in_it() {
    let campus = Campus::sqlite().await;
    let office = &campus.kit.office;
    for (user, role, unit) in [
        ("memur", Role::Clerk, Some("BLM")),
        ("sekreter", Role::UnitSecretary, Some("MÜH")),
        ("dekan", Role::UnitHead, Some("MÜH")),
        ("oidb", Role::Registrar, None),
        ("danisman", Role::Advisor, Some("BLM")),
    ] {
        campus.account(user, role, unit).await;
    }
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/").await.is(200).does_not_say("kayit-durumu");
    morning(office).await;
    let (first, last) = (Date::constant(2026, 11, 16), Date::constant(2026, 11, 24));
    open_window(&office.db, office.now(), WindowKind::Registration, first, last).await;
    // Live: the card asks for itself, and a running job leads to its own page.
    let page = clerk.get("/").await.is(200).says("2026 kayıtları").says("hx-get=\"/kayit/durum/ozet\"");
    let page = page.says("BLM-L").does_not_say("EEM-L");
    let row = page.between("BLM-L Bilgisayar Mühendisliği</a></td>", "</tr>");
    for (heading, count) in
        [("Yerleşen", "4"), ("Kesin kayıtlı", "0"), ("e-Kayıt yaptıran", "3"), ("Beklenen", "1")]
    {
        let cell = format!("data-label=\"{heading}\">{count}<");
        assert!(row.contains(&cell), "{cell} is not in {row}");
    }
    let address = start(&mut clerk, &[]).await;
    clerk.get("/").await.is(200).says(&format!("href=\"{address}\"")).says("Toplu kayıt");
    work(office).await;
    clerk.get("/").await.is(200).says("data-label=\"Kesin kayıtlı\">2<");
    for user in ["sekreter", "dekan", "oidb"] {
        let mut browser = campus.signed_in(user).await;
        browser.get("/").await.is(200).says("BLM-L").says("EEM-L").says("Evrakı eksik");
    }
    for user in ["danisman", &campus.student("240010001").await] {
        let mut browser = campus.signed_in(user).await;
        browser.get("/").await.is(200).does_not_say("kayit-durumu");
        // Whoever has no part in it may not ask either; whoever has gets an empty card while none goes on.
        browser.get("/kayit/durum/ozet").await.is(403).does_not_say("BLM-L");
    }
    clerk.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    clerk.get("/").await.is(200).says("By programme");
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_registers_in_bulk_and_counts() {
    let house = House::sqlite().await;
    let office = &house.kit.office;
    morning(office).await;
    let (first, last) = (Date::constant(2026, 11, 2), Date::constant(2026, 11, 20));
    open_window(&office.db, office.now(), WindowKind::Registration, first, last).await;
    let desk = house.registrar().await;
    let preview = house.post(&desk, "/bulk-registrations/preview", json!({})).await.expect(200).json();
    assert_eq!((&preview["total"], &preview["ready"]), (&json!(4), &json!(3)));
    assert_eq!(preview["reasons"][0]["finding"]["code"], "desk-school-unknown");
    assert_eq!(preview["reasons"][0]["candidates"][0]["name"], "Su ZEYTİN");
    let unknown = json!({ "programmes": ["YOK"] });
    let refused = house.post(&desk, "/bulk-registrations/preview", unknown).await.expect(422);
    assert_eq!(refused.errors(), ["programme: no-such-code"]);

    let owed = house.post(&desk, "/bulk-registrations", json!({ "fee": "owed" })).await.expect(422);
    assert_eq!(owed.errors(), ["fee_state: fee-owed"]);
    let started = house.post(&desk, "/bulk-registrations", json!({ "fee": "not_due" })).await.expect(202);
    let id = started.json()["id"].as_i64().expect("an id");
    assert_eq!(started.header("location"), format!("/api/v1/bulk-registrations/{id}"));
    let run = format!("/bulk-registrations/{id}");
    assert_eq!(house.get(&desk, &run).await.expect(200).json()["state"], "waiting");
    work(office).await;
    let done = house.get(&desk, &run).await.expect(200).json();
    assert_eq!((&done["state"], &done["done"], &done["standing"]), (&json!("done"), &json!(3), &json!(3)));
    let numbers = house.get(&desk, &format!("{run}/numbers?limit=2")).await.expect(200).json();
    let next = numbers["next"].as_str().expect("more").to_owned();
    let rest = house.get(&desk, &format!("{run}/numbers?after={next}")).await.expect(200).json();
    let count = |page: &Value| page["items"].as_array().map_or(0, Vec::len);
    assert_eq!((count(&numbers), count(&rest), &rest["next"]), (2, 1, &Value::Null));
    let list = house.get(&desk, "/bulk-registrations").await.expect(200).json();
    assert_eq!(list["items"][0]["act"], "register");
    house.delete(&desk, &run).await.expect(204);

    let figures = house.get(&desk, "/candidates/figures").await.expect(200).json();
    assert_eq!((&figures["year"], &figures["totals"]["registered"]), (&json!(2026), &json!(3)));
    assert_eq!(figures["totals"]["did_not_come"], 2);
    assert_eq!(figures["items"][0]["programme"], "BLM-L");
    let one = house.get(&desk, "/candidates/figures?programme=EEM-L").await.expect(200).json();
    assert_eq!(one["totals"]["placed"], 2);
    let csv = house.get(&desk, "/candidates/figures.csv").await.expect(200);
    assert!(String::from_utf8_lossy(&csv.bytes).contains(";6;3;4;1;"), "{csv:?}", csv = csv.bytes);
    assert!(house.get(&desk, "/candidates/figures.xlsx").await.expect(200).bytes.starts_with(b"PK"));
    let absent = house.get(&desk, "/candidates/absentees?limit=1").await.expect(200).json();
    assert_eq!(absent["items"][0]["surname"], "AKIN");

    let undo = format!("{run}/undo");
    let reason = json!({ "reason": "yanlış liste" });
    assert_eq!(house.post(&desk, &undo, reason.clone()).await.expect(403).code(), "needs-confirmation");
    house.confirm(&desk).await;
    let undoing = house.post(&desk, &undo, reason.clone()).await.expect(202).json()["id"].clone();
    work(office).await;
    let undone = house.get(&desk, &format!("/bulk-registrations/{undoing}")).await.expect(200).json();
    assert_eq!((&undone["act"], &undone["of"], &undone["done"]), (&json!("undo"), &json!(id), &json!(3)));
    let nothing = house.post(&desk, &undo, reason).await.expect(422);
    assert_eq!(nothing.errors(), ["job: nothing-to-undo"]);
    let clerk = house.clerk().await;
    house.get(&clerk, &run).await.expect(404);
}
