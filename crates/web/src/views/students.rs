//! The list of students and the page of one.

use askama::Template;
use services::students::columns::StudentColumn;

use crate::components::form::{Choice, Field, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::list::ListTools;
use crate::components::record::{Action, Findings, MarkRow, Plate, TermMarks, TimelineItem};
use crate::components::{Button, Chip, Column, Direction, Empty, Fact, Ground, Note, Str, Tab, Tag, Value};
use crate::texts::Texts;

/// A filter chosen from a list.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Name in the URL and label.
    pub field: Field<'a>,
    /// What may be chosen, the first being "hepsi" with an empty value; none draws a field to type in.
    pub choices: Vec<Choice<'a>>,
}

/// One cell of a student's row.
#[derive(Clone, Debug)]
pub struct StudentCell<'a> {
    /// What stands in it; the name is drawn as a link.
    pub value: Value<'a>,
    /// The column.
    pub column: StudentColumn,
    /// Name of its column, said on a phone; empty where the value says enough.
    pub label: &'a str,
}

impl StudentCell<'_> {
    fn class(&self) -> &'static str {
        match self.column {
            StudentColumn::Number => "num",
            StudentColumn::Class | StudentColumn::EntryYear | StudentColumn::Ects | StudentColumn::Agno => {
                "r"
            }
            StudentColumn::ProgrammeCode => "nw",
            _ => "",
        }
    }

    fn is_name(&self) -> bool {
        self.column == StudentColumn::Name
    }

    /// Whether nothing stands in it; a phone leaves it out.
    fn is_void(&self) -> bool {
        matches!(self.value, Value::Missing) && !self.is_name()
    }
}

/// One row of the list.
#[derive(Clone, Debug, Default)]
pub struct StudentRow<'a> {
    /// Student number, sent when the row is chosen.
    pub number: Str<'a>,
    /// Given name and surname as now.
    pub name: Str<'a>,
    /// The student's page.
    pub href: Str<'a>,
    /// A cell for each column.
    pub cells: Vec<StudentCell<'a>>,
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
    /// What the address says beside them and a new search keeps: the order, a unit that is no choice of the reader's.
    pub kept: Vec<(&'static str, Str<'a>)>,
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
    /// Columns to choose and files to take out.
    pub tools: ListTools<'a>,
    /// What may be done with chosen rows: label and address the form posts to; empty draws no check boxes.
    pub bulk: Vec<(Str<'a>, Str<'a>)>,
    /// Tokens of that form; the chosen numbers are sent as `no`.
    pub tokens: Tokens<'a>,
}

impl<'a> StudentsPage<'a> {
    /// The heads of the columns; `sort` gives the address and direction of a sortable one.
    pub fn columns(
        t: &'a Texts,
        shown: &[StudentColumn],
        sort: impl Fn(StudentColumn) -> Option<(String, Option<Direction>)>,
    ) -> Vec<Column<'a>> {
        shown
            .iter()
            .map(|shown| {
                let label = student_column(t, *shown);
                let column = match shown {
                    StudentColumn::Class
                    | StudentColumn::EntryYear
                    | StudentColumn::Ects
                    | StudentColumn::Agno => Column::number(label),
                    _ => Column::new(label),
                };
                match sort(*shown) {
                    Some((href, sorted)) => column.sortable(href, sorted),
                    None => column,
                }
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

/// The title of a column of the list.
pub fn student_column(t: &Texts, column: StudentColumn) -> &str {
    match column {
        StudentColumn::Number => t.get("students-number"),
        StudentColumn::Name => t.get("students-name"),
        StudentColumn::Programme => t.get("students-programme"),
        StudentColumn::ProgrammeCode => t.get("students-programme-code"),
        StudentColumn::Unit => t.get("shell-unit"),
        StudentColumn::Class => t.get("students-class"),
        StudentColumn::Status => t.get("students-status"),
        StudentColumn::EntryYear => t.get("students-entry-year"),
        StudentColumn::Advisor => t.get("students-advisor"),
        StudentColumn::Ects => t.get("students-ects"),
        StudentColumn::Agno => t.get("students-agno"),
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

/// A paper handed in, one that is missing, or one to ask about.
#[derive(Clone, Debug, Default)]
pub struct PaperRow<'a> {
    /// Its name.
    pub name: Str<'a>,
    /// Opens it; empty when it is missing or not scanned.
    pub href: Str<'a>,
    /// Day and who recorded it; for one that is not there until when, in which form and for whom it is asked.
    pub note: Str<'a>,
    /// What asks for it, and what lets it come later; only for one that is not there.
    pub grounds: Vec<Ground<'a>>,
    /// In the file, missing, to be asked, waived.
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

/// The courses of a term of study that were not taken yet.
#[derive(Clone, Debug, Default)]
pub struct LeftTerm<'a> {
    /// "5. yarıyıl".
    pub title: Str<'a>,
    /// The courses.
    pub rows: Vec<MarkRow<'a>>,
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
    /// Title of what may be done or had: of the card and, shorter, of its tab.
    pub actions_title: (Str<'a>, Str<'a>),
    /// Beside it; empty for nothing.
    pub actions_hint: Str<'a>,
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
    /// Courses of the curriculum that were not taken yet, first term first.
    pub left: Vec<LeftTerm<'a>>,
    /// All enrolments of the person.
    pub enrolments: Vec<EnrolmentRow<'a>>,
    /// Papers held and missing, missing first.
    pub papers: Vec<PaperRow<'a>>,
    /// What the list of papers was compared with, or why nothing is called missing; empty for nothing to say.
    pub papers_note: Str<'a>,
    /// Said when there is no paper.
    pub papers_empty: Empty<'a>,
    /// Documents given.
    pub issued: Vec<IssuedRow<'a>>,
    /// Identity as registered beside identity as now.
    pub identity: Vec<IdentityRow<'a>>,
    /// Address, telephone, e-mail.
    pub contact: Vec<Fact<'a>>,
    /// Notes, newest first; `None` where the reader may not know of them.
    pub notes: Option<Vec<NoteRow<'a>>>,
    /// Adds a note; `None` where the role may not.
    pub note_form: Option<NoteForm<'a>>,
}

impl StudentPage<'_> {
    /// The sections in the order in which they stand on the page.
    fn tabs(&self) -> Vec<Tab<'_>> {
        let t = self.t;
        let count = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        let mut tabs: Vec<(&'static str, &str, usize)> = vec![
            ("#islemler", self.actions_title.1.as_ref(), 0),
            ("#evrak", t.get("student-papers"), self.papers.len()),
        ];
        if let Some(notes) = &self.notes {
            tabs.push(("#gise-notlari", t.get("student-notes"), notes.len()));
        }
        tabs.extend([
            ("#zaman", t.get("student-timeline"), self.timeline_total),
            ("#notlar", t.get("student-marks"), 0),
            ("#belgeler", t.get("student-issued-tab"), self.issued.len()),
            ("#ogrenimler", t.get("student-enrolments"), self.enrolments.len()),
            ("#kimlik", t.get("student-identity"), 0),
            ("#iletisim", t.get("student-contact"), 0),
        ]);
        tabs.into_iter()
            .enumerate()
            .map(|(place, (href, label, n))| Tab {
                label: label.into(),
                href: href.into(),
                count: count(n).into(),
                current: place == 0,
            })
            .collect()
    }

    fn left_count(&self) -> usize {
        self.left.iter().map(|term| term.rows.len()).sum()
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
