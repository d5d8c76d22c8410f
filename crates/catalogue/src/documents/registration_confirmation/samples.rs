//! Invented confirmations of registration.

use base::lang::Lang;

use super::{RegistrationConfirmation, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples as common;
use crate::documents::common::{Frame, Person, Study};

fn finally(lang: Lang, person: Person, study: Study) -> RegistrationConfirmation {
    let registration = common::registration(lang);
    let statement = texts().sentence(lang, "statement-final", &[("date", &registration.made_on)]);
    RegistrationConfirmation {
        person,
        study: Study { class_year: Some("1".to_owned()), ..study },
        registration,
        statement,
        owed: Vec::new(),
    }
}

fn provisionally(lang: Lang, person: Person, study: Study) -> RegistrationConfirmation {
    let registration = common::provisional(lang);
    let days = [("date", registration.made_on.as_str()), ("until", "29.12.2026")];
    let statement = texts().sentence(lang, "statement-provisional", &days);
    let owed = common::owed(lang);
    RegistrationConfirmation { registration, statement, owed, ..finally(lang, person, study) }
}

fn sample(name: &'static str, lang: Lang, frame: &Frame, body: &RegistrationConfirmation) -> Option<Sample> {
    let data = compose(lang, frame, body).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    let texts = texts();
    let frame = |lang| common::frame(texts, lang, "2026/001482");
    let plain = |lang| finally(lang, common::person(), common::study(texts, lang));
    let long = provisionally(Lang::Tr, common::long_person(), common::long_study(texts, Lang::Tr));
    let mut bare_frame = frame(Lang::Tr);
    bare_frame.letterhead.logo = None;
    bare_frame.signature.on_behalf = None;
    let mut bare = plain(Lang::Tr);
    bare.study.department = None;
    bare.study.class_year = None;
    bare.study.entry_way = None;
    bare.person.birth_place = None;
    bare.registration.papers = None;
    [
        sample("plain", Lang::Tr, &frame(Lang::Tr), &plain(Lang::Tr)),
        sample("english", Lang::En, &frame(Lang::En), &plain(Lang::En)),
        sample(
            "english-provisional",
            Lang::En,
            &frame(Lang::En),
            &provisionally(Lang::En, common::person(), common::study(texts, Lang::En)),
        ),
        sample("long", Lang::Tr, &frame(Lang::Tr), &long),
        sample("bare", Lang::Tr, &bare_frame, &bare),
    ]
    .into_iter()
    .flatten()
    .collect()
}
