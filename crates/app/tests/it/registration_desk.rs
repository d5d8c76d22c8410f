//! The registration desk by keyboard alone: one candidate in three steps, then the next one.

use std::time::Duration;

use base::{
    ids::CandidateId,
    time::{Timestamp, local_date},
};
use domain::registration::WindowKind;
use fantoccini::{Locator, key::Key};
use jiff::ToSpan;
use serde_json::json;
use storage::{Db, Settings};
use testkit::candidates::{candidate, open_window, place, programme};

use crate::{chromium::Browser, running::Running};

/// Types like a clerk and counts the keys.
struct Clerk<'b> {
    browser: &'b Browser,
    keys: usize,
}

impl Clerk<'_> {
    async fn press(&mut self, keys: &str) {
        self.keys += keys.chars().count();
        self.browser.press(keys).await;
    }

    /// Waits until the page says something.
    async fn reads(&self, text: &str) {
        for _ in 0..200 {
            if self.browser.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not say “{text}”: {}", self.browser.text().await);
    }
}

/// Two candidates of the clerk's faculty, on a day of registration; answers the first one's identity number.
async fn two_wait(office: &Running) -> (String, Vec<CandidateId>) {
    let db = Db::open(&Settings::Sqlite(office.dir.join("kunye.sqlite"))).await.expect("the database");
    #[expect(clippy::disallowed_methods, reason = "the started office has the clock of the machine")]
    let now = Timestamp::now();
    let today = local_date(now);
    let day = |days: i64| today.checked_add(days.days()).expect("a day");
    open_window(&db, now, WindowKind::Registration, day(-3), day(3)).await;
    let own = programme(&db, "BLM-L").await;
    let rows = vec![candidate(7, "Işıl", "AAÇINAR", own), candidate(8, "Ümit", "AAIŞIK", own)];
    let number = rows[0].identity_no.clone().expect("a number");
    let ids = place(&db, now, rows).await;
    db.close().await;
    (number, ids)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_candidate_is_registered_by_keyboard_in_three_steps_and_twenty_keys() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 300);
    let (number, ids) = two_wait(&office).await;
    let browser = Browser::open(1366, 768).await;
    browser.sign_in(&office, "memur").await;
    browser.go(&format!("{}/kayit", office.url)).await;
    let enter = char::from(Key::Enter).to_string();
    // The field has the focus; the number is not counted.
    browser.press(&number).await;
    let mut clerk = Clerk { browser: &browser, keys: 0 };

    // Step 1: open.
    clerk.press(&enter).await;
    let opened = browser.moved_from("/kayit").await;
    assert_eq!(opened, format!("/kayit/{}", ids[0]), "the number is in no address");
    clerk.reads("Fotoğraf eksik ve kayıtta istenir").await;

    // Step 2: what is missing was brought; what only some bring is not asked for.
    clerk.press("f").await;
    clerk.reads("İstenen evrak tamam.").await;

    // Step 3: notice read, fee paid with its receipt, register; the confirmation is made with it.
    clerk.press("a").await;
    clerk.press("d").await;
    clerk.press(&char::from(Key::Tab).to_string()).await;
    clerk.press("D2026117").await;
    clerk.press(&enter).await;
    clerk.reads("Kesin kayıt yapıldı. Kayıt onay belgesi hazır.").await;
    clerk.reads("D2026117").await;
    let wrong = browser.violations().await;
    assert!(wrong.is_empty(), "{wrong:?}");

    // One key hands the confirmation to the printer and leaves the page where it is; the next candidate has the focus.
    let link = Locator::Css("a[data-key='o'][href^='/belge/'][href$='/pdf']");
    let paper =
        browser.client.find(link).await.expect("the confirmation").attr("href").await.expect("attribute");
    let paper = paper.expect("address");
    clerk.press("o").await;
    assert_eq!(browser.path().await, opened);
    clerk.press(&enter).await;
    let next = browser.moved_from(&opened).await;
    assert_eq!(next, format!("/kayit/{}", ids[1]));
    assert!(clerk.keys <= 20, "{} keys", clerk.keys);
    let printed = "const done = arguments[arguments.length - 1];
        fetch(arguments[0]).then(r => done([r.status, r.headers.get('content-type')]));";
    let printed = browser.client.execute_async(printed, vec![json!(paper)]).await.expect("the file");
    assert_eq!(printed, json!([200, "application/pdf"]));
    let wrong = browser.violations().await;
    assert!(wrong.is_empty(), "{wrong:?}");
    browser.close().await;
}
