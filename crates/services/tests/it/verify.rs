//! Verification: every way to tamper with the record is found and named, on both engines.

use std::sync::{Arc, Mutex};

use domain::{
    enrolments::LinkKind,
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
};
use serde_json::json;
use services::{
    Office, authz,
    ports::{PortError, RootsFile},
    verify::{Erased, Place, VerifyReport, Wanted, make_daily_root, verify},
};
use storage::{StorageError, Tx, tampering};
use testkit::{MemoryFiles, TestOffice};

use crate::registry::{GRADUATED, ON_LEAVE, WITHDRAWN, enrolment, next_day, paper, stocked, subjects};

pub(crate) async fn look(office: &Office, wanted: Wanted) -> VerifyReport {
    verify(office, wanted, Box::new(|_, _, _| {})).await.expect("verification")
}

/// What is found, as `enrolment 240010001 3 entry-altered`.
pub(crate) async fn found(office: &Office) -> Vec<String> {
    found_in(&look(office, Wanted::default()).await)
}

pub(crate) fn found_in(report: &VerifyReport) -> Vec<String> {
    let place = |place: &Place| match place {
        Place::Chain { subject, student } => {
            format!("{} {}", subject.kind, student.as_deref().unwrap_or("-"))
        }
        other => {
            let values = other.args().into_iter().map(|(_, value)| format!(" {value}"));
            other.code().to_owned() + &values.collect::<String>()
        }
    };
    let mut lines: Vec<String> = report
        .findings
        .iter()
        .map(|f| {
            let seq = f.seq.map_or(String::new(), |seq| format!(" {seq}"));
            format!("{}{seq} {}", place(&f.place), f.fault.code())
        })
        .collect();
    lines.sort();
    lines
}

pub(crate) async fn tamper<T: Send + 'static>(
    kit: &TestOffice,
    work: impl FnOnce(&Tx<'_>) -> Result<T, StorageError> + Send + 'static,
) {
    kit.office.db.write(move |tx| work(tx).map(drop)).await.expect("tampered");
}

/// Appends an entry as the office's program would.
pub(crate) async fn append(kit: &TestOffice, draft: Draft) {
    let (now, random) = (kit.office.now(), kit.office.random.clone());
    let write = move |tx: &Tx<'_>| {
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
        storage::ledger::append(tx, &permit, &draft, random.as_ref())
    };
    kit.office.db.write(write).await.expect("entry");
}

pub(crate) fn draft(
    kit: &TestOffice,
    subject: Subject,
    kind: LedgerKind,
    payload: serde_json::Value,
) -> Draft {
    Draft {
        subject,
        kind,
        effective_on: kit.office.today(),
        status_after: None,
        ground: Ground::new(GroundKind::Correction, "2026/1"),
        payload,
        text: None,
        reverses: None,
    }
}

/// A file of roots in memory.
#[derive(Default)]
pub(crate) struct Lines(Mutex<String>);

impl RootsFile for Lines {
    fn read(&self) -> Result<String, PortError> {
        Ok(self.0.lock().expect("lines").clone())
    }
    fn append(&self, text: &str) -> Result<(), PortError> {
        self.0.lock().expect("lines").push_str(text);
        Ok(())
    }
}

impl Lines {
    pub(crate) fn set(&self, text: &str) {
        text.clone_into(&mut self.0.lock().expect("lines"));
    }
}

#[tokio::test]
async fn a_sound_office_is_found_sound() {
    for kit in stocked().await {
        make_daily_root(&kit.office, &Lines::default()).await.expect("root");
        let report = look(&kit.office, Wanted { roots: None, files: true }).await;
        assert_eq!(found_in(&report), [""; 0]);
        assert!(report.is_sound());
        // Four people with one entry each and a change; five enrolments with 2, 3, 3, 2 and 2, and a change.
        assert_eq!((report.chains, report.entries, report.uncovered), (9, 18, 0));
        assert_eq!((report.roots, report.enrolments, report.papers, report.files), (1, 5, 3, Some(3)));
        assert_eq!(report.erased, []);
    }
}

#[tokio::test]
async fn an_altered_entry_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, WITHDRAWN).await;
        tamper(&kit, move |tx| tampering::alter_entry(tx, enrolment, 2)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010002 2 entry-altered"]);
        let report = look(&kit.office, Wanted::default()).await;
        let finding = &report.findings[0];
        assert_eq!((finding.place.code(), finding.seq), ("student-chain", Some(2)));
        let student = ("student", "240010002".to_owned());
        assert_eq!(finding.place.args(), [("subject", enrolment.to_string()), student]);
    }
}

#[tokio::test]
async fn an_altered_link_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, WITHDRAWN).await;
        tamper(&kit, move |tx| tampering::alter_link(tx, enrolment, 2)).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 240010002 2 link-broken", "enrolment 240010002 3 link-broken"]
        );
    }
}

#[tokio::test]
async fn an_entry_removed_from_the_middle_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, ON_LEAVE).await;
        tamper(&kit, move |tx| tampering::remove_entry(tx, enrolment, 2)).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 240010001 2 entry-removed", "enrolment 240010001 marks-unrecorded"]
        );
    }
}

#[tokio::test]
async fn a_removed_last_entry_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, WITHDRAWN).await;
        tamper(&kit, move |tx| tampering::remove_entry(tx, enrolment, 3)).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 240010002 3 last-entry-removed", "enrolment 240010002 marks-unrecorded"]
        );
    }
}

#[tokio::test]
async fn an_added_entry_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, GRADUATED).await;
        tamper(&kit, move |tx| tampering::add_entry(tx, enrolment)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 200010004 3 entry-added"]);
    }
}

#[tokio::test]
async fn an_entry_put_in_the_place_of_a_removed_one_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, ON_LEAVE).await;
        tamper(&kit, move |tx| tampering::replace_entry(tx, enrolment, 2)).await;
        let found = found(&kit.office).await;
        assert!(found.contains(&"enrolment 240010001 2 entry-removed".to_owned()), "{found:?}");
        assert!(found.contains(&"enrolment 240010001 2 entry-added".to_owned()), "{found:?}");
    }
}

#[tokio::test]
async fn a_missing_chain_is_named() {
    for kit in stocked().await {
        let (_, person) = subjects(&kit.office, GRADUATED).await;
        tamper(&kit, move |tx| tampering::remove_chain(tx, person)).await;
        assert_eq!(found(&kit.office).await, ["person 200010004 chain-missing"]);
    }
}

#[tokio::test]
async fn a_chain_of_nobody_is_named() {
    for kit in stocked().await {
        let nobody = Subject { kind: domain::ledger::SubjectKind::Enrolment, id: 4_000 };
        append(&kit, draft(&kit, nobody, LedgerKind::PlacementChanged, json!({}))).await;
        assert_eq!(found(&kit.office).await, ["enrolment - subject-missing"]);
    }
}

#[tokio::test]
async fn an_altered_head_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, GRADUATED).await;
        tamper(&kit, move |tx| tampering::alter_head(tx, enrolment)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 200010004 2 head-altered"]);
    }
}

#[tokio::test]
async fn a_removed_head_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, GRADUATED).await;
        tamper(&kit, move |tx| tampering::remove_head(tx, enrolment)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 200010004 head-missing"]);
    }
}

#[tokio::test]
async fn an_altered_text_is_named() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, ON_LEAVE).await;
        tamper(&kit, move |tx| tampering::alter_text(tx, enrolment, 3)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010001 3 text-altered"]);
    }
}

#[tokio::test]
async fn an_erased_text_is_reported_as_erased_and_is_no_finding() {
    for kit in stocked().await {
        let (enrolment, _) = subjects(&kit.office, ON_LEAVE).await;
        let act = draft(&kit, enrolment, LedgerKind::TextErased, json!({ "seq": 3 }));
        let (now, random) = (kit.office.now(), kit.office.random.clone());
        let erase = move |tx: &Tx<'_>| {
            let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
            let entries = storage::ledger::status_entries(tx, base::ids::EnrolmentId::new(enrolment.id))?;
            let third = entries.iter().find(|e| e.seq == 3).expect("entry").id;
            storage::ledger::erase_text(tx, &permit, third, &act, random.as_ref())
        };
        kit.office.db.write(erase).await.expect("erased");
        let report = look(&kit.office, Wanted::default()).await;
        assert_eq!(found_in(&report), [""; 0]);
        assert_eq!(report.erased, [Erased { subject: enrolment, seq: 3, by: 4 }]);
    }
}

#[tokio::test]
async fn a_text_that_went_without_an_act_is_named() {
    for kit in stocked().await {
        let (enrolment, person) = subjects(&kit.office, ON_LEAVE).await;
        tamper(&kit, move |tx| tampering::empty_text(tx, enrolment, 3)).await;
        tamper(&kit, move |tx| tampering::remove_text(tx, person, 2)).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 240010001 3 text-removed", "person 240010001 2 text-removed"]
        );
    }
}

#[tokio::test]
async fn an_altered_root_is_named() {
    for kit in stocked().await {
        let lines = Lines::default();
        make_daily_root(&kit.office, &lines).await.expect("root");
        next_day(&kit);
        make_daily_root(&kit.office, &lines).await.expect("root");
        tamper(&kit, tampering::alter_root).await;
        assert_eq!(found(&kit.office).await, ["root 24.11.2026 root-altered"]);
        let listed = Wanted { roots: Some(lines.read().expect("lines")), files: false };
        assert_eq!(
            found_in(&look(&kit.office, listed).await),
            ["root 24.11.2026 root-altered", "roots-line 2 root-not-stored"]
        );
    }
}

#[tokio::test]
async fn roots_that_are_missing_here_or_in_the_file_are_named() {
    for kit in stocked().await {
        let lines = Lines::default();
        for _ in 0..3 {
            make_daily_root(&kit.office, &lines).await.expect("root");
            next_day(&kit);
        }
        let whole = lines.read().expect("lines");
        let with = |text: &str| Wanted { roots: Some(text.to_owned()), files: false };
        assert_eq!(found_in(&look(&kit.office, with(&whole)).await), [""; 0]);

        let shortened: String = whole.lines().take(2).map(|line| format!("{line}\n")).collect();
        assert_eq!(found_in(&look(&kit.office, with(&shortened)).await), ["root 25.11.2026 root-not-listed"]);
        let torn = &whole[..whole.len() - 30];
        assert_eq!(
            found_in(&look(&kit.office, with(torn)).await),
            ["root 25.11.2026 root-not-listed", "roots-line 3 roots-line-unreadable"]
        );
        tamper(&kit, tampering::remove_root).await;
        assert_eq!(found(&kit.office).await, [""; 0], "the database alone cannot know");
        assert_eq!(found_in(&look(&kit.office, with(&whole)).await), ["roots-line 3 root-not-stored"]);
    }
}

#[tokio::test]
async fn a_history_rewritten_as_a_whole_is_found_with_the_file_alone() {
    for kit in stocked().await {
        let lines = Lines::default();
        make_daily_root(&kit.office, &lines).await.expect("root");
        next_day(&kit);
        make_daily_root(&kit.office, &lines).await.expect("root");
        let (enrolment, _) = subjects(&kit.office, WITHDRAWN).await;
        tamper(&kit, move |tx| tampering::rewrite_history(tx, enrolment, 2)).await;
        assert_eq!(found(&kit.office).await, [""; 0], "the database agrees with itself");
        let listed = Wanted { roots: Some(lines.read().expect("lines")), files: false };
        let report = look(&kit.office, listed).await;
        assert_eq!(
            found_in(&report),
            [
                "root 23.11.2026 history-rewritten",
                "roots-line 1 root-not-stored",
                "roots-line 2 root-not-stored",
            ]
        );
        assert_eq!(
            report.findings[0].fault.args(),
            [("until", "24.11.2026".to_owned()), ("days", "2".to_owned())]
        );
    }
}

#[tokio::test]
async fn a_removed_entry_under_a_root_breaks_the_root_too() {
    for kit in stocked().await {
        make_daily_root(&kit.office, &Lines::default()).await.expect("root");
        let (enrolment, _) = subjects(&kit.office, WITHDRAWN).await;
        tamper(&kit, move |tx| tampering::remove_entry(tx, enrolment, 3)).await;
        let found = found(&kit.office).await;
        assert!(found.contains(&"root 23.11.2026 root-altered".to_owned()), "{found:?}");
        assert!(found.contains(&"enrolment 240010002 3 last-entry-removed".to_owned()), "{found:?}");
    }
}

#[tokio::test]
async fn the_root_of_a_day_is_made_once_and_the_file_follows() {
    for kit in stocked().await {
        let lines = Lines::default();
        let first = make_daily_root(&kit.office, &lines).await.expect("root").expect("new");
        assert_eq!((first.day, first.chains, first.entries), (kit.office.today(), 9, 18));
        assert_eq!(lines.read().expect("lines"), format!("{first}\n"));
        assert_eq!(make_daily_root(&kit.office, &lines).await.expect("root"), None);

        // The machine stopped while the line was written: it is completed.
        let whole = lines.read().expect("lines");
        lines.set(&whole[..40]);
        assert_eq!(make_daily_root(&kit.office, &lines).await.expect("root"), None);
        assert_eq!(lines.read().expect("lines"), whole);

        // Entries after a root belong to the next one.
        let report = look(&kit.office, Wanted::default()).await;
        assert_eq!(report.uncovered, 0);
        crate::registry::put_on_leave(&kit, "250020001").await;
        assert_eq!(look(&kit.office, Wanted::default()).await.uncovered, 1);
        next_day(&kit);
        let second = make_daily_root(&kit.office, &lines).await.expect("root").expect("new");
        assert_eq!(lines.read().expect("lines"), format!("{first}\n{second}\n"));

        // A file that says something else is not written over.
        lines.set(&whole.replace(&whole[20..24], "0000"));
        let refused = make_daily_root(&kit.office, &lines).await.expect_err("contradiction");
        assert!(refused.to_string().contains("kunye verify --roots"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn roots_made_while_people_write_hold() {
    for kit in stocked().await {
        let kit = Arc::new(kit);
        let mut writers = Vec::new();
        for number in [ON_LEAVE, WITHDRAWN, GRADUATED, "250020001"] {
            let kit = Arc::clone(&kit);
            writers.push(tokio::spawn(async move {
                let (enrolment, person) = subjects(&kit.office, number).await;
                for _ in 0..25 {
                    append(&kit, draft(&kit, enrolment, LedgerKind::PlacementChanged, json!({}))).await;
                    append(&kit, draft(&kit, person, LedgerKind::PlacementChanged, json!({}))).await;
                }
            }));
        }
        let lines = Lines::default();
        let mut made = 0;
        while writers.iter().any(|writer| !writer.is_finished()) {
            next_day(&kit);
            made += u64::from(make_daily_root(&kit.office, &lines).await.expect("root").is_some());
        }
        for writer in writers {
            writer.await.expect("writer");
        }
        let report =
            look(&kit.office, Wanted { roots: Some(lines.read().expect("lines")), files: false }).await;
        assert_eq!(found_in(&report), [""; 0]);
        assert!(made > 0);
        assert_eq!((report.entries, report.roots, report.listed_roots), (218, made, Some(made)));
    }
}

#[tokio::test]
async fn a_status_without_its_entry_is_named() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, GRADUATED).await.id.get();
        tamper(&kit, move |tx| tampering::set_status(tx, id, "active")).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 200010004 index-differs", "enrolment 200010004 status-differs"]
        );
    }
}

#[tokio::test]
async fn a_link_without_its_entry_is_named() {
    for kit in stocked().await {
        let second = enrolment(&kit.office, "250020001").await;
        let main = enrolment(&kit.office, ON_LEAVE).await.id;
        let payload = json!({ "kind": LinkKind::Minor, "main": main.get() });
        let id = second.id.get();
        tamper(&kit, move |tx| tampering::set_link(tx, id, main.get())).await;
        assert_eq!(found(&kit.office).await, ["enrolment 250020001 link-differs"]);
        append(&kit, draft(&kit, second.id.into(), LedgerKind::Linked, payload)).await;
        assert_eq!(found(&kit.office).await, [""; 0]);
    }
}

#[tokio::test]
async fn a_placement_that_the_ledger_does_not_know_is_named() {
    for kit in stocked().await {
        let (subject, id) =
            (subjects(&kit.office, ON_LEAVE).await.0, enrolment(&kit.office, ON_LEAVE).await.id.get());
        let payload = json!({ "from": { "class_year": 2 }, "to": { "class_year": 3 } });
        append(&kit, draft(&kit, subject, LedgerKind::PlacementChanged, payload)).await;
        let found_before = found(&kit.office).await;
        assert_eq!(found_before, ["enrolment 240010001 placement-differs"]);
        tamper(&kit, move |tx| tampering::set_class_year(tx, id, 3)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010001 index-differs"]);
    }
}

#[tokio::test]
async fn a_name_changed_without_an_entry_is_named() {
    for kit in stocked().await {
        let person = enrolment(&kit.office, GRADUATED).await.person.get();
        tamper(&kit, move |tx| tampering::set_surname(tx, person, "BAŞKA")).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 200010004 index-differs", "person 200010004 identity-differs"]
        );
    }
}

#[tokio::test]
async fn altered_marks_are_named() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, WITHDRAWN).await.id.get();
        tamper(&kit, move |tx| tampering::set_letters(tx, id, "AA")).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 240010002 figures-differ", "enrolment 240010002 marks-differ"]
        );
    }
}

#[tokio::test]
async fn altered_figures_are_named() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, WITHDRAWN).await.id.get();
        tamper(&kit, move |tx| tampering::set_ects_earned(tx, id, 24_000)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010002 figures-differ"]);
    }
}

#[tokio::test]
async fn a_gap_in_the_numbers_of_papers_is_named() {
    for kit in stocked().await {
        tamper(&kit, |tx| tampering::remove_paper(tx, 2)).await;
        let found = found(&kit.office).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("2026/000002 number-missing"), "{found:?}");

        tamper(&kit, |tx| tampering::remove_paper(tx, 3)).await;
        assert_eq!(found_in(&look(&kit.office, Wanted::default()).await).len(), 2, "the last number, too");
    }
}

#[tokio::test]
async fn a_paper_with_another_hash_than_its_file_is_named() {
    for kit in stocked().await {
        tamper(&kit, |tx| tampering::alter_paper(tx, 2)).await;
        let found = found(&kit.office).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("2026/000002 paper-misfiled"), "{found:?}");
    }
}

#[tokio::test]
async fn a_stored_paper_that_is_gone_is_named_with_its_number() {
    for mut kit in stocked().await {
        kit.office.files = Arc::new(MemoryFiles::default());
        paper(&kit.office, WITHDRAWN).await;
        let report = look(&kit.office, Wanted { roots: None, files: true }).await;
        assert_eq!(report.files, Some(4));
        let found = found_in(&report);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found.iter().all(|f| f.starts_with("paper-file ")
                && f.contains("2026/00000")
                && f.ends_with("file-broken"))
        );
    }
}

#[tokio::test]
async fn a_guard_that_was_taken_away_is_named() {
    for kit in stocked().await {
        tamper(&kit, |tx| tampering::drop_guard(tx, "ledger_entry_no_update", "ledger_entry")).await;
        assert_eq!(found(&kit.office).await, ["guard ledger_entry_no_update guard-missing"]);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_a_finding_and_the_rest_is_still_looked_at() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, WITHDRAWN).await.id.get();
        tamper(&kit, move |tx| tampering::set_letters(tx, id, "??")).await;
        tamper(&kit, |tx| tampering::remove_paper(tx, 2)).await;
        let found = found(&kit.office).await;
        assert!(found.iter().any(|f| f == "table mark unreadable"), "{found:?}");
        assert!(found.iter().any(|f| f.ends_with("number-missing")), "{found:?}");
    }
}

#[tokio::test]
async fn verification_tells_how_far_it_is() {
    let kit = stocked().await.swap_remove(0);
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    let on_progress = Box::new(move |stage: &services::verify::Stage, _: u64, _: Option<u64>| {
        let mut told = hears.lock().expect("told");
        if told.last().is_none_or(|last: &String| last != stage.code()) {
            told.push(stage.code().to_owned());
        }
    });
    verify(&kit.office, Wanted { roots: None, files: true }, on_progress).await.expect("verification");
    assert_eq!(
        *told.lock().expect("told"),
        ["ledger", "texts", "state", "marks", "index", "papers", "files"]
    );
}
