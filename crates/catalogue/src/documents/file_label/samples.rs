//! Invented labels.

use base::lang::Lang;

use super::{FileLabel, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples::{self as common, either};
use crate::documents::common::{Person, Study};

fn body(lang: Lang, person: &Person, study: Study) -> FileLabel {
    let word = |key| texts().label(lang, key).to_owned();
    FileLabel {
        name: format!("{} {}", person.given_names, person.surname),
        shelf_name: format!("{}, {}", person.surname, person.given_names),
        study,
        registered_on: "31.08.2026".to_owned(),
        held: vec![
            (either(lang, "Fotoğraf", "Photograph"), word("held-received")),
            (either(lang, "Kimlik fotokopisi", "Copy of identity card"), word("held-received")),
            (either(lang, "Yerleştirme sonuç belgesi", "Placement result"), word("held-copy-seen")),
        ],
        to_come: common::owed(lang).into_iter().map(|paper| (paper.name, paper.due)).collect(),
    }
}

fn sample(name: &'static str, lang: Lang, body: &FileLabel) -> Option<Sample> {
    let frame = common::frame(texts(), lang, "2026/001485");
    let data = compose(lang, &frame, body).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    let plain = |lang| body(lang, &common::person(), common::study(texts(), lang));
    let mut long = body(Lang::Tr, &common::long_person(), common::long_study(texts(), Lang::Tr));
    let more = [
        "Yeminli diploma çevirisi",
        "Denklik belgesi ya da denklik başvurusu",
        "Yurt dışında okuduğunu gösteren belge",
        "Türkçe yeterlik belgesi",
        "Sağlık sigortası",
        "Pasaport",
        "İkamet izni",
    ];
    long.held.extend(more.map(|name| (name.to_owned(), "fotokopisi, aslı görüldü".to_owned())));
    let mut bare = plain(Lang::Tr);
    bare.study.entry_way = None;
    bare.held.clear();
    bare.to_come.clear();
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
