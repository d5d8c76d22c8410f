//! What a student's page, the list of documents and refusals show to readers of different roles.

use domain::accounts::Role;

use crate::browser::{Browser, Campus, Page};

const STUDENT: &str = "240010001";

async fn record(browser: &mut Browser<'_>) -> Page {
    browser.get(&format!("/ogrenci/{STUDENT}")).await.is(200)
}

#[tokio::test]
async fn who_may_do_nothing_sees_which_documents_can_be_had_and_no_notes() {
    let campus = Campus::sqlite().await;
    campus.account("denetci", Role::Auditor, None).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut auditor = campus.signed_in("denetci").await;
    let page = record(&mut auditor).await;
    let card = page.between("id=\"islemler\"", "</section>");
    assert!(card.contains("Verilebilecek belgeler") && card.contains("Transkript"), "{card}");
    assert!(card.contains("Bugün verilebilir") && !card.contains("class=\"btn"), "{card}");
    page.does_not_say("gise-notlari").does_not_say("harf tuşuyla");
    let mut clerk = campus.signed_in("memur").await;
    let page = record(&mut clerk).await;
    let place = |anchor: &str| page.html.find(&format!("href=\"#{anchor}\""));
    let tabs: Vec<_> = ["islemler", "evrak", "gise-notlari", "zaman", "notlar"].map(place).into();
    assert!(tabs.iter().all(Option::is_some) && tabs.is_sorted(), "tabs in the page's order: {tabs:?}");
    page.says("harf tuşuyla").says("Gişe bilgisi");
    campus.has_all_words();
}

#[tokio::test]
async fn the_curriculum_is_named_and_what_was_not_taken_of_it_is_listed() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    // All four courses of the small curriculum were taken by this student.
    record(&mut clerk)
        .await
        .says("href=\"/programlar/BLM-L?surum=1\">1. (2020 girişliler)</a>")
        .does_not_say("id=\"kalan\"");
    let other = clerk.get("/ogrenci/240010003").await.is(200);
    let left = other.between("id=\"kalan\"", "</details>");
    assert!(left.contains("2. yarıyıl") && left.contains("BLM102") && left.contains("TDL101"), "{left}");
    other.says("Eski sistem kaydı, 4. satır</span> <span class=\"xs soft\">students.csv");
    campus.has_all_words();
}

#[tokio::test]
async fn students_read_their_own_record_in_their_own_words() {
    let campus = Campus::sqlite().await;
    let user = campus.student(STUDENT).await;
    let mut student = campus.signed_in(&user).await;
    let page = record(&mut student).await;
    page.says("class=\"rahat\"")
        .says("Alabileceğim belgeler")
        .says("öğrenci işlerinden alabilirsiniz")
        .says("<span class=\"label\">Kaydım</span>")
        .says("<span class=\"label\">Belgelerim</span>")
        .says("<span class=\"label\">Kaydıma kim baktı</span>")
        .says("1. (2020 girişliler)")
        .does_not_say("href=\"/programlar/")
        .does_not_say("İş listem")
        .does_not_say("harf tuş")
        .does_not_say("gise-notlari");
    student.get("/belgeler").await.is(200).says("Belgelerim").does_not_say("class=\"filters\"");
    student.get("/hesabim").await.is(200).says("class=\"rahat\"").says("hesap-dil").does_not_say("hesap-boy");
    student.get("/yok").await.is(404).says("Belgelerim").does_not_say("gişe alanından");
    campus.account("aday", Role::Applicant, None).await;
    let mut applicant = campus.signed_in("aday").await;
    applicant.get("/").await.is(200).says("Başvurunuz olduğunda").does_not_say("İş listem");
    campus.has_all_words();
}

#[tokio::test]
async fn refusals_and_the_password_are_asked_inside_the_bar_and_the_navigation() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/yok").await.is(404).says("data-counter").says("id=\"gezinti\"").says("gişe alanından");
    clerk.get("/denetim").await.is(403).says("data-counter").says("id=\"gezinti\"");
    clerk.get("/parola-sor?sonra=/").await.is(200).says("data-counter").says("id=\"gezinti\"");
    campus.browser().get("/yok").await.is(404).does_not_say("id=\"gezinti\"");
    campus.has_all_words();
}

#[tokio::test]
async fn documents_are_filtered_in_the_address_and_stand_in_the_timeline() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let list = clerk.get("/belgeler").await.is(200);
    list.says("name=\"no\"").says("name=\"tur\"").says("name=\"ilk\"").says("Henüz belge verilmedi");
    let path = format!("/ogrenci/{STUDENT}/belge/student_certificate");
    clerk.get(&path).await.is(200);
    let issued = clerk.post(&path, &[("lang", "tr"), ("purpose", "")]).await;
    assert!(issued.location.starts_with("/belge/"), "{}", issued.location);
    let row = format!("href=\"{}\"", issued.location);
    for (filter, is_there) in [
        ("", true),
        ("?no=240010001&tur=student_certificate&durum=valid", true),
        ("?ilk=23.11.2026&son=23.11.2026", true),
        ("?son=22.11.2026", false),
        ("?ilk=24.11.2026", false),
        ("?no=240010003", false),
        ("?tur=transcript", false),
    ] {
        let list = clerk.get(&format!("/belgeler{filter}")).await.is(200);
        assert_eq!(list.html.contains(&row), is_there, "{filter}");
    }
    clerk.get("/belgeler?ilk=dun").await.is(422).says("İlk gün: Tarihi gg.aa.yyyy").says("value=\"dun\"");
    let page = record(&mut clerk).await;
    let stream = page.between("id=\"zaman\"", "</section>");
    assert!(stream.contains("Belge verildi") && stream.contains(&row), "{stream}");
    // Taking over is an act of the day on which it was done.
    let taken = stream.split("<li").find(|item| item.contains("Notlar devralındı")).unwrap_or_default();
    assert!(taken.contains("<span class=\"date\">23.11.2026</span>"), "{taken}");
    let start = clerk.get("/").await.is(200);
    start.says("href=\"/belgeler?ilk=23.11.2026&#38;son=23.11.2026\"").says("Geçerli");
    campus.has_all_words();
}
