//! Orientation through the real router: the office plans and takes attendance, the student answers.

use axum::http::Method;
use domain::accounts::Role;
use serde_json::json;

use crate::{
    api_house::House,
    browser::{Browser, Campus},
};

/// Opens an orientation of MÜH for those who entered in 2024, with a session from 13.00 to 15.00 of the test's day.
async fn opened(clerk: &mut Browser<'_>) {
    let names = [("name_tr", "Hoş geldiniz"), ("name_en", "Welcome")];
    let rules = ("rules_url", "https://www.ornek.example.invalid/yonetmelik");
    let new = [names.as_slice(), &[("unit", "MÜH"), ("year", "2024"), rules]].concat();
    clerk.get("/oryantasyon/yeni").await.is(200).says("Mühendislik Fakültesi").does_not_say("(ÖRN)");
    clerk.post("/oryantasyon/yeni", &new).await.leads_to("/oryantasyon/1");
    let plan = session("13.00", "15.00");
    clerk.get("/oryantasyon/1/oturum").await.is(200);
    clerk.post("/oryantasyon/1/oturum", &plan).await.leads_to("/oryantasyon/1");
}

fn session<'a>(starts: &'a str, ends: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title_tr", "Kayıt ve dersler"),
        ("title_en", "Registration and courses"),
        ("place", "Mavi Salon"),
        ("speaker", "Doç. Dr. Çınar Irmak"),
        ("day", "23.11.2026"),
        ("starts", starts),
        ("ends", ends),
    ]
}

#[tokio::test]
async fn the_office_plans_invites_and_takes_attendance() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/oryantasyon").await.is(200).says("Kayıtlı oryantasyon yok");
    let wrong = [("unit", "MÜH"), ("year", "yakında"), ("name_tr", ""), ("name_en", "Welcome")];
    clerk
        .post("/oryantasyon/yeni", &wrong)
        .await
        .is(422)
        .says("Dört haneli bir giriş yılı")
        .says("value=\"yakında\"");
    opened(&mut clerk).await;
    let late = session("15.00", "14.00");
    clerk.post("/oryantasyon/1/oturum", &late).await.is(422).says("Bitiş saati başlangıçtan sonra");

    let page = clerk.get("/oryantasyon/1").await.is(200).says("1 yeni öğrenci davet edilmedi");
    page.says("23.11.2026 13.00–15.00").says("Mavi Salon").says("2024 girişliler");
    clerk.post("/oryantasyon/1/davet", &[]).await.leads_to("/oryantasyon/1");
    clerk
        .get("/oryantasyon/1")
        .await
        .says("Yeni öğrenciler davet edildi.")
        .says("Davet edilecek yeni öğrenci yok");
    clerk.post("/oryantasyon/1/davet", &[]).await.leads_to("/oryantasyon/1");
    clerk.get("/oryantasyon/1").await.says("Davet edilecek yeni öğrenci kalmamış.");
    clerk.get("/oryantasyon/1/davetliler?goster=gelmeyen").await.is(200).says("Işın IŞIK").says("Gelmedi");
    clerk.get("/oryantasyon").await.is(200).says("Hoş geldiniz");

    // The papers: the notice for the wall and the sheet for the door, numbered and kept like any other.
    let notice = "/oryantasyon/1/duyuru";
    clerk.get(notice).await.is(200).says("Hoş geldiniz").says("Mühendislik Fakültesi");
    clerk.post(notice, &[("lang", "tr"), ("once", "n1")]).await.leads_to("/belge/1");
    clerk.post(notice, &[("lang", "tr"), ("once", "n1")]).await.leads_to("/belge/1");
    clerk.get("/belge/1").await.is(200).says("Oryantasyon duyurusu");
    let sheet = "/oryantasyon/oturum/1/imza";
    clerk.get(sheet).await.is(200).says("Mavi Salon · 23.11.2026 13.00–15.00").does_not_say("Işın");
    clerk.post(sheet, &[("lang", "en"), ("once", "s1")]).await.leads_to("/belge/2");
    let page = clerk.get("/belge/2").await.is(200).says("Oryantasyon imza listesi").does_not_say("Işın");
    let page = page.says("Kayıt ve dersler, 23.11.2026");
    let code = page.between("Doğrulama kodu</dt><dd>", "<");
    campus
        .browser()
        .get(&format!("/dogrula/{}", code.trim()))
        .await
        .is(200)
        .says("23.11.2026")
        .does_not_say("IŞIK");
    clerk.get("/belgeler?hepsi=1").await.is(200).says("Oryantasyon imza listesi");
    let code = clerk.get("/oryantasyon/oturum/1/karekod").await.is(200);
    let key = code.between("https://kunye.example.invalid/oryantasyon/katil/", "<");
    assert_eq!(key.len(), 32);
    clerk.get("/oryantasyon/oturum/1/karekod.svg").await.is(200).says("<svg").says("<path d=\"M4 4h7");

    // At the door: twice is once, a stranger is refused, and what was typed stands there.
    let door = "/oryantasyon/oturum/1/numara";
    clerk.get("/oryantasyon/oturum/1").await.is(200).says("Henüz kimse yazılmadı").says("0 / 1 katıldı");
    clerk.post(door, &[("number", "240010001")]).await.leads_to("/oryantasyon/oturum/1");
    clerk
        .get("/oryantasyon/oturum/1")
        .await
        .says("Yoklamaya yazıldı.")
        .says("numarayla")
        .says("1 / 1 katıldı");
    clerk.post(door, &[("number", "240010001")]).await.leads_to("/oryantasyon/oturum/1");
    clerk.get("/oryantasyon/oturum/1").await.says("ikinci kez yazılmadı").says("1 / 1 katıldı");
    clerk
        .post(door, &[("number", "250020001")])
        .await
        .is(422)
        .says("davetli değil")
        .says("value=\"250020001\"");
    clerk.post(door, &[("number", "1")]).await.is(422).says("Bu numarada öğrenci yok");
    // On the list the tick is taken away and set again.
    let here = "/oryantasyon/oturum/1";
    clerk.post(here, &[("vardi", "240010001")]).await.leads_to(here);
    clerk.get(here).await.says("Yoklama listesi kaydedildi.").says("0 / 1 katıldı");
    clerk.post(here, &[("katildi", "240010001")]).await.leads_to(here);
    clerk.get(here).await.says("listeden").says("name=\"vardi\" value=\"240010001\"");
    clerk.post(here, &[("vardi", "240010001"), ("katildi", "240010001")]).await.leads_to(here);
    clerk.get(here).await.says("Listede değişiklik yoktu.");
    clerk.get("/oryantasyon/oturum/1/degistir").await.is(200).says("value=\"13.00\"").does_not_say("/sil\"");
    clerk.post("/oryantasyon/oturum/1/sil", &[("version", "1")]).await.is(422).says("Bu oturuma katılan var");
    // Whoever came is offered the certificate, alone and all together.
    let came =
        clerk.get("/oryantasyon/1/davetliler?goster=katilan").await.is(200).says("Katılım belgesi bas");
    came.says("value=\"participation_certificate\"").says("value=\"240010001\"");
    let together = [("no", "240010001"), ("kind", "participation_certificate")];
    clerk
        .post("/belgeler/toplu", &together)
        .await
        .is(200)
        .says("value=\"participation_certificate\" checked");
    clerk.get("/ogrenci/240010001").await.is(200).says("Oryantasyon katılım belgesi");
    let mut change = session("13.00", "16.00");
    change.push(("version", "1"));
    clerk.post("/oryantasyon/oturum/1/degistir", &change).await.leads_to(here);
    clerk.post("/oryantasyon/oturum/1/degistir", &change).await.is(422).says("bu arada");
    clerk.get("/oryantasyon/1/ad").await.is(200).says("value=\"Hoş geldiniz\"");
    let rules = "https://www.ornek.example.invalid/yonetmelikler";
    let mut names =
        vec![("name_tr", "Uyum"), ("name_en", "Orientation"), ("version", "1"), ("rules_url", "yok")];
    clerk.post("/oryantasyon/1/ad", &names).await.is(422).says("https:// ile başlamalı");
    names[3] = ("rules_url", rules);
    clerk.post("/oryantasyon/1/ad", &names).await.leads_to("/oryantasyon/1");

    clerk.get("/oryantasyon/1").await.says(rules);

    // Another unit's clerk may not know of it; who manages none is refused.
    campus.account("yabanci", Role::Clerk, Some("EEM")).await;
    let mut other = campus.signed_in("yabanci").await;
    for path in ["/oryantasyon/1", "/oryantasyon/1/davetliler", here, "/oryantasyon/oturum/1/karekod.svg"] {
        other.get(path).await.is(404);
    }
    campus.account("dekan", Role::UnitHead, Some("MÜH")).await;
    campus.signed_in("dekan").await.get("/oryantasyon").await.is(403);
    // In English, and in the log.
    clerk.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    for path in
        ["/oryantasyon", "/oryantasyon/1", "/oryantasyon/1/duyuru", here, "/oryantasyon/oturum/1/karekod"]
    {
        clerk.get(path).await.is(200);
    }
    campus.kit.office.reads.flush().await;
    campus.account("denetci", Role::Auditor, None).await;
    let mut auditor = campus.signed_in("denetci").await;
    let log = auditor.get("/denetim?ogrenci=240010001").await.is(200).says("Yoklamadan silme");
    log.says("oturum: 1 · yol: listeden").says("Oryantasyon listesi");
    campus.has_all_words();
}

#[tokio::test]
async fn a_student_comes_by_phone_acknowledges_and_answers() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let user = campus.student("240010001").await;
    let mut clerk = campus.signed_in("memur").await;
    opened(&mut clerk).await;
    let code = clerk.get("/oryantasyon/oturum/1/karekod").await;
    let path = format!("/oryantasyon/katil/{}", code.between("invalid/oryantasyon/katil/", "<"));
    // The phone is not signed in: the code leads there after signing in.
    campus.browser().get(&path).await.leads_to(&format!("/giris?sonra={}", web::url::encode(&path)));
    let mut student = campus.signed_in(&user).await;
    student.get("/oryantasyon").await.leads_to("/oryantasyon/benim");
    student.get("/oryantasyon/benim").await.is(200).says("Henüz davetiniz yok");
    clerk.post("/oryantasyon/1/davet", &[]).await.is(303);
    // The start page tells of the invitation until it was opened.
    student.get("/").await.is(200).says("Oryantasyona davetlisiniz").says("Hoş geldiniz: programı");
    let own = student.get("/oryantasyon/benim").await.is(200).says("Hoş geldiniz").says("Mavi Salon");
    own.says("Okuduğunuzu bildirmediniz").says("Yönetmelikleri okudum").does_not_say("/gorus");
    student.get("/").await.is(200).does_not_say("Oryantasyona davetlisiniz");

    student.get(&path).await.is(200).says("Yoklama şimdi açık değil").does_not_say("Katıldım");
    student.post(&path, &[]).await.is(422).says("Yoklama şimdi açık değil");
    campus.wait(70);
    let (mut student, mut clerk) = (campus.signed_in(&user).await, campus.signed_in("memur").await);
    student.get(&path).await.is(200).says("Katıldım");
    // A look alone notes nothing.
    student.get(&path).await.says("Katıldım");
    student.post(&path, &[]).await.leads_to(&path);
    student.get(&path).await.says("Katılımınız yazıldı.").says("Katıldınız").does_not_say("Katıldım<");
    student.post(&path, &[]).await.leads_to(&path);
    student.get("/oryantasyon/katil/00112233445566778899aabbccddeeff").await.is(404);
    clerk.get(&path).await.is(403);
    clerk.get("/oryantasyon/oturum/1").await.says("telefonla").says("1 / 1 katıldı");

    student.post("/oryantasyon/benim/1/okudum", &[]).await.leads_to("/oryantasyon/benim");
    let own = student.get("/oryantasyon/benim").await.says("okuduğunuz kaydedildi");
    own.does_not_say("/okudum").says("/oryantasyon/benim/1/gorus");
    student.get("/oryantasyon/benim/1/gorus").await.is(200).says("Büro, adınızı görmez");
    let feedback = "/oryantasyon/benim/1/gorus";
    student.post(feedback, &[("score", ""), ("words", "Güzel")]).await.is(422).says("1 ile 5").says("Güzel");
    student.post(feedback, &[("score", "4"), ("words", "Güzeldi.")]).await.leads_to("/oryantasyon/benim");
    student.get("/oryantasyon/benim").await.says("4 – yararlı oldu").says("Görüşümü değiştir");
    student.get("/oryantasyon/benim/2/gorus").await.is(404);
    student.post("/oryantasyon/benim/2/okudum", &[]).await.is(404);
    student.get("/oryantasyon/1").await.is(403);
    // One answer is one student: it is counted, and kept back.
    let page = clerk.get("/oryantasyon/1").await.is(200).says("Yanıtlar henüz gösterilmiyor");
    page.says("en az 5 yanıt").does_not_say("Güzeldi.").does_not_say("4,0").does_not_say("Işın");
    // In English.
    student.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    student.get("/oryantasyon/benim").await.is(200).says("You attended");
    student.get(feedback).await.is(200);
    student.get(&path).await.is(200);
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_does_all_of_it_too() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let new = json!({ "unit": "MÜH", "year": 2024, "name_tr": "Hoş geldiniz", "name_en": "Welcome" });
        let made = house.post(&clerk, "/orientations", new.clone()).await.expect(201).json();
        assert_eq!(
            house.post(&clerk, "/orientations", new).await.expect(422).errors(),
            ["name_tr: orientation-there"]
        );
        let path = format!("/orientations/{}", made["id"]);
        let session = json!({
            "title_tr": "Açılış", "title_en": "Opening", "place": "Mavi Salon", "day": "2026-11-23", "starts": "12.05", "ends": "14.00",
        });
        let planned =
            house.post(&clerk, &format!("{path}/sessions"), session.clone()).await.expect(201).json();
        let at = format!("/orientation-sessions/{}", planned["id"]);
        house.put(&clerk, &at, json!({ "plan": session, "version": 1 })).await.expect(204);
        house.put(&clerk, &at, json!({ "plan": session, "version": 1 })).await.expect(409);
        let invited = house.post(&clerk, &format!("{path}/invitations"), json!({})).await.expect(200).json();
        assert_eq!(invited["invited"], 1);
        let rename = json!({ "name_tr": "Uyum", "name_en": "Orientation", "version": 1 });
        house.put(&clerk, &path, rename).await.expect(204);
        let book = Some(("handbook", b"%PDF-1.7 el kitabi".as_slice()));
        let handbook = format!("{path}/handbook");
        house.form(Method::PUT, &clerk, &handbook, &[("version", "2")], book).await.expect(204);

        let student = house.student_token("240010001").await;
        assert_eq!(house.get(&student, &handbook).await.expect(200).bytes, b"%PDF-1.7 el kitabi");
        let own = house.get(&student, "/me/orientations").await.expect(200).json();
        assert_eq!(
            (&own["items"][0]["name"]["en"], &own["items"][0]["programme"][0]["starts"]),
            (&json!("Orientation"), &json!("12.05"))
        );
        let mine = format!("/me{path}");
        house.post(&student, &format!("{mine}/acknowledgement"), json!({})).await.expect(204);
        let answer = json!({ "score": 5, "words": "Teşekkürler" });
        assert_eq!(
            house.put(&student, &format!("{mine}/feedback"), answer.clone()).await.expect(422).errors(),
            ["score: feedback-needs-attendance"]
        );
        let list = house.get(&clerk, &format!("{at}/attendance")).await.expect(200).json();
        assert_eq!(
            (&list["items"][0]["student"]["number"], &list["items"][0]["channel"]),
            (&json!("240010001"), &json!(null))
        );
        let key = list["attend_url"].as_str().and_then(|url| url.rsplit('/').next()).expect("a key");
        let attend = json!({ "key": key });
        assert_eq!(
            house.post(&student, "/me/attendance", attend.clone()).await.expect(200).json()["is_new"],
            true
        );
        assert_eq!(
            house.post(&student, "/me/attendance", attend.clone()).await.expect(200).json()["is_new"],
            false
        );
        house.post(&clerk, "/me/attendance", attend).await.expect(403);
        house.put(&student, &format!("{mine}/feedback"), answer).await.expect(204);
        let door =
            house.post(&clerk, &format!("{at}/door"), json!({ "number": "240010001" })).await.expect(200);
        assert_eq!(door.json()["is_new"], false);
        let ticks = json!({ "came": [], "did_not_come": ["240010001"] });
        let change = house.post(&clerk, &format!("{at}/attendance"), ticks).await.expect(200).json();
        assert_eq!((&change["noted"], &change["removed"]), (&json!(0), &json!(1)));
        let absent = house.get(&clerk, &format!("{path}/invitations?absent=true")).await.expect(200).json();
        assert_eq!(absent["items"].as_array().map(Vec::len), Some(1));
        let record = house.get(&clerk, &path).await.expect(200).json();
        assert_eq!(
            (&record["feedback"], &record["orientation"]["acknowledged"]),
            (&json!({ "count": 1, "average": null, "words": [] }), &json!(1))
        );
        let notice = house.post(&clerk, &format!("{path}/notices"), json!({ "lang": "en" })).await;
        let notice = notice.expect(201).json();
        let paper = house.get(&clerk, &format!("/documents/{}", notice["id"])).await.expect(200).json();
        assert_eq!((&paper["kind"], &paper["lang"]), (&json!("orientation_notice"), &json!("en")));
        let sheet = house.post(&clerk, &format!("{at}/sign-in-sheets"), json!({})).await.expect(201).json();
        let code = sheet["code"].as_str().expect("a code");
        let verified = house.get("", &format!("/verify/{code}")).await.expect(200).json();
        assert_eq!(
            (&verified["document"]["day"], &verified["document"]["holder"]),
            (&json!("2026-11-23"), &json!(null))
        );
        let all = house.get(&clerk, "/orientations?year=2024").await.expect(200).json();
        assert_eq!(all["items"][0]["name"]["tr"], "Uyum");
        house.post(&clerk, &format!("{at}/removal"), json!({ "version": 2 })).await.expect(204);
        house.get(&clerk, &format!("{at}/attendance")).await.expect(404);
        house.get(&student, &path).await.expect(403);
    }
}
