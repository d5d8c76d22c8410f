//! Units and programmes, their dated changes, and the audit log in which they stand.

use domain::accounts::Role;

use crate::browser::Campus;

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
    let wrong =
        registrar.post(&path, &name("", "1.1.1800", "")).await.is(422).says("Bu alan boş bırakılamaz");
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
    assert_eq!(first.html.matches("/ogrenci/240010003").count(), 50);
    let more = first
        .between("class=\"btn\" href=\"/denetim?ogrenci=240010003&#38;eylem=read_student&#38;sonra=", "\"");
    let second = auditor.get(&format!("{path}&sonra={more}")).await.is(200);
    assert_eq!(second.html.matches("/ogrenci/240010003").count(), 5);
}
