//! Accounts: the administrator's pages, the counter's link for students, and the own account.

use domain::accounts::Role;

use crate::browser::{Browser, Campus, PASSWORD};

#[tokio::test]
async fn an_administrator_opens_an_account_and_hands_over_its_link() {
    let campus = Campus::sqlite().await;
    campus.account("yonetici", Role::Administrator, None).await;
    let mut admin = campus.signed_in("yonetici").await;
    admin.get("/hesaplar").await.is(200).says("Deneme yonetici");
    admin.get("/hesaplar/yeni").await.is(200).says("Mühendislik Fakültesi (MÜH)");
    let empty = admin
        .post("/hesaplar/yeni", &[("display_name", ""), ("user_name", ""), ("role", ""), ("unit", "")])
        .await
        .is(422);
    empty.says("” boş bırakılamaz");
    let without_unit =
        [("display_name", "Selma Tunalı"), ("user_name", "stunali"), ("role", "clerk"), ("unit", "")];
    admin
        .post("/hesaplar/yeni", &without_unit)
        .await
        .is(422)
        .says("Bu rol bir birimde verilir")
        .says("value=\"stunali\"");
    let unknown = [
        ("display_name", "Selma Tunalı"),
        ("user_name", "stunali"),
        ("role", "advisor"),
        ("staff", "yok@example.invalid"),
    ];
    admin.post("/hesaplar/yeni", &unknown).await.is(422).says("kayıtlı personel bulunamadı");
    admin.post("/hesaplar/yeni", &unknown[..3]).await.is(422).says("personelin adını ya da e-postasını");
    let form =
        [("display_name", "Selma Tunalı"), ("user_name", "stunali"), ("role", "clerk"), ("unit", "MÜH")];
    let slip = admin
        .post("/hesaplar/yeni", &form)
        .await
        .is(200)
        .says("Bu bağlantı bir daha gösterilmez")
        .says("stunali");
    let link = slip.between("https://kunye.example.invalid", "</p>");
    let account = slip.between("class=\"btn\" href=\"", "\"");
    admin.post("/hesaplar/yeni", &form).await.is(422).says("Bu kullanıcı adı alınmış");

    let mut selma = campus.browser();
    selma.get(&link).await.is(200).says("Selma Tunalı");
    selma.post(&link, &[("parola", PASSWORD), ("tekrar", PASSWORD)]).await.leads_to("/");
    selma.get("/").await.is(200).says("Selma Tunalı");

    admin.get(&account).await.is(200).says("Öğrenci işleri memuru (MÜH)").says("Açık");
    admin
        .get("/hesaplar?metin=tunal%C4%B1&rol=clerk&birim=M%C3%9CH&durum=active")
        .await
        .is(200)
        .says(">Selma Tunalı</a>")
        .does_not_say(">Deneme yonetici</a>");
    admin.get("/hesaplar?birim=YOK").await.is(200).says("Bu kodda birim yok");
    campus.has_all_words();
}

#[tokio::test]
async fn an_account_is_tied_to_staff_by_a_fragment_and_to_a_student_by_number() {
    let campus = Campus::sqlite().await;
    campus.account("yonetici", Role::Administrator, None).await;
    let mut admin = campus.signed_in("yonetici").await;
    admin.get("/hesaplar/yeni").await.is(200).does_not_say("Hangi personel?");
    let base = [("display_name", "Danışman"), ("user_name", "danisman"), ("role", "advisor"), ("unit", "")];
    let several = [&base[..], &[("staff", "example.invalid")]].concat();
    let page = admin
        .post("/hesaplar/yeni", &several)
        .await
        .is(422)
        .says("birden çok personel uyuyor")
        .says("Hangi personel?")
        .says("Prof. Dr. İnci AKÇAY")
        .says("cinar.irmak@example.invalid · BLM")
        .does_not_say("Şafak ÖNAL")
        .says("value=\"example.invalid\"");
    let irmak = page.between("Prof. Dr. İnci AKÇAY", "Doç. Dr. Çınar IRMAK");
    let irmak = irmak.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    let other = [&base[..], &[("staff", "akçay"), ("staff_id", irmak)]].concat();
    let slip = admin.post("/hesaplar/yeni", &other).await.is(200);
    let akcay = slip.between("class=\"btn\" href=\"", "\"");
    admin.get(&akcay).await.is(200).says("Danışman");
    let mut chosen = [&several[..], &[("staff_id", irmak)]].concat();
    chosen[1] = ("user_name", "danisman2");
    admin.post("/hesaplar/yeni", &chosen).await.is(200).says("danisman2");

    let person = |user: &'static str, number: &'static str| {
        [("display_name", "Gülin Özçelik"), ("user_name", user), ("role", ""), ("person", number)]
    };
    admin.post("/hesaplar/yeni", &person("gulin", "1")).await.is(422).says("Bu numarada öğrenci yok");
    let slip = admin.post("/hesaplar/yeni", &person("gulin", "200010004")).await.is(200);
    let account = slip.between("class=\"btn\" href=\"", "\"");
    admin.get(&account).await.is(200).says("Mezun");
    let again = admin.post("/hesaplar/yeni", &person("gulin2", "200010004")).await.is(422);
    again.says("zaten bir hesabı var");
    campus.has_all_words();
}

/// The version that a form carries.
async fn version(browser: &mut Browser<'_>, path: &str) -> String {
    browser.get(path).await.is(200).between("name=\"version\" value=\"", "\"")
}

#[tokio::test]
async fn an_administrator_changes_an_account_with_a_reason() {
    let campus = Campus::sqlite().await;
    campus.account("yonetici", Role::Administrator, None).await;
    let account = campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let mut admin = campus.signed_in("yonetici").await;
    let base = format!("/hesaplar/{account}");

    let v = version(&mut admin, &format!("{base}/ad")).await;
    let form =
        [("version", v.as_str()), ("display_name", "Selma Tunalı"), ("user_name", "stunali"), ("reason", "")];
    admin.post(&format!("{base}/ad"), &form).await.is(422).says("” boş bırakılamaz");
    let form = [
        ("version", v.as_str()),
        ("display_name", "Selma Tunalı"),
        ("user_name", "stunali"),
        ("reason", "Evlendi"),
    ];
    admin.post(&format!("{base}/ad"), &form).await.leads_to(&base);
    admin.get(&base).await.says("Hesap kaydedildi.").says("Selma Tunalı");
    let form = [
        ("version", v.as_str()),
        ("display_name", "Başka"),
        ("user_name", "stunali"),
        ("reason", "Geç kaldı"),
    ];
    admin.post(&format!("{base}/ad"), &form).await.is(422).says("Kayıt bu arada değişti").says("Başka");

    let v = version(&mut admin, &format!("{base}/rol")).await;
    let form = [
        ("version", v.as_str()),
        ("role", "chief"),
        ("unit", "MÜH"),
        ("starts_on", "32.13.2026"),
        ("ends_on", ""),
    ];
    admin.post(&format!("{base}/rol"), &form).await.is(422).says("gg.aa.yyyy");
    let form =
        [("version", v.as_str()), ("role", "chief"), ("unit", "MÜH"), ("starts_on", ""), ("ends_on", "")];
    admin.post(&format!("{base}/rol"), &form).await.leads_to(&format!("{base}#roller"));
    let page = admin.get(&base).await.is(200).says("Rol verildi.").says("Şef");
    let end = page.between(&format!("href=\"{base}/rol/"), "\"");
    let end = format!("{base}/rol/{end}");
    let v = version(&mut admin, &end).await;
    admin
        .post(&end, &[("version", &v), ("reason", "Görev yeri değişti"), ("ends_on", "")])
        .await
        .leads_to(&format!("{base}#roller"));

    admin.get(&format!("{base}/baglanti")).await.is(200);
    admin
        .post(&format!("{base}/baglanti"), &[])
        .await
        .is(200)
        .says("Parola yenileme bağlantısı")
        .says("/etkinlestir/");

    clerk.get("/").await.is(200);
    let v = version(&mut admin, &format!("{base}/kilitle")).await;
    admin.post(&format!("{base}/kilitle"), &[("version", &v), ("reason", "İzinli")]).await.leads_to(&base);
    clerk.get("/").await.leads_to("/giris");
    clerk.sign_in("stunali", PASSWORD).await.is(422).says("Hesap kilitli");
    admin.get(&base).await.says("Kilitli").says("Kilidi aç");
    let v = version(&mut admin, &format!("{base}/kilit-ac")).await;
    admin.post(&format!("{base}/kilit-ac"), &[("version", &v), ("reason", "Döndü")]).await.leads_to(&base);
    clerk.sign_in("stunali", PASSWORD).await.leads_to("/");
    let v = version(&mut admin, &format!("{base}/kapat")).await;
    admin.post(&format!("{base}/kapat"), &[("version", &v), ("reason", "Ayrıldı")]).await.leads_to(&base);
    admin.get(&base).await.says("Kapatıldı");
    clerk.sign_in("stunali", PASSWORD).await.is(422).says("Hesap kapatılmış");
    campus.has_all_words();
}

#[tokio::test]
async fn accounts_are_the_administrator_s_and_nobody_changes_the_own_one() {
    let campus = Campus::sqlite().await;
    let own = campus.account("yonetici", Role::Administrator, None).await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    for path in [
        "/hesaplar",
        "/hesaplar/yeni",
        &format!("/hesaplar/{own}"),
        &format!("/hesaplar/{own}/kilitle"),
        "/denetim",
    ] {
        // The bar and the navigation are there: a refusal is no dead end.
        clerk.get(path).await.is(403).says("Buna yetkiniz yok").says("data-counter");
    }
    let mut admin = campus.signed_in("yonetici").await;
    admin.get(&format!("/hesaplar/{own}")).await.is(200).says("başka bir yönetici yapmalı");
    let v = version(&mut admin, &format!("/hesaplar/{own}/kilitle")).await;
    let refused = admin
        .post(&format!("/hesaplar/{own}/kilitle"), &[("version", &v), ("reason", "Deneme")])
        .await
        .is(422);
    refused.says("Kendi hesabınızda bu işlemi yapamazsınız");
    admin.get("/hesaplar/1").await.is(404);
    admin.get("/hesaplar/999").await.is(404);
    admin.get("/ogrenciler").await.is(403);
    campus.has_all_words();
}

#[tokio::test]
async fn a_student_at_the_counter_gets_a_link_after_an_identity_paper_was_seen() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk
        .get("/ogrenci/240010001/hesap")
        .await
        .is(200)
        .says("Hangi kimlik belgesini gördünüz?")
        .says("Pasaport");
    clerk.post("/ogrenci/240010001/hesap", &[]).await.is(422).says("” boş bırakılamaz");
    let slip =
        clerk.post("/ogrenci/240010001/hesap", &[("proof", "passport")]).await.is(200).says("Işın IŞIK");
    let link = slip.between("https://kunye.example.invalid", "</p>");
    let mut student = campus.browser();
    student.get(&link).await.is(200).says("Işın IŞIK");
    student.post(&link, &[("parola", PASSWORD), ("tekrar", PASSWORD)]).await.leads_to("/ilk-gun");
    let refused = clerk.post("/ogrenci/240010002/hesap", &[("proof", "passport")]).await.is(422);
    refused.says("açık ya da mezuniyetle bitmiş bir öğrenimi yok");
    campus.has_all_words();
}

#[tokio::test]
async fn everybody_looks_after_the_own_account() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut desk = campus.signed_in("memur").await;
    let mut laptop = campus.signed_in("memur").await;
    let page = laptop
        .get("/hesabim")
        .await
        .is(200)
        .says("Öğrenci işleri memuru, Mühendislik Fakültesi")
        .says("Bu oturum");
    let handle = page.between("action=\"/hesabim/oturum/", "\"");
    laptop.post(&format!("/hesabim/oturum/{handle}"), &[]).await.leads_to("/hesabim#oturumlar");
    desk.get("/").await.leads_to("/giris");

    let mut desk = campus.signed_in("memur").await;
    laptop.get("/hesabim/parola").await.is(200);
    let form = [("current", PASSWORD), ("new", "başka bir cümle 9"), ("repeat", "başka bir cümle 8")];
    laptop
        .post("/hesabim/parola", &form)
        .await
        .is(422)
        .says("İki parola aynı değil")
        .does_not_say("başka bir cümle");
    let form = [("current", "yanlış"), ("new", "başka bir cümle 9"), ("repeat", "başka bir cümle 9")];
    laptop.post("/hesabim/parola", &form).await.is(422).says("Parola doğru değil");
    let form = [("current", PASSWORD), ("new", "başka bir cümle 9"), ("repeat", "başka bir cümle 9")];
    laptop.post("/hesabim/parola", &form).await.leads_to("/hesabim");
    laptop.get("/hesabim").await.is(200).says("Parolanız değişti");
    desk.get("/").await.leads_to("/giris");
    laptop.post("/hesabim/oturumlar", &[]).await.leads_to("/hesabim#oturumlar");

    laptop.get("/hesabim/anahtar").await.is(200);
    let form = [("name", ""), ("scope", "read"), ("expires_on", "01.01.2030")];
    laptop.post("/hesabim/anahtar", &form).await.is(422);
    let form = [("name", "Bölüm sayfası"), ("scope", "read"), ("expires_on", "31.12.2026")];
    laptop.post("/hesabim/anahtar", &form).await.is(200).says("kny_").says("Anahtar bir daha gösterilmez");
    let page =
        laptop.get("/hesabim").await.is(200).says("Bölüm sayfası").says("Geçerli").does_not_say("kny_");
    let revoke = format!("/hesabim/anahtar/{}", page.between("action=\"/hesabim/anahtar/", "\""));
    laptop.post(&revoke, &[]).await.leads_to("/hesabim#anahtarlar");
    laptop.get("/hesabim").await.says("İptal edildi");
    laptop.post("/hesabim/anahtar/999/iptal", &[]).await.is(404);
    campus.wait(16);
    laptop.get("/hesabim/anahtar").await.leads_to("/parola-sor?sonra=%2Fhesabim%2Fanahtar");
    campus.has_all_words();
}
