//! A placement service on this machine, built from the ministry's catalogue: it asks for the account, knows its path and
//! the names of its queries, cuts its rows into pages, and fails in every way that a test asks for.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use serde_json::{Value, json};

/// The parts of the catalogue of services that are about placements; the whole of it came from two open clients.
pub const CATALOGUE: &str = include_str!("placement-catalogue.json");
/// The account that the service knows.
pub const ACCOUNT: &str = "9999";
/// Its password.
pub const PASSWORD: &str = "deneme-parolası";
/// `9999:deneme-parolası`, as a browser writes it.
const SHOWN: &str = "Basic OTk5OTpkZW5lbWUtcGFyb2xhc8Sx";

/// A way to answer that is not the usual one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// A status with a body of a type, and further header lines.
    Status {
        /// The status.
        status: u16,
        /// Its `Content-Type`.
        kind: &'static str,
        /// The body.
        body: String,
        /// Lines such as `Retry-After: 1`.
        headers: &'static str,
    },
    /// A body that ends before the length that was told.
    CutOff,
    /// JSON that ends in the middle, in an answer that is whole.
    HalfJson,
    /// Nothing at all until the other side gives up.
    Silence,
    /// The first page, whatever page is asked for.
    FirstPageAlways,
}

impl Fault {
    /// A status with a text.
    pub fn status(status: u16) -> Self {
        Self::Status { status, kind: "text/plain", body: "hata".to_owned(), headers: "" }
    }

    /// A page for people with a status.
    pub fn page(status: u16) -> Self {
        let body = "<!DOCTYPE html><html><body>Bakım çalışması</body></html>".to_owned();
        Self::Status { status, kind: "text/html; charset=utf-8", body, headers: "" }
    }
}

/// What a test turns.
#[derive(Default)]
struct Stage {
    rows: Vec<Value>,
    /// Rows of a page, whatever is asked for.
    page_size: Option<usize>,
    /// What the next questions meet, in order; after them the service works.
    faults: Vec<Fault>,
    /// Where everything fails from this page on.
    broken: Option<(usize, Fault)>,
    /// Rows that stand there from the second page of the next run on.
    later: Option<Vec<Value>>,
    asked: Vec<String>,
}

/// The service; it ends with the value.
pub struct PlacementServer {
    /// Its base address, with a slash at the end.
    pub url: String,
    address: SocketAddr,
    stage: Arc<Mutex<Stage>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Encrypts a connection on the server's side.
pub type Encrypt = Arc<dyn Fn(TcpStream) -> Box<dyn ReadWrite> + Send + Sync>;

/// Both directions.
pub trait ReadWrite: Read + Write {}
impl<T: Read + Write> ReadWrite for T {}

impl PlacementServer {
    /// A service with these rows.
    pub fn start(rows: Vec<Value>) -> Self {
        Self::with(rows, "http", "127.0.0.1", Arc::new(|stream| Box::new(stream)))
    }

    /// A service behind a certificate, known as `host`.
    pub fn encrypted(rows: Vec<Value>, host: &str, encrypt: Encrypt) -> Self {
        Self::with(rows, "https", host, encrypt)
    }

    fn with(rows: Vec<Value>, scheme: &str, host: &str, encrypt: Encrypt) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let stage = Arc::new(Mutex::new(Stage { rows, ..Stage::default() }));
        let stop = Arc::new(AtomicBool::new(false));
        let (shared, ends) = (Arc::clone(&stage), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ends.load(Ordering::SeqCst) {
                    break;
                }
                let (shared, encrypt) = (Arc::clone(&shared), Arc::clone(&encrypt));
                std::thread::spawn(move || serve(&mut *encrypt(stream), &shared));
            }
        });
        let url = format!("{scheme}://{host}:{}/rest/obs/", address.port());
        Self { url, address, stage, stop, thread: Some(thread) }
    }

    fn stage(&self) -> std::sync::MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the rows into pages of so many, whatever is asked for.
    pub fn page_size(&self, rows: usize) {
        self.stage().page_size = Some(rows);
    }

    /// What the next questions meet, in order.
    pub fn fail(&self, faults: Vec<Fault>) {
        let mut stage = self.stage();
        stage.faults = faults;
        stage.broken = None;
    }

    /// What every question meets for a page from this one on.
    pub fn fail_from(&self, page: usize, fault: Fault) {
        self.stage().broken = Some((page, fault));
    }

    /// Replaces the rows.
    pub fn set_rows(&self, rows: Vec<Value>) {
        self.stage().rows = rows;
    }

    /// Replaces the rows as soon as a page other than the first is asked for.
    pub fn change_under_way(&self, rows: Vec<Value>) {
        self.stage().later = Some(rows);
    }

    /// The queries that were asked with the right account, in order.
    pub fn asked(&self) -> Vec<String> {
        self.stage().asked.clone()
    }
}

impl Drop for PlacementServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        #[expect(
            clippy::disallowed_methods,
            reason = "wakes the test's own server, so that it sees that it is over"
        )]
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// A row as the ministry's sample has it, for a person of this number in a programme.
pub fn placement_row(identity_no: &str, given_name: &str, surname: &str, programme: &str) -> Value {
    let mut row = serde_json::from_str::<Value>(CATALOGUE).expect("the catalogue")["sample"].clone();
    row["tcKimlikNo"] =
        identity_no.parse::<u64>().map_or_else(|_| json!(identity_no), |number| json!(number));
    row["adi"] = json!(given_name);
    row["soyadi"] = json!(surname);
    row["programKodu"] = json!(programme);
    row
}

fn serve(stream: &mut dyn ReadWrite, stage: &Mutex<Stage>) {
    let mut head = Vec::new();
    {
        let mut reader = BufReader::new(&mut *stream);
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) if line.trim().is_empty() => break,
                Ok(_) => head.push(line.trim().to_owned()),
            }
        }
    }
    let target = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let is_known = head.iter().any(|line| {
        let (name, value) = line.split_once(": ").unwrap_or_default();
        name.eq_ignore_ascii_case("authorization") && value == SHOWN
    });
    let answer = if is_known { answer(&target, stage) } else { Some(plain(&Fault::page(401))) };
    match answer {
        Some(bytes) => {
            drop(stream.write_all(&bytes));
            drop(stream.flush());
        }
        // Waits, without a clock, for the other side to give up.
        None => drop(stream.read(&mut [0])),
    }
}

fn answer(target: &str, stage: &Mutex<Stage>) -> Option<Vec<u8>> {
    let mut stage = stage.lock().unwrap_or_else(PoisonError::into_inner);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    stage.asked.push(query.to_owned());
    let catalogue: Value = serde_json::from_str(CATALOGUE).expect("the catalogue");
    let operation = &catalogue["operation"];
    if path.strip_prefix("/rest/obs/") != operation["path"].as_str() {
        return Some(plain(&Fault::page(404)));
    }
    let asked: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let known: Vec<&str> =
        operation["query"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_missing = |name: &&&str| !name.ends_with('?') && !asked.iter().any(|(found, _)| found == *name);
    let is_strange = |name: &str| !known.iter().any(|known| known.trim_end_matches('?') == name);
    if known.iter().any(|name| is_missing(&name)) || asked.iter().any(|(name, _)| is_strange(name)) {
        let body = json!({ "hataMesaji": "parametre" }).to_string();
        return Some(plain(&Fault::Status { status: 400, kind: "application/json", body, headers: "" }));
    }
    let number = |name: &str, usual: usize| {
        asked.iter().find(|(found, _)| *found == name).and_then(|(_, v)| v.parse().ok()).unwrap_or(usual)
    };
    let mut page = number("page", 0);
    let size = stage.page_size.unwrap_or_else(|| number("size", 1000)).max(1);
    if page > 0
        && let Some(later) = stage.later.take()
    {
        stage.rows = later;
    }
    let broken = stage.broken.as_ref().filter(|(from, _)| page >= *from).map(|(_, fault)| fault.clone());
    let fault = if stage.faults.is_empty() { broken } else { Some(stage.faults.remove(0)) };
    if fault == Some(Fault::FirstPageAlways) {
        page = 0;
    }
    let pages = stage.rows.len().div_ceil(size);
    let content: Vec<&Value> = stage.rows.iter().skip(page * size).take(size).collect();
    let body = json!({
        "content": content, "firstPage": page == 0, "lastPage": page + 1 >= pages, "numberOfElements": content.len(),
        "totalElements": stage.rows.len(), "totalPages": pages, "size": size, "number": page,
    })
    .to_string();
    let whole = |body: &str| {
        plain(&Fault::Status { status: 200, kind: "application/json", body: body.to_owned(), headers: "" })
    };
    match fault {
        Some(Fault::Silence) => None,
        Some(Fault::CutOff) => {
            let mut bytes = whole(&body);
            bytes.truncate(bytes.len() - body.len() / 2);
            Some(bytes)
        }
        Some(Fault::HalfJson) => Some(whole(body.get(..body.len() / 2).unwrap_or("{"))),
        None | Some(Fault::FirstPageAlways) => Some(whole(&body)),
        Some(other) => Some(plain(&other)),
    }
}

fn plain(fault: &Fault) -> Vec<u8> {
    let Fault::Status { status, kind, body, headers } = fault else { return Vec::new() };
    let more = if headers.is_empty() { String::new() } else { format!("{headers}\r\n") };
    format!(
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{more}Connection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
