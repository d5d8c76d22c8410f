//! The words of the console, in both languages, together with those of the pages, which word the services' refusals.
//!
//! It must never contain a sentence itself; those stand in `texts/tr/*.ftl` and `texts/en/*.ftl`.

use std::sync::OnceLock;

use base::lang::Lang;
use web::texts::{OWN, Source, TextError, Texts};

/// The files of the console, in both languages.
const CONSOLE: &[Source<'static>] = web::text_sources!["console", "failures", "faults", "findings", "help"];

/// The texts of a language, read when they are first needed: most commands need one language, and a server none.
pub fn of(lang: Lang) -> &'static Texts {
    static READ: [OnceLock<Texts>; 2] = [OnceLock::new(), OnceLock::new()];
    let [tr, en] = &READ;
    let place = match lang {
        Lang::Tr => tr,
        Lang::En => en,
    };
    #[expect(clippy::expect_used, reason = "they are part of the program, and a test reads them")]
    place.get_or_init(|| read(lang).expect("the texts of the program"))
}

fn read(lang: Lang) -> Result<Texts, TextError> {
    let all: Vec<Source<'_>> = OWN.iter().chain(CONSOLE).copied().collect();
    Texts::from_sources(lang, &all)
}

#[cfg(test)]
mod tests;
