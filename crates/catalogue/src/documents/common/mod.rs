//! What every paper carries whatever its kind: letterhead, number, signature, verification, and the
//! person and the study it speaks of.
//!
//! All texts arrive ready to be printed: names in capitals, dates as `gg.aa.yyyy`, figures with their
//! decimal comma. The template neither computes nor changes case.

pub mod letters;
pub mod samples;

use base::lang::Lang;
use serde::Serialize;

use super::Texts;

/// The template module with letterhead, signature block and footer.
pub const LETTERHEAD: (&str, &str) = ("common/letterhead.typ", include_str!("letterhead.typ"));

/// Turkish words of letterhead and footer.
pub const TR: &str = include_str!("tr.ftl");

/// English words of letterhead and footer.
pub const EN: &str = include_str!("en.ftl");

/// The template module with what papers about a registration share.
pub const REGISTRATION: (&str, &str) = ("common/registration.typ", include_str!("registration.typ"));

/// Turkish labels of a registration.
pub const REGISTRATION_TR: &str = include_str!("registration.tr.ftl");

/// English labels of a registration.
pub const REGISTRATION_EN: &str = include_str!("registration.en.ftl");

/// The template module with what papers about an orientation share.
pub const ORIENTATION: (&str, &str) = ("common/orientation.typ", include_str!("orientation.typ"));

/// Turkish labels of an orientation.
pub const ORIENTATION_TR: &str = include_str!("orientation.tr.ftl");

/// English labels of an orientation.
pub const ORIENTATION_EN: &str = include_str!("orientation.en.ftl");

/// Name of the picture that holds the QR code.
pub const QR_PICTURE: &str = "qr.svg";

/// What the engine adds around the body of any paper.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// Who writes.
    pub letterhead: Letterhead,
    /// Number given by the engine, gapless per unit and year.
    pub number: String,
    /// Day of issue.
    pub date: String,
    /// Who signs.
    pub signature: Signature,
    /// How a reader finds out whether the paper is genuine.
    pub verification: Verification,
}

/// The issuing body as the heading prints it.
///
/// # Legal basis
/// RYZ-06 (Resmî Yazışma Yönetmeliği m.10).
#[derive(Clone, Debug, Serialize)]
pub struct Letterhead {
    /// The institution in capitals.
    pub institution: String,
    /// The unit in title case.
    pub unit: String,
    /// Name of the logo's picture (`logo.svg`, `logo.png`), if the institution has one.
    pub logo: Option<String>,
    /// Address, telephone, e-mail and web page for the foot, one text per line.
    pub contact: Vec<String>,
}

/// The signature block; the place above the name stays free for pen and seal.
///
/// # Legal basis
/// RYZ-15 (m.17).
#[derive(Clone, Debug, Serialize)]
pub struct Signature {
    /// Given name and SURNAME.
    pub name: String,
    /// Title on the day of issue.
    pub title: String,
    /// `Dekan a.` where the signer acts by delegation.
    pub on_behalf: Option<String>,
}

/// The block at the foot.
///
/// # Legal basis
/// RYZ-19 (m.23).
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// How this copy became valid and where to check it.
    pub sentence: String,
    /// The code in groups, as a person types it.
    pub code: String,
    /// Address of the checking page without the code.
    pub address: String,
    /// Name of the QR code's picture.
    pub qr: &'static str,
}

/// The person the paper speaks of.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// Identity number or passport.
    pub identity: Identity,
    /// Given names as registered.
    pub given_names: String,
    /// Surname in capitals.
    pub surname: String,
    /// Province or town, for the foreign-born with the country.
    pub birth_place: Option<String>,
    /// Day of birth.
    pub birth_date: Option<String>,
    /// Name of the photo's picture (`photo.jpg`), if it is to be shown.
    pub photo: Option<String>,
}

/// By which number the person is known to the state.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", content = "number", rename_all = "kebab-case")]
pub enum Identity {
    /// T.C. kimlik numarası.
    Citizen(String),
    /// Yabancı kimlik numarası.
    Foreigner(String),
    /// Passport, where no number has been given yet.
    Passport(String),
}

/// One enrolment as papers describe it; what a paper does not show stays `None`.
#[derive(Clone, Debug, Serialize)]
pub struct Study {
    /// Student number.
    pub student_number: String,
    /// Faculty, school or vocational school.
    pub faculty: String,
    /// Department.
    pub department: Option<String>,
    /// Programme.
    pub programme: String,
    /// Level, such as "Lisans".
    pub level: String,
    /// Language of instruction.
    pub language: Option<String>,
    /// Class year, or the preparatory class.
    pub class_year: Option<String>,
    /// Day of first registration in this programme.
    pub entry_date: String,
    /// How the place was gained; none where only an earlier system's records tell of the entry.
    pub entry_way: Option<String>,
    /// Status in words.
    pub status: String,
    /// Since when the status holds.
    pub status_since: String,
    /// Until when the normal period runs.
    pub normal_period_end: Option<String>,
}

/// A registration at the desk, as papers of the day show it.
#[derive(Clone, Debug, Serialize)]
pub struct Registration {
    /// Final or provisional, in words.
    pub kind: String,
    /// Day of registration.
    pub made_on: String,
    /// Who registered.
    pub made_by: String,
    /// Last day of a provisional registration.
    pub until: Option<String>,
    /// What became of the fee, with receipt and day.
    pub fee: String,
    /// Whether the data-protection notice was read, and when.
    pub notice: String,
    /// How many papers are missing, or that none is; nothing where the office cannot say.
    pub papers: Option<String>,
}

/// A paper that is still owed.
#[derive(Clone, Debug, Serialize)]
pub struct Owed {
    /// Its name.
    pub name: String,
    /// In which form it is asked for.
    pub form: Option<String>,
    /// Last day on which it may come.
    pub due: Option<String>,
}

/// A session of an orientation.
#[derive(Clone, Debug, Serialize)]
pub struct SessionLine {
    /// What it is about.
    pub title: String,
    /// That it repeats the programme.
    pub note: Option<String>,
    /// Day and times.
    pub time: String,
    /// Where.
    pub place: String,
    /// Who speaks.
    pub speaker: Option<String>,
}

/// A figure that is printed, or one that may not be printed and says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// The figure with its decimal comma.
    Shown(String),
    /// Why it is missing, as a whole sentence.
    Withheld(String),
}

#[derive(Serialize)]
struct Paper<'a, Body> {
    lang: Lang,
    words: &'a std::collections::BTreeMap<String, String>,
    frame: &'a Frame,
    body: &'a Body,
}

/// Puts words, frame and body together as the template reads them.
///
/// # Errors
/// If the body cannot be written as JSON, which only a map with odd keys can bring about.
pub fn compose<Body: Serialize>(
    texts: &Texts,
    lang: Lang,
    frame: &Frame,
    body: &Body,
) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Paper { lang, words: texts.labels(lang), frame, body })
}
