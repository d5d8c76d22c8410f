//! `kunye verify`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use services::verify::{self, Wanted};

use super::{Failure, Place, close, pick, say};

/// Verifies the ledger, the state that follows from it, and the stored papers. Exit code 1 when something is found.
#[derive(Args)]
pub struct Verify {
    /// Veritabanının dışında tutulan günlük kökler dosyası.
    #[arg(long)]
    roots: Option<PathBuf>,
    /// Saklanan dosyaları okumaz, yalnız veritabanına bakar.
    #[arg(long)]
    no_files: bool,
}

impl Verify {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let roots = match &self.roots {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|e| Failure::Words(format!("{}: {e}", path.display())))?,
            ),
            None => None,
        };
        let (_, office) = place.office().await?;
        let wanted = Wanted { roots, files: !self.no_files };
        let report = verify::verify(&office, wanted, Box::new(|_, _, _| {})).await;
        close(&office).await;
        let report = report?;
        for finding in &report.findings {
            let seq = finding.seq.map(|n| format!(", {n}. kayıt")).unwrap_or_default();
            if place.json {
                say(&json!({ "place": finding.place.to_string(), "seq": finding.seq, "fault": finding.fault.to_string() }).to_string());
            } else {
                say(&format!("{}{seq}: {}", finding.place, finding.fault));
            }
        }
        if place.json {
            say(&json!({ "sound": report.is_sound(), "chains": report.chains, "entries": report.entries, "roots": report.roots,
                         "enrolments": report.enrolments, "papers": report.papers, "files": report.files,
                         "erased": report.erased.len(), "findings": report.findings.len() }).to_string());
        } else {
            say(&match place.lang {
                base::lang::Lang::Tr => format!(
                    "{} zincir, {} kayıt, {} günlük kök, {} öğrencilik, {} belge, {} dosya denetlendi; silinmiş metin {}.",
                    report.chains,
                    report.entries,
                    report.roots,
                    report.enrolments,
                    report.papers,
                    report.files.unwrap_or(0),
                    report.erased.len()
                ),
                base::lang::Lang::En => format!(
                    "{} chains, {} entries, {} daily roots, {} enrolments, {} papers, {} files verified; {} texts erased.",
                    report.chains,
                    report.entries,
                    report.roots,
                    report.enrolments,
                    report.papers,
                    report.files.unwrap_or(0),
                    report.erased.len()
                ),
            });
            let verdict = if report.is_sound() {
                pick(place.lang, "Sağlam: bulgu yok.", "Sound: nothing was found.")
            } else {
                pick(place.lang, "SAĞLAM DEĞİL.", "NOT SOUND.")
            };
            say(verdict);
        }
        if report.is_sound() { Ok(()) } else { Err(Failure::Found) }
    }
}
