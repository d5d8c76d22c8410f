//! Invented certificates of participation.

use base::lang::Lang;

use super::{AttendedOrientation, ParticipationCertificate, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples::{self as common, either, sessions};
use crate::documents::common::{Frame, Person, Study};

fn body(lang: Lang, person: &Person, study: Study, orientations: usize) -> ParticipationCertificate {
    let texts = texts();
    let part = |n: usize| {
        let sessions = sessions(lang, texts, if n == 0 { 2 } else { 4 });
        AttendedOrientation {
            title: if n == 0 {
                either(
                    lang,
                    "2026 Oryantasyon Haftası – Örnek Üniversitesi",
                    "Orientation Week 2026 – Example University",
                )
            } else {
                either(
                    lang,
                    "Yeni Öğrenciler İçin Fakülteyi, Kütüphaneyi ve Laboratuvarları Tanıma Günü – İktisadi ve İdari Bilimler Fakültesi",
                    "Day of Getting to Know Faculty, Library and Laboratories – Faculty of Economics and Administrative Sciences",
                )
            },
            acknowledged: (n == 0).then(|| texts.sentence(lang, "acknowledged", &[("date", "14.09.2026")])),
            sessions,
        }
    };
    let attended: Vec<AttendedOrientation> = (0..orientations).map(part).collect();
    let count: usize = attended.iter().map(|part| part.sessions.len()).sum();
    ParticipationCertificate {
        name: format!("{} {}", person.given_names, person.surname),
        study,
        statement: texts.sentence(lang, "statement", &[("n", &count.to_string())]),
        attended,
    }
}

fn sample(name: &'static str, lang: Lang, frame: &Frame, body: &ParticipationCertificate) -> Option<Sample> {
    let data = compose(lang, frame, body).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    let texts = texts();
    let frame = |lang| common::frame(texts, lang, "2026/001487");
    let plain = |lang| body(lang, &common::person(), common::study(texts, lang), 1);
    let long = body(Lang::Tr, &common::long_person(), common::long_study(texts, Lang::Tr), 2);
    let mut bare_frame = frame(Lang::Tr);
    bare_frame.letterhead.logo = None;
    bare_frame.signature.on_behalf = None;
    let mut bare = plain(Lang::Tr);
    bare.study.department = None;
    for part in &mut bare.attended {
        part.acknowledged = None;
        part.sessions.truncate(1);
    }
    [
        sample("plain", Lang::Tr, &frame(Lang::Tr), &plain(Lang::Tr)),
        sample("english", Lang::En, &frame(Lang::En), &plain(Lang::En)),
        sample("long", Lang::Tr, &frame(Lang::Tr), &long),
        sample("bare", Lang::Tr, &bare_frame, &bare),
    ]
    .into_iter()
    .flatten()
    .collect()
}
