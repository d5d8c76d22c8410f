//! Invented sign-in sheets.

use base::lang::Lang;

use super::{SignInLine, SignInSheet, compose, texts};
use crate::documents::Sample;
use crate::documents::common::SessionLine;
use crate::documents::common::samples::{self as common, either, sessions};

const NAMES: [&str; 5] = [
    "Işıl IŞIK",
    "Çağla ÖZGÜR",
    "Muhammed Abdurrahman Çağrıbey AĞAOĞLU ŞENGÜLDÜZOĞLU-KIZILIRMAKLIOĞLU",
    "Ğ. İpek İNCE",
    "Zoë O’BRIEN",
];

fn body(lang: Lang, session: SessionLine, lines: usize) -> SignInSheet {
    let line = |n: usize| SignInLine {
        number: format!("26001{:04}", n + 1),
        name: NAMES[n % NAMES.len()].to_owned(),
        programme: if n.is_multiple_of(2) { "BİL" } else { "SBKY-İÖ" }.to_owned(),
    };
    SignInSheet {
        unit: either(lang, "Mühendislik Fakültesi", "Faculty of Engineering"),
        orientation: either(lang, "2026 Oryantasyon Haftası", "Orientation Week 2026"),
        session,
        lines: (0..lines).map(line).collect(),
        spare: 5,
    }
}

fn sample(name: &'static str, lang: Lang, lines: usize) -> Option<Sample> {
    let mut frame = common::frame(texts(), lang, "2026/001489");
    frame.verification.sentence = texts().label(lang, "for-attendance-alone").to_owned();
    let session = sessions(lang, texts(), 4).into_iter().nth(lines % 4)?;
    let data = compose(lang, &frame, &body(lang, session, lines)).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    [
        sample("plain", Lang::Tr, 8),
        sample("english", Lang::En, 7),
        sample("crowded", Lang::Tr, 90),
        sample("bare", Lang::Tr, 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}
