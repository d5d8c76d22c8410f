//! Invented letters on the state of a registration.

use base::lang::Lang;

use super::{RegistrationStatusLetter, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples as common;
use crate::documents::common::{Frame, Person, Study};

fn finally(lang: Lang, person: Person, study: Study) -> RegistrationStatusLetter {
    let texts = texts();
    RegistrationStatusLetter {
        person,
        study,
        registered_on: "31.08.2026".to_owned(),
        until: None,
        papers: common::registration(lang).papers,
        addressee: texts.label(lang, "to-whom").to_owned(),
        statement: texts.sentence(lang, "statement-final", &[("date", "31.08.2026")]),
        purpose: texts.label(lang, "purpose-general").to_owned(),
    }
}

fn provisionally(lang: Lang, person: Person, study: Study) -> RegistrationStatusLetter {
    let texts = texts();
    let days = [("date", "31.08.2026"), ("until", "29.12.2026")];
    let noted = common::provisional(lang);
    RegistrationStatusLetter {
        study: Study { status: noted.kind, class_year: None, ..study },
        until: noted.until,
        papers: noted.papers,
        statement: texts.sentence(lang, "statement-provisional", &days),
        purpose: texts.sentence(
            lang,
            "purpose-for",
            &[("purpose", &common::either(lang, "yurt başvurusu", "an application for a dormitory"))],
        ),
        ..finally(lang, person, common::study(texts, lang))
    }
}

fn sample(name: &'static str, lang: Lang, frame: &Frame, body: &RegistrationStatusLetter) -> Option<Sample> {
    let data = compose(lang, frame, body).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    let texts = texts();
    let frame = |lang| common::frame(texts, lang, "2026/001484");
    let plain = |lang| finally(lang, common::person(), common::study(texts, lang));
    let long = provisionally(Lang::Tr, common::long_person(), common::long_study(texts, Lang::Tr));
    let english = provisionally(Lang::En, common::person(), common::study(texts, Lang::En));
    let mut bare_frame = frame(Lang::Tr);
    bare_frame.letterhead.logo = None;
    bare_frame.signature.on_behalf = None;
    let mut bare = plain(Lang::Tr);
    bare.study.department = None;
    bare.study.entry_way = None;
    bare.papers = None;
    bare.statement =
        texts.sentence(Lang::Tr, "statement-cancelled", &[("date", "31.08.2026"), ("since", "01.09.2026")]);
    [
        sample("plain", Lang::Tr, &frame(Lang::Tr), &plain(Lang::Tr)),
        sample("english", Lang::En, &frame(Lang::En), &plain(Lang::En)),
        sample("english-provisional", Lang::En, &frame(Lang::En), &english),
        sample("long", Lang::Tr, &frame(Lang::Tr), &long),
        sample("bare", Lang::Tr, &bare_frame, &bare),
    ]
    .into_iter()
    .flatten()
    .collect()
}
