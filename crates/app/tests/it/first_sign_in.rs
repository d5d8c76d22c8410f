//! First sign-in on a phone: the link of a sealed slip, a password, and what is still missing.

use fantoccini::{Locator, key::Key};
use serde_json::Value;

use crate::{
    chromium::Browser,
    running::{Running, run_well},
};

/// Width and height of the phone.
const PHONE: (u32, u32) = (390, 844);

fn ask(office: &Running, method: &str, path: &str, token: &str, body: &str) -> Value {
    let (status, text) = office.api(method, &format!("/api/v1{path}"), token, body).expect("an answer");
    assert!((200..300).contains(&status), "{method} {path} {status}: {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// Whether nothing stands beyond the right edge of the page, and nothing keeps anybody from reading it.
async fn fits(browser: &Browser) {
    let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let beyond = browser.client.execute(script, Vec::new()).await.expect("a width");
    assert_eq!(beyond.as_i64(), Some(0), "{} is wider than the phone", browser.path().await);
    assert_eq!(browser.violations().await, Vec::<String>::new(), "{}", browser.path().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_student_signs_in_with_a_slip_and_reads_what_is_missing() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 60);
    let clerk = run_well(&office.dir, &["token", "add", "--user", "memur"]).trim().to_owned();
    // A provisional student of this morning, who still owes a paper.
    let waiting = ask(&office, "GET", "/candidates?state=provisional", &clerk, "");
    let candidate = waiting["items"][0].clone();
    let windows = ask(&office, "GET", "/windows", &clerk, "");
    let photos =
        windows["items"].as_array().and_then(|all| all.iter().find(|w| w["kind"] == "photo_proposal"));
    let opened = photos.expect("the days for photos")["opens_on"].as_str().expect("a day").to_owned();
    let programme = candidate["programme"].as_str().expect("a programme");
    // The demo registers on the day on which it is made, three days after the days for photos begin.
    let day = opened.parse::<base::time::Date>().expect("a day").saturating_add(jiff::ToSpan::days(3));
    let slips =
        ask(&office, "POST", "/slips", &clerk, &format!(r#"{{"programme":"{programme}","day":"{day}"}}"#));
    let slips = slips["items"].as_array().expect("slips").clone();
    let name = candidate["given_name"].as_str().expect("a name");
    assert!(!slips.is_empty(), "{candidate}");

    let browser = Browser::open(PHONE.0, PHONE.1).await;
    let mut used = None;
    for slip in &slips {
        browser.client.delete_all_cookies().await.expect("cookies");
        browser.go(slip["url"].as_str().expect("an address")).await;
        let text = browser.text().await;
        if !text.contains(name) {
            continue;
        }
        fits(&browser).await;
        for field in ["parola", "tekrar"] {
            let css = format!("[name={field}]");
            let field = browser.client.find(Locator::Css(&css)).await.expect("a field");
            field.send_keys("mavi-tren-sabah-yedi").await.expect("keys");
        }
        browser.press(&char::from(Key::Enter).to_string()).await;
        let from = browser.path().await;
        if from != "/ilk-gun" {
            browser.moved_from(&from).await;
        }
        assert_eq!(browser.path().await, "/ilk-gun");
        let text = browser.text().await;
        assert!(text.contains(name) && text.contains("Eksiklerim"), "{text}");
        fits(&browser).await;
        for path in ["/ilk-gun/fotograf", "/ilk-gun/iletisim"] {
            browser.go(&format!("{}{path}", office.url)).await;
            fits(&browser).await;
        }
        used = slip["url"].as_str();
        break;
    }
    // The link was for once.
    let used = used.expect("a slip of the candidate");
    browser.client.delete_all_cookies().await.expect("cookies");
    browser.go(used).await;
    let text = browser.text().await;
    assert!(text.contains("Bu bağlantı artık geçerli değil"), "{text}");
    fits(&browser).await;
    browser.close().await;
}
