//! Units and programmes, their dated changes, and the audit log in which they stand.

use domain::accounts::Role;

use serde_json::json;

use crate::{api_house::House, browser::Campus};

#[tokio::test]
async fn units_and_programmes_are_shown_with_who_holds_which_office() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let tree =
        clerk.get("/birimler").await.is(200).says("Örnek Üniversitesi").says("Dekan: Prof. Dr. İnci AKÇAY");
    tree.says("href=\"/birimler/M%C3%9CH\"").says("Bilgisayar Mühendisliği");
    let unit = clerk.get("/birimler/M%C3%9CH").await.is(200).says("Mühendislik Fakültesi").says("71000002");
    unit.says("Çınar IRMAK").says("Sona erdi").says("Yürürlükte").does_not_say("/birimler/M%C3%9CH/ad");
    clerk.get("/birimler/YOK").await.is(404);
    let programme = clerk
        .get("/programlar/BLM-L")
        .await
        .is(200)
        .says("Programlama I")
        .says("1. yarıyıl")
        .says("seçmeli")
        .says("109900013");
    programme.says("Lisans");
    clerk.get("/programlar/BLM-L?surum=1").await.is(200);
    clerk.get("/programlar/BLM-L?surum=9").await.is(404);
    clerk.get("/birimler/M%C3%9CH/ad").await.is(403);
    clerk.get("/birimler/M%C3%9CH/gorev").await.is(403);
    campus.has_all_words();
}

#[tokio::test]
async fn a_unit_gets_a_name_and_officers_from_a_day_on() {
    let campus = Campus::sqlite().await;
    campus.account("oidb", Role::Registrar, None).await;
    campus.account("denetci", Role::Auditor, None).await;
    let mut registrar = campus.signed_in("oidb").await;
    let base = "/birimler/M%C3%9CH";

    registrar.get(&format!("{base}/ad")).await.is(200).says("value=\"Mühendislik Fakültesi\"");
    let name = |tr: &'static str, from: &'static str, reason: &'static str| {
        [
            ("name_tr", tr),
            ("name_en", "Faculty of Engineering and Architecture"),
            ("valid_from", from),
            ("reason", reason),
        ]
    };
    let path = format!("{base}/ad");
    let wrong = registrar.post(&path, &name("", "1.1.1800", "")).await.is(422).says("” boş bırakılamaz");
    wrong.says("Yeni ad bundan sonraki bir günde başlamalı");
    registrar
        .post(&path, &name("Mühendislik ve Mimarlık Fakültesi", "01.01.2027", "YÖK yazısı 05.02.2026, 1182"))
        .await
        .leads_to(&format!("{base}#adlar"));
    let page = registrar
        .get(base)
        .await
        .is(200)
        .says("Yeni ad kaydedildi.")
        .says("İleri tarihli")
        .says("Mühendislik ve Mimarlık Fakültesi");
    page.says("<h1>Mühendislik Fakültesi</h1>");

    registrar
        .get(&format!("{base}/gorev"))
        .await
        .is(200)
        .says("Doç. Dr. Çınar IRMAK")
        .says("Dekan yardımcısı");
    let page = registrar.get(base).await;
    let dean = page.between(&format!("href=\"{base}/gorev/"), "\"");
    let staff = registrar.get(&format!("{base}/gorev")).await;
    let irmak = staff.between("</option><option value=\"", "\">Doç. Dr. Çınar IRMAK");
    let irmak = irmak.rsplit("value=\"").next().expect("an id").to_owned();
    let appoint = |office: &'static str, from: &'static str| {
        [("office", office), ("starts_on", from), ("ends_on", ""), ("reason", "Rektörlük yazısı 2026/9")]
    };
    let mut form = appoint("dean", "01.12.2026").to_vec();
    form.push(("staff", &irmak));
    let path = format!("{base}/gorev");
    registrar.post(&path, &form).await.is(422).says("Prof. Dr. İnci AKÇAY yürütüyor");
    let mut rector = appoint("rector", "01.12.2026").to_vec();
    rector.push(("staff", &irmak));
    registrar.post(&path, &rector).await.is(422).says("böyle bir görev yok");

    let end = format!("{base}/gorev/{dean}");
    registrar.get(&end).await.is(200).says("Prof. Dr. İnci AKÇAY");
    registrar.post(&end, &[("ends_on", "01.12.2026"), ("reason", "")]).await.is(422);
    registrar
        .post(&end, &[("ends_on", "01.12.2026"), ("reason", "Rektörlük yazısı 2026/9")])
        .await
        .leads_to(&format!("{base}#gorevler"));
    registrar.post(&path, &form).await.leads_to(&format!("{base}#gorevler"));
    registrar.get(base).await.is(200).says("01.12.2026");

    campus.kit.office.reads.flush().await;
    let mut auditor = campus.signed_in("denetci").await;
    let log = auditor
        .get("/denetim")
        .await
        .is(200)
        .says("Görev bitirme")
        .says("Görevlendirme")
        .says("Birime ad verme");
    log.says("Rektörlük yazısı 2026/9").says("Deneme oidb");
    auditor.get("/denetim?eylem=name_unit").await.is(200).says("YÖK yazısı").does_not_say("2026/9");
    auditor.get(&format!("{base}/ad")).await.is(403);
    campus.has_all_words();
}

#[tokio::test]
async fn the_auditor_finds_who_looked_at_whom() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("denetci", Role::Auditor, None).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/ogrenci/240010001").await.is(200);
    clerk.get("/ogrenci/240010003").await.is(200);
    clerk.get("/ogrenciler?q=ince").await.is(200);
    campus.kit.office.reads.flush().await;
    let mut auditor = campus.signed_in("denetci").await;
    let log = auditor.get("/denetim").await.is(200).says("/ogrenci/240010001").says("/ogrenci/240010003");
    log.says("kişi listelendi").says("arama: 4 harf");
    let one = auditor.get("/denetim?ogrenci=240010001&hesap=memur").await.is(200).says("/ogrenci/240010001");
    one.does_not_say("/ogrenci/240010003").says("Öğrenci sayfası");
    auditor.get("/denetim?eylem=sign_in").await.is(200).says("Giriş").does_not_say("/ogrenci/240010001");
    auditor
        .get("/denetim?ogrenci=1&hesap=yok")
        .await
        .is(422)
        .says("Bu numarada öğrenci yok")
        .says("Bu adla bir hesap yok");
    campus.kit.office.reads.flush().await;
    auditor.get("/denetim?eylem=read_audit").await.is(200).says("öğrenci: 240010001 · hesap: memur");
    campus.has_all_words();
}

#[tokio::test]
async fn a_long_log_is_read_page_by_page() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("denetci", Role::Auditor, None).await;
    let mut clerk = campus.signed_in("memur").await;
    for _ in 0..55 {
        clerk.get("/ogrenci/240010003").await.is(200);
    }
    campus.kit.office.reads.flush().await;
    let mut auditor = campus.signed_in("denetci").await;
    let path = "/denetim?ogrenci=240010003&eylem=read_student";
    let first = auditor.get(path).await.is(200);
    // What was done again within a minute is told once, with how often.
    assert_eq!(first.html.matches("/ogrenci/240010003").count(), 1);
    assert!(first.html.contains("50 kez"));
    let more = first
        .between("class=\"btn\" href=\"/denetim?ogrenci=240010003&#38;eylem=read_student&#38;sonra=", "\"");
    let second = auditor.get(&format!("{path}&sonra={more}")).await.is(200);
    second.says("5 kez");
}

#[tokio::test]
async fn programmes_get_names_and_units_and_programmes_get_codes_from_a_day_on() {
    let campus = Campus::sqlite().await;
    campus.account("oidb", Role::Registrar, None).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("denetci", Role::Auditor, None).await;
    let mut registrar = campus.signed_in("oidb").await;
    let base = "/programlar/BLM-L";
    let page = registrar.get(base).await.is(200);
    page.says(&format!("href=\"{base}/ad\"")).says(&format!("href=\"{base}/kod\""));

    let path = format!("{base}/ad");
    registrar.get(&path).await.is(200).says("value=\"Bilgisayar Mühendisliği\"");
    let name = |tr: &'static str, from: &'static str| {
        [("name_tr", tr), ("name_en", "Informatics"), ("valid_from", from), ("reason", "YÖK yazısı 2026/7")]
    };
    registrar.post(&path, &name("", "1.1.1800")).await.is(422).says("” boş bırakılamaz");
    registrar
        .post(&path, &name("Bilişim Mühendisliği", "01.11.2026"))
        .await
        .leads_to(&format!("{base}#adlar"));
    registrar.get(base).await.is(200).says("<h1>Bilişim Mühendisliği</h1>").says("01.11.2026 tarihine kadar");
    registrar.get("/ogrenciler").await.is(200).says("Bilişim Mühendisliği");

    let path = format!("{base}/kod");
    registrar
        .get(&path)
        .await
        .is(200)
        .says("109900013")
        .says("ÖSYM program kodu, 9 rakam")
        .does_not_say("DETSİS");
    let code = |system: &'static str, value: &'static str, from: &'static str| {
        [("system", system), ("value", value), ("valid_from", from), ("reason", "ÖSYM kılavuzu 2026")]
    };
    let wrong = registrar.post(&path, &code("osym", "12 34", "")).await.is(422).says("9 rakamdan oluşur");
    wrong.says("gg.aa.yyyy biçiminde");
    registrar
        .post(&path, &code("osym", "109900013", "01.12.2026"))
        .await
        .is(422)
        .says("Geçerli kod zaten bu");
    registrar.post(&path, &code("osym", "109900023", "01.12.2026")).await.is(422).says("EEM-L kodlu kayıtta");
    registrar.post(&path, &code("detsis", "71000009", "01.12.2026")).await.is(422);
    registrar
        .post(&path, &code("osym", "1099 00033", "01.12.2026"))
        .await
        .leads_to(&format!("{base}#kodlar"));
    let page = registrar.get(base).await.is(200).says("109900033").says("01.12.2026 tarihinden itibaren");
    page.says("01.12.2026 tarihine kadar");

    let base = "/birimler/EEM";
    let path = format!("{base}/kod");
    registrar.post(&path, &code("yoksis", "", "01.11.2026")).await.is(422).says("” boş bırakılamaz");
    registrar.post(&path, &code("yoksis", "310003", "01.11.2026")).await.is(422).says("BLM kodlu kayıtta");
    registrar.post(&path, &code("yoksis", "310004", "01.11.2026")).await.leads_to(&format!("{base}#kodlar"));
    registrar.post(&path, &code("yoksis", "", "01.11.2026")).await.is(422).says("Yeni kod bundan sonraki");
    registrar.post(&path, &code("yoksis", "", "15.11.2026")).await.leads_to(&format!("{base}#kodlar"));
    registrar.get(base).await.is(200).says("310004").says("15.11.2026 tarihine kadar");

    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/programlar/BLM-L").await.is(200).does_not_say("/programlar/BLM-L/kod");
    for path in ["/programlar/BLM-L/ad", "/programlar/BLM-L/kod", "/birimler/EEM/kod"] {
        clerk.get(path).await.is(403);
        clerk.post(path, &code("yoksis", "310009", "01.12.2026")).await.is(403);
    }
    let mut auditor = campus.signed_in("denetci").await;
    let log = auditor.get("/denetim").await.is(200).says("Programa ad verme").says("Birime kod verme");
    let log = log.says("program: BLM-L · dizge: ÖSYM program kodu · kod: 109900033 · başlangıç: 01.12.2026");
    log.says("birim: EEM · dizge: YÖKSİS birim kodu · bitiş: 15.11.2026").says("href=\"/programlar/BLM-L\"");
    campus.has_all_words();
}

#[tokio::test]
async fn the_log_says_in_words_what_was_done() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("denetci", Role::Auditor, None).await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/ogrenciler?program=1&durum=active").await.is(200);
    clerk.get("/belgeler?durum=valid").await.is(200);
    let order =
        [("kind", "transcript"), ("lang", "tr"), ("purpose", ""), ("no", "240010001"), ("no", "240010003")];
    clerk.post("/belgeler/toplu/baslat", &order).await.is(303);
    let mut registrar = campus.signed_in("oidb").await;
    let staff = registrar.get("/birimler/M%C3%9CH/gorev").await;
    let irmak = staff.between("</option><option value=\"", "\">Doç. Dr. Çınar IRMAK");
    let irmak = irmak.rsplit("value=\"").next().expect("an id").to_owned();
    let form = [
        ("staff", irmak.as_str()),
        ("office", "vice_dean"),
        ("starts_on", "01.12.2026"),
        ("ends_on", ""),
        ("reason", "2026/9"),
    ];
    registrar.post("/birimler/M%C3%9CH/gorev", &form).await.is(303);
    // An order as the log kept it once.
    let old = storage::audit::AuditRow {
        at: campus.kit.office.now(),
        account: None,
        action: "start_batch".to_owned(),
        person: None,
        object_kind: "job",
        object: Some(1),
        detail: r#"7 {"kind":"student_certificate","lang":"en","purpose":"staj başvurusu","photo":false}"#
            .to_owned(),
        shown: None,
        reason: None,
        request: "test".to_owned(),
    };
    campus.kit.office.db.write(move |tx| storage::audit::append(tx, &old)).await.expect("a row");
    campus.kit.office.reads.flush().await;
    let mut auditor = campus.signed_in("denetci").await;
    let log = auditor.get("/denetim").await.is(200).says("öğrenci sayısı: 2 Transkript Türkçe");
    let log =
        log.says("öğrenci sayısı: 7 Öğrenci belgesi İngilizce").says("program: BLM-L · durum: Aktif öğrenci");
    let log = log.says("Belge listesi").says("durum: Geçerli").says("personel: Doç. Dr. Çınar IRMAK");
    // Who opened whose account.
    log.says("Hesap açma").says("Öğrenci işleri memuru (MÜH)").says("Deneme memur").does_not_say("{&#34;");
    auditor.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    auditor.get("/denetim").await.is(200).says("students: 7 Student certificate English");
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_gives_names_and_codes_as_the_pages_do() {
    for house in House::all().await {
        let (clerk, registrar) = (house.clerk().await, house.registrar().await);
        let name = json!({
            "name_tr": "Bilişim Mühendisliği", "name_en": "Informatics", "valid_from": "2026-11-01", "reason": "2026/7"
        });
        let code =
            json!({ "system": "osym", "value": "109900033", "valid_from": "2026-11-01", "reason": "2026/7" });
        house.post(&registrar, "/programmes/BLM-L/names", name.clone()).await.expect(403);
        house.confirm(&registrar).await;
        house.post(&clerk, "/programmes/BLM-L/codes", code.clone()).await.expect(403);
        house.post(&registrar, "/programmes/BLM-L/names", name).await.expect(204);
        house.post(&registrar, "/programmes/BLM-L/codes", code.clone()).await.expect(204);
        assert_eq!(
            house.post(&registrar, "/programmes/BLM-L/codes", code).await.expect(422).errors(),
            ["value: code-unchanged", "valid_from: code-not-after"]
        );
        let programme = house.get(&registrar, "/programmes/BLM-L").await.expect(200).json();
        assert_eq!(programme["programme"]["name"]["tr"], "Bilişim Mühendisliği");
        assert_eq!(
            (&programme["may_change"], &programme["codes"][0]["code"]),
            (&json!(true), &json!("109900033"))
        );
        let end = json!({ "system": "detsis", "valid_from": "2026-11-01", "reason": "2026/7" });
        house.post(&registrar, "/units/BLM/codes", end.clone()).await.expect(204);
        assert_eq!(
            house.post(&registrar, "/units/BLM/codes", end).await.expect(422).errors(),
            ["value: required"]
        );
        let unit = house.get(&registrar, "/units/BLM").await.expect(200).json();
        assert!(unit["codes"].to_string().contains("2026-11-01"), "{unit}");

        let found = house.get(&registrar, "/students?unit=%C4%B0KT").await.expect(200).json();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(
            house.get(&registrar, "/students?unit=YOK").await.expect(422).errors(),
            ["unit: no-such-code"]
        );
        house.get(&registrar, "/documents?unit=%C4%B0KT").await.expect(200);
        house.get(&registrar, "/students.csv?unit=%C4%B0KT").await.expect(200);
    }
}

#[tokio::test]
async fn administrative_staff_are_called_by_their_office_and_academics_by_their_title() {
    let campus = Campus::sqlite().await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut desk = campus.signed_in("oidb").await;
    let page = desk.get("/birimler").await.is(200);
    page.says("Prof. Dr. İnci AKÇAY").says("Şafak ÖNAL").does_not_say("Sekreteri Şafak");
}
