//! The day pack as a file in a real browser: opened without a server, refused without its password.

use std::time::Duration;

use fantoccini::{Locator, key::Key};
use serde_json::Value;

use crate::{
    chromium::Browser,
    running::{Running, run_well},
};

/// Waits until the page says something.
async fn reads(browser: &Browser, text: &str) {
    for _ in 0..400 {
        if browser.text().await.contains(text) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not say “{text}”: {}", browser.text().await);
}

async fn count(browser: &Browser, css: &str) -> usize {
    browser.client.find_all(Locator::Css(css)).await.expect("a look").len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pack_opens_from_the_disk_with_its_password_alone() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 200);
    let token = run_well(&office.dir, &["token", "add", "--user", "memur"]).trim().to_owned();
    // The office's day stands in the list of candidates' windows; the clerk's faculty is MÜH.
    let (status, windows) = office.api("GET", "/api/v1/windows", &token, "").expect("windows");
    assert_eq!(status, 200, "{windows}");
    let windows: Value = serde_json::from_str(&windows).expect("JSON");
    let open = windows["items"].as_array().and_then(|all| all.iter().find(|w| w["kind"] == "registration"));
    let day = open.and_then(|window| window["closes_on"].as_str()).expect("a day").to_owned();
    let order = format!(r#"{{"unit":"MÜH","day":"{day}","forms":3}}"#);
    let (status, made) = office.api("POST", "/api/v1/day-packs", &token, &order).expect("a pack");
    assert_eq!(status, 200, "{made}");
    let made: Value = serde_json::from_str(&made).expect("JSON");
    let (password, page) =
        (made["password"].as_str().expect("shown"), made["html"].as_str().expect("a page"));
    let candidates = made["candidates"].as_u64().expect("a count");
    assert!(candidates > 20, "{candidates}");
    let file = folder.path().join("paket.html");
    std::fs::write(&file, page).expect("written");
    // The day comes, and the server is gone.
    office.kill();

    let browser = Browser::open(1366, 768).await;
    browser.go(&format!("file://{}", file.display())).await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    // The field has the focus; a wrong password opens nothing and says so.
    let enter = char::from(Key::Enter).to_string();
    browser.press("abcde-fghjk-mnpqr-stuvw").await;
    browser.press(&enter).await;
    reads(&browser, "Parola bu paketi açmadı").await;
    assert_eq!(count(&browser, "article").await, 0);
    // What was typed is selected and gives way to the right one.
    browser.press(password).await;
    browser.press(&enter).await;
    reads(&browser, &format!("{candidates} / {candidates}")).await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    let all = count(&browser, "article").await;
    assert!(all > 20, "{all}");

    // A name is found however it is typed, and its papers stand beside it.
    let first = browser.client.find(Locator::Css("article h2")).await.expect("a candidate");
    let name = first.text().await.expect("a name");
    let number = name.rsplit(' ').next().expect("a number").to_owned();
    browser.press(&number).await;
    reads(&browser, &format!("1 / {candidates}")).await;
    assert!(browser.text().await.contains(&name));
    // Nothing of it can be written anywhere: no form is sent and nothing is asked of the network.
    let asked = "return performance.getEntriesByType('resource').length + document.querySelectorAll('form[action]').length";
    let asked = browser.client.execute(asked, Vec::new()).await.expect("a count");
    assert_eq!(asked.as_u64(), Some(0));

    // On paper only the blank forms come out, each with its number.
    let forms = "return [...document.querySelectorAll('#forms h2')].map(h => h.textContent)";
    let forms = browser.client.execute(forms, Vec::new()).await.expect("headings");
    let forms: Vec<&str> = forms.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let id = made["id"].to_string();
    assert_eq!(forms.len(), 3);
    assert!(forms.iter().zip(1..).all(|(form, no)| form.ends_with(&format!("Form {id}-{no}"))), "{forms:?}");
    let printed = browser.client.print(Default::default()).await.expect("printed");
    assert!(printed.starts_with(b"%PDF"), "a PDF");

    // A phone reads it too.
    browser.close().await;
    let phone = Browser::open(390, 844).await;
    phone.go(&format!("file://{}", file.display())).await;
    phone.press(password).await;
    phone.press(&enter).await;
    reads(&phone, &format!("{candidates} / {candidates}")).await;
    let beyond = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let beyond = phone.client.execute(beyond, Vec::new()).await.expect("a width");
    assert_eq!(beyond.as_i64(), Some(0));
    phone.close().await;
}
