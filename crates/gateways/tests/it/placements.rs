//! The placement service: pages, account, every way to fail, and what is asked again.

use std::time::Duration;

use gateways::{
    http::{Client, Patience, Roots},
    yoksis::Yoksis,
};
use serde_json::{Value, json};
use services::ports::{PlacementPage, PlacementQuery, PlacementService, RemoteProblem};
use testkit::placement_server::{ACCOUNT, CATALOGUE, Fault, PASSWORD, PlacementServer, placement_row};

/// Quick enough for tests, and slow enough for a busy machine to answer in time.
pub(crate) const HURRIED: Patience = Patience {
    connect: Duration::from_secs(5),
    whole: Duration::from_secs(20),
    attempts: 3,
    first_pause: Duration::from_millis(1),
    longest_pause: Duration::from_secs(1),
    most_bytes: 1024 * 1024,
};

pub(crate) fn yoksis(url: &str, password: &str, roots: &Roots, patience: Patience) -> Yoksis {
    let base = url.parse().expect("an address");
    Yoksis::new(Client::new(base, ACCOUNT, password, roots, patience))
}

fn of(server: &PlacementServer) -> Yoksis {
    yoksis(&server.url, PASSWORD, &Roots::of_machine(), HURRIED)
}

fn query() -> PlacementQuery {
    PlacementQuery { year: 2026, kind: "YKS".to_owned() }
}

fn people(count: u64) -> Vec<Value> {
    (0..count)
        .map(|n| placement_row(&(10_000_000_000 + n).to_string(), "ADAY", "ÖRNEK", "999910001"))
        .collect()
}

async fn page(server: &PlacementServer, number: u32) -> Result<PlacementPage, RemoteProblem> {
    of(server).page(&query(), number).await
}

#[tokio::test]
async fn a_page_is_asked_for_with_the_account_and_comes_as_a_table() {
    let server = PlacementServer::start(people(5));
    server.page_size(2);
    let last = page(&server, 2).await.expect("the last page");
    assert_eq!((last.number, last.pages, last.total, last.rows.len()), (2, 3, 5, 1));
    assert_eq!(server.asked(), ["yil=2026&tur=YKS&page=2&size=1000"]);
    let catalogue: Value = serde_json::from_str(CATALOGUE).expect("the catalogue");
    let fields: Vec<&str> =
        catalogue["fields"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(last.headings, fields, "the fields of the catalogue, letter by letter");
    let cell = |name: &str| {
        let at = last.headings.iter().position(|heading| heading == name).expect("a field");
        last.rows[0][at].as_str()
    };
    assert_eq!((cell("tcKimlikNo"), cell("adi"), cell("evTel")), ("10000000004", "ADAY", ""));
    assert_eq!((cell("basariPuani"), cell("asalDurum")), ("78,50", "101"));
}

#[tokio::test]
async fn what_is_no_row_stands_in_the_first_cell_and_loses_nothing() {
    let mut rows = people(1);
    rows.push(json!("bozuk"));
    rows.push(json!({ "adi": "YALNIZ AD", "tcKimlikNo": { "no": 1 }, "uyrukTc": true }));
    let server = PlacementServer::start(rows);
    let found = page(&server, 0).await.expect("a page");
    let first: Vec<&str> = found.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(first, ["10000000000", "\"bozuk\"", "{\"no\":1}"]);
    assert!(found.rows.iter().all(|row| row.len() == found.headings.len()));
    server.set_rows(Vec::new());
    assert_eq!(page(&server, 0).await.expect("an empty page").rows.len(), 0);
}

#[tokio::test]
async fn a_wrong_password_is_said_and_not_tried_again() {
    let server = PlacementServer::start(people(1));
    let refused = yoksis(&server.url, "yanlış", &Roots::of_machine(), HURRIED).page(&query(), 0).await;
    assert_eq!(refused, Err(RemoteProblem::Refused));
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn what_may_pass_is_asked_again_and_what_may_not_is_said() {
    let server = PlacementServer::start(people(1));
    let later = |headers| Fault::Status { status: 429, kind: "text/plain", body: String::new(), headers };
    for passing in [Fault::status(500), Fault::page(503), Fault::CutOff, later("Retry-After: 1"), later("")] {
        server.fail(vec![passing.clone()]);
        assert!(page(&server, 0).await.is_ok(), "{passing:?}");
    }
    for (fault, problem, attempts) in [
        (Fault::status(500), RemoteProblem::Down { status: 500 }, 3),
        (Fault::page(502), RemoteProblem::Down { status: 502 }, 3),
        (Fault::CutOff, RemoteProblem::CutOff, 3),
        (later(""), RemoteProblem::Busy, 3),
        // Longer than anybody waits at a desk.
        (later("Retry-After: 3600"), RemoteProblem::BusyFor { seconds: 3600 }, 1),
        (Fault::page(401), RemoteProblem::Refused, 1),
        (Fault::page(403), RemoteProblem::Refused, 1),
        (Fault::status(404), RemoteProblem::NotThere, 1),
        (Fault::status(400), RemoteProblem::Rejected { status: 400 }, 1),
        (Fault::status(302), RemoteProblem::Unexpected, 1),
        (Fault::page(200), RemoteProblem::NotData, 1),
        (Fault::HalfJson, RemoteProblem::CutOff, 1),
    ] {
        let before = server.asked().len();
        server.fail(vec![fault.clone(); 3]);
        assert_eq!(page(&server, 0).await, Err(problem), "{fault:?}");
        assert_eq!(server.asked().len() - before, attempts, "{fault:?}");
        server.fail(Vec::new());
    }
}

#[tokio::test]
async fn data_in_another_form_is_not_guessed_at() {
    let server = PlacementServer::start(Vec::new());
    let json = |body: Value| Fault::Status {
        status: 200,
        kind: "application/json",
        body: body.to_string(),
        headers: "",
    };
    let mut renamed = placement_row("10000000146", "ALİ", "IŞIK", "999910001");
    let row = renamed.as_object_mut().expect("a row");
    let number = row.remove("tcKimlikNo").expect("a number");
    row.insert("kimlikNo".to_owned(), number);
    for (body, problem) in [
        (json!({ "hataMesaji": "yok" }), RemoteProblem::Unexpected),
        (json!("metin"), RemoteProblem::Unexpected),
        (json!([1, 2]), RemoteProblem::Unexpected),
        (json!([renamed]), RemoteProblem::FieldsMissing { fields: "tcKimlikNo".to_owned() }),
        (
            json!({ "content": [], "number": 0, "totalPages": 1, "totalElements": 3, "numberOfElements": 3 }),
            RemoteProblem::CutOff,
        ),
    ] {
        server.fail(vec![json(body.clone())]);
        assert_eq!(page(&server, 0).await, Err(problem), "{body}");
    }
    // All that was found, without a page around it.
    server.fail(vec![json(json!([placement_row("10000000146", "ALİ", "IŞIK", "999910001")]))]);
    let found = page(&server, 0).await.expect("rows");
    assert_eq!((found.rows.len(), found.pages, found.total), (1, 1, 1));
    server.fail(vec![json(json!([]))]);
    assert_eq!(page(&server, 0).await.expect("nothing").rows.len(), 0);
}

#[tokio::test]
async fn nobody_waits_for_ever_and_nobody_reads_without_end() {
    let server = PlacementServer::start(people(3));
    server.fail(vec![Fault::Silence; 3]);
    let impatient = Patience { whole: Duration::from_millis(50), ..HURRIED };
    let slow = yoksis(&server.url, PASSWORD, &Roots::of_machine(), impatient).page(&query(), 0).await;
    assert_eq!(slow, Err(RemoteProblem::TimedOut));
    let narrow = Patience { most_bytes: 100, ..HURRIED };
    let large = yoksis(&server.url, PASSWORD, &Roots::of_machine(), narrow).page(&query(), 0).await;
    assert_eq!(large, Err(RemoteProblem::TooMuch));
    let url = server.url.clone();
    drop(server);
    let gone = yoksis(&url, PASSWORD, &Roots::of_machine(), HURRIED).page(&query(), 0).await;
    assert_eq!(gone, Err(RemoteProblem::Unreachable));
}
