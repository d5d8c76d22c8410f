//! Invented notices of an orientation.

use base::lang::Lang;

use super::{OrientationNotice, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples::{self as common, either, sessions};

fn body(lang: Lang, count: usize) -> OrientationNotice {
    let unit = either(lang, "Mühendislik Fakültesi", "Faculty of Engineering");
    OrientationNotice {
        orientation: either(lang, "2026 Oryantasyon Haftası", "Orientation Week 2026"),
        invitation: texts().sentence(lang, "invitation", &[("unit", &unit), ("year", "2026")]),
        sessions: sessions(lang, texts(), count),
        portal: "https://obs.ornek.example.invalid/oryantasyon".to_owned(),
    }
}

fn sample(name: &'static str, lang: Lang, count: usize) -> Option<Sample> {
    let frame = common::frame(texts(), lang, "2026/001488");
    let data = compose(lang, &frame, &body(lang, count)).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    [
        sample("plain", Lang::Tr, 4),
        sample("english", Lang::En, 4),
        sample("crowded", Lang::Tr, 20),
        sample("bare", Lang::Tr, 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}
