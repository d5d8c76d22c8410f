//! Invented student certificates.

use base::lang::Lang;

use super::{StudentCertificate, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples::{self as common, either};
use crate::documents::common::{Frame, Person, Study};

fn body(lang: Lang, person: Person, study: Study) -> StudentCertificate {
    let texts = texts();
    let term = either(lang, "2026-2027 Güz Yarıyılı", "2026-2027 Autumn Term");
    StudentCertificate {
        person,
        study,
        addressee: texts.label(lang, "to-whom").to_owned(),
        statement: texts.sentence(lang, "statement-enrolled", &[("term", &term)]),
        purpose: texts.label(lang, "purpose-general").to_owned(),
        validity: texts.label(lang, "validity-day").to_owned(),
        term,
    }
}

fn sample(name: &'static str, lang: Lang, frame: &Frame, body: &StudentCertificate) -> Option<Sample> {
    let data = compose(lang, frame, body).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    let texts = texts();
    let frame = |lang| common::frame(texts, lang, "2026/1482");
    let plain = |lang| body(lang, common::person(), common::study(texts, lang));
    let long = StudentCertificate {
        purpose: texts.sentence(
            Lang::Tr,
            "purpose-for",
            &[("purpose", "Örnekşehir İl Millî Eğitim Müdürlüğüne verilmek üzere yapılacak burs başvurusu")],
        ),
        validity: texts.sentence(Lang::Tr, "validity-until", &[("date", "23.02.2027")]),
        ..body(Lang::Tr, common::long_person(), common::long_study(texts, Lang::Tr))
    };
    let mut bare_frame = frame(Lang::Tr);
    bare_frame.letterhead.logo = None;
    bare_frame.signature.on_behalf = None;
    let mut bare = plain(Lang::Tr);
    bare.study.department = None;
    bare.study.class_year = None;
    bare.study.entry_way = None;
    bare.study.normal_period_end = None;
    let mut photo = plain(Lang::En);
    photo.person.photo = Some("photo.svg".to_owned());
    [
        sample("plain", Lang::Tr, &frame(Lang::Tr), &plain(Lang::Tr)),
        sample("english", Lang::En, &frame(Lang::En), &plain(Lang::En)),
        sample("english-photo", Lang::En, &frame(Lang::En), &photo),
        sample("long", Lang::Tr, &frame(Lang::Tr), &long),
        sample("bare", Lang::Tr, &bare_frame, &bare),
    ]
    .into_iter()
    .flatten()
    .collect()
}
