//! The papers on a student's page: held, missing until when and under which article, and to be asked about.

use base::time::{Date, date_tr, local_date};
use domain::{
    enrolments::EntryKind,
    papers::{Coverage, Doubt, Due, Need, PaperLine, PaperStanding, RequiredPaper},
};
use regulations::{Book, Citation, Stage};
use services::{Action as May, students::open::StudentPage as Opened};
use storage::papers::HeldPaper;

use crate::{
    components::{Empty, Ground, Str, Tag},
    texts::Texts,
    views::students::PaperRow,
    words,
};

/// The lines, missing first.
pub(super) fn rows<'a>(t: &'a Texts, s: &'a Opened, base: &str) -> Vec<PaperRow<'a>> {
    s.papers.lines.iter().map(|line| row(t, s, line, base)).collect()
}

fn row<'a>(t: &'a Texts, s: &'a Opened, line: &'a PaperLine, base: &str) -> PaperRow<'a> {
    let held = line.held.and_then(|place| s.held.get(place));
    let may_open = s.may.contains(&May::KeepPapers);
    let there = matches!(line.standing, PaperStanding::Held | PaperStanding::Waived);
    let asked = line.required.as_ref().filter(|_| !there);
    let mut note: Vec<String> = held.map(recorded).into_iter().collect();
    let day = s.file.last_day(line).filter(|_| line.standing == PaperStanding::Missing).map(|(day, _)| day);
    note.extend(day.map(|day| last_day(t, s, day)));
    note.extend(asked.into_iter().flat_map(|asked| what_is_asked(t, s, asked, day.is_none())));
    PaperRow {
        name: held
            .and_then(|paper| paper.description.as_deref())
            .filter(|words| !words.is_empty())
            .unwrap_or_else(|| t.variant("paper", line.kind.code()))
            .into(),
        href: held
            .and_then(|paper| paper.file)
            .filter(|_| may_open)
            .map(|file| format!("{base}/evrak/{file}"))
            .unwrap_or_default()
            .into(),
        note: note.join(" · ").into(),
        grounds: asked.map(|asked| grounds(t, asked)).unwrap_or_default(),
        state: match held {
            Some(paper) if paper.returned_on.is_some() => Tag::na(t.get("desk-paper-back")),
            Some(paper) => words::paper_state(t, paper.state),
            None => standing(t, line.standing),
        },
    }
}

fn recorded(paper: &HeldPaper) -> String {
    format!("{} · {}", date_tr(local_date(paper.noted_at)), paper.noted_by)
}

fn standing(t: &Texts, standing: PaperStanding) -> Tag<'_> {
    let word = t.variant("paper-standing", standing.code());
    match standing {
        PaperStanding::Missing => Tag::no(word),
        PaperStanding::ToAsk => Tag::ask(word),
        PaperStanding::Held => Tag::ok(word),
        PaperStanding::Waived => Tag::na(word),
    }
}

fn last_day(t: &Texts, s: &Opened, day: Date) -> String {
    let key = if day < s.today { "student-paper-over" } else { "student-paper-due" };
    t.fmt(key, &[("date", &date_tr(day))])
}

/// For whom and in which form; until when, where nobody set a day.
fn what_is_asked(t: &Texts, s: &Opened, asked: &RequiredPaper, without_day: bool) -> Vec<String> {
    let mut out = Vec::new();
    match &asked.need {
        Need::Certain if !without_day => {}
        Need::Certain => out.push(until(t, s, &asked.due)),
        Need::Ask(Doubt { unverified, conditions }) => {
            if !conditions.is_empty() {
                let words: Vec<&str> = conditions.iter().map(|c| t.variant("condition", c.code())).collect();
                out.push(t.fmt("student-paper-ask-condition", &[("conditions", &words.join(", "))]));
            }
            if *unverified {
                out.push(t.get("student-paper-ask-unverified").to_owned());
            }
        }
    }
    out.extend(asked.original.map(|original| t.variant("original", original.code()).to_owned()));
    out.extend(
        asked.max_age_months.map(|months| t.fmt("student-paper-age", &[("months", &months.to_string())])),
    );
    out.extend(asked.note.as_ref().map(|note| note.name(t.lang()).to_owned()));
    out
}

fn until(t: &Texts, s: &Opened, due: &Due) -> String {
    let entered_on = s.enrolment.entered_on;
    match due {
        Due::AtOnce(Stage::Registration) => {
            t.fmt("student-paper-due-registration", &[("date", &date_tr(entered_on))])
        }
        Due::AtOnce(Stage::Application) => t.get("student-paper-due-application").to_owned(),
        Due::Until(day, _) => {
            let key =
                if due.is_over(entered_on, s.today) { "student-paper-over" } else { "student-paper-due" };
            t.fmt(key, &[("date", &date_tr(*day))])
        }
        Due::LaterUnknown(_) => t.get("student-paper-due-unknown").to_owned(),
    }
}

fn grounds<'a>(t: &Texts, asked: &RequiredPaper) -> Vec<Ground<'a>> {
    let later = match &asked.due {
        Due::Until(_, citation) | Due::LaterUnknown(citation) if asked.need == Need::Certain => {
            Some(citation)
        }
        _ => None,
    };
    std::iter::once(&asked.citation)
        .chain(later)
        .map(|citation| Ground::named(article(t, citation)))
        .collect()
}

/// A citation in the reader's language: one that nobody has read says so.
fn article(t: &Texts, citation: &Citation) -> String {
    if citation.mark.is_verified() {
        citation.to_string()
    } else {
        t.fmt("student-paper-unread", &[("rule", &citation.rule)])
    }
}

/// What the list was compared with, or why nothing is called missing.
pub(super) fn note<'a>(t: &'a Texts, s: &Opened, book: &Book) -> Str<'a> {
    let entered_on = s.enrolment.entered_on;
    let way = s.file.way_of_entry();
    let compared = |key: &str| {
        let rule = book.entry_rule(way.code(), s.file.when(entered_on)).value;
        let entry = rule.map_or_else(|| t.variant("entry", way.code()), |rule| rule.name.name(t.lang()));
        t.fmt(key, &[("entry", entry), ("date", &date_tr(entered_on))]).into()
    };
    match s.papers.coverage {
        Coverage::Whole if way == EntryKind::Records => t.get("student-papers-guessed").into(),
        Coverage::Whole => compared("student-papers-whole"),
        Coverage::NoList => compared("student-papers-no-list"),
        Coverage::Ended => t.get("student-papers-ended").into(),
        // Said by the empty list itself.
        Coverage::NotListedHere => "".into(),
    }
}

/// Said where there is no line.
pub(super) fn empty<'a>(t: &'a Texts, s: &Opened) -> Empty<'a> {
    let words = |title, text| Empty::new("folder", t.get(title), t.get(text));
    match s.papers.coverage {
        Coverage::NotListedHere => words("student-papers-elsewhere", "student-papers-elsewhere-text"),
        _ => words("student-papers-empty", "student-papers-empty-text"),
    }
}

#[cfg(test)]
mod tests {
    use base::lang::Lang;
    use regulations::{Condition, Original};

    use super::*;
    use crate::texts::Languages;

    #[test]
    fn every_word_of_the_rule_book_has_a_text() {
        let languages = Languages::load(&[]).expect("texts");
        for lang in Lang::ALL {
            let t = languages.of(lang);
            for condition in Condition::ALL {
                t.variant("condition", condition.code());
            }
            for original in Original::ALL {
                t.variant("original", original.code());
            }
            for standing in PaperStanding::ALL {
                t.variant("paper-standing", standing.code());
            }
            for entry in EntryKind::ALL {
                t.variant("entry", entry.code());
            }
            for paper in domain::papers::PaperKind::ALL {
                t.variant("paper", paper.code());
            }
            assert_eq!(t.missing(), Vec::<String>::new());
        }
    }
}
