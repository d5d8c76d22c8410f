//! The rule book of one institution, resolved from the texts handed in.

mod entry;
mod notice;

use std::{collections::BTreeMap, sync::Arc};

use base::{
    lang::Lang,
    number::{Coefficient, Rounded, Rounding, Score},
};

use self::entry::{Declared, EntryLayer};
use crate::{
    AverageWeight, BookError, Citation, Dated, Definition, GradeLetter, GradeScale, Letter, Letterhead, Mark,
    Passing, PrivacyNotice, Problem, RepeatRule, RoundingRule, SigningOffices, Source, Sourced, TermAverage,
    Validity, When,
    reader::{Doc, Section, required},
};

/// A text of a rule book and the name by which messages call it, most often a file's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedText<'a> {
    /// The name: `universities/ornek/notlar.toml`.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// All the texts that make one institution's rule book.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProfileTexts<'a> {
    /// Lists of sources; a profile may share them with others.
    pub sources: Vec<NamedText<'a>>,
    /// What holds for every institution.
    pub national: Vec<NamedText<'a>>,
    /// What this institution has set; it prevails over the national value of the same moment.
    pub university: Vec<NamedText<'a>>,
}

/// Whose rule book it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Institution {
    /// Name of the profile: `ornek`.
    pub key: String,
    /// The institution's name.
    pub name_tr: String,
    /// The institution's name in English.
    pub name_en: String,
    /// Whether institution and rules are invented, so that nothing of it may pass for real.
    pub invented: bool,
}

/// A name in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// In Turkish.
    pub tr: String,
    /// In English.
    pub en: String,
}

impl Named {
    /// The name in one language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Tr => &self.tr,
            Lang::En => &self.en,
        }
    }
}

/// A row's value (none where it was repealed or never read) and what it rests on.
type Entry<T> = (Option<T>, Arc<Citation>);

/// One parameter through time in one layer.
type Parameter<T> = Dated<Entry<T>>;

/// A family of parameters told apart by a key such as a document kind.
type Keyed<T> = BTreeMap<String, Parameter<T>>;

/// What one body has set: the state, or the university.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Layer {
    grade_scale: Parameter<GradeScale>,
    average_weight: Parameter<AverageWeight>,
    term_average: Parameter<TermAverage>,
    repeat_rule: Parameter<RepeatRule>,
    rounding: Parameter<RoundingRule>,
    pass_score: Parameter<Score>,
    definitions: Keyed<Definition>,
    state_lines: Keyed<String>,
    letterheads: Keyed<Letterhead>,
    signing: Keyed<SigningOffices>,
    office_titles: Keyed<Named>,
    privacy_notice: Parameter<PrivacyNotice>,
    entry: EntryLayer,
}

/// The rules of one institution, each dated, cited and marked.
///
/// An accessor answers for a moment; where no row holds then, the value is absent and the citation is an
/// unverified one that names the parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    institution: Institution,
    sources: BTreeMap<String, Source>,
    declared: Declared,
    university: Layer,
    national: Layer,
}

impl Book {
    /// Reads a rule book; the first mistake is named by text, line and key, and nothing is taken.
    pub fn parse(texts: &ProfileTexts<'_>) -> Result<Self, BookError> {
        let mut sources = BTreeMap::new();
        for NamedText { name, text } in &texts.sources {
            let mut root = Doc::read(name, text)?;
            for section in root.sections("source")? {
                read_source(section, &mut sources)?;
            }
            root.end()?;
        }
        let mut declared = Declared::default();
        let national = Reading::new(&sources, &texts.national)?.layer(&mut declared)?;
        let mut reading = Reading::new(&sources, &texts.university)?;
        let institution = reading.institution()?;
        let university = reading.layer(&mut declared)?;
        Ok(Self { institution, sources, declared, university, national })
    }

    /// Whose rules they are.
    pub const fn institution(&self) -> &Institution {
        &self.institution
    }

    /// The sources by key.
    pub const fn sources(&self) -> &BTreeMap<String, Source> {
        &self.sources
    }

    /// The letters of marks.
    pub fn grade_scale(&self, when: When) -> Sourced<&GradeScale> {
        self.one("grade_scale", when, |layer| &layer.grade_scale)
    }

    /// What weighs a coefficient in ANO and AGNO.
    pub fn average_weight(&self, when: When) -> Sourced<AverageWeight> {
        copied(self.one("average_weight", when, |layer| &layer.average_weight))
    }

    /// Which courses make the average of a term.
    pub fn term_average(&self, when: When) -> Sourced<TermAverage> {
        copied(self.one("term_average", when, |layer| &layer.term_average))
    }

    /// Which attempt at a course stands.
    pub fn repeat_rule(&self, when: When) -> Sourced<RepeatRule> {
        copied(self.one("repeat_rule", when, |layer| &layer.repeat_rule))
    }

    /// How ANO and AGNO are rounded for showing.
    pub fn rounding(&self, when: When) -> Sourced<RoundingRule> {
        copied(self.one("rounding", when, |layer| &layer.rounding))
    }

    /// The lowest score out of 100 that passes a course, also one marked pass or fail.
    pub fn pass_score(&self, when: When) -> Sourced<Score> {
        copied(self.one("pass_score", when, |layer| &layer.pass_score))
    }

    /// What the regulation means by a term: `ano`, `agno`.
    pub fn definition(&self, term: &str, when: When) -> Sourced<&Definition> {
        self.keyed("definition", &[term], when, |layer| &layer.definitions)
    }

    /// The line above every institution's name on a paper in a language: `T.C.`
    pub fn state_line(&self, lang: Lang, when: When) -> Sourced<&str> {
        let Sourced { value, citation } =
            self.keyed("state_line", &[lang.code()], when, |layer| &layer.state_lines);
        Sourced { value: value.map(String::as_str), citation }
    }

    /// The institution's head of a paper in a language.
    pub fn letterhead(&self, lang: Lang, when: When) -> Sourced<&Letterhead> {
        self.keyed("letterhead", &[lang.code()], when, |layer| &layer.letterheads)
    }

    /// Who signs a kind of paper; the rule of `*` where the kind has none of its own.
    pub fn signing_offices(&self, kind: &str, when: When) -> Sourced<&SigningOffices> {
        self.keyed("signing", &[kind, "*"], when, |layer| &layer.signing)
    }

    /// What the holder of an office is called in a unit of this kind: dean in a faculty, director in a school.
    pub fn office_title(&self, office: &str, unit_kind: &str, when: When) -> Sourced<&Named> {
        let exact = format!("{office}@{unit_kind}");
        self.keyed("office_title", &[&exact, office], when, |layer| &layer.office_titles)
    }

    fn one<'a, T>(
        &'a self,
        parameter: &str,
        when: When,
        of: impl Fn(&'a Layer) -> &'a Parameter<T>,
    ) -> Sourced<&'a T> {
        let entry = of(&self.university).at(when).or_else(|| of(&self.national).at(when));
        sourced(parameter, entry)
    }

    fn keyed<'a, T>(
        &'a self,
        parameter: &str,
        keys: &[&str],
        when: When,
        of: impl Fn(&'a Layer) -> &'a Keyed<T>,
    ) -> Sourced<&'a T> {
        // What the university says in general still prevails over what the state says in particular.
        let layers = [of(&self.university), of(&self.national)];
        let entry = layers.iter().find_map(|layer| keys.iter().find_map(|key| layer.get(*key)?.at(when)));
        sourced(parameter, entry)
    }
}

fn sourced<'a, T>(parameter: &str, entry: Option<&'a Entry<T>>) -> Sourced<&'a T> {
    match entry {
        Some((value, citation)) => Sourced { value: value.as_ref(), citation: Arc::clone(citation) },
        None => Sourced { value: None, citation: Arc::new(Citation::missing(parameter)) },
    }
}

fn copied<T: Copy>(found: Sourced<&T>) -> Sourced<T> {
    Sourced { value: found.value.copied(), citation: found.citation }
}

fn read_source(mut section: Section<'_>, sources: &mut BTreeMap<String, Source>) -> Result<(), BookError> {
    let source = Source {
        key: section.text("key")?,
        title: section.text("title")?,
        short: section.text("short")?,
        title_en: section.text_or_none("title_en")?,
        short_en: section.text_or_none("short_en")?,
        url: section.text_or_none("url")?,
        read_on: section.date("read_on")?,
        extent: section.text_or_none("extent")?,
    };
    if sources.contains_key(&source.key) {
        return Err(section.wrong(Problem::SourceTwice(source.key)));
    }
    section.end()?;
    sources.insert(source.key.clone(), source);
    Ok(())
}

/// The texts of one layer while they are being read.
struct Reading<'a> {
    sources: &'a BTreeMap<String, Source>,
    roots: Vec<Section<'a>>,
}

impl<'a> Reading<'a> {
    fn new(sources: &'a BTreeMap<String, Source>, texts: &[NamedText<'a>]) -> Result<Self, BookError> {
        let roots = texts.iter().map(|t| Doc::read(t.name, t.text)).collect::<Result<_, _>>()?;
        Ok(Self { sources, roots })
    }

    fn institution(&mut self) -> Result<Institution, BookError> {
        let mut found = None;
        for root in &mut self.roots {
            found = root.section("institution")?;
            if found.is_some() {
                break;
            }
        }
        let Some(mut section) = found else {
            let missing = BookError {
                file: String::from("universities"),
                line: 1,
                key: String::from("institution"),
                problem: Problem::Missing,
            };
            return Err(self
                .roots
                .first()
                .map_or(missing, |r| r.wrong_at(r.at(), "institution", Problem::Missing)));
        };
        let institution = Institution {
            key: section.text("key")?,
            name_tr: section.text("name_tr")?,
            name_en: section.text("name_en")?,
            invented: section.flag("invented", false)?,
        };
        section.end()?;
        Ok(institution)
    }

    fn layer(mut self, declared: &mut Declared) -> Result<Layer, BookError> {
        let layer = Layer {
            grade_scale: self
                .parameter("grade_scale", |reading, section, citation| reading.scale(section, citation))?,
            average_weight: self.parameter("average_weight", |_, section, _| {
                section.word("value", &[("ects", AverageWeight::Ects), ("credit", AverageWeight::Credit)])
            })?,
            term_average: self.parameter("term_average", |_, section, _| {
                section.word("value", &[("taken", TermAverage::Taken), ("assigned", TermAverage::Assigned)])
            })?,
            repeat_rule: self.parameter("repeat_rule", |_, section, _| {
                section.word("value", &[("last", RepeatRule::Last), ("best", RepeatRule::Best)])
            })?,
            rounding: self.parameter("rounding", |_, section, _| read_rounding(section))?,
            pass_score: self
                .parameter("pass_score", |_, section, _| section.number("value", Score::parse))?,
            definitions: self.keyed(
                "definition",
                |section| section.text("term"),
                |_, section, _| Ok(both(section)?.map(|Named { tr, en }| Definition { tr, en })),
            )?,
            state_lines: self
                .keyed("state_line", read_lang, |_, section, _| section.text_or_none("value"))?,
            letterheads: self.keyed("letterhead", read_lang, |_, section, _| read_letterhead(section))?,
            signing: self.keyed(
                "signing",
                |section| section.text("document"),
                |_, section, _| {
                    let offices = section.texts("offices")?;
                    Ok(if offices.is_empty() { None } else { Some(SigningOffices { offices }) })
                },
            )?,
            office_titles: self.keyed(
                "office_title",
                |section| {
                    let office = section.text("office")?;
                    let unit_kind = section.text_or_none("unit_kind")?;
                    Ok(unit_kind.map_or_else(|| office.clone(), |kind| format!("{office}@{kind}")))
                },
                |_, section, _| both(section),
            )?,
            privacy_notice: self.parameter("privacy_notice", |_, section, _| notice::read(section))?,
            entry: self.entry(declared)?,
        };
        for root in self.roots {
            root.end()?;
        }
        Ok(layer)
    }

    /// The rows of one parameter in all texts of the layer.
    fn parameter<T: Clone>(
        &mut self,
        name: &str,
        value: impl Fn(&Self, &mut Section<'a>, &Citation) -> Result<Option<T>, BookError>,
    ) -> Result<Parameter<T>, BookError> {
        let mut keyed = self.keyed(name, |_| Ok(String::new()), value)?;
        Ok(keyed.remove("").unwrap_or_default())
    }

    fn keyed<T: Clone>(
        &mut self,
        name: &str,
        key: impl Fn(&mut Section<'a>) -> Result<String, BookError>,
        value: impl Fn(&Self, &mut Section<'a>, &Citation) -> Result<Option<T>, BookError>,
    ) -> Result<Keyed<T>, BookError> {
        self.keyed_many(name, |section| Ok(vec![key(section)?]), value)
    }

    /// The rows of a family of parameters, each of which may hold for several keys.
    fn keyed_many<T: Clone>(
        &mut self,
        name: &str,
        keys: impl Fn(&mut Section<'a>) -> Result<Vec<String>, BookError>,
        value: impl Fn(&Self, &mut Section<'a>, &Citation) -> Result<Option<T>, BookError>,
    ) -> Result<Keyed<T>, BookError> {
        let mut sections = Vec::new();
        for root in &mut self.roots {
            sections.extend(root.sections(name)?);
        }
        let mut rows: BTreeMap<String, Vec<(Validity, Entry<T>)>> = BTreeMap::new();
        for mut section in sections {
            let keys = keys(&mut section)?;
            let validity = read_validity(&mut section)?;
            let repealed = section.flag("repealed", false)?;
            let citation = self.citation(&mut section, None)?;
            // A repealed row has no value; one that stands there all the same is a key that nobody takes.
            let value = if repealed { None } else { value(self, &mut section, &citation)? };
            if value.is_none() && citation.mark.is_verified() && !repealed {
                return Err(section.wrong_at(section.at(), "value", Problem::Missing));
            }
            for key in &keys {
                let rows = rows.entry(key.clone()).or_default();
                if let Some(first) = rows.iter().position(|(other, _)| other.overlaps(&validity)) {
                    return Err(section.wrong(crate::Overlap { first, second: rows.len() }));
                }
            }
            section.end()?;
            let entry = (value, Arc::new(citation));
            for key in keys {
                rows.entry(key).or_default().push((validity, entry.clone()));
            }
        }
        let dated = |rows| Dated::new(rows).unwrap_or_default();
        // Overlaps were refused above, with their place.
        Ok(rows.into_iter().map(|(key, rows)| (key, dated(rows))).collect())
    }

    /// The citation of a row; what it does not say itself it takes over from the table around it.
    fn citation(&self, section: &mut Section<'a>, around: Option<&Citation>) -> Result<Citation, BookError> {
        let words: Vec<(&str, Mark)> = Mark::ALL.iter().map(|mark| (mark.code(), *mark)).collect();
        let mark = section.word("mark", &words)?.or(around.map(|c| c.mark));
        let mark = required(mark, section, "mark")?;
        let source = section.text_at("source")?;
        let own = |key: &mut Option<String>, outer: fn(&Citation) -> &String| {
            key.take().or_else(|| around.map(|c| outer(c).clone()))
        };
        let mut article = section.text_or_none("article")?;
        let mut rule = section.text_or_none("rule")?;
        let (source, text) = match source {
            Some((at, key)) => match self.sources.get(&key) {
                Some(source) => (key, source.short.clone()),
                None => return Err(section.wrong_at(at, "source", Problem::NoSuchSource(key))),
            },
            None => around.map(|c| (c.source.clone(), c.text.clone())).unwrap_or_default(),
        };
        let article = own(&mut article, |c| &c.article).unwrap_or_default();
        if mark.is_verified() && (source.is_empty() || article.is_empty()) {
            return Err(section.wrong_at(section.at(), "source", Problem::Uncited(mark.code())));
        }
        let rule = required(own(&mut rule, |c| &c.rule), section, "rule")?;
        Ok(Citation { source, text, article, rule, mark })
    }

    fn scale(&self, section: &mut Section<'a>, citation: &Citation) -> Result<Option<GradeScale>, BookError> {
        let mut letters = Vec::new();
        for row in section.sections("letters")? {
            letters.push(self.letter(row, citation)?);
        }
        if letters.is_empty() && !citation.mark.is_verified() {
            return Ok(None);
        }
        GradeScale::new(letters).map(Some).map_err(|problem| section.wrong(problem))
    }

    fn letter(&self, mut row: Section<'a>, scale: &Citation) -> Result<GradeLetter, BookError> {
        let letter = row.number("letter", Letter::parse)?;
        let min = row.number("min", Score::parse)?;
        let max = row.number("max", Score::parse)?;
        let passing = row.word(
            "pass",
            &[("yes", Passing::Yes), ("conditional", Passing::Conditional), ("no", Passing::No)],
        )?;
        let range = match (min, max) {
            (None, None) => None,
            (min, max) => Some((required(min, &row, "min")?, required(max, &row, "max")?)),
        };
        let read = GradeLetter {
            letter: required(letter, &row, "letter")?,
            coefficient: row.number("coefficient", Coefficient::parse)?,
            range,
            passing: required(passing, &row, "pass")?,
            in_average: row.flag("in_average", true)?,
            counts_credit: row.flag("counts_credit", true)?,
            is_final: row.flag("is_final", true)?,
            name_tr: row.text("tr")?,
            name_en: row.text("en")?,
            citation: Arc::new(self.citation(&mut row, Some(scale))?),
        };
        row.end()?;
        Ok(read)
    }
}

fn read_validity(section: &mut Section<'_>) -> Result<Validity, BookError> {
    let validity = Validity {
        from: section.date("from")?,
        to: section.date("to")?,
        entry_from: section.whole("entry_from")?,
        entry_to: section.whole("entry_to")?,
    };
    if validity.is_empty() { Err(section.wrong(Problem::EmptyValidity)) } else { Ok(validity) }
}

fn read_rounding(section: &mut Section<'_>) -> Result<Option<RoundingRule>, BookError> {
    let how = section.word("value", &[("half_up", Rounding::HalfUp), ("truncate", Rounding::Truncate)])?;
    let Some(how) = how else { return Ok(None) };
    let decimals = section.number("decimals", |written| {
        let decimals = written.parse::<u8>().ok().filter(|d| *d <= Rounded::MOST_DECIMALS);
        decimals.ok_or(Problem::Kind("0 ile 9 arasında tam sayı"))
    })?;
    Ok(Some(RoundingRule { how, decimals: required(decimals, section, "decimals")? }))
}

fn read_lang(section: &mut Section<'_>) -> Result<String, BookError> {
    let lang = section.word("lang", &[("tr", Lang::Tr), ("en", Lang::En)])?;
    Ok(required(lang, section, "lang")?.code().to_owned())
}

fn read_letterhead(section: &mut Section<'_>) -> Result<Option<Letterhead>, BookError> {
    let Some(institution) = section.text_or_none("institution")? else {
        return Ok(None);
    };
    Ok(Some(Letterhead { institution, place: section.text("place")?, contact: section.texts("contact")? }))
}

fn both(section: &mut Section<'_>) -> Result<Option<Named>, BookError> {
    let Some(tr) = section.text_or_none("tr")? else {
        return Ok(None);
    };
    Ok(Some(Named { tr, en: section.text("en")? }))
}

#[cfg(test)]
mod tests;
