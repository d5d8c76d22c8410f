//! Attendance at the width of a phone: the student opens the code, the clerk types a number.

use fantoccini::{Locator, key::Key};
use serde_json::Value;

use crate::{
    chromium::Browser,
    running::{Running, run_well},
};

/// Width and height of the phone.
const PHONE: (u32, u32) = (390, 844);

/// What the API answers, if it succeeds.
fn ask(office: &Running, method: &str, path: &str, token: &str, body: &str) -> Value {
    let (status, text) = office.api(method, &format!("/api/v1{path}"), token, body).expect("an answer");
    assert!((200..300).contains(&status), "{method} {path} {status}: {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

fn token(office: &Running, user: &str) -> String {
    run_well(&office.dir, &["token", "add", "--user", user]).trim().to_owned()
}

/// Whether nothing stands beyond the right edge of the page.
async fn fits(browser: &Browser) {
    let script = "const wide = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= wide) return [];
        return [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > wide).map(e => e.outerHTML.slice(0, 120))";
    let beyond = browser.client.execute(script, Vec::new()).await.expect("what is too wide");
    assert_eq!(beyond, serde_json::json!([]), "{} is wider than the phone", browser.path().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attendance_is_taken_on_a_phone() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 200);
    let (registrar, student) = (token(&office, "oidb"), token(&office, "ogrenci"));
    let browser = Browser::open(PHONE.0, PHONE.1).await;
    browser.sign_in(&office, "ogrenci").await;
    // The office's day stands on the start page.
    let text = browser.text().await;
    let is_day = |word: &&str| word.len() == 10 && word.matches('.').count() == 2;
    let today = text.split_whitespace().find(is_day).expect("a day").to_owned();
    let (day, month, year) = (&today[..2], &today[3..5], &today[6..]);
    // Nobody but the student knows the year of entry: each year of the register gets an orientation of its own.
    let units = ask(&office, "GET", "/units", &registrar, "");
    let unit = units["items"][0]["code"].as_str().expect("the university").to_owned();
    let this_year: i32 = year.parse().expect("a year");
    for entry in this_year - 9..=this_year {
        let new = format!(
            r#"{{"unit":"{unit}","year":{entry},"name_tr":"Hoş geldiniz {entry}","name_en":"Welcome {entry}"}}"#
        );
        let id = ask(&office, "POST", "/orientations", &registrar, &new)["id"].to_string();
        let session = format!(
            r#"{{"title_tr":"Açılış","title_en":"Opening","place":"Mavi Salon","day":"{year}-{month}-{day}","starts":"00.00","ends":"23.59"}}"#
        );
        ask(&office, "POST", &format!("/orientations/{id}/sessions"), &registrar, &session);
        ask(&office, "POST", &format!("/orientations/{id}/invitations"), &registrar, "");
    }
    let own = ask(&office, "GET", "/me/orientations", &student, "");
    let session = own["items"][0]["programme"][0]["id"].to_string();
    let list = ask(&office, "GET", &format!("/orientation-sessions/{session}/attendance"), &registrar, "");
    let url = list["attend_url"].as_str().expect("an address").to_owned();

    // The phone's camera opens the code while nobody is signed in.
    browser.client.delete_all_cookies().await.expect("cookies");
    browser.go(&url).await;
    assert_eq!(browser.path().await, "/giris");
    fits(&browser).await;
    browser.press("ogrenci").await;
    browser.press(&char::from(Key::Tab).to_string()).await;
    browser.press(&office.password("ogrenci")).await;
    browser.press(&char::from(Key::Enter).to_string()).await;
    let at = browser.moved_from("/giris").await;
    assert!(at.starts_with("/oryantasyon/katil/"), "{at}");
    fits(&browser).await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser
        .client
        .find(Locator::Css("main .btn.main"))
        .await
        .expect("the button")
        .click()
        .await
        .expect("a click");
    browser.client.wait().for_element(Locator::Css(".flash .note.ok")).await.expect("said");
    let text = browser.text().await;
    assert!(text.contains("Katılımınız yazıldı."), "{text}");
    browser.go(&format!("{}/oryantasyon", office.url)).await;
    assert_eq!(browser.path().await, "/oryantasyon/benim");
    fits(&browser).await;
    assert_eq!(browser.violations().await, Vec::<String>::new());

    // The clerk at the door: the field waits, Enter notes, the field waits again; then a tick on the list.
    let others = list["items"].as_array().expect("a list");
    let numbers: Vec<&str> = others.iter().filter_map(|line| line["student"]["number"].as_str()).collect();
    let came = ask(&office, "GET", &format!("/orientation-sessions/{session}/attendance"), &registrar, "");
    let by_phone = |line: &&Value| line["channel"] == "qr";
    let mine = came["items"].as_array().and_then(|all| all.iter().find(by_phone)).expect("the student");
    let mine = mine["student"]["number"].as_str().expect("a number").to_owned();
    let mut rest = numbers.into_iter().filter(|number| *number != mine);
    let (first, second) = (rest.next().expect("another student"), rest.next().expect("a third"));
    browser.client.delete_all_cookies().await.expect("cookies");
    browser.sign_in(&office, "oidb").await;
    browser.go(&format!("{}/oryantasyon/oturum/{session}", office.url)).await;
    fits(&browser).await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    for expected in ["Yoklamaya yazıldı.", "ikinci kez yazılmadı"] {
        browser.press(first).await;
        browser.press(&char::from(Key::Enter).to_string()).await;
        browser.client.wait().for_element(Locator::Css(".flash .note")).await.expect("said");
        for _ in 0..100 {
            if browser.text().await.contains(expected) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let text = browser.text().await;
        assert!(text.contains(expected), "{text}");
    }
    let name = format!("label[for='k{second}']");
    let near = format!(
        "document.querySelector(\"{name}\").scrollIntoView({{ block: 'center', behavior: 'instant' }})"
    );
    browser.client.execute(&near, Vec::new()).await.expect("scrolled");
    browser.client.find(Locator::Css(&name)).await.expect("a name").click().await.expect("a tap");
    browser
        .client
        .find(Locator::Css(".bulk button"))
        .await
        .expect("the button")
        .click()
        .await
        .expect("a click");
    browser.client.wait().for_element(Locator::Css(".flash .note.ok")).await.expect("said");
    let came = ask(&office, "GET", &format!("/orientation-sessions/{session}/attendance"), &registrar, "");
    let channel = |number: &str| {
        let line =
            came["items"].as_array().and_then(|all| all.iter().find(|l| l["student"]["number"] == number));
        line.and_then(|line| line["channel"].as_str()).map(str::to_owned)
    };
    assert_eq!(
        [channel(&mine), channel(first), channel(second)],
        [Some("qr".to_owned()), Some("number".to_owned()), Some("list".to_owned())]
    );
    browser.close().await;
}
