//! Dated windows on their page and by the API.

use domain::accounts::Role;
use serde_json::json;

use crate::{api_house::House, browser::Campus};

fn form<'a>(kind: &'a str, unit: &'a str, opens: &'a str, closes: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kind", kind),
        ("unit", unit),
        ("entry", ""),
        ("term", "2025-2026 autumn"),
        ("opens_on", opens),
        ("closes_on", closes),
        ("source", "Senato kararı 2026/41"),
    ]
}

#[tokio::test]
async fn windows_are_entered_changed_and_withdrawn_on_the_page() {
    let campus = Campus::sqlite().await;
    campus.account("oidb", Role::Registrar, None).await;
    campus.account("sekreter", Role::UnitSecretary, Some("MÜH")).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut registrar = campus.signed_in("oidb").await;
    registrar.get("/tarihler").await.is(200).says("Kayıtlı aralık yok").says("Kayıt masası");
    let page = registrar.get("/tarihler/yeni").await.is(200).says("Bütün kurum").says("2025-2026 Güz");
    page.says("ÖSYM yerleştirmesi").does_not_say("Aynı günlerde iki aralık");
    let wrong = registrar.post("/tarihler/yeni", &form("", "", "1 eylül", "")).await.is(422);
    wrong.says("boş bırakılamaz").says("gg.aa.yyyy biçiminde").says("Senato kararı 2026/41");
    let turned = form("registration", "", "02.09.2026", "01.09.2026");
    registrar.post("/tarihler/yeni", &turned).await.is(422).says("ilk günden önce olamaz");

    let sound = form("registration", "", "20.11.2026", "25.11.2026");
    registrar.post("/tarihler/yeni", &sound).await.leads_to("/tarihler");
    let page = registrar.get("/tarihler").await.is(200).says("Tarih aralığı kaydedildi.").says("Açık");
    page.says("20.11.2026 – 25.11.2026")
        .says("2025-2026 Güz")
        .says("Senato kararı 2026/41")
        .says("Deneme oidb");
    // One like it is asked about, and written when it is meant.
    let mut again = form("registration", "", "25.11.2026", "27.11.2026");
    registrar
        .post("/tarihler/yeni", &again)
        .await
        .is(422)
        .says("20.11.2026 – 25.11.2026 aralığı var")
        .says("name=\"overlap_ok\"");
    again.push(("overlap_ok", "1"));
    registrar.post("/tarihler/yeni", &again).await.leads_to("/tarihler");

    // What a window said before its days were changed stays on its page.
    let changed = [
        ("opens_on", "20.11.2026"),
        ("closes_on", "24.11.2026"),
        ("source", "Rektörlük duyurusu"),
        ("version", "1"),
    ];
    registrar.post("/tarihler/1", &changed).await.leads_to("/tarihler");
    registrar.get("/tarihler").await.says("/tarihler/1/gecmis").says("20.11.2026 – 24.11.2026");
    let past = registrar.get("/tarihler/1/gecmis").await.is(200).says("Rektörlük duyurusu");
    past.says("20.11.2026 – 25.11.2026").says("Senato kararı 2026/41");

    // A unit's secretary sets the unit's own and sees those of all.
    let mut secretary = campus.signed_in("sekreter").await;
    let page = secretary.get("/tarihler/yeni").await.is(200).says("Mühendislik Fakültesi");
    page.says("Bilgisayar Mühendisliği Bölümü")
        .does_not_say("Bütün kurum")
        .does_not_say("Örnek Üniversitesi (ÖRN)");
    let own = form("missing_papers", "BLM", "01.12.2026", "31.12.2026");
    secretary.post("/tarihler/yeni", &own).await.leads_to("/tarihler");
    secretary.post("/tarihler/yeni", &sound).await.is(403);
    let page = secretary.get("/tarihler").await.is(200).says("Açılacak").says("20.11.2026 – 24.11.2026");
    page.says("href=\"/tarihler/3\"").does_not_say("href=\"/tarihler/1\"");
    let id = 3;
    let path = format!("/tarihler/{id}");
    secretary.get(&path).await.is(200).says("value=\"01.12.2026\"").says("Eksik evrak tamamlama");
    let days = [
        ("version", "1"),
        ("opens_on", "02.12.2026"),
        ("closes_on", "30.12.2026"),
        ("source", "Yönetim kurulu kararı 2026/9"),
    ];
    secretary.post(&path, &days).await.leads_to("/tarihler");
    secretary.post(&path, &days).await.is(422).says("bu arada");
    secretary.get("/tarihler").await.says("02.12.2026 – 30.12.2026").says("Yönetim kurulu kararı 2026/9");
    secretary.get(&format!("{path}/geri-cek")).await.is(200);
    secretary.post(&format!("{path}/geri-cek"), &[("version", "2"), ("reason", "")]).await.is(422);
    secretary
        .post(&format!("{path}/geri-cek"), &[("version", "2"), ("reason", "Takvim değişti")])
        .await
        .leads_to("/tarihler");
    let page = secretary.get("/tarihler").await.says("Son bir yılda geri çekilenler").says("Takvim değişti");
    page.says(&format!("{path}/gecmis")).does_not_say(&format!("{path}/geri-cek"));
    secretary.get(&path).await.is(404);
    let past =
        secretary.get(&format!("{path}/gecmis")).await.is(200).says("Geri çekildi").says("Takvim değişti");
    past.says("01.12.2026 – 31.12.2026").says("02.12.2026 – 30.12.2026");

    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/tarihler").await.is(200).does_not_say("/tarihler/yeni").does_not_say("/geri-cek");
    clerk.get("/tarihler/yeni").await.is(403);
    let student = campus.student("240010001").await;
    campus.signed_in(&student).await.get("/tarihler").await.is(403);
    // In English, and in the log.
    secretary.post("/tercih", &[("dil", "en"), ("geri", "/tarihler")]).await.leads_to("/tarihler");
    secretary.get("/tarihler").await.is(200).says("Registration at the desk");
    campus.account("denetci", Role::Auditor, None).await;
    let mut auditor = campus.signed_in("denetci").await;
    let log = auditor.get("/denetim").await.is(200).says("Tarih aralığını geri çekme").says("Takvim değişti");
    log.says("birim: BLM · tarih aralığı: Eksik evrak tamamlama · başlangıç: 01.12.2026");
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_keeps_windows_as_the_page_does() {
    for house in House::all().await {
        let (clerk, registrar) = (house.clerk().await, house.registrar().await);
        let window = |closes: &str, overlap_ok: bool| {
            json!({
                "kind": "e_registration", "unit": "MÜH", "entry_kind": "yks", "opens_on": "2026-11-20", "closes_on": closes,
                "term": { "academic_year": "2025-2026", "season": "autumn" }, "source": "2026/41", "overlap_ok": overlap_ok,
            })
        };
        house.post(&clerk, "/windows", window("2026-11-25", false)).await.expect(403);
        let made = house.post(&registrar, "/windows", window("2026-11-25", false)).await.expect(201).json();
        assert_eq!(
            house.post(&registrar, "/windows", window("2026-11-22", false)).await.expect(422).errors(),
            ["overlap_ok: window-overlaps"]
        );
        assert_eq!(
            house.post(&registrar, "/windows", window("2026-11-19", true)).await.expect(422).errors(),
            ["closes_on: window-closes-before-it-opens"]
        );
        let list = house.get(&clerk, "/windows").await.expect(200).json();
        let line = &list["items"][0];
        assert_eq!(
            (&line["unit"], &line["state"], &line["term"]["season"], &line["may_change"]),
            (&json!("MÜH"), &json!("open"), &json!("autumn"), &json!(false))
        );
        let path = format!("/windows/{}", made["id"]);
        let days =
            json!({ "opens_on": "2026-11-24", "closes_on": "2026-11-26", "source": "2026/42", "version": 1 });
        house.put(&clerk, &path, days.clone()).await.expect(403);
        house.put(&registrar, &path, days.clone()).await.expect(204);
        assert_eq!(house.put(&registrar, &path, days).await.expect(409).code(), "stale");
        let withdrawal = json!({ "reason": "Ertelendi", "version": 2 });
        house.post(&registrar, &format!("{path}/withdrawal"), withdrawal.clone()).await.expect(204);
        house.post(&registrar, &format!("{path}/withdrawal"), withdrawal).await.expect(404);
        assert_eq!(house.get(&clerk, "/windows").await.expect(200).json()["items"], json!([]));
    }
}
