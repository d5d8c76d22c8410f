//! Invented lists of a day.

use base::lang::Lang;

use super::{CountLine, DailyRegistrationList, ListLine, compose, texts};
use crate::documents::Sample;
use crate::documents::common::samples::{self as common, either};

const NAMES: [&str; 6] = [
    "Işıl IŞIK",
    "Ömer Faruk ŞENGÜL",
    "Çağla ÖZGÜR",
    "Muhammed Abdurrahman Çağrıbey AĞAOĞLU ŞENGÜLDÜZOĞLU-KIZILIRMAKLIOĞLU",
    "Ğ. İpek İNCE",
    "Zoë O’BRIEN",
];

fn count(name: String, finally: usize, provisionally: usize) -> CountLine {
    CountLine {
        name,
        finally: finally.to_string(),
        provisionally: provisionally.to_string(),
        all: (finally + provisionally).to_string(),
    }
}

fn body(lang: Lang, rows: usize) -> DailyRegistrationList {
    let programmes = [
        either(lang, "Bilgisayar Mühendisliği", "Computer Engineering"),
        either(
            lang,
            "Siyaset Bilimi ve Kamu Yönetimi (İngilizce) (İkinci Öğretim)",
            "Political Science and Public Administration (English) (Evening)",
        ),
    ];
    let half = rows.div_ceil(2);
    let is_provisional = |n: usize| n % 5 == 4;
    let line = |n: usize| ListLine {
        number: format!("26001{:04}", n + 1),
        name: NAMES[n % NAMES.len()].to_owned(),
        programme: programmes[usize::from(n >= half)].clone(),
        kind: texts().label(lang, if is_provisional(n) { "provisionally" } else { "finally" }).to_owned(),
        by: if n.is_multiple_of(2) { "Gülşen ÇELİK" } else { "Memur ŞAHİN" }.to_owned(),
    };
    let of = |name, range: std::ops::Range<usize>| {
        let all = range.len();
        let provisional = range.filter(|n| is_provisional(*n)).count();
        count(name, all - provisional, provisional)
    };
    DailyRegistrationList {
        unit: either(lang, "Mühendislik Fakültesi", "Faculty of Engineering"),
        day: "31.08.2026".to_owned(),
        rows: (0..rows).map(line).collect(),
        counts: [of(programmes[0].clone(), 0..half), of(programmes[1].clone(), half..rows)]
            .into_iter()
            .filter(|count| count.all != "0")
            .collect(),
        total: of(texts().label(lang, "total").to_owned(), 0..rows),
    }
}

fn sample(name: &'static str, lang: Lang, rows: usize) -> Option<Sample> {
    let frame = common::frame(texts(), lang, "2026/001486");
    let data = compose(lang, &frame, &body(lang, rows)).ok()?;
    Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
}

pub(super) fn all() -> Vec<Sample> {
    [
        sample("plain", Lang::Tr, 6),
        sample("english", Lang::En, 6),
        sample("crowded", Lang::Tr, 90),
        sample("bare", Lang::Tr, 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}
