//! Signing in and out, one-time links, the password once more, settings.

use domain::accounts::Role;
use services::accounts::issue_link;

use crate::browser::{Campus, PASSWORD};

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_are_told_alike_and_then_a_pause_follows() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.browser();
    let wrong = browser
        .sign_in("memur", "yanlış bir parola")
        .await
        .is(422)
        .says("Kullanıcı adı ya da parola doğru değil");
    assert!(wrong.html.contains("value=\"memur\""), "what was typed stays");
    assert!(!wrong.html.contains("yanlış bir parola"), "but not the password");
    browser
        .sign_in("yok.boyle.biri", "yanlış bir parola")
        .await
        .is(422)
        .says("Kullanıcı adı ya da parola doğru değil");
    for _ in 0..3 {
        browser.sign_in("memur", "yanlış bir parola").await.is(422);
    }
    browser
        .sign_in("memur", "yanlış bir parola")
        .await
        .is(429)
        .says("Giriş bir süre durduruldu")
        .says("Saat 12.01 olduğunda");
    browser.sign_in("memur", PASSWORD).await.is(429);
    campus.wait(2);
    browser.sign_in("memur", PASSWORD).await.leads_to("/");
    campus.has_all_words();
}

#[tokio::test]
async fn signing_in_leads_on_to_the_page_asked_for_and_to_no_other_site() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.browser();
    browser
        .get("/ogrenciler?q=%C4%B1%C5%9F%C4%B1k")
        .await
        .leads_to("/giris?sonra=%2Fogrenciler%3Fq%3D%25C4%25B1%25C5%259F%25C4%25B1k");
    browser
        .get("/giris?sonra=%2Fogrenciler%3Fq%3D%25C4%25B1")
        .await
        .is(200)
        .says("value=\"/ogrenciler?q=%C4%B1\"");
    let form = [("kullanici", "MEMUR"), ("parola", PASSWORD), ("sonra", "/ogrenciler?q=%C4%B1")];
    browser.post("/giris", &form).await.leads_to("/ogrenciler?q=%C4%B1");
    browser.get("/giris").await.leads_to("/");
    let mut other = campus.browser();
    other.get("/giris?sonra=https%3A%2F%2Fevil.example.invalid").await.is(200).does_not_say("name=\"sonra\"");
    let form = [("kullanici", "memur"), ("parola", PASSWORD), ("sonra", "//evil.example.invalid")];
    other.post("/giris", &form).await.leads_to("/");
}

#[tokio::test]
async fn a_session_ends_by_hand_and_by_time() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    browser.get("/").await.is(200);
    browser.post("/cikis", &[]).await.leads_to("/giris");
    browser.get("/giris").await.says("Oturumunuz kapatıldı.");
    browser.get("/giris").await.does_not_say("Oturumunuz kapatıldı.");
    browser.get("/").await.leads_to("/giris");

    let mut browser = campus.signed_in("memur").await;
    campus.wait(61);
    browser.get("/hesabim").await.leads_to("/giris?sonra=%2Fhesabim");
    browser.get("/giris?sonra=%2Fhesabim").await.says("Oturumunuzun süresi doldu");
    browser.get("/giris").await.does_not_say("Oturumunuzun süresi doldu");
    campus.has_all_words();
}

#[tokio::test]
async fn a_form_without_the_token_of_its_page_is_refused() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.browser();
    browser.get("/giris").await.is(200);
    browser.forget_csrf();
    browser
        .post("/giris", &[("kullanici", "memur"), ("parola", PASSWORD)])
        .await
        .is(403)
        .says("Formun süresi doldu");
    let mut browser = campus.signed_in("memur").await;
    browser.get("/hesabim").await.is(200);
    browser.forget_csrf();
    browser.post("/hesabim/oturumlar", &[]).await.is(403);
    browser.forget_csrf();
    browser.post("/tercih", &[("dil", "en")]).await.is(403);
}

#[tokio::test]
async fn a_one_time_link_sets_a_password_once_and_signs_its_owner_in() {
    let campus = Campus::sqlite().await;
    let account = campus.account("sekreter", Role::UnitSecretary, Some("MÜH")).await;
    let link = issue_link(&campus.kit.office, &campus.kit.console(), account).await.expect("link");
    let path = format!("/etkinlestir/{}", link.token.reveal());
    let mut browser = campus.browser();
    browser.get(&path).await.is(200).says("Deneme sekreter").says("sekreter");
    browser
        .post(&path, &[("parola", "uzun bir cümle 1"), ("tekrar", "uzun bir cümle 2")])
        .await
        .is(422)
        .says("İki parola aynı değil");
    browser.post(&path, &[("parola", "kısa"), ("tekrar", "kısa")]).await.is(422).says("en az 10 karakter");
    let form = [("parola", "uzun bir cümle 1"), ("tekrar", "uzun bir cümle 1")];
    browser.post(&path, &form).await.leads_to("/");
    browser.get("/").await.is(200).says("Parolanız kaydedildi.").says("Deneme sekreter");
    let mut other = campus.browser();
    other.get(&path).await.is(404).says("Bu bağlantı artık geçerli değil");
    other.post(&path, &form).await.is(404).says("Bu bağlantı artık geçerli değil");
    other.sign_in("sekreter", "uzun bir cümle 1").await.leads_to("/");
    campus.has_all_words();
}

#[tokio::test]
async fn a_sensitive_form_asks_for_the_password_first() {
    let campus = Campus::sqlite().await;
    campus.account("yonetici", Role::Administrator, None).await;
    let mut browser = campus.signed_in("yonetici").await;
    browser.get("/hesaplar/yeni").await.is(200);
    campus.wait(16);
    browser.get("/hesaplar/yeni").await.leads_to("/parola-sor?sonra=%2Fhesaplar%2Fyeni");
    browser
        .get("/parola-sor?sonra=%2Fhesaplar%2Fyeni")
        .await
        .is(200)
        .says("href=\"/hesaplar\"")
        .says("value=\"/hesaplar/yeni\"");
    let before = browser.cookie("kunye_oturum").expect("a session").to_owned();
    browser
        .post("/parola-sor", &[("parola", "yanlış"), ("sonra", "/hesaplar/yeni")])
        .await
        .is(422)
        .says("Parola doğru değil");
    browser
        .post("/parola-sor", &[("parola", PASSWORD), ("sonra", "/hesaplar/yeni")])
        .await
        .leads_to("/hesaplar/yeni");
    assert_ne!(browser.cookie("kunye_oturum"), Some(before.as_str()), "the cookie is another one");
    browser.get("/hesaplar/yeni").await.is(200);
    campus.has_all_words();
}

#[tokio::test]
async fn language_and_look_follow_the_reader() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.browser();
    browser.get("/giris").await.says("<html lang=\"tr\"");
    browser
        .post("/tercih", &[("dil", "en"), ("geri", "/giris?sonra=%2Fhesabim")])
        .await
        .leads_to("/giris?sonra=%2Fhesabim");
    browser.get("/giris").await.says("<html lang=\"en\"").says("Sign in");
    browser
        .post("/tercih", &[("tema", "dark"), ("geri", "https://evil.example.invalid")])
        .await
        .leads_to("/");
    browser.get("/giris").await.says("lang=\"en\"").says("data-theme=\"dark\"");

    let mut browser = campus.signed_in("memur").await;
    browser.get("/hesabim").await.says("lang=\"tr\"");
    for (name, value) in [("dil", "en"), ("tema", "light"), ("rahat", "1"), ("karsitlik", "1"), ("harf", "0")]
    {
        browser.post("/tercih", &[(name, value), ("geri", "/hesabim")]).await.leads_to("/hesabim");
    }
    let page = browser
        .get("/hesabim")
        .await
        .says("lang=\"en\"")
        .says("data-theme=\"light\"")
        .says("class=\"rahat\"");
    page.says("data-contrast=\"more\"").says("data-keys=\"off\"");
    // Language, theme and size are kept with the account, so another browser has them too.
    let mut other = campus.signed_in("memur").await;
    other
        .get("/hesabim")
        .await
        .says("lang=\"en\"")
        .says("data-theme=\"light\"")
        .says("class=\"rahat\"")
        .does_not_say("data-contrast");
    campus.has_all_words();
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_with_a_page_too() {
    let campus = Campus::sqlite().await;
    campus.account("yonetici", Role::Administrator, None).await;
    let mut browser = campus.signed_in("yonetici").await;
    browser.get("/hesaplar/yok").await.is(404).says("Böyle bir sayfa ya da kayıt yok");
    browser.get("/yok").await.is(404).says("Böyle bir sayfa ya da kayıt yok");
    browser.get("/tercih").await.is(405).says("Böyle bir sayfa ya da kayıt yok");
    browser.get("/hesabim").await.is(200);
    browser.post("/hesaplar/yok/ad", &[]).await.is(400).says("Bazı bilgiler düzeltilmeli");
    let large = "a".repeat(web::site::MAX_BODY + 1);
    browser.post("/hesabim/parola", &[("current", &large)]).await.is(413).says("Dosya çok büyük");
    campus.has_all_words();
}
