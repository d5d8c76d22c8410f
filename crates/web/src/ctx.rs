//! Who asks, in which language, with what settings: one extractor for every page.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use askama::Template;
use axum::{
    Form, RequestExt,
    extract::{FromRequest, FromRequestParts, Multipart, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use base::{lang::Lang, time::date_time_tr};
use domain::accounts::Role;
use services::{
    Actor, Office, ServiceError,
    accounts::{self, LINK_PATH, Session},
    documents::stored::Upload,
    institution::{self, UnitLine, Workplace},
    orientation::ATTEND_PATH,
};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::{
    components::{
        Link, Note, State as Colour,
        form::{Choice, Tokens},
        frame::{Chooser, Frame, Look, NavItem, Shell, Theme},
    },
    fault::{Answer, Fault, Undrawn, tell},
    site::Site,
    texts::Texts,
    url::encode,
    views::errors::{Again, ErrorPage, InsideErrorPage, Told as Message},
    waiting::{Waiting, is_busy},
};

/// Cookie of the session.
const SESSION: &str = "kunye_oturum";
/// Cookie that ties the forms of people who are not signed in to their browser.
const ANONYMOUS: &str = "kunye_on";
/// Cookie of language and look.
const LOOK: &str = "kunye_gorunum";
/// Cookie of the message said once on the next page.
const FLASH: &str = "kunye_haber";
/// Fields whose values never go back to a browser.
const PASSWORDS: [&str; 5] = ["parola", "tekrar", "current", "new", "repeat"];

/// Names and values of a form.
type Fields = BTreeMap<String, Vec<String>>;

/// Somebody who asks for a page, signed in or not.
pub struct Visitor {
    site: Arc<Site>,
    lang: Lang,
    look: Look,
    csrf: String,
    here: String,
    path: String,
    request: String,
    address: String,
    token: Option<String>,
    session: Option<Session>,
    has_lapsed: bool,
    flash: Option<String>,
    cookies: Mutex<Vec<String>>,
    sent: OnceLock<Arc<Fields>>,
    acting: OnceLock<Actor>,
    is_busy: AtomicBool,
    waiting: OnceCell<Waiting>,
    workplace: OnceCell<Workplace>,
}

impl Visitor {
    /// The office at work.
    pub fn office(&self) -> &Office {
        &self.site.office
    }

    /// What requests share.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The reader's texts.
    pub fn t(&self) -> &Texts {
        self.site.languages.of(self.lang)
    }

    /// Token that this visitor's forms carry.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// The hidden values of a form that acts: the token of this visitor, and a key by which a second sending is known.
    pub fn tokens(&self) -> Tokens<'_> {
        let once = domain::ledger::hex(&base::random::array::<16>(self.office().random.as_ref()));
        Tokens { csrf: self.csrf().into(), once: once.into() }
    }

    /// Request id of the logs.
    pub fn request(&self) -> &str {
        &self.request
    }

    /// The network address, for throttling; services count it under a hash and keep it nowhere.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether the browser still has the cookie of a session that is over.
    pub fn has_lapsed(&self) -> bool {
        self.has_lapsed
    }

    /// The session, if somebody is signed in.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The token of the session, if there is one.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Settings of the reader.
    pub fn look(&self) -> Look {
        self.look
    }

    /// What stands around any page.
    pub fn frame<'a>(&'a self, title: impl Into<crate::components::Str<'a>>) -> Frame<'a> {
        let t = self.t();
        let own = self.reads_own();
        // Students read on a phone: their pages are always in the larger size, and no letter presses a button.
        let look = Look {
            comfortable: self.look.comfortable || own,
            letter_keys: self.look.letter_keys && !own,
            ..self.look
        };
        Frame {
            title: title.into(),
            look,
            own,
            csrf: self.csrf.as_str().into(),
            here: self.here.as_str().into(),
            institution: self.site.institution.of(self.lang).into(),
            printed: self
                .session
                .as_ref()
                .map_or_else(String::new, |s| {
                    format!("{} · {}", s.actor.display_name, date_time_tr(self.office().now()))
                })
                .into(),
            flash: self.flash.as_deref().and_then(|key| flash_note(t, key)),
        }
    }

    /// Whether the reader has nothing here but the own record: students, graduates and applicants.
    pub fn reads_own(&self) -> bool {
        let is_own = |role| matches!(role, Role::Student | Role::Graduate | Role::Applicant);
        self.session.as_ref().is_some_and(|session| {
            let roles = &session.actor.roles;
            !roles.is_empty() && roles.iter().all(|held| is_own(held.role))
        })
    }

    /// A whole page.
    ///
    /// # Errors
    /// When the template fails, which only a full memory can bring about.
    pub fn html(&self, view: &impl Template) -> Answer {
        self.html_with(StatusCode::OK, view)
    }

    /// A whole page with another status than 200.
    ///
    /// # Errors
    /// As [`Visitor::html`].
    pub fn html_with(&self, status: StatusCode, view: &impl Template) -> Answer {
        let body =
            view.render().map_err(|error| ServiceError::Port { port: "page", message: error.to_string() })?;
        if self.flash.is_some() {
            self.set_cookie(FLASH, "", Some(0));
        }
        Ok((status, Html(body)).into_response())
    }

    /// A piece of a page that a script puts in its place.
    ///
    /// # Errors
    /// As [`Visitor::html`].
    pub fn fragment(&self, view: &impl Template) -> Answer {
        let body =
            view.render().map_err(|error| ServiceError::Port { port: "page", message: error.to_string() })?;
        Ok(Html(body).into_response())
    }

    /// Goes on to `path` and says `key` (of `flash-…`) there once.
    pub fn flash_to(&self, path: &str, key: &str) -> Response {
        self.set_cookie(FLASH, key, None);
        Redirect::to(path).into_response()
    }

    /// Sets a cookie on the answer; `max_age` 0 removes it, none ends it with the browser.
    pub fn set_cookie(&self, name: &str, value: &str, max_age: Option<u32>) {
        let secure = if self.site.secure { "; Secure" } else { "" };
        let age = max_age.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).push(cookie);
    }

    /// Remembers the session's token in the browser, or forgets it.
    pub fn set_session(&self, token: Option<&str>) {
        match token {
            Some(token) => self.set_cookie(SESSION, token, None),
            None => self.set_cookie(SESSION, "", Some(0)),
        }
    }

    /// Remembers language and look in the browser, for pages before signing in.
    pub fn set_look(&self, lang: Lang, look: Look) {
        let flag = |on: bool| if on { '1' } else { '0' };
        let value = format!(
            "{}.{}.{}{}{}",
            lang.code(),
            look.theme.code(),
            flag(look.comfortable),
            flag(look.contrast),
            flag(look.letter_keys)
        );
        self.set_cookie(LOOK, &value, Some(31_536_000));
    }

    /// The sentence of a field error of the services.
    pub fn field_error(&self, error: &services::FieldError) -> String {
        let args: Vec<(&str, &str)> =
            error.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let key = format!("field-{}", error.code);
        if args.is_empty() { self.t().get(&key).to_owned() } else { self.t().fmt(&key, &args) }
    }

    /// Notes that what was sent was refused because of another long write: the page that comes back says so.
    pub fn note_busy(&self) {
        self.is_busy.store(true, Ordering::Relaxed);
    }

    /// What holds the database, as far as this visitor may know.
    pub async fn waiting(&self) -> &Waiting {
        let look = async || {
            let found = Waiting::of(self.office()).await;
            if self.session.is_some() { found } else { found.without_name() }
        };
        self.waiting.get_or_init(look).await
    }

    /// Why something has to wait; `kept` says that what was typed still stands on the page.
    pub async fn waiting_note(&self, kept: bool) -> Note<'_> {
        let t = self.t();
        let waiting = self.waiting().await;
        let rest = t.get(if kept { "waiting-kept" } else { "waiting-again" });
        Note::new(Colour::Ask, waiting.title(t), format!("{} {rest}", waiting.text(t)))
    }

    /// The page that tells of an error.
    async fn error_page(self: &Arc<Self>, error: &ServiceError) -> Response {
        let told = tell(error, &self.request);
        let t = self.t();
        let title_key = format!("error-{}-title", told.code);
        let until = told.until.map(date_time_tr).unwrap_or_default();
        let mut again = None;
        let (title, text) = if is_busy(error) {
            again = self.again();
            let note = self.waiting_note(again.is_some()).await;
            (note.title, note.text)
        } else {
            let mut text = t.fmt(&format!("error-{}-text", told.code), &[("until", &until)]);
            let has_counter =
                self.session.as_ref().is_some_and(|s| s.actor.may(services::Action::FindStudents));
            if told.status == StatusCode::NOT_FOUND && has_counter {
                text = format!("{text} {}", t.get("error-not-found-counter"));
            }
            (t.get(&title_key).into(), text.into())
        };
        let findings = match error {
            ServiceError::Refused(findings) => {
                Some(crate::pages::student::findings_panel(t, t.get("document-rules"), findings))
            }
            _ => None,
        };
        let request = if told.logged { self.request.as_str().into() } else { "".into() };
        self.draw_told(told.status, Message { title, text, findings, request, again, ..Message::default() })
            .await
    }

    /// Draws what is told: for whoever is signed in inside bar and navigation, unless the machine itself is at fault.
    async fn draw_told(self: &Arc<Self>, status: StatusCode, told: Message<'_>) -> Response {
        let t = self.t();
        let told = Message { status: status.as_u16(), ..told };
        let frame = self.frame(told.title.clone());
        let drawn = match Ctx::of(self).filter(|_| !status.is_server_error()) {
            Some(ctx) => {
                let shell = ctx.shell("-").await;
                self.html_with(status, &InsideErrorPage { t, frame: &frame, shell: &shell, told })
            }
            None => self.html_with(status, &ErrorPage { t, frame: &frame, told }),
        };
        drawn.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }

    /// What was sent, to be sent once more; not where it holds a password or a file.
    fn again(&self) -> Option<Again<'_>> {
        let sent = self.sent.get()?;
        if PASSWORDS.iter().any(|name| sent.contains_key(*name)) {
            return None;
        }
        let fields = sent
            .iter()
            .filter(|(name, _)| *name != "csrf")
            .flat_map(|(name, all)| all.iter().map(|value| (name.as_str().into(), value.as_str().into())))
            .collect();
        let tokens = Tokens { csrf: self.csrf().into(), once: "".into() };
        Some(Again { action: self.here.as_str().into(), tokens, fields })
    }
}

fn flash_note<'a>(t: &'a Texts, key: &str) -> Option<Note<'a>> {
    let full = format!("flash-{key}");
    if !key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') || !t.has(&full) {
        return None;
    }
    let state = if key.starts_with("counter-") || key.starts_with("no-") { Colour::Ask } else { Colour::Ok };
    Some(Note::new(state, t.get(&full).to_owned(), ""))
}

/// A signed-in visitor. Somebody who is not is led to the sign-in page and back again.
#[derive(Clone)]
pub struct Ctx(Arc<Visitor>, Session);

impl std::ops::Deref for Ctx {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl Ctx {
    /// A visitor who is signed in.
    fn of(visitor: &Arc<Visitor>) -> Option<Self> {
        visitor.session.clone().map(|session| Self(Arc::clone(visitor), session))
    }

    /// Who asks; with the key of the form that was sent, where it carries one.
    pub fn actor(&self) -> &Actor {
        self.0.acting.get().unwrap_or(&self.1.actor)
    }

    /// Asks for the right to an action somewhere, for pages that show nobody's data and ask no service for any.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for whoever has it nowhere.
    pub fn needs(&self, action: services::Action) -> Result<(), Fault> {
        if self.actor().may(action) { Ok(()) } else { Err(ServiceError::Forbidden(action).into()) }
    }

    /// The session itself.
    pub fn own_session(&self) -> &Session {
        &self.1
    }

    /// Where the reader works; asked once for a page. Empty when it could not be found out.
    pub async fn workplace(&self) -> &Workplace {
        let ask = async || institution::workplace(self.office(), self.actor()).await.unwrap_or_default();
        self.0.workplace.get_or_init(ask).await
    }

    /// The one of several units that the reader chose to work in: what lists show unless their address says otherwise.
    pub async fn work_unit(&self) -> Option<&UnitLine> {
        self.workplace().await.chosen(self.1.unit)
    }

    /// Bar, navigation and context of a signed-in page; `current` is the path of its work.
    pub async fn shell<'a>(&'a self, current: &str) -> Shell<'a> {
        let t = self.t();
        let actor = self.actor();
        let workplace = self.workplace().await;
        let counter = actor.may(services::Action::FindStudents);
        let works = if self.reads_own() { crate::pages::OWN_NAV } else { crate::pages::NAV };
        let nav = works
            .iter()
            .filter(|work| (work.offered)(actor))
            .map(|work| NavItem {
                icon: work.icon,
                label: t.variant("nav", work.name).into(),
                href: format!("/{}", work.path).into(),
                count: "".into(),
                current: work.path == current,
            })
            .collect();
        let mut context = Vec::new();
        if let Some(first) = workplace.units.first() {
            let chosen = workplace.chosen(self.1.unit);
            let name = |unit: &'a UnitLine| crate::words::unit(unit, t.lang());
            let all = t.get("shell-all-units");
            let mut choices = Vec::new();
            if workplace.is_wide() {
                choices.push(Choice::new("0", all).chosen(chosen.is_none()));
                choices.extend(
                    workplace.units.iter().map(|unit| {
                        Choice::new(unit.id.to_string(), name(unit)).chosen(Some(unit) == chosen)
                    }),
                );
            }
            let current = match chosen {
                Some(unit) => name(unit),
                None if workplace.is_wide() => all,
                None => name(first),
            };
            context.push(Chooser {
                field: "unit",
                label: t.get("shell-unit").into(),
                current: current.into(),
                choices,
            });
        }
        if let Some(term) = &workplace.term {
            context.push(Chooser {
                field: "term",
                label: t.get("shell-term").into(),
                current: crate::words::term(t, term).into(),
                choices: Vec::new(),
            });
        }
        let ways: Vec<Link<'a>> = crate::pages::WAYS
            .iter()
            .filter(|way| way.work == current && (way.offered)(actor))
            .map(|way| Link::new(t.variant("way", way.name), way.path))
            .collect();
        let notice = match self.is_busy.load(Ordering::Relaxed) {
            true => Some(self.waiting_note(true).await),
            false => None,
        };
        let mut roles: Vec<&str> = actor.roles.iter().map(|a| t.variant("role", a.role.code())).collect();
        roles.dedup();
        Shell {
            user: actor.display_name.as_str().into(),
            user_note: roles.join(", ").into(),
            context,
            nav,
            query: "".into(),
            counter,
            counter_in_page: false,
            links: vec![Link::new(t.get("shell-account"), "/hesabim")],
            way: way_of(&self.here, &ways).into(),
            ways,
            notice,
        }
    }
}

/// The way of a work that an address belongs to: the longest of those that it begins with.
fn way_of(here: &str, ways: &[Link<'_>]) -> String {
    let path = here.split('?').next().unwrap_or_default();
    let leads_here = |way: &&Link<'_>| {
        path.strip_prefix(way.href.as_ref()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let way = ways.iter().filter(leads_here).max_by_key(|way| way.href.len());
    way.map(|way| way.href.to_string()).unwrap_or_default()
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let visitor = parts
            .extensions
            .get::<Arc<Visitor>>()
            .cloned()
            .ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        match Self::of(&visitor) {
            Some(ctx) => Ok(ctx),
            None => {
                let back = if parts.method == Method::GET {
                    format!("?sonra={}", encode(&visitor.here))
                } else {
                    String::new()
                };
                let to = if visitor.here == "/" { "/giris".to_owned() } else { format!("/giris{back}") };
                // A piece of a page cannot show the sign-in form: the whole page goes there.
                if parts.headers.contains_key("hx-request") {
                    return Err(([("hx-redirect", to)], StatusCode::NO_CONTENT).into_response());
                }
                Err(Redirect::to(&to).into_response())
            }
        }
    }
}

/// Anybody, for pages that need no sign-in.
#[derive(Clone)]
pub struct Anyone(pub Arc<Visitor>);

impl std::ops::Deref for Anyone {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Anyone {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Arc<Visitor>>().cloned().map(Self).ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// A form that was sent: its fields and files, taken only with the token of the sender's own pages.
#[derive(Debug, Default)]
pub struct Posted {
    fields: Arc<Fields>,
    files: BTreeMap<String, Upload>,
    names: BTreeMap<String, String>,
}

impl Posted {
    /// A field's text; empty where it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|all| all.first()).map_or("", String::as_str)
    }

    /// All values of a field that may be sent more than once.
    pub fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// A field read as a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).trim().parse().ok()
    }

    /// Under what a second sending of the same form is known: its own key with where it goes and all that was typed, so
    /// that a form which somebody goes back to and changes is another one.
    fn key(&self, path: &str) -> Option<String> {
        let once = self.text("once");
        if once.is_empty() {
            return None;
        }
        let mut hash = Sha256::new();
        let mut put = |part: &[u8]| {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        };
        put(path.as_bytes());
        for (name, values) in self.fields.iter().filter(|(name, _)| *name != "csrf") {
            put(name.as_bytes());
            values.iter().for_each(|value| put(value.as_bytes()));
        }
        for (name, upload) in &self.files {
            put(name.as_bytes());
            put(&upload.bytes);
        }
        Some(domain::ledger::hex(&hash.finalize()))
    }

    /// The name of a file as the sender's computer has it, without folders; empty where none was chosen.
    pub fn file_name(&self, name: &str) -> &str {
        self.names.get(name).map_or("", |path| path.rsplit(['/', '\\']).next().unwrap_or_default())
    }

    /// Takes a file; nothing where none was chosen.
    pub fn file(&mut self, name: &str) -> Option<Upload> {
        self.files.remove(name).filter(|upload| !upload.bytes.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let visitor = request
            .extensions()
            .get::<Arc<Visitor>>()
            .cloned()
            .ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        let is_multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.starts_with("multipart/form-data"));
        let posted = if is_multipart { read_multipart(request).await? } else { read_form(request).await? };
        if posted.text("csrf") != visitor.csrf {
            return Err(visitor.error_page_of("form-expired", StatusCode::FORBIDDEN).await);
        }
        if posted.files.is_empty() {
            visitor.sent.get_or_init(|| Arc::clone(&posted.fields));
        }
        if let (Some(session), Some(key)) = (&visitor.session, posted.key(&visitor.path)) {
            visitor.acting.get_or_init(|| Actor { form: Some(key), ..session.actor.clone() });
        }
        Ok(posted)
    }
}

async fn read_form(request: Request) -> Result<Posted, Response> {
    let Form(pairs): Form<Vec<(String, String)>> =
        request.extract().await.map_err(IntoResponse::into_response)?;
    let mut fields = Fields::default();
    for (name, value) in pairs {
        fields.entry(name).or_default().push(value);
    }
    Ok(Posted { fields: Arc::new(fields), ..Posted::default() })
}

async fn read_multipart(request: Request) -> Result<Posted, Response> {
    let mut parts: Multipart = request.extract().await.map_err(IntoResponse::into_response)?;
    let (mut fields, mut files, mut names) = (Fields::default(), BTreeMap::new(), BTreeMap::new());
    while let Some(part) = parts.next_field().await.map_err(IntoResponse::into_response)? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(str::to_owned) {
            names.insert(name.clone(), file);
            let bytes = part.bytes().await.map_err(IntoResponse::into_response)?;
            files.insert(name, Upload { bytes: bytes.to_vec() });
        } else {
            let value = part.text().await.map_err(IntoResponse::into_response)?;
            fields.entry(name).or_default().push(value);
        }
    }
    Ok(Posted { fields: Arc::new(fields), files, names })
}

impl Visitor {
    /// A page that tells of something that is no service's refusal, by its text key.
    pub async fn error_page_of(self: &Arc<Self>, code: &str, status: StatusCode) -> Response {
        let t = self.t();
        let (title, text) = (format!("error-{code}-title"), format!("error-{code}-text"));
        let (title, text) = (t.get(&title).into(), t.get(&text).into());
        self.draw_told(status, Message { title, text, ..Message::default() }).await
    }
}

/// Finds out who asks, refuses forms from other sites, and draws the page of an error.
pub async fn visit(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = match visitor(&site, &parts).await {
        Ok(visitor) => Arc::new(visitor),
        Err(error) => {
            let told = tell(&error, "");
            return told.status.into_response();
        }
    };
    let mut request = Request::from_parts(parts, body);
    if !matches!(*request.method(), Method::GET | Method::HEAD) && is_foreign(request.headers()) {
        return visitor.error_page_of("form-expired", StatusCode::FORBIDDEN).await;
    }
    let method = request.method().clone();
    request.extensions_mut().insert(Arc::clone(&visitor));
    #[expect(clippy::disallowed_methods, reason = "measures how long the answer took, for the log")]
    let since = std::time::Instant::now();
    let mut response = next.run(request).await;
    let undrawn = response.extensions_mut().remove::<Undrawn>();
    if let Some(Undrawn(error)) = undrawn {
        response = if matches!(*error, ServiceError::NeedsConfirmation) {
            // The page that asked comes again after the password; a form is filled in once more.
            let back = if method == Method::GET {
                visitor.here.clone()
            } else {
                referer(&visitor).unwrap_or_else(|| "/".to_owned())
            };
            Redirect::to(&format!("/parola-sor?sonra={}", encode(&back))).into_response()
        } else {
            visitor.error_page(&error).await
        };
    } else if response.status() == StatusCode::NOT_FOUND
        && !response.headers().contains_key(header::CONTENT_TYPE)
    {
        response = visitor.error_page(&ServiceError::NotFound).await;
    } else if let Some((code, status)) = unworded(&method, &response) {
        response = visitor.error_page_of(code, status).await;
    }
    if visitor.is_busy.load(Ordering::Relaxed)
        && matches!(response.status(), StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY)
    {
        // The form that came back, with what was typed.
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    if let Some(waiting) = visitor.waiting.get() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(waiting.seconds()));
    }
    tracing::info!(
        target: "access",
        request = visitor.request,
        method = %method,
        path = logged_path(&visitor.path),
        status = response.status().as_u16(),
        micros = u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    for cookie in visitor.cookies.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// What the framework refused by itself, in a line of English: an address that cannot be read, a body too large.
fn unworded(method: &Method, response: &Response) -> Option<(&'static str, StatusCode)> {
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    match response.status() {
        _ if is_page => None,
        StatusCode::METHOD_NOT_ALLOWED => Some(("not-found", StatusCode::METHOD_NOT_ALLOWED)),
        StatusCode::PAYLOAD_TOO_LARGE => Some(("too-large", StatusCode::PAYLOAD_TOO_LARGE)),
        StatusCode::BAD_REQUEST if method == Method::GET => Some(("not-found", StatusCode::NOT_FOUND)),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Some(("invalid", response.status()))
        }
        _ => None,
    }
}

/// The path as the log keeps it: a one-time link is a secret, and so is the key on a session's wall.
fn logged_path(path: &str) -> &str {
    [LINK_PATH, ATTEND_PATH].into_iter().find(|secret| path.starts_with(secret)).unwrap_or(path)
}

fn referer(visitor: &Visitor) -> Option<String> {
    let path = visitor.here.split('?').next()?;
    path.starts_with('/').then(|| path.to_owned())
}

/// Whether a browser says that another site sends this form.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        return !matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, at)| at != host),
        _ => false,
    }
}

async fn visitor(site: &Arc<Site>, request: &Parts) -> Result<Visitor, ServiceError> {
    let cookies = cookies(&request.headers);
    let request_id = request_id(site);
    let token = cookies.get(SESSION).filter(|t| !t.is_empty()).cloned();
    let session = match &token {
        Some(token) => accounts::find_session(&site.office, token, &request_id).await?,
        None => None,
    };
    if let Some(session) = session.clone() {
        // A page never waits for the writer to note that its reader is still here.
        let office = site.office.clone();
        tokio::spawn(async move {
            if let Err(error) = accounts::touch_session(&office, &session).await {
                tracing::warn!(%error, "the use of a session could not be noted");
            }
        });
    }
    let (mut lang, mut look) = cookies.get(LOOK).map_or((None, Look::default()), |text| read_look(text));
    if let Some(session) = &session {
        lang = Some(session.lang);
        look.theme = Theme::from_code(session.theme.code()).unwrap_or_default();
        look.comfortable = session.comfortable;
    }
    let lang = lang.unwrap_or_else(|| preferred(&request.headers));
    let address = site.trusted_proxies.address_of(&request.extensions, &request.headers);
    let here = request.uri.path_and_query().map_or_else(|| "/".to_owned(), |p| p.as_str().to_owned());
    let mut fresh = None;
    let csrf = match (&session, cookies.get(ANONYMOUS)) {
        (Some(session), _) => session.csrf.clone(),
        (None, Some(known)) if known.len() == 32 => known.clone(),
        (None, _) => {
            let made = domain::ledger::hex(&base::random::array::<16>(site.office.random.as_ref()));
            fresh = Some(made.clone());
            made
        }
    };
    let visitor = Visitor {
        site: Arc::clone(site),
        lang,
        look,
        csrf,
        path: request.uri.path().to_owned(),
        here,
        request: request_id,
        address,
        has_lapsed: token.is_some() && session.is_none(),
        token: token.filter(|_| session.is_some()),
        session,
        flash: cookies.get(FLASH).filter(|f| !f.is_empty()).cloned(),
        cookies: Mutex::default(),
        sent: OnceLock::new(),
        acting: OnceLock::new(),
        is_busy: AtomicBool::new(false),
        waiting: OnceCell::new(),
        workplace: OnceCell::new(),
    };
    if let Some(fresh) = fresh {
        visitor.set_cookie(ANONYMOUS, &fresh, None);
    }
    Ok(visitor)
}

/// Twelve letters that find a request in the logs.
pub fn request_id(site: &Site) -> String {
    domain::ledger::hex(&base::random::array::<6>(site.office.random.as_ref()))
}

fn cookies(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn read_look(text: &str) -> (Option<Lang>, Look) {
    let mut parts = text.split('.');
    let lang = parts.next().and_then(Lang::from_code);
    let theme = parts.next().and_then(Theme::from_code).unwrap_or_default();
    let flags = parts.next().unwrap_or("001").as_bytes();
    let flag = |at: usize, usual: bool| flags.get(at).map_or(usual, |b| *b == b'1');
    (lang, Look { theme, comfortable: flag(0, false), contrast: flag(1, false), letter_keys: flag(2, true) })
}

/// Turkish, unless the browser asks for English and not for Turkish.
fn preferred(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let first = wanted.split(',').map(|l| l.trim()).find(|l| l.starts_with("tr") || l.starts_with("en"));
    if first.is_some_and(|l| l.starts_with("en")) { Lang::En } else { Lang::Tr }
}

impl From<Fault> for ServiceError {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_known() {
        let mut headers = HeaderMap::new();
        assert!(!is_foreign(&headers));
        headers.insert(header::HOST, HeaderValue::from_static("kunye.example.invalid"));
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://kunye.example.invalid"));
        assert!(!is_foreign(&headers));
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://evil.example.invalid"));
        assert!(is_foreign(&headers));
        headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://kunye.example.invalid"));
        assert!(is_foreign(&headers));
    }

    #[test]
    fn the_look_is_read_from_its_cookie() {
        let (lang, look) = read_look("en.dark.101");
        assert_eq!(lang, Some(Lang::En));
        assert_eq!(
            (look.theme, look.comfortable, look.contrast, look.letter_keys),
            (Theme::Dark, true, false, true)
        );
        assert_eq!(read_look("").0, None);
    }
}
