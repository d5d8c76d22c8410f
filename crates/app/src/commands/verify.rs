//! `kunye verify`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use services::verify::{self, Wanted};

use super::{Failure, Place, close, say};
use crate::wording::{filled, finding, finding_json};

/// Verifies the ledger, the state that follows from it, and the stored papers. Exit code 1 when something is found.
#[derive(Args)]
pub struct Verify {
    /// File of daily roots that is kept outside the database.
    #[arg(long, value_name = "FILE")]
    roots: Option<PathBuf>,
    /// Whether the stored files are left unread.
    #[arg(long)]
    no_files: bool,
}

impl Verify {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let roots = match &self.roots {
            Some(path) => Some(std::fs::read_to_string(path).map_err(Failure::file(path))?),
            None => None,
        };
        let (_, office) = place.office().await?;
        let wanted = Wanted { roots, files: !self.no_files };
        let report = verify::verify(&office, wanted, Box::new(|_, _, _| {})).await;
        close(&office).await;
        let report = report?;
        let t = place.texts();
        for found in &report.findings {
            say(&if place.json { finding_json(t, found).to_string() } else { finding(t, found) });
        }
        if place.json {
            say(&json!({ "sound": report.is_sound(), "chains": report.chains, "entries": report.entries, "roots": report.roots,
                         "enrolments": report.enrolments, "papers": report.papers, "files": report.files,
                         "erased": report.erased.len(), "findings": report.findings.len() }).to_string());
        } else {
            let args = [
                ("chains", report.chains.to_string()),
                ("entries", report.entries.to_string()),
                ("roots", report.roots.to_string()),
                ("enrolments", report.enrolments.to_string()),
                ("papers", report.papers.to_string()),
                ("files", report.files.unwrap_or(0).to_string()),
                ("erased", report.erased.len().to_string()),
            ];
            say(&filled(t, "say-verify-done-line", &args));
            say(t.get(if report.is_sound() { "say-verify-sound" } else { "say-verify-not-sound" }));
        }
        if report.is_sound() { Ok(()) } else { Err(Failure::Found) }
    }
}
