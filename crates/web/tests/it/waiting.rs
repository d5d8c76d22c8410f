//! Whoever writes while records are imported learns what he or she waits for, and loses nothing.

use axum::{
    body::Body,
    http::{Method, header},
};
use domain::accounts::Role;
use serde_json::json;
use services::accounts::{TokenScope, actor_of_account};

use crate::{
    api_house::{House, request},
    browser::{Browser, Campus, PASSWORD},
    held_import::HeldImport,
};

const CONTACT: &str = "/ogrenci/240010001/iletisim";
const NOTE: &str = "/ogrenci/240010001/not";

async fn version(browser: &mut Browser<'_>) -> String {
    browser.get(CONTACT).await.is(200).between("name=\"version\" value=\"", "\"")
}

#[tokio::test]
async fn a_form_comes_back_filled_and_says_which_import_it_waits_for() {
    let campus = Campus::sqlite().await;
    campus.account("oidb", Role::Registrar, None).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let (mut clerk, mut writer) = (campus.signed_in("memur").await, campus.signed_in("memur").await);
    let (mut guest, mut english) = (campus.browser(), campus.browser());
    let version = version(&mut clerk).await;
    writer.get("/ogrenci/240010001").await.is(200);
    guest.get("/giris").await.is(200);
    english.get("/giris").await.is(200);
    english.post("/tercih", &[("dil", "en"), ("geri", "/giris")]).await.leads_to("/giris");
    english.get("/giris").await.is(200).says("<html lang=\"en\"");

    let office = &campus.kit.office;
    let actor = actor_of_account(office, "oidb", "test").await.expect("an actor");
    let held = HeldImport::start(office, actor).await;
    let form = [
        ("version", version.as_str()),
        ("email", "isin@example.invalid"),
        ("phone", "0555 123 45 67"),
        ("address", "Çınar Sokak <5>"),
    ];
    let note = [("body", "Evrakını pazartesi getirecek.")];
    let login = [("kullanici", "memur"), ("parola", PASSWORD)];
    let (contact, noted, turkish, signed) = tokio::join!(
        clerk.post(CONTACT, &form),
        writer.post(NOTE, &note),
        guest.post("/giris", &login),
        english.post("/giris", &login),
    );
    held.end().await;

    let contact = contact
        .is(503)
        .says("Kayıt aktarımı sürüyor")
        .says("numaralı iş 23.11.2026 12.00 anında başladı")
        .says("Başlatan: Deneme oidb.")
        .says("Yazdıklarınız kaydedilmedi ama bu sayfada duruyor")
        .says("value=\"isin@example.invalid\"")
        .says("value=\"0555 123 45 67\"")
        .says("Çınar Sokak &#60;5&#62;");
    assert_eq!(contact.retry_after, "30");
    let noted = noted
        .is(503)
        .says("Kayıt aktarımı sürüyor")
        .says("Başlatan: Deneme oidb.")
        .says(&format!("action=\"{NOTE}\""))
        .says("name=\"body\" value=\"Evrakını pazartesi getirecek.\"")
        .says("Yeniden gönder");
    assert_eq!(noted.retry_after, "30");
    let turkish = turkish
        .is(503)
        .says("Kayıt aktarımı sürüyor")
        .does_not_say("Deneme oidb")
        .says("value=\"memur\"")
        .does_not_say(PASSWORD);
    assert_eq!(turkish.retry_after, "30");
    signed.is(503).says("Records are being imported").does_not_say("Deneme oidb");

    clerk.post(CONTACT, &form).await.leads_to("/ogrenci/240010001");
    writer.post(NOTE, &note).await.leads_to("/ogrenci/240010001#gise-notlari");
    clerk
        .get("/ogrenci/240010001")
        .await
        .is(200)
        .says("isin@<wbr>example.invalid")
        .says("pazartesi getirecek");
    campus.has_all_words();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_names_the_import_in_its_problem() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        house.registrar().await;
        let contact = house.get(&clerk, "/students/240010001").await.expect(200).json()["contact"].clone();
        let form = json!({
            "email": "isin@example.invalid", "phone": "", "address": "", "version": contact["version"],
        });
        let put = |lang: &str| {
            let request = request(Method::PUT, &clerk, "/students/240010001/contact")
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::ACCEPT_LANGUAGE, lang);
            request.body(Body::from(form.to_string())).expect("a request")
        };
        let actor = actor_of_account(&house.kit.office, "oidb", "test").await.expect("an actor");
        let held = HeldImport::start(&house.kit.office, actor).await;
        let (turkish, english) = tokio::join!(house.send(put("tr")), house.send(put("en")));
        held.end().await;
        for answered in [&turkish, &english] {
            assert_eq!((answered.status.as_u16(), answered.code()), (503, "busy".to_owned()));
            assert_eq!(answered.header("retry-after"), "30");
            let import = &answered.json()["import"];
            assert!(import["job"].as_i64().is_some_and(|job| job > 0), "{import}");
            assert!(import["rows"].as_i64().is_some_and(|rows| rows > 30), "{import}");
            assert_eq!(import["since"], "2026-11-23T09:00:00Z");
            assert_eq!(import["started_by"], "oidb");
        }
        assert_eq!(turkish.json()["title"], "Kayıt aktarımı sürüyor");
        let detail = turkish.json()["detail"].as_str().unwrap_or_default().to_owned();
        assert!(detail.contains("23.11.2026 12.00 anında") && detail.contains("Başlatan: oidb."), "{detail}");
        assert_eq!(english.json()["title"], "Records are being imported");
        house.send(put("tr")).await.expect(204);
        assert!(house.get(&clerk, "/me").await.expect(200).json()["import"].is_null());
    }
}

#[tokio::test]
async fn nobody_who_came_without_a_token_learns_who_imports() {
    let house = House::sqlite().await;
    house.token("oidb", Role::Registrar, None, TokenScope::Write).await;
    let actor = actor_of_account(&house.kit.office, "oidb", "test").await.expect("an actor");
    let held = HeldImport::start(&house.kit.office, actor).await;
    let answered = house.get("", "/verify/01234-56789-ABCDE-FGHJK-MNPQRS").await.expect(503).json();
    held.end().await;
    assert!(answered["import"]["since"].is_string() && answered["import"]["started_by"].is_null());
    assert!(!answered["detail"].as_str().unwrap_or_default().contains("oidb"));
}
