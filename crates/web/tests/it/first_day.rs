//! The first day of a student on its pages: what is missing, the own contact, a photo and its decision, slips.

use domain::{accounts::Role, registration::WindowKind};
use services::registration::bulk::run_bulk;
use storage::candidates::CandidateData;
use testkit::candidates::{candidate, open_window, place, programme};

use crate::browser::Campus;

/// A picture of one grey pixel, as PNG.
const PICTURE: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\
    \x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\
    \x68\x00\x00\x00\x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\
    \x82";

#[tokio::test]
async fn a_student_keeps_the_own_contact_and_proposes_a_photo() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let user = campus.student("240010001").await;
    let mut student = campus.signed_in(&user).await;
    let page = student.get("/ilk-gun").await.is(200).says("Hoş geldiniz, Işın IŞIK").says("240010001");
    page.says("Eksik evrakınız yok").says("Fotoğraf öner");

    // Nothing that was typed is lost, and nobody else's data is touched.
    let wrong = [("email", "işın"), ("phone", "12"), ("address", "Örnek Cad. 1"), ("version", "0")];
    student.post("/ilk-gun/iletisim", &wrong).await.is(422).says("value=\"işın\"").says("Örnek Cad. 1");
    let version = student.get("/ilk-gun/iletisim").await.is(200).between("name=\"version\" value=\"", "\"");
    let sound = [
        ("email", "isin@example.invalid"),
        ("phone", "0555 123 45 67"),
        ("address", "Örnek Cad. 1"),
        ("version", version.as_str()),
    ];
    student.post("/ilk-gun/iletisim", &sound).await.leads_to("/ilk-gun");
    student.get("/ilk-gun").await.says("isin@example.invalid").says("Örnek Cad. 1");

    // Outside of the days for it there is no button, and the page says when.
    let day = |text: &str| text.parse().expect("a day");
    let office = &campus.kit.office;
    open_window(&office.db, office.now(), WindowKind::PhotoProposal, day("2026-11-24"), day("2026-11-30"))
        .await;
    student.get("/ilk-gun").await.is(200).says("24.11.2026 – 30.11.2026").does_not_say("Fotoğraf öner<");
    let photo = ("photo", "ben.png", PICTURE);
    let refused = student.upload("/ilk-gun/fotograf", &[], photo).await;
    refused.is(422).says("24.11.2026–30.11.2026");
    campus.wait(24 * 60);
    let (mut student, mut clerk) = (campus.signed_in(&user).await, campus.signed_in("memur").await);
    student.get("/ilk-gun/fotograf").await.is(200);
    let sent = student.upload("/ilk-gun/fotograf", &[], photo).await;
    sent.leads_to("/ilk-gun");
    student.get("/ilk-gun").await.says("İncelemede");

    // The office of the student's unit sees the picture beside the decision; a refusal has its reason.
    clerk.get("/fotograflar").await.is(200).says("Işın IŞIK").says("/fotograflar/1");
    clerk.get("/fotograflar/1").await.is(200).says("src=\"/fotograflar/1/resim\"").says("Işın IŞIK");
    clerk.get("/fotograflar/1/resim").await.is(200);
    let refuse = [("decision", "refuse"), ("reason", " ")];
    clerk.post("/fotograflar/1", &refuse).await.is(422).says("href=\"#reason\"");
    let refuse = [("decision", "refuse"), ("reason", "Yüz tam görünmüyor")];
    clerk.post("/fotograflar/1", &refuse).await.leads_to("/fotograflar");
    clerk.get("/fotograflar").await.says("Bekleyen fotoğraf yok");
    // Whoever decides it a second time, like a colleague with the page still open, is told and led back.
    let take = [("decision", "take"), ("reason", "")];
    clerk.post("/fotograflar/1", &take).await.leads_to("/fotograflar");
    clerk.get("/fotograflar").await.says("bu arada karar verilmiş");
    clerk.get("/fotograflar/1").await.leads_to("/fotograflar");
    student.get("/ilk-gun").await.is(200).says("Yüz tam görünmüyor");
    student.upload("/ilk-gun/fotograf", &[], photo).await.leads_to("/ilk-gun");
    clerk.post("/fotograflar/2", &[("decision", "take"), ("reason", "")]).await.leads_to("/fotograflar");
    student.get("/ilk-gun").await.says("Kayıtta");

    // Whose photos were looked at stands in the log; students decide nothing and clerks have no first day.
    student.get("/fotograflar").await.is(403);
    clerk.get("/fotograflar/9").await.is(404);
    clerk.get("/ilk-gun").await.is(403);
    office.reads.flush().await;
    campus.account("denetci", Role::Auditor, None).await;
    let mut auditor = campus.signed_in("denetci").await;
    auditor.get("/denetim?ogrenci=240010001").await.is(200).says("Önerilen fotoğrafa bakma");
    // In English.
    for who in [&mut student, &mut clerk] {
        who.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    }
    for path in ["/ilk-gun", "/ilk-gun/iletisim", "/ilk-gun/fotograf"] {
        student.get(path).await.is(200);
    }
    for path in ["/fotograflar", "/kayit/zarflar"] {
        clerk.get(path).await.is(200);
    }
    campus.has_all_words();
}

#[tokio::test]
async fn slips_are_for_everybody_of_the_day_and_carry_a_code() {
    const PEOPLE: u32 = 205;
    let campus = Campus::sqlite().await;
    let office = &campus.kit.office;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    for kind in WindowKind::ALL.iter().copied() {
        let day = |text: &str| text.parse().expect("a day");
        open_window(&office.db, office.now(), kind, day("2026-11-01"), day("2026-12-31")).await;
    }
    let own = programme(&office.db, "BLM-L").await;
    let come = |serial| CandidateData {
        e_registered_at: Some(office.now()),
        ..candidate(serial, "Işıl", "ÇINAR", own)
    };
    place(&office.db, office.now(), (1..=PEOPLE).map(come).collect()).await;
    let once = clerk.get("/kayit/e-kayit").await.is(200).between("name=\"once\" value=\"", "\"");
    clerk.post("/kayit/e-kayit/baslat", &[("once", once.as_str()), ("fee_state", "not_due")]).await.is(303);
    run_bulk(office).await.expect("run");

    // Every one of a long list, each with the address and its code for a phone.
    clerk.get("/kayit/zarflar").await.is(200).says("BLM-L");
    let order = [("programme", "BLM-L"), ("day", "23.11.2026")];
    let made = clerk.post("/kayit/zarflar", &order).await.is(200).says("Fişleri yazdır");
    let count = |html: &str, piece: &str| html.matches(piece).count();
    let people = usize::try_from(PEOPLE).expect("a count");
    assert_eq!(count(&made.html, "/etkinlestir/"), people);
    assert_eq!(count(&made.html, "<svg xmlns="), people);
    let link = made.between("class=\"slip-code\">https://kunye.example.invalid", "<");
    campus.browser().get(&link).await.is(200).says("Işıl ÇINAR");
    // What lies in an envelope stays good at the next print, unless everybody is to get a new one.
    clerk.post("/kayit/zarflar", &order).await.is(200).says("Fiş gereken kimse yok");
    campus.browser().get(&link).await.is(200);
    let again = [order.as_slice(), &[("again", "1")]].concat();
    let anew = clerk.post("/kayit/zarflar", &again).await.is(200);
    assert_eq!(count(&anew.html, "/etkinlestir/"), people);
    campus.browser().get(&link).await.does_not_say("Işıl ÇINAR");
    let wrong = [("programme", "BLM-L"), ("day", "bugün")];
    clerk.post("/kayit/zarflar", &wrong).await.is(422).says("value=\"bugün\"");
    campus.has_all_words();
}
