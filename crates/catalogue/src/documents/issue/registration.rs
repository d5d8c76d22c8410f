//! The registration at the desk, as the papers of the day tell of it.

use base::{lang::Lang, time::date_tr};
use domain::{
    enrolments::EnrolmentStatus,
    papers::{Coverage, PaperKind, PaperStanding},
    registration::FeeState,
    student_file::{OwedPaper, RegistrationFacts, StudentFile},
};
use regulations::Book;

use super::{word, words};
use crate::documents::common::{Owed, Registration};

/// What was noted at the desk, in words.
pub(in crate::documents) fn registration(
    file: &StudentFile,
    made: &RegistrationFacts,
    book: &Book,
    lang: Lang,
) -> Registration {
    let is_provisional = file.status == EnrolmentStatus::Provisional;
    let kind = if is_provisional { "registration-provisional" } else { "registration-final" };
    Registration {
        kind: words().label(lang, kind).to_owned(),
        made_on: date_tr(made.made_on),
        made_by: made.made_by.clone(),
        until: made.provisional_until.filter(|_| is_provisional).map(date_tr),
        fee: fee(made, lang),
        notice: match made.notice_read_on {
            Some(day) => words().sentence(lang, "notice-read", &[("date", &date_tr(day))]),
            None => words().label(lang, "notice-unread").to_owned(),
        },
        papers: papers(file, book, lang),
    }
}

/// `Ödendi, 1.234,50 TL, D 17, 20.11.2026`.
fn fee(made: &RegistrationFacts, lang: Lang) -> String {
    let mut parts = vec![word(lang, "fee", made.fee.code())];
    if matches!(made.fee, FeeState::Paid | FeeState::Exempt) {
        parts.extend(made.fee_amount.map(lira));
        parts.push(made.receipt.trim().to_owned());
        parts.extend(made.paid_on.map(date_tr));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// Kuruş as money is printed: `1.234,50 TL`.
fn lira(kurus: i64) -> String {
    let whole = (kurus / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02} TL", kurus % 100)
}

/// How many papers are owed, or that none is; nothing where nobody can say.
fn papers(file: &StudentFile, book: &Book, lang: Lang) -> Option<String> {
    let list = file.registration_papers(book)?;
    match list.count(PaperStanding::Missing) {
        0 if list.coverage == Coverage::Whole && list.count(PaperStanding::ToAsk) == 0 => {
            Some(words().label(lang, "papers-whole").to_owned())
        }
        0 => None,
        n => Some(words().sentence(lang, "papers-missing", &[("n", &n.to_string())])),
    }
}

/// The papers that are owed, as a table shows them.
pub(in crate::documents) fn owed(file: &StudentFile, book: &Book, lang: Lang) -> Vec<Owed> {
    file.owed_papers(book).into_iter().map(|paper| line(paper, lang)).collect()
}

/// What a paper is called: in the words of who recorded it, where it is of no known kind.
pub(in crate::documents) fn paper_name(kind: PaperKind, description: Option<&str>, lang: Lang) -> String {
    description.map_or_else(|| word(lang, "paper", kind.code()), str::to_owned)
}

fn line(paper: OwedPaper, lang: Lang) -> Owed {
    Owed {
        name: paper_name(paper.kind, paper.description.as_deref(), lang),
        form: paper.original.map(|form| word(lang, "original", form.code())),
        due: paper.due_on.map(date_tr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_printed_as_people_write_it() {
        let shown = [5, 100, 123_450, 100_000_000].map(lira);
        assert_eq!(shown, ["0,05 TL", "1,00 TL", "1.234,50 TL", "1.000.000,00 TL"]);
    }
}
