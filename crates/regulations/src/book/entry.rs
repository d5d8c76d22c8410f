//! The tables on ways of entry: reading them, and asking about one way of entry.
//!
//! A row may name several ways of entry and holds for each of them. What the university says of one way and one
//! paper (field, right, report) prevails over what the state says of the same; the others stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Book, Keyed, Layer, Named, Parameter, Reading, both, copied, sourced};
use crate::{
    Arrival, BookError, Condition, DeskCheck, DeskEffect, EntryField, EntryPaper, EntryRight, EntryRule,
    FeeBasis, Original, Problem, Report, ReportRule, Sourced, Span, Stage, Stay, TemporaryRegistration, When,
    reader::{Section, required},
};

/// What one body has set about ways of entry. The keys are `way` and `way/part`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct EntryLayer {
    rules: Keyed<EntryRule>,
    papers: Keyed<EntryPaper>,
    temporary: Keyed<TemporaryRegistration>,
    fields: Keyed<bool>,
    rights: Keyed<bool>,
    reports: Keyed<ReportRule>,
    stays: Keyed<Span>,
    fees: Keyed<FeeBasis>,
    numbers: Keyed<String>,
    yoksis: Keyed<String>,
    former: Keyed<String>,
    desk: Keyed<DeskEffect>,
    schemes: Keyed<String>,
    programmes: Keyed<BTreeSet<String>>,
}

/// The codes that rows may use: what is declared, by the state or by the university itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Declared {
    entries: BTreeSet<String>,
    papers: Vec<String>,
}

fn part(entry: &str, part: &str) -> String {
    format!("{entry}/{part}")
}

impl Book {
    /// The codes of every way of entry, in the order of the alphabet.
    pub fn entry_kinds(&self) -> impl Iterator<Item = &str> {
        self.declared.entries.iter().map(String::as_str)
    }

    /// The codes of every paper that tables may ask for, in the order in which the rule book lists them.
    pub fn student_papers(&self) -> impl Iterator<Item = &str> {
        self.declared.papers.iter().map(String::as_str)
    }

    /// What a way of entry is.
    pub fn entry_rule(&self, entry: &str, when: When) -> Sourced<&EntryRule> {
        self.keyed("entry_kind", &[entry], when, |layer| &layer.entry.rules)
    }

    /// The papers that a way of entry asks for, by code, in the order in which the rule book lists papers.
    ///
    /// Nothing where no row of the way of entry holds then: what is asked is not known. An empty list says that
    /// nothing is asked.
    pub fn entry_papers(&self, entry: &str, when: When) -> Option<Vec<(&str, Sourced<&EntryPaper>)>> {
        let mut known = false;
        let mut found = Vec::new();
        for paper in &self.declared.papers {
            let key = part(entry, paper);
            let Some(row) = self.row(&key, when, |layer| &layer.entry.papers) else { continue };
            known = true;
            if row.0.is_some() {
                found.push((paper.as_str(), sourced("entry_paper", Some(row))));
            }
        }
        known.then_some(found)
    }

    /// Whether a paper may come after a temporary registration, and until when.
    pub fn temporary_registration(
        &self,
        entry: &str,
        paper: &str,
        when: When,
    ) -> Sourced<TemporaryRegistration> {
        let key = part(entry, paper);
        copied(self.keyed("temporary_registration", &[&key], when, |layer| &layer.entry.temporary))
    }

    /// The fields that are written down at entry, each with whether it must be.
    pub fn entry_fields(&self, entry: &str, when: When) -> Vec<(EntryField, Sourced<bool>)> {
        let of = |field: &EntryField| {
            let row = self.row(&part(entry, field.code()), when, |layer| &layer.entry.fields)?;
            Some((*field, copied(sourced("entry_field", Some(row)))))
        };
        EntryField::ALL.iter().filter_map(of).collect()
    }

    /// Whether enrolments of a way of entry have a right.
    pub fn entry_right(&self, entry: &str, right: EntryRight, when: When) -> Sourced<bool> {
        let key = part(entry, right.code());
        copied(self.keyed("entry_right", &[&key], when, |layer| &layer.entry.rights))
    }

    /// Whether and how soon a registration is reported to somebody.
    pub fn entry_report(&self, entry: &str, to: Report, when: When) -> Sourced<ReportRule> {
        let key = part(entry, to.code());
        copied(self.keyed("entry_report", &[&key], when, |layer| &layer.entry.reports))
    }

    /// How long a guest may stay at most.
    pub fn longest_stay(&self, entry: &str, when: When) -> Sourced<Span> {
        copied(self.keyed("longest_stay", &[entry], when, |layer| &layer.entry.stays))
    }

    /// What the fee of a way of entry follows; the rule of the citation is where the computation is written.
    pub fn entry_fee(&self, entry: &str, when: When) -> Sourced<FeeBasis> {
        copied(self.keyed("entry_fee", &[entry], when, |layer| &layer.entry.fees))
    }

    /// The group of ways of entry that share a scheme and a series of student numbers.
    pub fn number_group(&self, entry: &str, when: When) -> Sourced<&str> {
        let Sourced { value, citation } =
            self.keyed("number_group", &[entry], when, |layer| &layer.entry.numbers);
        Sourced { value: value.map(String::as_str), citation }
    }

    /// What YÖKSİS calls a way of entry (list 17, giriş türü).
    pub fn yoksis_entry(&self, entry: &str, when: When) -> Sourced<&str> {
        let Sourced { value, citation } =
            self.keyed("entry_yoksis", &[entry], when, |layer| &layer.entry.yoksis);
        Sourced { value: value.map(String::as_str), citation }
    }

    /// What an earlier enrolment here becomes with the final registration of whoever enters in this way; nothing where
    /// both go on.
    pub fn former_enrolment(&self, entry: &str, when: When) -> Sourced<&str> {
        let Sourced { value, citation } =
            self.keyed("former_enrolment", &[entry], when, |layer| &layer.entry.former);
        Sourced { value: value.map(String::as_str), citation }
    }

    /// What an obstacle found by a check of the registration desk does.
    pub fn desk_rule(&self, check: DeskCheck, when: When) -> Sourced<DeskEffect> {
        copied(self.keyed("desk_rule", &[check.code()], when, |layer| &layer.entry.desk))
    }

    /// Whether a condition holds for all who enter a programme, by its code; nothing where no row says which programmes
    /// have it.
    pub fn programme_condition(&self, condition: Condition, programme: &str, when: When) -> Sourced<bool> {
        let Sourced { value, citation } =
            self.keyed("programme_condition", &[condition.code()], when, |layer| &layer.entry.programmes);
        Sourced { value: value.map(|programmes| programmes.contains(programme)), citation }
    }

    /// The pattern of the student numbers of a group, as `domain::registration::NumberScheme` reads it.
    pub fn number_scheme(&self, group: &str, when: When) -> Sourced<&str> {
        let Sourced { value, citation } =
            self.keyed("number_scheme", &[group], when, |layer| &layer.entry.schemes);
        Sourced { value: value.map(String::as_str), citation }
    }

    /// The row of a key that holds then, the university's before the state's.
    fn row<'a, T>(
        &'a self,
        key: &str,
        when: When,
        of: impl Fn(&'a Layer) -> &'a Keyed<T>,
    ) -> Option<&'a super::Entry<T>> {
        let at = |layer: &'a Layer| of(layer).get(key).and_then(|rows: &Parameter<T>| rows.at(when));
        at(&self.university).or_else(|| at(&self.national))
    }
}

impl<'a> Reading<'a> {
    /// Reads the tables on ways of entry; `declared` grows by what this layer declares.
    pub(super) fn entry(&mut self, declared: &mut Declared) -> Result<EntryLayer, BookError> {
        let known = self.declare_papers(declared)?;
        let rules = self.keyed(
            "entry_kind",
            |section| section.code("kind"),
            |_, section, _| {
                let rule = read_rule(section)?;
                Ok(Some(rule))
            },
        )?;
        declared.entries.extend(rules.keys().cloned());
        declared.papers = known;
        let declared = &*declared;
        Ok(EntryLayer {
            rules,
            papers: self
                .parts("entry_paper", declared, paper_code, |section| read_paper(section).map(Some))?,
            temporary: self.parts("temporary_registration", declared, paper_code, read_temporary)?,
            fields: self.parts("entry_field", declared, field_code, |section| {
                section.flag("required", true).map(Some)
            })?,
            rights: self.parts("entry_right", declared, right_code, |section| section.truth("value"))?,
            reports: self.parts("entry_report", declared, report_code, read_report)?,
            stays: self.parts("longest_stay", declared, whole, read_span)?,
            fees: self
                .parts("entry_fee", declared, whole, |section| section.word("value", FeeBasis::WORDS))?,
            numbers: self.parts("number_group", declared, whole, |section| section.code_or_none("value"))?,
            yoksis: self.parts("entry_yoksis", declared, whole, |section| section.text_or_none("value"))?,
            former: self
                .parts("former_enrolment", declared, whole, |section| section.code_or_none("status"))?,
            desk: self.keyed(
                "desk_rule",
                |section| {
                    let check = section.word("check", DeskCheck::WORDS)?;
                    Ok(required(check, section, "check")?.code().to_owned())
                },
                |_, section, _| section.word("effect", DeskEffect::WORDS),
            )?,
            programmes: self.keyed(
                "programme_condition",
                |section| {
                    let condition = section.word("condition", Condition::WORDS)?;
                    Ok(required(condition, section, "condition")?.code().to_owned())
                },
                |_, section, _| Ok(Some(section.texts("programmes")?.into_iter().collect())),
            )?,
            schemes: self.keyed(
                "number_scheme",
                |section| section.code("group"),
                |_, section, _| section.text_or_none("pattern"),
            )?,
        })
    }

    fn declare_papers(&mut self, declared: &Declared) -> Result<Vec<String>, BookError> {
        let mut papers = declared.papers.clone();
        for root in &mut self.roots {
            let Some(mut section) = root.section("student_papers")? else { continue };
            for (at, code) in section.codes("codes")? {
                if papers.contains(&code) {
                    return Err(section.wrong_at(at, "codes", Problem::Twice(code)));
                }
                papers.push(code);
            }
            section.end()?;
        }
        Ok(papers)
    }

    /// Rows that each hold for the ways of entry in `kinds`, told apart by a part of their own.
    fn parts<T: Clone>(
        &mut self,
        name: &str,
        declared: &Declared,
        part_of: impl Fn(&mut Section<'a>, &Declared) -> Result<Option<String>, BookError>,
        value: impl Fn(&mut Section<'a>) -> Result<Option<T>, BookError>,
    ) -> Result<BTreeMap<String, Parameter<T>>, BookError> {
        self.keyed_many(
            name,
            |section| {
                let part_code = part_of(section, declared)?;
                let mut keys = Vec::new();
                for (at, entry) in section.codes("kinds")? {
                    if !declared.entries.contains(&entry) {
                        return Err(section.wrong_at(at, "kinds", Problem::NoSuchEntryKind(entry)));
                    }
                    let key = part_code.as_ref().map_or_else(|| entry.clone(), |code| part(&entry, code));
                    if keys.contains(&key) {
                        return Err(section.wrong_at(at, "kinds", Problem::Twice(entry)));
                    }
                    keys.push(key);
                }
                Ok(keys)
            },
            |_, section, _| value(section),
        )
    }
}

fn whole(_: &mut Section<'_>, _: &Declared) -> Result<Option<String>, BookError> {
    Ok(None)
}

fn paper_code(section: &mut Section<'_>, declared: &Declared) -> Result<Option<String>, BookError> {
    let at = section.place_of("paper");
    let code = section.code("paper")?;
    if declared.papers.contains(&code) {
        Ok(Some(code))
    } else {
        Err(section.wrong_at(at, "paper", Problem::NoSuchPaper(code)))
    }
}

fn field_code(section: &mut Section<'_>, _: &Declared) -> Result<Option<String>, BookError> {
    let field = section.word("field", EntryField::WORDS)?;
    Ok(Some(required(field, section, "field")?.code().to_owned()))
}

fn right_code(section: &mut Section<'_>, _: &Declared) -> Result<Option<String>, BookError> {
    let right = section.word("right", EntryRight::WORDS)?;
    Ok(Some(required(right, section, "right")?.code().to_owned()))
}

fn report_code(section: &mut Section<'_>, _: &Declared) -> Result<Option<String>, BookError> {
    let to = section.word("to", Report::WORDS)?;
    Ok(Some(required(to, section, "to")?.code().to_owned()))
}

fn read_rule(section: &mut Section<'_>) -> Result<EntryRule, BookError> {
    let name = Named { tr: section.text("tr")?, en: section.text("en")? };
    let arrivals = section.words("arrival", Arrival::WORDS)?;
    if arrivals.is_empty() {
        return Err(section.wrong_at(section.at(), "arrival", Problem::Missing));
    }
    let at = section.place_of("placements");
    let placements = section.texts("placements")?;
    if !placements.is_empty() && !arrivals.contains(&Arrival::List) {
        return Err(section.wrong_at(at, "placements", Problem::PlacementWithoutList));
    }
    let stay = required(section.word("stay", Stay::WORDS)?, section, "stay")?;
    let at = section.place_of("link");
    let link = section.code_or_none("link")?;
    match (stay, &link) {
        (Stay::Linked, None) => return Err(section.wrong_at(section.at(), "link", Problem::Missing)),
        (Stay::Degree | Stay::Guest, Some(_)) => {
            return Err(section.wrong_at(at, "link", Problem::LinkWithoutMain));
        }
        _ => {}
    }
    Ok(EntryRule { name, arrivals, placements, stay, link })
}

fn read_paper(section: &mut Section<'_>) -> Result<EntryPaper, BookError> {
    Ok(EntryPaper {
        stage: section.word("stage", Stage::WORDS)?.unwrap_or(Stage::Registration),
        original: section.word("original", Original::WORDS)?,
        conditions: section.words("when", Condition::WORDS)?,
        max_age_months: section.count("max_age_months")?,
        note: both(section)?,
    })
}

fn read_temporary(section: &mut Section<'_>) -> Result<Option<TemporaryRegistration>, BookError> {
    let allowed = section.truth("allowed")?;
    let (until, until_open_school) = (section.date("until")?, section.date("until_open_school")?);
    Ok(allowed.map(|allowed| TemporaryRegistration { allowed, until, until_open_school }))
}

fn read_report(section: &mut Section<'_>) -> Result<Option<ReportRule>, BookError> {
    let applies = section.truth("value")?;
    let within = read_span(section)?;
    Ok(applies.map(|applies| ReportRule { applies, within }))
}

fn read_span(section: &mut Section<'_>) -> Result<Option<Span>, BookError> {
    let spans = [
        section.count("days")?.map(Span::Days),
        section.count("months")?.map(Span::Months),
        section.count("terms")?.map(Span::Terms),
    ];
    let mut given = spans.into_iter().flatten();
    let span = given.next();
    if given.next().is_some() { Err(section.wrong(Problem::TwoSpans)) } else { Ok(span) }
}

#[cfg(test)]
mod tests;
