//! `kunye invent`: the demo's invented records as files, for measuring and for trying the import.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Failure, Place, say};

/// Writes invented records as `kunye import records` reads them.
#[derive(Args)]
pub struct Invent {
    /// Uydurulacak öğrenci sayısı.
    #[arg(long, default_value_t = 2000)]
    students: u32,
    /// Aynı sayı aynı kayıtları verir.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Dosyaların yazılacağı klasör.
    #[arg(long)]
    out: PathBuf,
}

impl Invent {
    pub(super) fn run(&self, place: &Place) -> Result<(), Failure> {
        let done = crate::invented::write(&self.out, self.students, self.seed)?;
        if place.json {
            let rows = json!({ "students": done.students, "people": done.people, "staff": done.staff, "marks": done.marks });
            say(&rows.to_string());
        } else {
            say(&match place.lang {
                base::lang::Lang::Tr => format!(
                    "{} öğrencilik, {} not yazıldı: {}",
                    done.students,
                    done.marks,
                    self.out.display()
                ),
                base::lang::Lang::En => format!(
                    "{} enrolments, {} marks written: {}",
                    done.students,
                    done.marks,
                    self.out.display()
                ),
            });
        }
        Ok(())
    }
}
