//! The office through a real browser, by keyboard alone, and axe-core on every page in both languages.

use std::{
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, key::Key};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::running::Running;

const AXE: &str = include_str!("vendor/axe.min.js");

/// A browser with its driver; both end with the value.
pub struct Browser {
    driver: Child,
    /// What the driver takes.
    pub client: Client,
    profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a window of this size; one that is narrower than any on a desk is a phone.
    pub async fn open(width: u32, height: u32) -> Self {
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
        let downloads = profile.path().join("downloads");
        // A browser of the office asks for Turkish, whatever the language of whoever runs the tests.
        let prefs = json!({ "download.default_directory": downloads, "intl.accept_languages": "tr-TR,tr" });
        let mut options = json!({ "args": args, "prefs": prefs });
        if width < 500 {
            let phone = json!({ "width": width, "height": height, "pixelRatio": 2, "touch": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": phone });
        }
        let wanted = json!({ "goog:chromeOptions": options, "pageLoadStrategy": "normal" });
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
        Self { driver, client, profile }
    }

    /// Waits for a file that was downloaded, by the end of its name, and answers where it is.
    pub async fn downloaded(&self, end: &str) -> PathBuf {
        let folder = self.profile.path().join("downloads");
        for _ in 0..200 {
            let files = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
            if let Some(file) = files.into_iter().find(|path| path.to_string_lossy().ends_with(end)) {
                return file;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no {end} in {}", folder.display());
    }

    /// Types into whatever has the focus.
    pub async fn press(&self, keys: &str) {
        self.client.active_element().await.expect("focus").send_keys(keys).await.expect("keys");
    }

    /// Opens an address.
    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.expect("page");
    }

    /// The path that is open.
    pub async fn path(&self) -> String {
        self.client.current_url().await.expect("address").path().to_owned()
    }

    /// What can be read on the page.
    pub async fn text(&self) -> String {
        // A page that changes while it is read is read again.
        for _ in 0..20 {
            let body = self.client.find(Locator::Css("body")).await.expect("body");
            if let Ok(text) = body.text().await {
                return text;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no text at {}", self.path().await);
    }

    /// Waits until the address is another one than `from`.
    pub async fn moved_from(&self, from: &str) -> String {
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
    pub async fn sign_in(&self, office: &Running, user: &str) {
        self.go(&format!("{}/giris", office.url)).await;
        self.press(user).await;
        self.press(&char::from(Key::Tab).to_string()).await;
        let password = office.password(user);
        self.press(&password).await;
        self.press(&char::from(Key::Enter).to_string()).await;
        self.moved_from("/giris").await;
    }

    /// What axe-core finds on the page.
    pub async fn violations(&self) -> Vec<String> {
        self.client.execute(AXE, Vec::new()).await.expect("axe");
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
               .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))), e => done([String(e)]));";
        let found = self.client.execute_async(script, Vec::new()).await.expect("axe runs");
        found.as_array().into_iter().flatten().map(|v| v.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Ends the browser.
    pub async fn close(mut self) {
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
