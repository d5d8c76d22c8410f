//! Forms that are sent twice: a double click, a reload, a page gone back to.

use domain::accounts::Role;
use storage::audit::AuditFilter;

use crate::browser::{Browser, Campus, Page};

const STUDENT: &str = "/ogrenci/240010001";

fn key(page: &Page) -> String {
    page.between("name=\"once\" value=\"", "\"")
}

async fn times(browser: &mut Browser<'_>, text: &str) -> usize {
    browser.get(STUDENT).await.is(200).html.matches(text).count()
}

#[tokio::test]
async fn a_note_sent_twice_is_written_once() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let once = key(&clerk.get(STUDENT).await.is(200));
    let path = format!("{STUDENT}/not");
    let there = format!("{STUDENT}#gise-notlari");
    let note = [("once", once.as_str()), ("body", "Velisi aradı.")];
    clerk.post(&path, &note).await.leads_to(&there);
    clerk.post(&path, &note).await.leads_to(&there);
    assert_eq!(times(&mut clerk, "Velisi aradı.").await, 1);
    // Gone back to and changed, it is another note.
    clerk.post(&path, &[("once", &once), ("body", "Yarın gelecek.")]).await.leads_to(&there);
    assert_eq!(times(&mut clerk, "Yarın gelecek.").await, 1);
    // The same words from a page opened anew are another note too.
    let fresh = key(&clerk.get(STUDENT).await.is(200));
    clerk.post(&path, &[("once", &fresh), ("body", "Velisi aradı.")]).await.leads_to(&there);
    assert_eq!(times(&mut clerk, "Velisi aradı.").await, 2);
    clerk.post("/ogrenci/999999999/not", &[("body", "x")]).await.is(404);
    clerk.post("/ogrenci/999999999/not", &[("body", "")]).await.is(404);
}

#[tokio::test]
async fn the_forms_of_a_record_answer_a_second_click_like_the_first() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let mut twice = async |path: &str, fields: &[(&str, &str)], there: &str| {
        let page = clerk.get(&format!("{STUDENT}/{path}")).await.is(200);
        let (once, version) = (key(&page), hidden_version(&page));
        let mut all = vec![("once", once.as_str()), ("version", version.as_str())];
        all.extend(fields);
        clerk.post(&format!("{STUDENT}/{path}"), &all).await.leads_to(there);
        clerk.post(&format!("{STUDENT}/{path}"), &all).await.leads_to(there);
    };
    let ground = [("ground_ref", "2026/14-03"), ("ground_on", "28.09.2026"), ("reason", "Sağlık raporu")];
    twice("iletisim", &[("email", "isin@example.invalid"), ("phone", ""), ("address", "")], STUDENT).await;
    let paper = [("kind", "other"), ("state", "received"), ("description", "Muvafakat yazısı")];
    twice("evrak", &paper, &format!("{STUDENT}#evrak")).await;
    let status = [("status", "on_leave"), ("effective_on", "01.10.2026"), ("ground", "board_decision")];
    twice("durum", &[&status[..], &ground[..]].concat(), STUDENT).await;
    let who = [
        ("given_name", "Işın"),
        ("surname", "AKIN"),
        ("sex", "female"),
        ("birth_date", "14.03.2006"),
        ("birth_place", "Iğdır"),
        ("nationality", "TR"),
        ("ground", "court_ruling"),
    ];
    twice("kimlik", &[&who[..], &ground[..]].concat(), STUDENT).await;
    assert_eq!(times(&mut clerk, "Muvafakat yazısı").await, 1);
    for action in ["change_contact", "keep_papers", "change_status", "change_identity"] {
        let filter = AuditFilter { action: action.to_owned(), limit: 10, ..AuditFilter::default() };
        let rows = campus.kit.office.db.read(move |db| storage::audit::list(db, &filter)).await.expect("log");
        assert_eq!(rows.len(), 1, "{action}");
    }
}

fn hidden_version(page: &Page) -> String {
    if page.html.contains("name=\"version\"") {
        page.between("name=\"version\" value=\"", "\"")
    } else {
        String::new()
    }
}
