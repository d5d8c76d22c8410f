//! Invented notices of missing papers.

use base::lang::Lang;

use super::{MissingPapersNotice, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples as common;
use crate::documents::common::{Owed, Person, Study};

fn body(lang: Lang, person: Person, study: Study) -> MissingPapersNotice {
    let texts = texts();
    let name = format!("{} {}", person.given_names, person.surname);
    MissingPapersNotice {
        addressee: texts.sentence(lang, "addressee", &[("name", &name)]),
        statement: texts.sentence(lang, "statement", &[("date", "31.08.2026")]),
        consequence: Some(texts.sentence(lang, "consequence", &[("until", "29.12.2026")])),
        owed: common::owed(lang),
        person,
        study,
    }
}

fn sample(name: &'static str, lang: Lang, body: &MissingPapersNotice) -> Option<Sample> {
    let frame = common::frame(texts(), lang, "2026/001483");
    let data = compose(lang, &frame, body).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    let plain = |lang| body(lang, common::person(), common::study(texts(), lang));
    let mut long = body(Lang::Tr, common::long_person(), common::long_study(texts(), Lang::Tr));
    let other = Owed {
        name: "Yurt dışındaki lisenin 2023-2024 öğretim yılına ait, apostil şerhli ve yeminli çevirili not belgesi".to_owned(),
        form: Some("Aslı ya da onaylı örneği".to_owned()),
        due: None,
    };
    long.owed.extend([other]);
    let mut bare = plain(Lang::Tr);
    bare.consequence = None;
    bare.owed.truncate(1);
    [
        sample("plain", Lang::Tr, &plain(Lang::Tr)),
        sample("english", Lang::En, &plain(Lang::En)),
        sample("long", Lang::Tr, &long),
        sample("bare", Lang::Tr, &bare),
    ]
    .into_iter()
    .flatten()
    .collect()
}
