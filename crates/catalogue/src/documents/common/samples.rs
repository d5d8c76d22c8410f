//! The invented office and people behind the samples.

use base::lang::Lang;

use super::{
    Frame, Identity, Letterhead, Owed, Person, QR_PICTURE, Registration, SessionLine, Signature, Study,
    Verification,
};
use crate::documents::Texts;

/// Pictures that samples show, by the names their data uses.
pub const PICTURES: [(&str, &[u8]); 2] =
    [("logo.svg", include_bytes!("sample-logo.svg")), ("photo.svg", include_bytes!("sample-photo.svg"))];

/// The address behind the samples' QR codes.
pub const ADDRESS: &str = "https://obs.ornek.example.invalid/dogrula/7K3M9Q8RT2V5WX4YZ6ABCDEF01";

/// Either text, by language.
pub fn either(lang: Lang, tr: &str, en: &str) -> String {
    match lang {
        Lang::Tr => tr.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// A frame from the dean's office of the engineering faculty.
pub fn frame(texts: &Texts, lang: Lang, number: &str) -> Frame {
    Frame {
        letterhead: Letterhead {
            institution: either(lang, "ÖRNEK ÜNİVERSİTESİ", "EXAMPLE UNIVERSITY"),
            unit: either(lang, "Mühendislik Fakültesi Dekanlığı", "Faculty of Engineering"),
            logo: Some("logo.svg".to_owned()),
            contact: vec![
                either(
                    lang,
                    "Adres: Örnek Üniversitesi Merkez Yerleşkesi, Mühendislik Fakültesi, 00000 Örnekşehir",
                    "Address: Example University Main Campus, Faculty of Engineering, 00000 Örnekşehir, Türkiye",
                ),
                either(
                    lang,
                    "Telefon: 0 000 000 00 00    E-posta: ogrenci@example.invalid    Genel ağ: www.example.invalid",
                    "Telephone: +90 000 000 00 00    E-mail: ogrenci@example.invalid    Web: www.example.invalid",
                ),
            ],
        },
        number: number.to_owned(),
        date: "23.11.2026".to_owned(),
        signature: Signature {
            name: "Gülşah ÇELİKOĞLU".to_owned(),
            title: either(lang, "Fakülte Sekreteri", "Faculty Secretary"),
            on_behalf: Some(either(lang, "Dekan a.", "for the Dean")),
        },
        verification: Verification {
            sentence: texts.label(lang, "verification-wet").to_owned(),
            code: "7K3M9-Q8RT2-V5WX4-YZ6AB-CDEF01".to_owned(),
            address: "https://obs.ornek.example.invalid/dogrula".to_owned(),
            qr: QR_PICTURE,
        },
    }
}

/// Işıl IŞIK, whose name has both i's.
pub fn person() -> Person {
    Person {
        identity: Identity::Citizen("10000000146".to_owned()),
        given_names: "Işıl".to_owned(),
        surname: "IŞIK".to_owned(),
        birth_place: Some("Iğdır".to_owned()),
        birth_date: Some("07.03.2004".to_owned()),
        photo: None,
    }
}

/// A foreign student with a name, birthplace and number of unusual length.
pub fn long_person() -> Person {
    Person {
        identity: Identity::Foreigner("99000000268".to_owned()),
        given_names: "Muhammed Abdurrahman Çağrıbey Ömer Faruk".to_owned(),
        surname: "AĞAOĞLU ŞENGÜLDÜZOĞLU-KIZILIRMAKLIOĞLU".to_owned(),
        birth_place: Some("Afyonkarahisar Şuhut Karaadilli Kasabası / Türkiye".to_owned()),
        birth_date: Some("29.02.2004".to_owned()),
        photo: Some("photo.svg".to_owned()),
    }
}

/// A third-year student of computer engineering.
pub fn study(texts: &Texts, lang: Lang) -> Study {
    Study {
        student_number: "220101001".to_owned(),
        faculty: either(lang, "Mühendislik Fakültesi", "Faculty of Engineering"),
        department: Some(either(
            lang,
            "Bilgisayar Mühendisliği Bölümü",
            "Department of Computer Engineering",
        )),
        programme: either(lang, "Bilgisayar Mühendisliği", "Computer Engineering"),
        level: either(lang, "Lisans (4 yıl)", "Bachelor's degree (4 years)"),
        language: Some(either(lang, "Türkçe", "Turkish")),
        class_year: Some("3".to_owned()),
        entry_date: "05.09.2022".to_owned(),
        entry_way: Some(either(
            lang,
            "Yükseköğretim Kurumları Sınavı (YKS)",
            "Higher Education Institutions Examination (YKS)",
        )),
        status: either(lang, "Aktif", "Active"),
        status_since: texts.sentence(lang, "status-since", &[("date", "05.09.2022")]),
        normal_period_end: Some("30.06.2026".to_owned()),
    }
}

/// The same study with the longest names that are to be expected.
pub fn long_study(texts: &Texts, lang: Lang) -> Study {
    Study {
        faculty: either(
            lang,
            "İktisadi ve İdari Bilimler Fakültesi",
            "Faculty of Economics and Administrative Sciences",
        ),
        department: Some(either(
            lang,
            "Siyaset Bilimi ve Kamu Yönetimi Bölümü",
            "Department of Political Science and Public Administration",
        )),
        programme: either(
            lang,
            "Siyaset Bilimi ve Kamu Yönetimi (İngilizce) (Uluslararası Ortak Lisans Programı) (İkinci Öğretim)",
            "Political Science and Public Administration (English) (International Joint Programme) (Evening)",
        ),
        entry_way: Some(either(
            lang,
            "Kurumlar arası yatay geçiş (merkezi yerleştirme puanı ile, ek madde 1)",
            "Transfer between institutions (by central placement score, additional article 1)",
        )),
        ..study(texts, lang)
    }
}

/// A final registration with its fee paid.
pub fn registration(lang: Lang) -> Registration {
    Registration {
        kind: either(lang, "Kesin kayıt", "Final registration"),
        made_on: "31.08.2026".to_owned(),
        made_by: "Gülşen ÇELİK".to_owned(),
        until: None,
        fee: either(lang, "Ödendi, 1.234,50 TL, D 17, 28.08.2026", "Paid, 1.234,50 TL, D 17, 28.08.2026"),
        notice: either(lang, "31.08.2026 tarihinde okundu", "read on 31.08.2026"),
        papers: Some(either(lang, "Tamam", "complete")),
    }
}

/// A provisional registration that owes its fee and papers.
pub fn provisional(lang: Lang) -> Registration {
    Registration {
        kind: either(lang, "Geçici kayıt", "Provisional registration"),
        until: Some("29.12.2026".to_owned()),
        fee: either(lang, "Ödenmedi", "Not paid"),
        notice: either(lang, "Henüz okunmadı", "not read yet"),
        papers: Some(either(lang, "2 belge eksik", "Missing papers: 2")),
        ..registration(lang)
    }
}

/// Two papers that are owed, one without a last day.
pub fn owed(lang: Lang) -> Vec<Owed> {
    vec![
        Owed {
            name: either(lang, "Lise diploması", "School diploma"),
            form: Some(either(lang, "Aslı ya da onaylı örneği", "Original or certified copy")),
            due: Some("29.12.2026".to_owned()),
        },
        Owed { name: either(lang, "Sağlık raporu", "Health report"), form: None, due: None },
    ]
}

/// Sessions of an invented orientation; the last of each four is a repeat.
pub fn sessions(lang: Lang, texts: &Texts, count: usize) -> Vec<SessionLine> {
    let one = |n: usize| SessionLine {
        title: match n % 4 {
            0 => either(lang, "Açılış ve kampüs turu", "Opening and campus tour"),
            1 => either(
                lang,
                "Kayıt, ders seçimi ve danışmanlık",
                "Registration, choice of courses and advising",
            ),
            2 => either(
                lang,
                "Kütüphane, öğrenci toplulukları, burslar, değişim programları ve engelli öğrenci birimi",
                "Library, student societies, scholarships, exchange programmes and the office for disabled students",
            ),
            _ => either(lang, "Açılış", "Opening"),
        },
        note: (n % 4 == 3).then(|| texts.label(lang, "session-repeat").to_owned()),
        time: format!("{:02}.09.2026 10.00–11.30", 14 + n % 12),
        place: either(lang, "Merkez Kampüs, Mavi Salon", "Main Campus, Blue Hall"),
        speaker: (n % 2 == 1).then(|| either(lang, "Doç. Dr. Çağrı ŞENGÜL", "Assoc. Prof. Dr. Çağrı ŞENGÜL")),
    };
    (0..count).map(one).collect()
}
