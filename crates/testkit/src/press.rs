//! A press that prints no pages, only what went into them.

use services::ports::{PaperPress, PortError, Sheet};

/// Answers a few bytes that begin like a PDF and hold the payload, so that a test can look for it.
pub struct PlainPress;

impl PaperPress for PlainPress {
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, PortError> {
        Ok(format!("%PDF-1.7\n% {} {}\n{}\n%%EOF\n", sheet.kind, sheet.title, sheet.payload).into_bytes())
    }

    fn merge(
        &self,
        papers: &mut dyn Iterator<Item = Result<Vec<u8>, PortError>>,
    ) -> Result<Vec<u8>, PortError> {
        let mut out = Vec::new();
        for paper in papers {
            out.extend_from_slice(&paper?);
        }
        Ok(out)
    }
}
