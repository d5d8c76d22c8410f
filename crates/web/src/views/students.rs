//! The list of students and the page of one.

use askama::Template;

use crate::components::form::{Choice, Field, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::record::{Action, Findings, Plate, TermMarks, TimelineItem};
use crate::components::{Button, Chip, Column, Empty, Fact, Ground, Note, Str, Tab, Tag};
use crate::texts::Texts;

/// A filter chosen from a list.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Name in the URL and label.
    pub field: Field<'a>,
    /// What may be chosen, the first being "hepsi" with an empty value; none draws a field to type in.
    pub choices: Vec<Choice<'a>>,
}

/// One row of the list.
#[derive(Clone, Debug, Default)]
pub struct StudentRow<'a> {
    /// Student number, also the value sent when the row is chosen.
    pub number: Str<'a>,
    /// Surname and name as now.
    pub name: Str<'a>,
    /// The student's page.
    pub href: Str<'a>,
    /// Programme.
    pub programme: Str<'a>,
    /// Class.
    pub class: Str<'a>,
    /// Status.
    pub status: Tag<'a>,
    /// AKTS earned.
    pub ects: Str<'a>,
    /// AGNO.
    pub agno: Str<'a>,
}

/// `/ogrenciler`: every filter is in the URL, so a link reproduces the list.
#[derive(Template)]
#[template(path = "pages/students/students.html")]
pub struct StudentsPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// "20.000 öğrenci" or "449 öğrenci bulundu".
    pub count: Str<'a>,
    /// What was searched as `q`.
    pub query: Str<'a>,
    /// What was searched as `soyad`.
    pub surname: Str<'a>,
    /// The selects.
    pub filters: Vec<Filter<'a>>,
    /// Filters in force, each removable.
    pub chips: Vec<Chip<'a>>,
    /// The list without any filter; used when there are chips.
    pub clear: Str<'a>,
    /// The columns with their sorting, in the order of [`StudentRow`]: use [`StudentsPage::columns`].
    pub columns: Vec<Column<'a>>,
    /// The rows.
    pub rows: Vec<StudentRow<'a>>,
    /// The list from the next row on; empty at the end.
    pub more: Str<'a>,
    /// Said when there is no row.
    pub empty: Empty<'a>,
    /// XLSX, CSV: all rows of the filter.
    pub exports: Vec<Button<'a>>,
    /// What may be done with chosen rows: label and address the form posts to; empty draws no check boxes.
    pub bulk: Vec<(Str<'a>, Str<'a>)>,
    /// Tokens of that form; the chosen numbers are sent as `no`.
    pub tokens: Tokens<'a>,
}

impl<'a> StudentsPage<'a> {
    /// The heads of the columns; `sort` gives the address and direction of a sortable one by its key
    /// (`no`, `ad`, `program`, `sinif`, `durum`, `akts`, `agno`).
    pub fn columns(
        t: &'a Texts,
        sort: impl Fn(&str) -> Option<(String, Option<crate::components::Direction>)>,
    ) -> Vec<Column<'a>> {
        [
            ("no", Column::new(t.get("students-number"))),
            ("ad", Column::new(t.get("students-name"))),
            ("program", Column::new(t.get("students-programme"))),
            ("sinif", Column::number(t.get("students-class"))),
            ("durum", Column::new(t.get("students-status"))),
            ("akts", Column::number(t.get("students-ects"))),
            ("agno", Column::number(t.get("students-agno"))),
        ]
        .into_iter()
        .map(|(key, column)| match sort(key) {
            Some((href, sorted)) => column.sortable(href, sorted),
            None => column,
        })
        .collect()
    }

    fn query_field(&self) -> Field<'_> {
        Field::new("q", self.t.get("students-query")).value(self.query.as_ref()).optional().max(100)
    }

    fn surname_field(&self) -> Field<'_> {
        Field::new("soyad", self.t.get("students-surname")).value(self.surname.as_ref()).optional().max(60)
    }

    fn width(&self) -> usize {
        self.columns.len() + usize::from(!self.bulk.is_empty())
    }
}

/// One enrolment of the person.
#[derive(Clone, Debug, Default)]
pub struct EnrolmentRow<'a> {
    /// Student number.
    pub number: Str<'a>,
    /// Its page; unused for the current one.
    pub href: Str<'a>,
    /// The page shows this one.
    pub current: bool,
    /// Programme and level.
    pub programme: Str<'a>,
    /// "Ana program", "ÇAP, ana programı 2412040187"; empty for none.
    pub note: Str<'a>,
    /// Kind and day of entry.
    pub entry: Str<'a>,
    /// Status.
    pub status: Tag<'a>,
    /// Since when.
    pub since: Str<'a>,
}

/// A paper handed in, or one that is missing.
#[derive(Clone, Debug, Default)]
pub struct PaperRow<'a> {
    /// Its name.
    pub name: Str<'a>,
    /// Opens it; empty when it is missing or not scanned.
    pub href: Str<'a>,
    /// Day, file-plan code, place; for a missing one why it is asked.
    pub note: Str<'a>,
    /// In the file, missing, to be judged.
    pub state: Tag<'a>,
}

/// A document given to the student.
#[derive(Clone, Debug, Default)]
pub struct IssuedRow<'a> {
    /// Kind and language.
    pub kind: Str<'a>,
    /// Number of the year.
    pub number: Str<'a>,
    /// Its page.
    pub href: Str<'a>,
    /// Day of issue.
    pub date: Str<'a>,
    /// Who issued it.
    pub by: Str<'a>,
    /// Valid, superseded, cancelled.
    pub state: Tag<'a>,
    /// Reprint and the like.
    pub buttons: Vec<Button<'a>>,
}

/// One piece of identity, frozen and as now.
#[derive(Clone, Debug, Default)]
pub struct IdentityRow<'a> {
    /// Name of the field.
    pub label: Str<'a>,
    /// As registered.
    pub registered: Str<'a>,
    /// As now; empty when it is the same.
    pub now: Str<'a>,
    /// Who changed it and when; empty when it is the same.
    pub note: Str<'a>,
    /// On what ground.
    pub ground: Option<Ground<'a>>,
}

/// A note of the counter.
#[derive(Clone, Debug, Default)]
pub struct NoteRow<'a> {
    /// What was written.
    pub text: Str<'a>,
    /// Who and when.
    pub by: Str<'a>,
}

/// The form that adds a note; posts `not`.
#[derive(Clone, Debug, Default)]
pub struct NoteForm<'a> {
    /// Where it posts.
    pub action: Str<'a>,
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// The field, with an error where the last sending had one.
    pub field: Field<'a>,
}

/// `/ogrenci/<number>`: everything about one enrolment on one page.
#[derive(Template)]
#[template(path = "pages/students/student.html")]
pub struct StudentPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The head.
    pub plate: Plate<'a>,
    /// Holds and warnings that must be read first.
    pub notices: Vec<Note<'a>>,
    /// What may be done now, and why not where not.
    pub actions: Vec<Action<'a>>,
    /// The rules of the action that was asked about.
    pub findings: Option<Findings<'a>>,
    /// The stream, newest first.
    pub timeline: Vec<TimelineItem<'a>>,
    /// How many entries there are in all.
    pub timeline_total: usize,
    /// The whole stream; empty when all of it is shown.
    pub timeline_all: Str<'a>,
    /// Curriculum, AGNO, AKTS and the like above the terms.
    pub marks_facts: Vec<Fact<'a>>,
    /// The terms, newest first.
    pub terms: Vec<TermMarks<'a>>,
    /// All enrolments of the person.
    pub enrolments: Vec<EnrolmentRow<'a>>,
    /// Papers held and missing, missing first.
    pub papers: Vec<PaperRow<'a>>,
    /// Documents given.
    pub issued: Vec<IssuedRow<'a>>,
    /// Identity as registered beside identity as now.
    pub identity: Vec<IdentityRow<'a>>,
    /// Address, telephone, e-mail.
    pub contact: Vec<Fact<'a>>,
    /// Notes, newest first.
    pub notes: Vec<NoteRow<'a>>,
    /// Adds a note; `None` where the role may not.
    pub note_form: Option<NoteForm<'a>>,
}

impl StudentPage<'_> {
    fn tabs(&self) -> Vec<Tab<'_>> {
        let count = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        [
            ("#islemler", "student-counter", 0),
            ("#gise-notlari", "student-notes", self.notes.len()),
            ("#zaman", "student-timeline", self.timeline_total),
            ("#notlar", "student-marks", 0),
            ("#evrak", "student-papers", self.papers.len()),
            ("#belgeler", "student-issued-tab", self.issued.len()),
            ("#ogrenimler", "student-enrolments", self.enrolments.len()),
            ("#kimlik", "student-identity", 0),
            ("#iletisim", "student-contact", 0),
        ]
        .into_iter()
        .enumerate()
        .map(|(place, (href, key, n))| Tab {
            label: self.t.get(key).into(),
            href: href.into(),
            count: count(n).into(),
            current: place == 0,
        })
        .collect()
    }

    fn columns(&self, keys: &[&'static str]) -> Vec<Column<'_>> {
        keys.iter().map(|key| Column::new(self.t.get(key))).collect()
    }

    fn empty(&self, icon: &'static str, title: &'static str, text: &'static str) -> Empty<'_> {
        Empty::new(icon, self.t.get(title), self.t.get(text))
    }

    fn timeline_all_text(&self) -> String {
        self.t.count("student-timeline-all", self.timeline_total)
    }
}
