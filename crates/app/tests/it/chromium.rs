//! The office through a real browser, by keyboard alone, and axe-core on every page in both languages.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, key::Key};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::running::Running;

const AXE: &str = include_str!("vendor/axe.min.js");

/// A browser with its driver; both end with the value.
struct Browser {
    driver: Child,
    client: Client,
    _profile: tempfile::TempDir,
}

impl Browser {
    async fn open(width: u32, height: u32) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver (Debian: chromium-driver)");
        let profile = tempfile::tempdir().expect("profile");
        let args = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let wanted = json!({ "goog:chromeOptions": { "args": args }, "pageLoadStrategy": "normal" });
        let wanted = wanted.as_object().cloned().expect("an object");
        let mut tries = 0;
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(wanted.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => break client,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 100, "the browser does not start: {error}");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        };
        Self { driver, client, _profile: profile }
    }

    /// Types into whatever has the focus.
    async fn press(&self, keys: &str) {
        self.client.active_element().await.expect("focus").send_keys(keys).await.expect("keys");
    }

    async fn go(&self, url: &str) {
        self.client.goto(url).await.expect("page");
    }

    async fn path(&self) -> String {
        self.client.current_url().await.expect("address").path().to_owned()
    }

    async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.expect("body").text().await.expect("text")
    }

    /// Waits until the address is another one than `from`.
    async fn moved_from(&self, from: &str) -> String {
        for _ in 0..200 {
            let path = self.path().await;
            if path != from {
                return path;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("still at {from}: {}", self.text().await);
    }

    /// Signs in with the keyboard.
    async fn sign_in(&self, office: &Running, user: &str) {
        self.go(&format!("{}/giris", office.url)).await;
        self.press(user).await;
        self.press(&char::from(Key::Tab).to_string()).await;
        let password = office.password(user);
        self.press(&password).await;
        self.press(&char::from(Key::Enter).to_string()).await;
        self.moved_from("/giris").await;
    }

    /// What axe-core finds on the page.
    async fn violations(&self) -> Vec<String> {
        self.client.execute(AXE, Vec::new()).await.expect("axe");
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
               .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))), e => done([String(e)]));";
        let found = self.client.execute_async(script, Vec::new()).await.expect("axe runs");
        found.as_array().into_iter().flatten().map(|v| v.as_str().unwrap_or_default().to_owned()).collect()
    }

    async fn close(mut self) {
        let _ = self.client.clone().close().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_prints_and_verifies_a_paper_by_keyboard_alone() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 400);
    let browser = Browser::open(1366, 768).await;
    browser.sign_in(&office, "memur").await;
    // `/` reaches the counter field from anywhere; arrow down and Enter open the first answer below it.
    browser.go(&format!("{}/ogrenciler?durum=active", office.url)).await;
    browser.press("/").await;
    browser.press("isik").await;
    browser
        .client
        .wait()
        .at_most(Duration::from_secs(10))
        .for_element(Locator::Css("#gise-sonuc a"))
        .await
        .expect("answers");
    browser.press(&char::from(Key::Down).to_string()).await;
    browser.press(&char::from(Key::Enter).to_string()).await;
    let opened = browser.moved_from("/ogrenciler").await;
    assert!(opened.starts_with("/ogrenci/"), "{opened}");
    // Whatever the status of the first answer, a transcript can be given.
    browser.press("t").await;
    browser.moved_from(&opened).await;
    assert!(browser.path().await.ends_with("/belge/transcript"));
    // The purpose has the focus; Enter sends.
    browser.press("burs başvurusu").await;
    let asked = browser.path().await;
    browser.press(&char::from(Key::Enter).to_string()).await;
    let paper = browser.moved_from(&asked).await;
    assert!(paper.starts_with("/belge/"), "{paper}");
    let text = browser.text().await;
    assert!(text.contains("Geçerli"), "{text}");
    let code = text
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 30 && line.matches('-').count() == 4)
        .unwrap_or_else(|| panic!("no code in {text}"))
        .to_owned();
    browser.go(&format!("{}/dogrula", office.url)).await;
    while browser.client.active_element().await.expect("focus").attr("name").await.expect("name").as_deref()
        != Some("kod")
    {
        browser.press(&char::from(Key::Tab).to_string()).await;
    }
    browser.press(&code).await;
    browser.press(&char::from(Key::Enter).to_string()).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let answer = browser.text().await;
    assert!(answer.contains("Transkript") && answer.contains("**"), "{answer}");
    browser.close().await;
}

/// Pages of each role, in the order in which they are looked at.
const PAGES: &[(&str, &[&str])] = &[
    (
        "memur",
        &[
            "/",
            "/ogrenciler",
            "/ogrenciler?q=isik",
            "/ogrenciler?durum=graduated",
            "/ogrenci/{no}",
            "/ogrenci/{no}/iletisim",
            "/ogrenci/{no}/kimlik",
            "/ogrenci/{no}/durum",
            "/ogrenci/{no}/evrak",
            "/ogrenci/{no}/fotograf",
            "/ogrenci/{no}/belge/transcript",
            "/belgeler",
            "/birimler",
            "/hesabim",
            "/yok-boyle-bir-sayfa",
        ],
    ),
    ("denetci", &["/", "/denetim", "/ogrenci/{no}"]),
    ("yonetici", &["/", "/hesaplar", "/hesaplar/yeni", "/birimler/M%C3%9CH", "/hesabim"]),
    ("danisman", &["/", "/ogrenciler"]),
    ("ogrenci", &["/", "/hesabim"]),
    ("kurul", &["/"]),
    (
        "oidb",
        &[
            "/",
            "/ogrenciler",
            "/birimler/M%C3%9CH/kod",
            "/programlar/BLM-L",
            "/programlar/BLM-L/ad",
            "/programlar/BLM-L/kod",
            "/bilesenler",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_page_in_both_languages() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 300);
    let browser = Browser::open(1366, 900).await;
    let mut wrong = Vec::new();
    for page in ["/giris", "/dogrula", "/dogrula?kod=00000-00000-00000-00000-000000", "/etkinlestir/yok"] {
        browser.go(&format!("{}{page}", office.url)).await;
        wrong.extend(browser.violations().await.into_iter().map(|v| format!("{page}: {v}")));
    }
    let mut number = String::new();
    for (user, pages) in PAGES {
        browser.client.delete_all_cookies().await.expect("cookies");
        browser.sign_in(&office, user).await;
        if number.is_empty() {
            browser.go(&format!("{}/ogrenciler?durum=active", office.url)).await;
            let link = browser.client.find(Locator::Css("#ogrenciler a[data-row]")).await.expect("a student");
            number = link
                .attr("href")
                .await
                .expect("attribute")
                .expect("address")
                .trim_start_matches("/ogrenci/")
                .to_owned();
        }
        for lang in ["tr", "en"] {
            // The language is a button of the user menu's form.
            browser.go(&format!("{}/", office.url)).await;
            let script = format!(
                "document.querySelector('form[action=\"/tercih\"] button[name=\"dil\"][value=\"{lang}\"]').click()"
            );
            browser.client.execute(&script, Vec::new()).await.expect("language");
            tokio::time::sleep(Duration::from_millis(150)).await;
            for page in *pages {
                browser.go(&format!("{}{}", office.url, page.replace("{no}", &number))).await;
                let spoken = browser
                    .client
                    .find(Locator::Css("html"))
                    .await
                    .expect("html")
                    .attr("lang")
                    .await
                    .expect("lang");
                assert_eq!(spoken.as_deref(), Some(lang), "{user} {page}");
                wrong.extend(
                    browser.violations().await.into_iter().map(|v| format!("{user} {page} {lang}: {v}")),
                );
            }
        }
    }
    browser.close().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
