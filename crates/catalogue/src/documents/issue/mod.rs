//! What the engine knows when it issues a paper, and what every kind makes of it: frame, person, study.
//!
//! A kind's `compose.rs` adds its own body. Names are those of the day of issue, the identity is the one as now;
//! capitals and figures are made here, because a template changes neither.

mod orientation;
mod registration;
mod rules;

use std::sync::LazyLock;

use base::{
    lang::Lang,
    text,
    time::{Date, date_tr},
};
use domain::{
    documents::VerificationCode,
    enrolments::EntryKind,
    people,
    programmes::{Level, Season},
    record::RecordError,
    student_file::{Name, StudentFile, TermFacts},
};
use regulations::{Book, When};

pub(super) use self::{
    orientation::session_line,
    registration::{owed, paper_name, registration},
    rules::{registered_here, status_finding, warn_of_identity},
};
use super::{
    Texts,
    common::{Frame, Identity, Letterhead, Person, QR_PICTURE, Signature, Study, Verification},
};

/// Who signs a paper, as valid on the day of issue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signer {
    /// Academic title where there is one, given name and SURNAME.
    pub name: Name,
    /// What the office is called.
    pub title: Name,
    /// `Dekan a.` where the signer acts for somebody else.
    pub on_behalf: Option<Name>,
}

/// The line of a deputy, from what the head of the unit is called: `Dekan a.`
pub fn on_behalf_of(head: &Name) -> Name {
    let line = |lang: Lang| words().sentence(lang, "on-behalf", &[("head", head.of(lang))]);
    Name { tr: line(Lang::Tr), en: line(Lang::En) }
}

/// What comes from the engine and not from the student's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssueFacts {
    /// Language of the paper.
    pub lang: Lang,
    /// Its number: `2026/000123`.
    pub number: String,
    /// Day of issue.
    pub date: Date,
    /// Code by which it is verified.
    pub code: VerificationCode,
    /// Address of the checking page without the code.
    pub address: String,
    /// Name of the university on the day of issue.
    pub institution: Name,
    /// Name of the issuing unit on the day of issue.
    pub unit: Name,
    /// Who signs.
    pub signer: Signer,
    /// What the paper is for, in the words of who asked; none for a paper for general use.
    pub purpose: Option<String>,
    /// Name of the photo's picture, `photo.jpg` or `photo.png`, where the paper is to show one.
    pub photo: Option<&'static str>,
    /// The term of the calendar that runs on the day of issue, or ran last.
    pub term: Option<TermFacts>,
}

/// Why a paper cannot be composed although its rule allows it.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The calendar has no term for the day of issue.
    #[error("takvimde belgenin tarihine uyan bir yarıyıl yok")]
    NoTerm,
    /// No desk here registered the student.
    #[error("öğrencinin burada yapılmış bir kaydı yok")]
    NoRegistration,
    /// No attendance of an orientation was noted.
    #[error("öğrencinin yazılmış bir oryantasyon katılımı yok")]
    NoAttendance,
    /// The record cannot be computed.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The payload cannot be written as JSON.
    #[error("belge verisi yazılamadı: {0}")]
    Json(#[from] serde_json::Error),
}

/// Words for facts that papers spell out; they are not part of a payload.
pub(super) fn words() -> &'static Texts {
    static TEXTS: LazyLock<Texts> =
        LazyLock::new(|| Texts::read(&[include_str!("tr.ftl")], &[include_str!("en.ftl")]));
    &TEXTS
}

/// A word of a closed vocabulary: `status` and `on_leave` give the text `status-on-leave`.
fn word(lang: Lang, family: &str, code: &str) -> String {
    words().label(lang, &format!("{family}-{}", code.replace('_', "-"))).to_owned()
}

/// A name in the paper's language; the Turkish one where no English name was ever given.
pub(super) fn name(name: &Name, lang: Lang) -> String {
    let wanted = name.of(lang);
    if wanted.trim().is_empty() { name.tr.clone() } else { wanted.to_owned() }
}

/// Capitals by the rules of the language: English has no dotted capital I.
fn capitals(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Tr => text::upper_tr(name),
        Lang::En => text::upper_tr(&name.replace('i', "ı")),
    }
}

/// `2026-2027 Güz Yarıyılı`.
pub(super) fn term_title(academic_year: &str, season: Season, lang: Lang) -> String {
    words().sentence(lang, &format!("term-{}", season.code()), &[("year", academic_year)])
}

/// `3. yarıyıl`.
pub(super) fn term_place(term_no: u8, lang: Lang) -> String {
    words().sentence(lang, "term-place", &[("n", &term_no.to_string())])
}

/// Letterhead, number, signature and verification block of a paper about a student.
pub(super) fn frame(file: &StudentFile, book: &Book, facts: &IssueFacts, texts: &Texts) -> Frame {
    frame_at(file.when(facts.date), book, facts, texts)
}

/// Letterhead, number, signature and verification block by the rules of a moment.
pub(super) fn frame_at(when: When, book: &Book, facts: &IssueFacts, texts: &Texts) -> Frame {
    let lang = facts.lang;
    Frame {
        letterhead: Letterhead {
            institution: capitals(&name(&facts.institution, lang), lang),
            unit: name(&facts.unit, lang),
            logo: None,
            contact: contact(when, book, facts),
        },
        number: facts.number.clone(),
        date: date_tr(facts.date),
        signature: Signature {
            name: name(&facts.signer.name, lang),
            title: name(&facts.signer.title, lang),
            on_behalf: facts.signer.on_behalf.as_ref().map(|behalf| name(behalf, lang)),
        },
        verification: Verification {
            sentence: texts.label(lang, "verification-wet").to_owned(),
            code: facts.code.to_string(),
            address: facts.address.clone(),
            qr: QR_PICTURE,
        },
    }
}

/// The contact lines of the paper's language, or the Turkish ones where those were read nowhere.
fn contact(when: When, book: &Book, facts: &IssueFacts) -> Vec<String> {
    [facts.lang, Lang::Tr]
        .into_iter()
        .find_map(|lang| book.letterhead(lang, when).verified())
        .map(|head| head.contact.clone())
        .unwrap_or_default()
}

/// The person, with the identity as now.
pub(super) fn person(file: &StudentFile, facts: &IssueFacts) -> Person {
    let who = &file.identity;
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Person {
        identity: identity(who),
        given_names: who.given_name.clone(),
        surname: who.surname.clone(),
        birth_place: filled(&who.birth_place),
        birth_date: Some(date_tr(who.birth_date)),
        photo: facts.photo.map(str::to_owned),
    }
}

fn identity(who: &people::Identity) -> Identity {
    match &who.identity_no {
        Some(number) if number.is_foreign() => Identity::Foreigner(number.reveal().to_owned()),
        Some(number) => Identity::Citizen(number.reveal().to_owned()),
        // No number has been given yet; the rule of the kind warns of it.
        None if who.nationality == "TR" => Identity::Citizen("–".to_owned()),
        None => Identity::Foreigner("–".to_owned()),
    }
}

/// The enrolment as a paper of this day describes it.
pub(super) fn study(file: &StudentFile, facts: &IssueFacts, texts: &Texts) -> Study {
    let lang = facts.lang;
    let programme = &file.programme;
    let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    Study {
        student_number: file.number.clone(),
        faculty: name(&programme.faculty, lang),
        department: filled(name(&programme.department, lang)),
        programme: name(&programme.name, lang),
        level: level(programme.level, programme.terms, lang),
        language: filled(language(&programme.language, lang)),
        class_year: file.status.is_open().then(|| class_year(file.class_year, lang)),
        entry_date: date_tr(file.entered_on),
        entry_way: entry_way(file.way_of_entry(), lang),
        status: word(lang, "status", file.status.code()),
        status_since: texts.sentence(lang, "status-since", &[("date", &date_tr(file.status_since))]),
        normal_period_end: None,
    }
}

/// How the place was gained; that a record was taken over from an earlier system is no way of entry.
fn entry_way(entry: EntryKind, lang: Lang) -> Option<String> {
    (entry != EntryKind::Records).then(|| word(lang, "entry", entry.code()))
}

fn level(level: Level, terms: u8, lang: Lang) -> String {
    let level = word(lang, "level", level.code());
    if terms == 0 || terms % 2 == 1 {
        return level;
    }
    words().sentence(lang, "level-years", &[("level", &level), ("years", &(terms / 2).to_string())])
}

fn class_year(year: u8, lang: Lang) -> String {
    if year == 0 { words().label(lang, "class-preparatory").to_owned() } else { year.to_string() }
}

/// The language's name, or its code where it has no name here.
fn language(code: &str, lang: Lang) -> String {
    let named = word(lang, "language", code);
    if named.is_empty() { code.to_ascii_uppercase() } else { named }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        enrolments::EnrolmentStatus, papers::PaperKind, programmes::TermStanding, registration::FeeState,
    };

    #[test]
    fn every_word_of_a_vocabulary_has_a_text_in_both_languages() {
        let keys = |lang| words().keys(lang).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(keys(Lang::Tr), keys(Lang::En));
        for lang in Lang::ALL {
            for status in EnrolmentStatus::ALL {
                assert_ne!(word(lang, "status", status.code()), "", "{status}");
            }
            for entry in EntryKind::ALL {
                assert_ne!(entry_way(*entry, lang).as_deref(), Some(""), "{entry}");
            }
            for level in Level::ALL {
                assert_ne!(word(lang, "level", level.code()), "", "{level}");
            }
            for season in Season::ALL {
                assert!(term_title("2026-2027", *season, lang).starts_with("2026-2027 "), "{season}");
            }
        }
        assert_eq!(TermStanding::ALL.len(), 3);
        for lang in Lang::ALL {
            for kind in PaperKind::ALL {
                assert_ne!(word(lang, "paper", kind.code()), "", "{kind}");
            }
            for fee in FeeState::ALL {
                assert_ne!(word(lang, "fee", fee.code()), "", "{fee}");
            }
        }
    }

    #[test]
    fn capitals_follow_the_language() {
        assert_eq!(capitals("Iğdır Üniversitesi", Lang::Tr), "IĞDIR ÜNİVERSİTESİ");
        assert_eq!(capitals("Example University", Lang::En), "EXAMPLE UNIVERSITY");
        let dean = Name { tr: "Dekan".to_owned(), en: "Dean".to_owned() };
        assert_eq!(on_behalf_of(&dean), Name { tr: "Dekan a.".to_owned(), en: "for the Dean".to_owned() });
    }
}
