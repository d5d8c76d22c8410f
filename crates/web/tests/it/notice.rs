//! The data-protection notice: open to everybody, named at the desk, and confirmed in the version that was shown.

use serde_json::Value;

use crate::browser::{Browser, Campus};

#[tokio::test]
async fn everybody_reads_the_notice_of_today_and_an_earlier_one_by_its_version() {
    let campus = Campus::sqlite().await;
    let mut stranger = campus.browser();
    stranger
        .get("/aydinlatma")
        .await
        .is(200)
        .says("Kişisel verilerin korunması aydınlatma metni")
        .says("Sürüm 2026-1, 03.08.2026")
        .says("verilerinizin sorumlusudur")
        .says("Haklarınız")
        .does_not_say("Kurumun onayladığı metin değil");
    stranger.get("/aydinlatma?surum=2026-1").await.is(200).does_not_say("Bu metnin yerini yenisi aldı");
    stranger.get("/aydinlatma?surum=1999-1").await.is(404);
    let answer = stranger.get("/api/v1/notice?version=2026-1").await.is(200);
    let body: Value = serde_json::from_str(&answer.html).expect("JSON");
    assert_eq!((body["version"].as_str(), body["is_draft"].as_bool()), (Some("2026-1"), Some(false)));
    assert!(body["parts"].as_array().is_some_and(|parts| parts.len() >= 5), "{body}");
    in_english(&mut stranger).await;
}

async fn in_english(browser: &mut Browser<'_>) {
    browser.post("/tercih", &[("dil", "en"), ("geri", "/aydinlatma")]).await.leads_to("/aydinlatma");
    browser.get("/aydinlatma").await.is(200).says("Data-protection notice").says("Your rights");
}
