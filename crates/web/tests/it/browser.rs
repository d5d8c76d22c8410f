//! An office with a few records behind the real router, and a browser that keeps cookies and fills in forms.

#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use base::{
    ids::{AccountId, StaffId},
    lang::Lang,
    time::{Clock, Date},
};
use domain::{accounts::Role, student_file::Name};
use http_body_util::BodyExt;
use services::{
    accounts::{
        AddAccount, AddToken, AddedToken, IdentityProof, IssueStudentLink, Password, RoleRequest, TokenScope,
        UseLink, add_account, add_token, find_staff, issue_student_link, set_password_by_link,
    },
    records::{Checked, apply_records},
};
use testkit::{RecordsFolder, TestOffice};
use tower::ServiceExt;
use web::{proxies::TrustedProxies, site::Site, texts::Languages, url::encode};

/// The password of every account here.
pub(crate) const PASSWORD: &str = "üç kırmızı bisiklet 7";

/// Faculty MÜH with departments BLM and EEM, four people, five enrolments.
pub(crate) struct Campus {
    pub(crate) kit: TestOffice,
    site: Arc<Site>,
    app: Router,
}

impl Campus {
    /// A campus on SQLite.
    pub(crate) async fn sqlite() -> Self {
        Self::with_records(&RecordsFolder::small()).await
    }

    /// A campus on SQLite with the records of a folder.
    pub(crate) async fn with_records(folder: &RecordsFolder) -> Self {
        Self::on(TestOffice::sqlite().await, folder).await
    }

    /// A campus whose installation has no account of the placement service.
    pub(crate) async fn without_placements() -> Self {
        let mut kit = TestOffice::sqlite().await;
        kit.office.placements = None;
        Self::on(kit, &RecordsFolder::small()).await
    }

    async fn on(kit: TestOffice, folder: &RecordsFolder) -> Self {
        let checked = apply_records(&kit.office, &kit.console(), folder.path(), Box::new(|_| {}))
            .await
            .expect("import");
        assert!(matches!(checked, Checked::Sound(_)), "the records are sound");
        let site = Arc::new(Site {
            office: kit.office.clone(),
            languages: Languages::load(&[]).expect("texts"),
            institution: Name { tr: "Örnek Üniversitesi".to_owned(), en: "Example University".to_owned() },
            demo: false,
            secure: false,
            trusted_proxies: TrustedProxies::default(),
            wake_worker: Arc::default(),
        });
        Self { app: web::site::router(Arc::clone(&site)), site, kit }
    }

    /// An account with one role and the password of all.
    pub(crate) async fn account(&self, user: &str, role: Role, unit: Option<&str>) -> AccountId {
        let staff = match role {
            Role::Advisor | Role::Instructor => self.staff("cinar.irmak@example.invalid").await,
            _ => None,
        };
        let command = AddAccount {
            user_name: user.to_owned(),
            display_name: format!("Deneme {user}"),
            roles: vec![RoleRequest {
                role,
                unit: unit.map(str::to_owned),
                programme: None,
                starts_on: None,
                ends_on: None,
            }],
            person: None,
            staff,
        };
        let added = add_account(&self.kit.office, &self.kit.console(), command).await.expect("account");
        self.activate(added.link.token.reveal()).await;
        added.account
    }

    async fn staff(&self, address: &str) -> Option<StaffId> {
        let found = find_staff(&self.kit.office, &self.kit.console(), address).await.expect("staff");
        found.first().map(|line| line.id)
    }

    /// The account behind a student number, with the password of all; answers its user name.
    pub(crate) async fn student(&self, number: &str) -> String {
        self.student_account(number).await.0
    }

    /// As [`Campus::student`], with the account's number.
    pub(crate) async fn student_account(&self, number: &str) -> (String, AccountId) {
        let command = IssueStudentLink { number: number.to_owned(), proof: IdentityProof::IdentityCard };
        let link = issue_student_link(&self.kit.office, &self.kit.console(), command).await.expect("link");
        self.activate(link.token.reveal()).await;
        (link.user_name, link.account)
    }

    /// A new API token of an account.
    pub(crate) async fn token(&self, account: AccountId) -> AddedToken {
        let (name, scope) = ("deneme".to_owned(), TokenScope::Write);
        let command = AddToken { account, name, scope, expires_on: Date::constant(2026, 12, 31) };
        add_token(&self.kit.office, &self.kit.console(), command).await.expect("token")
    }

    /// Sends a request as it is, e.g. to the API.
    pub(crate) async fn send(&self, request: Request<Body>) -> u16 {
        self.app.clone().oneshot(request).await.expect("an answer").status().as_u16()
    }

    async fn activate(&self, link: &str) {
        let command =
            UseLink { token: link.to_owned(), password: Password::new(PASSWORD), request: "test".to_owned() };
        set_password_by_link(&self.kit.office, command).await.expect("password");
    }

    /// A browser without cookies.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { campus: self, cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// A browser in which somebody is signed in.
    pub(crate) async fn signed_in(&self, user: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let page = browser.sign_in(user, PASSWORD).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/"), "{user}: {}", page.read());
        browser
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, minutes: u64) {
        let later = self.kit.office.now().checked_add(Duration::from_secs(minutes * 60)).expect("in range");
        self.kit.clock.set(later);
        assert_eq!(self.kit.clock.now(), later);
    }

    /// Asserts that every text that a page asked for exists in both languages.
    pub(crate) fn has_all_words(&self) {
        for lang in Lang::ALL {
            assert_eq!(self.site.languages.of(lang).missing(), Vec::<String>::new(), "{}", lang.code());
        }
    }
}

/// What a browser got.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) retry_after: String,
    pub(crate) html: String,
}

impl Page {
    /// The page, if it says this.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(
            self.html.contains(text),
            "{} {} does not say “{text}”: {}",
            self.status,
            self.location,
            self.read()
        );
        self
    }

    /// The page, if it does not say this.
    #[track_caller]
    pub(crate) fn does_not_say(self, text: &str) -> Self {
        assert!(!self.html.contains(text), "it says “{text}”: {}", self.read());
        self
    }

    /// The page, if it has this status.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} {}", self.location, self.read());
        self
    }

    /// The page, if it leads on to this path.
    #[track_caller]
    pub(crate) fn leads_to(self, path: &str) -> Self {
        assert_eq!((self.status, self.location.as_str()), (303, path), "{}", self.read());
        self
    }

    /// What stands between two texts.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let rest = self.html.split_once(before).map(|(_, rest)| rest);
        let found = rest.and_then(|rest| rest.split_once(after)).map(|(found, _)| found.to_owned());
        found.unwrap_or_else(|| panic!("nothing between {before} and {after}: {}", self.read()))
    }

    /// The words of the page without its frame, for messages of tests.
    fn read(&self) -> String {
        let main = self.html.split_once("<main").map_or(self.html.as_str(), |(_, main)| main);
        let words = main.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words.trim());
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" | ")
    }
}

/// Keeps cookies, and the token of the last page for the next form.
pub(crate) struct Browser<'c> {
    campus: &'c Campus,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Browser<'_> {
    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), String::new()).await
    }

    /// Sends a form with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let all = std::iter::once(("csrf", csrf.as_str())).chain(fields.iter().copied());
        let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.send(Request::post(path), body.join("&")).await
    }

    /// Sends a form with a file, by its field and name, with the token of the last page.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, content): (&str, &str, &[u8]),
    ) -> Page {
        let csrf = self.csrf.clone();
        let mut body = Vec::new();
        for (field, value) in std::iter::once(("csrf", csrf.as_str())).chain(fields.iter().copied()) {
            let part = format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head =
            format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--X--\r\n");
        self.send_as(Request::post(path), "multipart/form-data; boundary=X", body).await
    }

    /// Opens the sign-in page and fills it in.
    pub(crate) async fn sign_in(&mut self, user: &str, password: &str) -> Page {
        self.get("/giris").await.is(200);
        self.post("/giris", &[("kullanici", user), ("parola", password)]).await
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub(crate) fn forget_csrf(&mut self) {
        self.csrf.clear();
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Page {
        self.send_as(request, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn send_as(
        &mut self,
        request: axum::http::request::Builder,
        content_type: &str,
        body: Vec<u8>,
    ) -> Page {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::HOST, "kunye.example.invalid")
            .header(header::CONTENT_TYPE, content_type);
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.campus.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            let (name, value) =
                cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text =
            |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (location, retry_after) = (text(header::LOCATION), text(header::RETRY_AFTER));
        // Photos and papers are no text; nobody reads them here.
        let body = body.collect().await.expect("a body").to_bytes();
        let html = String::from_utf8_lossy(&body).into_owned();
        if let Some(csrf) =
            html.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next())
        {
            self.csrf = csrf.to_owned();
        }
        Page { status: parts.status.as_u16(), location, retry_after, html }
    }
}
