//! The registration desk through the router: the queue, one candidate, the ways back, and the API.

use base::{ids::CandidateId, time::Date};
use domain::{accounts::Role, registration::WindowKind};
use serde_json::{Value, json};
use storage::Db;
use testkit::candidates::{candidate, open_window, place, programme};

use crate::{
    api_house::House,
    browser::{Browser, Campus, Page},
};

/// Three candidates of BLM-L and one of EEM-L on a day of registration.
async fn morning(db: &Db, now: base::time::Timestamp) -> Vec<CandidateId> {
    let (first, last) = (Date::constant(2026, 11, 16), Date::constant(2026, 11, 27));
    open_window(db, now, WindowKind::Registration, first, last).await;
    let (own, other) = (programme(db, "BLM-L").await, programme(db, "EEM-L").await);
    let rows = vec![
        candidate(1, "Işıl", "ÇINAR", own),
        candidate(2, "Ümit", "IŞIK", own),
        candidate(3, "Ece", "İNCE", own),
        candidate(4, "Su", "ZEYTİN", other),
    ];
    place(db, now, rows).await
}

async fn desk(campus: &Campus) -> Vec<CandidateId> {
    morning(&campus.kit.office.db, campus.kit.office.now()).await
}

/// What the form of a candidate's page sends: version and key.
async fn hidden(browser: &mut Browser<'_>, id: CandidateId) -> (String, String) {
    let page = browser.get(&format!("/kayit/{id}")).await.is(200);
    (page.between("name=\"version\" value=\"", "\""), page.between("name=\"once\" value=\"", "\""))
}

/// Presses the two buttons that tick what is usual.
async fn tick(browser: &mut Browser<'_>, id: CandidateId) {
    for button in ["hepsi", "istenmez"] {
        let kinds = ["school_diploma", "photograph", "field_certificate"];
        let mut fields: Vec<(&str, &str)> = kinds.iter().map(|kind| ("evrak", *kind)).collect();
        if button == "istenmez" {
            fields.extend([("durum-school_diploma", "received"), ("durum-photograph", "received")]);
        }
        fields.push((button, "1"));
        let path = format!("/kayit/{id}/evrak");
        browser.post(&path, &fields).await.leads_to(&format!("/kayit/{id}"));
    }
}

async fn register(browser: &mut Browser<'_>, id: CandidateId, more: &[(&str, &str)]) -> Page {
    let (version, once) = hidden(browser, id).await;
    let mut fields = vec![("version", version.as_str()), ("once", once.as_str())];
    fields.extend(more);
    browser.post(&format!("/kayit/{id}"), &fields).await
}

const PAID: &[(&str, &str)] = &[("fee_state", "paid"), ("fee_receipt", "D 17"), ("notice_read", "1")];

#[tokio::test]
async fn the_queue_finds_by_number_without_showing_it() {
    let campus = Campus::sqlite().await;
    let ids = desk(&campus).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let page = clerk.get("/kayit").await.is(200).says("Kayıt masası").says("Işıl ÇINAR").says("Bekliyor");
    let rows = page.between("<tbody id=\"liste\">", "</tbody>");
    let at = |name: &str| rows.find(name).unwrap_or_else(|| panic!("{name} is not in {rows}"));
    assert!(at("ÇINAR") < at("IŞIK") && at("IŞIK") < at("İNCE"), "in Turkish order");
    let number = candidate(1, "", "", base::ids::ProgrammeId::new(1)).identity_no.expect("a number");
    assert!(!page.html.contains(&number), "masked");

    clerk.post("/kayit/ara", &[("aday", &number)]).await.leads_to(&format!("/kayit/{}", ids[0]));
    clerk
        .post("/kayit/ara?program=1", &[("aday", &number)])
        .await
        .leads_to(&format!("/kayit/{}?program=1", ids[0]));
    clerk.post("/kayit/ara", &[("aday", "isik")]).await.leads_to(&format!("/kayit/{}", ids[1]));
    clerk.post("/kayit/ara", &[("aday", "n")]).await.leads_to("/kayit?q=n");
    clerk.post("/kayit/ara", &[("aday", "12345678901")]).await.leads_to("/kayit");
    clerk.get("/kayit").await.says("on bir hane geçerli bir kimlik numarası değil");
    clerk.post("/kayit/ara", &[("aday", "U1234567")]).await.leads_to("/kayit");
    clerk.get("/kayit").await.says("görebileceğiniz bir aday yok");
    clerk.get(&format!("/kayit?q={number}")).await.leads_to("/kayit");
    clerk.get("/kayit?durum=registered").await.is(200).says("Bu süzgeçte aday yok");
    clerk
        .get("/kayit?giris=yks&e=hayir&yil=2026&q=ınar")
        .await
        .is(200)
        .says("Işıl ÇINAR")
        .does_not_say("Ümit IŞIK");
    clerk.get("/kayit/siradaki").await.leads_to(&format!("/kayit/{}", ids[0]));
    let next = format!("/kayit/siradaki?yil=2026&sonra={}", ids[1]);
    clerk.get(&next).await.leads_to(&format!("/kayit/{}?yil=2026", ids[2]));

    // Whoever works elsewhere may not know of them.
    campus.account("bolum", Role::Clerk, Some("EEM")).await;
    let mut other = campus.signed_in("bolum").await;
    other.get(&format!("/kayit/{}", ids[0])).await.is(404);
    other.get("/kayit").await.is(200).says("Su ZEYTİN").does_not_say("Işıl ÇINAR");
    campus.has_all_words();
}

#[tokio::test]
async fn a_candidate_is_registered_in_three_steps_and_undone() {
    let campus = Campus::sqlite().await;
    let ids = desk(&campus).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let id = ids[0];
    let path = format!("/kayit/{id}");
    clerk
        .get(&path)
        .await
        .is(200)
        .says("Kesin de geçici de kayıt yapılamaz")
        .says("Fotoğraf eksik ve kayıtta istenir")
        .says("m.11/1-b (OR-26)")
        .says("412,51234")
        .does_not_say("data-key=\"k\"");
    tick(&mut clerk, id).await;
    clerk
        .get(&path)
        .await
        .says("İstenen evrak tamam.")
        .says("Deneme memur · 23.11.2026")
        .says("Koşulu yok; masada soruldu")
        .says("data-key=\"k\"");

    register(&mut clerk, id, &[("fee_receipt", "D 17")])
        .await
        .is(422)
        .says("Bu alan boş bırakılamaz.")
        .says("aydınlatma metni okunmalı")
        .says("href=\"/aydinlatma?surum=2026-1\"")
        .says("value=\"D 17\"");
    let (version, once) = hidden(&mut clerk, id).await;
    let fields = [&[("version", version.as_str()), ("once", once.as_str()), ("onay", "1")], PAID].concat();
    clerk.post(&path, &fields).await.leads_to(&path);
    clerk.post(&path, &fields).await.leads_to(&path);
    let done = clerk
        .get(&path)
        .await
        .says("Kesin kayıt yapıldı. Kayıt onay belgesi hazır.")
        .says("2026/000001")
        .does_not_say("2026/000002")
        .says("Kesin kayıtlı")
        .says("girişliler)")
        .says("260010001")
        .says("D 17")
        .says("/ogrenci/260010001/belge/")
        .says("/ogrenci/260010001/hesap")
        .says("Sıradaki aday")
        .does_not_say("Aday zaten kesin kayıtlı")
        .does_not_say("data-key=\"k\"");
    let pdf = format!("/belge/{}/pdf", done.between("href=\"/belge/", "/pdf\""));
    clerk.get(&pdf).await.is(200);
    clerk.get("/ogrenci/260010001").await.is(200).says("Işıl ÇINAR");

    // Another clerk still has the page of before.
    campus.account("ikinci", Role::Clerk, Some("MÜH")).await;
    let mut second = campus.signed_in("ikinci").await;
    second.get(&path).await.is(200);
    let late = [&[("version", version.as_str()), ("once", "baska")], PAID].concat();
    second.post(&path, &late).await.is(409).says("Bu aday bu arada değişti").says("Deneme memur");

    // The list of the day, and the file for cards.
    clerk.get("/kayit/liste-yazdir").await.is(200).says("260010001").says("Işıl ÇINAR").says("1 kayıt");
    clerk.get("/kayit/liste-yazdir?gun=22.11.2026").await.is(200).says("Bu gün kayıt yapılmadı");
    clerk
        .get("/kayit/kart.csv")
        .await
        .is(200)
        .says("\u{feff}Numara;")
        .says("260010001;Işıl;ÇINAR;BLM-L;hayır;23.11.2026");

    // The advisor, by hand and for all.
    clerk.get(&format!("{path}/danisman")).await.is(200).says("yeni öğrenci");
    let advisor = [("staff", "1"), ("ground_ref", "2026/7"), ("ground_on", "23.11.2026")];
    clerk
        .post(&format!("{path}/danisman"), &advisor[..2])
        .await
        .is(422)
        .says("“Dayanağın tarihi” boş bırakılamaz.");
    clerk.post(&format!("{path}/danisman"), &advisor).await.leads_to(&path);
    clerk.get("/kayit/danisman?program=1").await.is(200).says("260010001").says("İnci AKÇAY");
    let all = [("program", "1"), ("yil", "2026"), ("staff", "2"), ("replace", "1"), ("onizle", "1")];
    clerk.post("/kayit/danisman", &all).await.is(200).says("1 öğrencinin danışmanı değişecek");
    let mut all = all.to_vec();
    all.splice(4.., [("uygula", "1"), ("ground_ref", "2026/8"), ("ground_on", "23.11.2026")]);
    clerk.post("/kayit/danisman", &all).await.leads_to("/kayit/danisman?program=1&yil=2026");
    clerk.get(&path).await.says("Çınar IRMAK");

    // Undoing asks for the password first.
    campus.wait(20);
    let undo = format!("{path}/geri-al");
    clerk.get(&undo).await.leads_to(&format!("/parola-sor?sonra={}", undo.replace('/', "%2F")));
    clerk.get("/parola-sor?sonra=%2F").await.is(200);
    clerk
        .post("/parola-sor", &[("parola", crate::browser::PASSWORD), ("sonra", &undo)])
        .await
        .leads_to(&undo);
    let form = clerk.get(&undo).await.is(200).says("Numara bir daha verilmez");
    let version = form.between("name=\"version\" value=\"", "\"");
    clerk.post(&undo, &[("version", &version)]).await.is(422);
    clerk.post(&undo, &[("version", &version), ("reason", "yanlış aday")]).await.leads_to(&path);
    clerk.get(&path).await.says("Bekliyor").says("yanlış aday").says("İstenen evrak tamam.");
    register(&mut clerk, id, PAID).await.leads_to(&path);
    clerk.get(&path).await.says("260010002");
    campus.has_all_words();
}

#[tokio::test]
async fn provisional_registrations_are_decided_and_places_given_up() {
    let campus = Campus::sqlite().await;
    let ids = desk(&campus).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let id = ids[1];
    let path = format!("/kayit/{id}");
    let papers = format!("{path}/evrak");
    clerk.get(&path).await.is(200);
    let missing = [
        ("evrak", "photograph"),
        ("durum-photograph", "missing"),
        ("son-photograph", "1.1.2020"),
        ("evrak", "field_certificate"),
        ("durum-field_certificate", "waived"),
    ];
    clerk
        .post(&papers, &missing)
        .await
        .is(422)
        .says("Muafiyetin nedenini yazın.")
        .says("bugün ya da sonrası olarak yazın")
        .says("value=\"1.1.2020\"");
    let sound = [
        ("evrak", "photograph"),
        ("durum-photograph", "missing"),
        ("son-photograph", "30.11.2026"),
        ("evrak", "field_certificate"),
        ("durum-field_certificate", "waived"),
        ("neden-field_certificate", "Ek puan yok"),
        ("baska", "passport"),
    ];
    clerk.post(&papers, &sound).await.leads_to(&path);
    clerk
        .get(&path)
        .await
        .says("Ek puan yok")
        .says("Pasaport")
        .says("data-key=\"p\"")
        .does_not_say("data-key=\"k\"");
    let owed = [("fee_state", "owed"), ("gecici", "1"), ("until", "30.11.2026")];
    register(&mut clerk, id, &owed).await.leads_to(&path);
    clerk.get(&path).await.says("Geçici kayıtlı").says("son gün 30.11.2026").says("Geçici kaydı kesinleştir");
    clerk.get("/kayit/geciken").await.is(200).says("Süresi geçmiş geçici kayıt yok");

    campus.wait(60 * 24 * 9);
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/kayit/geciken").await.is(200).says("Ümit IŞIK").says(&format!("{path}/karar?karar=lapse"));
    clerk.get("/kayit?durum=geciken").await.is(200).says("Ümit IŞIK").does_not_say("Ece İNCE");
    let decision = format!("{path}/karar");
    let form = clerk.get(&format!("{decision}?karar=extend")).await.is(200).says("Süreyi uzat");
    let version = form.between("name=\"version\" value=\"", "\"");
    let extend = [
        ("version", version.as_str()),
        ("decision", "extend"),
        ("until", "31.12.2026"),
        ("ground_ref", "2026/14-03"),
        ("ground_on", "01.12.2026"),
    ];
    clerk.post(&decision, &extend[..3]).await.is(422).says("Dayanağın sayısını yazın");
    clerk.post(&decision, &extend).await.leads_to("/kayit/geciken");
    clerk.get("/kayit/geciken").await.is(200).says("Süre uzatıldı.").does_not_say("Ümit IŞIK");

    let renounce = format!("{path}/vazgecme");
    let form = clerk.get(&renounce).await.is(200).says("numarası iptal edilir");
    let version = form.between("name=\"version\" value=\"", "\"");
    let once = form.between("name=\"once\" value=\"", "\"");
    let petition = [
        ("once", once.as_str()),
        ("version", version.as_str()),
        ("ground_ref", "E.2026/9"),
        ("ground_on", "01.12.2026"),
        ("returned", "passport"),
        ("returned_to", "Vekili A. Işık"),
    ];
    clerk.post(&renounce, &petition).await.leads_to(&path);
    clerk.post(&renounce, &petition).await.leads_to(&path);
    clerk
        .get(&path)
        .await
        .says("Vazgeçti")
        .does_not_say("Aday kayıttan vazgeçti.")
        .says("Geri verildi")
        .says("günü Vekili A. Işık aldı (Deneme memur)")
        .does_not_say("name=\"evrak\"");

    // Who only looks sees no form.
    campus.account("dekan", Role::UnitHead, Some("MÜH")).await;
    let mut dean = campus.signed_in("dekan").await;
    let other = format!("/kayit/{}", ids[2]);
    dean.get(&other)
        .await
        .is(200)
        .says("Ece İNCE")
        .does_not_say("name=\"evrak\"")
        .does_not_say("name=\"fee_state\"");
    dean.post(&format!("{other}/evrak"), &[("evrak", "photograph"), ("durum-photograph", "received")])
        .await
        .is(403);
    dean.get(&format!("{other}/vazgecme")).await.is(403);
    clerk.post("/tercih", &[("dil", "en"), ("geri", "/kayit")]).await.leads_to("/kayit");
    clerk.get(&other).await.is(200).says("Photograph is missing and asked for at registration");
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_registers_under_the_same_rules() {
    let house = House::sqlite().await;
    let office = &house.kit.office;
    let ids = morning(&office.db, office.now()).await;
    let desk = house.registrar().await;
    let list = house.get(&desk, "/candidates?programme=BLM-L&limit=2").await.expect(200).json();
    let names = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().expect("items");
        items.iter().map(|item| item["surname"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(&list), ["ÇINAR", "IŞIK"]);
    let next = list["next"].as_str().expect("a cursor");
    let rest =
        house.get(&desk, &format!("/candidates?programme=BLM-L&limit=2&after={next}")).await.expect(200);
    assert_eq!(names(&rest.json()), ["İNCE"]);
    let number = candidate(1, "", "", base::ids::ProgrammeId::new(1)).identity_no.expect("a number");
    house.get(&desk, &format!("/candidates?q={number}")).await.expect(422);
    let found = house.post(&desk, "/candidates/find", json!({ "number": number })).await;
    assert_eq!(found.expect(200).json()["id"], ids[0].get());

    let path = format!("/candidates/{}", ids[0]);
    let opened = house.get(&desk, &path).await.expect(200).json();
    assert_eq!((&opened["may_register"], &opened["candidate"]["state"]), (&json!(false), &json!("waiting")));
    assert!(!opened.to_string().contains(&number), "masked");
    let tick = |kind: &str, state: &str| json!({ "kind": kind, "state": state, "reason": "koşulu yok" });
    let papers = [
        tick("school_diploma", "copy_seen"),
        tick("photograph", "received"),
        tick("field_certificate", "waived"),
    ];
    let ticked = house.post(&desk, &format!("{path}/papers"), json!({ "papers": papers })).await;
    ticked.expect(204);
    let version = house.get(&desk, &path).await.expect(200).json()["candidate"]["version"].clone();
    let form = |fee: Value| json!({ "version": version, "fee": fee, "notice_read": true });
    let register = format!("{path}/register");
    let refused = house.post(&desk, &register, form(json!({ "state": "owed" }))).await;
    assert_eq!(refused.expect(422).errors(), ["fee_state: fee-owed"]);
    let done = house.post(&desk, &register, form(json!({ "state": "not_due" }))).await;
    let done = done.expect(200).json();
    assert_eq!((&done["number"], &done["state"]), (&json!("260010001"), &json!("registered")));
    let stale = house.post(&desk, &register, form(json!({ "state": "not_due" }))).await;
    assert_eq!(stale.expect(409).code(), "stale");
    let opened = house.get(&desk, &path).await.expect(200).json();
    assert_eq!((&opened["number"], &opened["fee"]["state"]), (&json!("260010001"), &json!("not_due")));

    let undo = json!({ "version": opened["candidate"]["version"], "reason": "yanlış aday" });
    let asked = house.post(&desk, &format!("{path}/undo"), undo).await;
    assert_eq!(asked.expect(403).code(), "needs-confirmation");
    let renounce = json!({
        "version": opened["candidate"]["version"], "ground_ref": "E.2026/9", "ground_on": "2026-11-23",
        "returned": ["photograph"], "returned_to": "Vekili A. Çınar",
    });
    house.post(&desk, &format!("{path}/renounce"), renounce).await.expect(204);
    let photo = |opened: &Value| {
        let papers = opened["papers"].as_array().expect("papers");
        papers.iter().find(|paper| paper["kind"] == "photograph").expect("a photo").clone()
    };
    let gone = house.get(&desk, &path).await.expect(200).json();
    assert_eq!(photo(&gone)["returned_to"], "Vekili A. Çınar");
    let returns = format!("{path}/returns");
    let again = house.post(&desk, &returns, json!({ "papers": ["photograph"] })).await;
    assert_eq!(again.expect(422).errors(), ["returned: required"]);
    let restore = json!({ "version": gone["candidate"]["version"], "ground_ref": "2026/15-02", "ground_on": "2026-11-23" });
    let asked = house.post(&desk, &format!("{path}/restore"), restore).await;
    assert_eq!(asked.expect(403).code(), "needs-confirmation");
    let other = format!("/candidates/{}", ids[1]);
    let version = house.get(&desk, &other).await.expect(200).json()["candidate"]["version"].clone();
    let correction = |words: &str| {
        json!({
            "version": version, "school": "obstacle", "military": "clear", "elsewhere": "clear", "clearance_words": words,
            "needs_preparatory": true, "phone": "0532 000 00 00",
        })
    };
    let wrong = house.post(&desk, &format!("{other}/correct"), correction("")).await;
    assert_eq!(wrong.expect(422).errors(), ["clearance_words: answer-without-paper"]);
    house.post(&desk, &format!("{other}/correct"), correction("Okul yazısı")).await.expect(204);
    let corrected = house.get(&desk, &other).await.expect(200).json();
    assert_eq!(
        (&corrected["clearances"]["school"], &corrected["class_year"]),
        (&json!("obstacle"), &json!(0))
    );
    let decision = json!({ "version": 1, "decision": "lapse", "ground_ref": "m.16" });
    let wrong = house.post(&desk, &format!("{path}/provisional"), decision).await;
    assert!([409, 422].contains(&wrong.status.as_u16()));
    house.get(&desk, "/candidates?state=renounced").await.expect(200);
}

#[tokio::test]
async fn the_desk_knows_better_than_the_list_and_a_place_comes_back() {
    let campus = Campus::sqlite().await;
    let ids = desk(&campus).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let path = format!("/kayit/{}", ids[0]);
    let correct = format!("{path}/bilgi");
    let form = clerk.get(&correct).await.is(200).says("Kurumların yanıtı").says("Hazırlık sınıfından başlar");
    let version = form.between("name=\"version\" value=\"", "\"");
    let answers = [
        ("version", version.as_str()),
        ("school", "obstacle"),
        ("military", "clear"),
        ("elsewhere", "clear"),
        ("needs_preparatory", "1"),
        ("phone", "0532 000 00 00"),
    ];
    clerk.post(&correct, &answers).await.is(422).says("Bunu gösteren belgeyi yazın.").says("0532 000 00 00");
    let answers = [&answers[..], &[("clearance_words", "Okul müdürlüğü yazısı, 118")]].concat();
    clerk.post(&correct, &answers).await.leads_to(&path);
    clerk
        .get(&path)
        .await
        .says("Aday bilgileri kaydedildi.")
        .says("ortaöğretimden mezun değil")
        .says("Okul müdürlüğü yazısı, 118")
        .says("Hazırlık sınıfı")
        .says("yeni öğrencisi en az olan");

    // Nobody issues the confirmation where the clerk does not want it.
    tick(&mut clerk, ids[0]).await;
    clerk.get(&path).await.says("Herkes gibi: programına").says("Kayıt onay belgesini de düzenle");
    let owed = [("fee_state", "owed"), ("gecici", "1"), ("until", "30.11.2026")];
    register(&mut clerk, ids[0], &owed).await.leads_to(&path);
    clerk.get(&path).await.says("Geçici kayıt yapıldı.").does_not_say("/pdf");

    let renounce = format!("{path}/vazgecme");
    let form = clerk.get(&renounce).await.is(200).says("Kime verildi").says("Fotoğraf");
    let version = form.between("name=\"version\" value=\"", "\"");
    let petition = [("version", version.as_str()), ("ground_ref", "E.2026/9"), ("ground_on", "23.11.2026")];
    clerk.post(&renounce, &petition).await.leads_to(&path);
    clerk.get(&path).await.says("Asıl evrakı geri ver").says("Yeniden beklemeye al").does_not_say("vazgecme");
    let back = format!("{path}/iade");
    clerk.get(&back).await.is(200).says("Geri verildi");
    clerk.post(&back, &[("returned_to", "kendisi")]).await.is(422);
    clerk.post(&back, &[("returned", "photograph")]).await.leads_to(&path);
    clerk.get(&path).await.says("günü Işıl ÇINAR aldı (Deneme memur)");

    campus.wait(20);
    let restore = format!("{path}/yeniden");
    clerk.get(&restore).await.leads_to(&format!("/parola-sor?sonra={}", restore.replace('/', "%2F")));
    clerk.get("/parola-sor?sonra=%2F").await.is(200);
    let confirm = [("parola", crate::browser::PASSWORD), ("sonra", &restore)];
    clerk.post("/parola-sor", &confirm).await.leads_to(&restore);
    let form = clerk.get(&restore).await.is(200).says("yeni bir numara alır");
    let version = form.between("name=\"version\" value=\"", "\"");
    let decision = [("version", version.as_str()), ("ground_ref", "2026/15-02"), ("ground_on", "23.11.2026")];
    clerk.post(&restore, &decision[..1]).await.is(422);
    clerk.post(&restore, &decision).await.leads_to(&path);
    clerk.get(&path).await.says("Aday yeniden bekliyor.").says("Fotoğraf eksik");
    campus.has_all_words();
}
