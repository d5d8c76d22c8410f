//! What the office offers: every kind of paper, one folder each, pure data and texts.
//!
//! It must never contain I/O, SQL, a clock, or knowledge of how a page or a PDF is made; a kind's
//! template is text that another crate prints. Deleting a kind's folder deletes the kind. Start at
//! [`documents::KINDS`].

pub mod documents;
