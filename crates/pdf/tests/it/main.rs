//! Every sample of every kind of paper goes through the press and is looked at with other people's
//! tools: poppler and qpdf.

#![expect(clippy::expect_used, reason = "a test whose paper cannot be set up has failed")]

mod bytes;
mod joining;
mod papers;
mod support;
