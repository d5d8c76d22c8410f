//! Typesetting: a template, its data as JSON and a few picture files become PDF/A-2b bytes.
//!
//! It knows paper, fonts and bytes, and must never contain a word about students, a database, a
//! clock, or a network or disk access: everything it prints is handed to it, so the same input gives
//! the same bytes. This is the only crate that names the typesetter. Start at [`Press`].

mod error;
mod fonts;
mod merge;
mod press;
mod qr;
mod template;
mod world;

pub use error::PdfError;
pub use merge::{Merger, merge, page_count};
pub use press::{Metadata, Press};
pub use qr::qr_svg;
pub use template::{Picture, Template};
