//! A placement list with faults in a real browser: looked at, its faulty rows downloaded, mended, and taken over.

use std::{fs, path::Path};

use base::identity::Tckn;
use fantoccini::Locator;

use crate::{chromium::Browser, running::Running};

const HEADER: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;ÖSYM Program Kodu";

fn row(serial: u32, name: &str) -> String {
    let digits: Vec<u8> = format!("6{serial:08}").bytes().map(|b| b - b'0').collect();
    let number = Tckn::complete(digits.try_into().expect("nine digits")).expect("a number");
    format!("{};{name};AAÖRNEK;Kadın;17.03.2008;BLM-L", number.reveal())
}

/// Chooses a file and looks at its preview; answers the preview's path.
async fn load(browser: &Browser, office: &Running, file: &Path) -> String {
    browser.go(&format!("{}/kayit/listeler/yukle", office.url)).await;
    let field = browser.client.find(Locator::Css("input[type=file]")).await.expect("a field");
    field.send_keys(&file.to_string_lossy()).await.expect("a file");
    click(browser, "main form .btn.main").await;
    browser.moved_from("/kayit/listeler/yukle").await
}

async fn click(browser: &Browser, what: &str) {
    let found = browser.client.find(Locator::Css(what)).await.unwrap_or_else(|e| panic!("{what}: {e}"));
    found.click().await.expect("a click");
}

async fn says(browser: &Browser, text: &str) {
    for _ in 0..100 {
        if browser.text().await.contains(text) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it does not say “{text}”: {}", browser.text().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_faulty_list_is_mended_and_taken_over() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(&folder.path().join("office"), 300);
    let browser = Browser::open(1366, 768).await;
    browser.sign_in(&office, "memur").await;

    // Two sound rows between two faulty ones: a wrong number, and a formula in a name.
    let wrong = row(1, "ECE").replacen('6', "7", 1);
    let formula = row(4, "=1+1");
    let text = format!("{HEADER}\n{wrong}\n{}\n{}\n{formula}\n", row(2, "NUR"), row(3, "CAN"));
    let list = folder.path().join("yks.csv");
    fs::write(&list, text).expect("written");
    let preview = load(&browser, &office, &list).await;
    says(&browser, "2 satır hatalı").await;
    says(&browser, "denetim hanesi tutmuyor").await;
    says(&browser, "Formül yazılmış").await;
    assert_eq!(browser.violations().await, Vec::<String>::new());

    // The faulty rows are downloaded first; then the sound ones go in.
    click(&browser, "main a[href$='hatali.csv']").await;
    let file = browser.downloaded(".csv").await;
    click(&browser, &format!("form[action='{preview}'] button")).await;
    let taken = browser.moved_from(&preview).await;
    says(&browser, "Hatalı satırlar düzeltilmeyi bekliyor").await;
    assert_eq!(browser.violations().await, Vec::<String>::new());

    // Mended in a number and a name, and loaded alone.
    let back = fs::read_to_string(&file).expect("the faulty rows");
    assert_eq!(back.trim_end().lines().count(), 3, "{back}");
    assert!(back.contains("'=1+1"), "no spreadsheet takes it for a formula: {back}");
    let mended = back.replace(&wrong, &row(1, "ECE")).replace("'=1+1", "IŞIL");
    let list = folder.path().join("hatali-duzeltilmis.csv");
    fs::write(&list, mended).expect("written");
    let preview = load(&browser, &office, &list).await;
    says(&browser, "Henüz hiçbir şey yazılmadı").await;
    says(&browser, "Işıl AAÖRNEK").await;
    click(&browser, &format!("form[action='{preview}'] button")).await;
    browser.moved_from(&preview).await;
    says(&browser, "Liste alındı.").await;

    // Nothing waits any more, and all four are at the desk.
    browser.go(&format!("{}{taken}", office.url)).await;
    says(&browser, "Bekleyen hatalı satır yok").await;
    browser.go(&format!("{}/kayit?q=aaornek", office.url)).await;
    for name in ["Can", "Ece", "Işıl", "Nur"] {
        says(&browser, &format!("{name} AAÖRNEK")).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_candidate_is_entered_on_a_phone_in_both_languages() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 200);
    let browser = Browser::open(390, 844).await;
    browser.sign_in(&office, "memur").await;
    let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    for (lang, word) in [("tr", "Geldiği kurum"), ("en", "Institution he or she comes from")] {
        browser.go(&format!("{}/", office.url)).await;
        let choose = format!(
            "document.querySelector('form[action=\"/tercih\"] button[name=\"dil\"][value=\"{lang}\"]').click()"
        );
        browser.client.execute(&choose, Vec::new()).await.expect("language");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        for path in ["/kayit/yeni", "/kayit/yeni?giris=erasmus", "/kayit/listeler", "/kayit/listeler/yukle"] {
            browser.go(&format!("{}{path}", office.url)).await;
            let beyond = browser.client.execute(script, Vec::new()).await.expect("a width");
            assert_eq!(beyond.as_i64(), Some(0), "{path} is wider than the phone");
            assert_eq!(browser.violations().await, Vec::<String>::new(), "{path} {lang}");
        }
        browser.go(&format!("{}/kayit/yeni?giris=erasmus", office.url)).await;
        says(&browser, word).await;
    }
    browser.close().await;
}
