//! The day pack through the router: the file, the queue of paper forms, and the API.
#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use base::time::{Date, date_tr};
use domain::{accounts::Role, registration::WindowKind};
use serde_json::json;
use services::Office;
use testkit::candidates::{candidate, open_window, place, programme};

use crate::{
    api_house::House,
    browser::{Browser, Campus},
};

/// Two candidates of one programme on a day of registration; answers the first one's identity number.
async fn morning(office: &Office) -> String {
    let (db, now) = (&office.db, office.now());
    let own = programme(db, "BLM-L").await;
    let rows = vec![candidate(1, "Işıl", "ÇINAR", own), candidate(2, "Ümit", "IŞIK", own)];
    let number = rows[0].identity_no.clone().expect("a number");
    place(db, now, rows).await;
    let (first, last) = (Date::constant(2026, 11, 16), Date::constant(2026, 11, 24));
    open_window(db, now, WindowKind::Registration, first, last).await;
    number
}

async fn make(browser: &mut Browser<'_>, day: &str) -> String {
    let page = browser.get("/kayit/paket/yeni").await.is(200).says("parola hiçbir yerde saklanmaz");
    let page = page.says("value=\"MÜH\"");
    let field = page.between("name=\"password\"", ">");
    let password = field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let password = password.expect("a password is offered").to_owned();
    assert_eq!(password.len(), 23, "{password}");
    let fields = [("unit", "MÜH"), ("day", day), ("forms", "3"), ("password", password.as_str())];
    browser.post("/kayit/paket/yeni", &fields).await.is(200).html
}

#[tokio::test]
async fn a_pack_is_made_handed_out_and_its_forms_are_entered() {
    let campus = Campus::sqlite().await;
    let office = &campus.kit.office;
    let number = morning(office).await;
    campus.account("sekreter", Role::UnitSecretary, Some("MÜH")).await;
    let mut desk = campus.signed_in("sekreter").await;
    desk.get("/kayit/paket").await.is(200).says("Henüz paket yok");
    let today = date_tr(office.today());
    let file = make(&mut desk, &today).await;
    assert!(!file.contains("ÇINAR") && !file.contains(&number), "nobody's name stands in the clear");
    assert_eq!(file.matches("<section class=\"form\">").count(), 3);
    // Boxes for the papers that these candidates are asked for and for no others, and lines for all that is typed later.
    for line in ["Lise diploması", "Aslı görüldü", "Görevlinin kararı", "Dekont no, tutar ve gün", "ödenmedi"]
    {
        assert!(file.contains(line), "{line}");
    }
    assert!(!file.contains("Pasaport<"), "nobody here has one to bring");
    assert!(file.contains("Aydınlatma metni</summary>"), "the text that is read before “okundu” is ticked");
    for sign in ["src=", "href=", "url(", "fetch(", "XMLHttpRequest", "localStorage"] {
        assert!(!file.contains(sign), "the file asks for nothing and keeps nothing: {sign}");
    }
    let past = [("unit", "MÜH"), ("day", "01.11.2026"), ("forms", "3"), ("password", "bir-iki-uc-dort-bes")];
    desk.post("/kayit/paket/yeni", &past).await.is(422).says("01.11.2026");

    let queue = "/kayit/paket/1".to_owned();
    let list = desk.get("/kayit/paket").await.is(200).says(&today).says("Mühendislik Fakültesi");
    list.says(&format!("href=\"{queue}\""));
    desk.get(&queue).await.is(200).says("Bekliyor").says(&format!("href=\"{queue}/1\""));
    // First whose form it is; then what stands on it, beside that candidate's name and own papers.
    let first = format!("{queue}/1");
    desk.get(&first).await.is(200).says("Adayı bul").does_not_say("Lise diploması");
    desk.get(&format!("{queue}/9")).await.is(404);
    desk.post(&first, &[("key", "99")]).await.is(422).says("value=\"99\"");
    let found = desk.post(&first, &[("key", number.as_str())]).await;
    let whole = found.location.clone();
    assert!(found.status == 303 && whole.starts_with(&format!("{first}?aday=")), "{whole}");
    assert!(!whole.contains(&number), "no identity number in an address");
    let page = desk.get(&whole).await.is(200).says("Işıl ÇINAR").says("Bilgisayar Mühendisliği");
    let page = page.says("Lise diploması").says("Fotoğraf").says("Eksik evrakın son günü");
    let page = page.does_not_say("Pasaport<");
    let candidate = page.between("name=\"candidate\" value=\"", "\"");
    let fields = [
        ("candidate", candidate.as_str()),
        ("outcome", "final"),
        ("fee_state", "paid"),
        ("fee_receipt", "D-17"),
        ("fee_amount", "1.250,00"),
        ("fee_on", today.as_str()),
        ("notice_read", "1"),
        ("photograph", "copy_seen"),
        ("school_diploma", "received"),
        ("decision", "Ek puan ve sağlık koşulu yok."),
    ];
    // What stands in the way is said above what was typed; nothing is lost and nothing written.
    let mut short = fields.to_vec();
    short[8] = ("school_diploma", "missing");
    let refused = desk.post(&first, &short).await.is(422).says("Form sırada bekler");
    refused.says("Lise diploması eksik").says("value=\"D-17\"").says("value=\"1.250,00\"");
    let mut undecided = fields.to_vec();
    undecided[9] = ("decision", "");
    desk.post(&first, &undecided).await.is(422).says("href=\"#decision\"");
    desk.get(&queue).await.is(200).says("3 formdan 0 girildi");
    desk.post(&first, &fields).await.leads_to(&queue);
    desk.get(&queue).await.is(200).says("Form girildi").says("Kesin kayıt").says("3 formdan 1 girildi");
    // An entered form leads back to the queue; the same candidate on another form is not registered again.
    desk.get(&first).await.leads_to(&queue);
    // Sent again, by a second click or a colleague with the same sheet, it is said that somebody was faster.
    desk.post(&first, &fields).await.leads_to(&queue);
    let second = format!("{queue}/2");
    let again = desk.post(&second, &[("key", number.as_str())]).await.location;
    desk.get(&again).await.is(200).says("Bu aday önceden kayıtlı");
    desk.post(&second, &fields).await.leads_to(&queue);
    desk.get(&queue).await.is(200).says("Önceden kayıtlı");
    let third = format!("{queue}/3");
    desk.get(&third).await.is(200).says(&format!("{third}?gecersiz=true"));
    desk.get(&format!("{third}?gecersiz=true")).await.is(200).says("Neden geçersiz");
    desk.post(&third, &[("void", "1"), ("note", "")]).await.is(422).says("Neden geçersiz");
    desk.post(&third, &[("void", "1"), ("note", "Islandı")]).await.leads_to(&queue);
    desk.get(&queue).await.is(200).says("Geçersiz").says("Islandı");

    // One for tomorrow waits for its day.
    make(&mut desk, &date_tr(office.today().tomorrow().expect("a day"))).await;
    desk.get("/kayit/paket/2").await.is(200).says("Bu paketin günü gelmedi");
    desk.get("/kayit/paket/2/1").await.leads_to("/kayit/paket/2");

    campus.account("memur", Role::Clerk, Some("EEM")).await;
    let mut other = campus.signed_in("memur").await;
    other.get(&queue).await.is(404);
    other.get("/kayit/paket").await.is(200).says("Henüz paket yok");
    campus.account("dekan", Role::UnitHead, Some("MÜH")).await;
    campus.signed_in("dekan").await.get("/kayit/paket").await.is(403);
    desk.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    desk.get(&queue).await.is(200).says("Registered before");
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_makes_packs_and_takes_forms() {
    let house = House::sqlite().await;
    let office = &house.kit.office;
    morning(office).await;
    let desk = house.registrar().await;
    let order = json!({ "unit": "MÜH", "day": office.today().to_string(), "forms": 2 });
    let made = house.post(&desk, "/day-packs", order).await.expect(200).json();
    assert_eq!(made["candidates"], 2);
    assert!(made["html"].as_str().expect("a page").starts_with("<!doctype html>"));
    let late = json!({ "unit": "MÜH", "day": "2026-11-01", "forms": 2 });
    assert_eq!(house.post(&desk, "/day-packs", late).await.expect(422).errors(), ["day: in-past"]);
    let list = house.get(&desk, "/day-packs").await.expect(200).json();
    assert_eq!((&list["items"][0]["forms"], &list["items"][0]["entered"]), (&json!(2), &json!(0)));
    assert!(list["items"][0]["unit"].as_str().is_some_and(|unit| !unit.is_empty()));

    let candidates = house.get(&desk, "/candidates").await.expect(200).json();
    let id = candidates["items"][0]["id"].clone();
    let forms = format!("/day-packs/{}/forms", made["id"]);
    let form = |no: i64| {
        json!({
            "form_no": no, "candidate": id, "papers": ["school_diploma"], "copies_seen": ["photograph"],
            "fee_state": "paid", "fee_receipt": "D-17", "fee_amount": "1.250,00", "notice_read": true, "note": "Ek puan ve sağlık koşulu yok.",
        })
    };
    let entered = house.post(&desk, &forms, form(1)).await.expect(200).json();
    assert_eq!(entered["outcome"], "registered");
    assert!(entered["number"].as_str().is_some_and(|number| number.len() >= 9), "{entered}");
    house.post(&desk, &forms, form(1)).await.expect(409);
    assert_eq!(house.post(&desk, &forms, form(2)).await.expect(200).json()["outcome"], "already");
    let list = house.get(&desk, &forms).await.expect(200).json();
    assert_eq!(list["items"][1]["outcome"], "already");
}
