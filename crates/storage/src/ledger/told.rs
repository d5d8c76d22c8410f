//! What entries tell of the rows beside them: payloads of enrolments, texts of identities.
//!
//! Every value that a row takes at its beginning or by a later change is told by an entry, so that `kunye verify`
//! can follow the entries and compare where they lead with what stands. Whoever writes such a row writes the entry
//! with the functions here. Identities are personal and stand in texts, which can be erased.

use base::{identity::Tckn, ids::TermId, time::Date};
use domain::{people::Identity, programmes::TermStanding};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value as Json, json};

use crate::enrolments::NewEnrolment;

/// Columns of an enrolment that its chain tells of.
pub const PLACEMENT: [&str; 10] = [
    "person_id",
    "number",
    "programme_id",
    "curriculum_id",
    "entry_kind",
    "entry_year",
    "entered_on",
    "class_year",
    "advisor_id",
    "ends_on",
];

/// Columns of an identity that a person's chain tells of.
pub const IDENTITY: [&str; 7] =
    ["identity_no", "given_name", "surname", "sex", "birth_date", "birth_place", "nationality"];

/// What an enrolment did in a term: which term of study it was, and how it stood.
pub type TermTold = (i64, TermStanding);

/// Payload of `enrolled`: all that the row is opened with, by [`PLACEMENT`], and the terms behind it under `terms`.
pub fn enrolled_payload(new: &NewEnrolment, terms: &[(TermId, TermTold)]) -> String {
    // In the order of the alphabet, as payloads are.
    #[derive(Serialize)]
    struct Payload<'a> {
        advisor_id: Option<i64>,
        class_year: u8,
        curriculum_id: i64,
        ends_on: Option<Date>,
        entered_on: Date,
        entry_kind: &'a str,
        entry_year: i32,
        number: &'a str,
        person_id: i64,
        programme_id: i64,
        #[serde(serialize_with = "terms_by_id")]
        terms: &'a [(TermId, TermTold)],
    }
    written(&Payload {
        advisor_id: new.advisor.map(base::ids::Id::get),
        class_year: new.class_year,
        curriculum_id: new.curriculum.get(),
        ends_on: new.ends_on,
        entered_on: new.entered_on,
        entry_kind: new.entry_kind.code(),
        entry_year: new.entry_year,
        number: &new.number,
        person_id: new.person.get(),
        programme_id: new.programme.get(),
        terms,
    })
}

fn terms_by_id<S: Serializer>(terms: &[(TermId, TermTold)], to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(terms.len()))?;
    for (term, told) in terms {
        map.serialize_entry(&term.get(), &term_word(*told))?;
    }
    map.end()
}

/// Names and numbers as JSON, which they always have.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Payload of `term_changed`: the terms before and after, nothing before for one that is new.
pub fn terms_changed_payload(changes: &[(TermId, Option<TermTold>, TermTold)]) -> Json {
    let mut sides = [Map::new(), Map::new()];
    let [from, to] = &mut sides;
    for (term, before, after) in changes {
        from.insert(term.to_string(), before.map(term_word).into());
        to.insert(term.to_string(), term_word(*after).into());
    }
    let [from, to] = sides;
    json!({ "from": from, "to": to })
}

/// A term as entries tell it: `3 registered`.
pub fn term_word((term_no, standing): TermTold) -> String {
    format!("{term_no} {}", standing.code())
}

/// Text of `person_registered`: the identity of that day, by [`IDENTITY`].
pub fn registered_text(who: &Identity) -> String {
    #[derive(Serialize)]
    struct Text<'a> {
        identity_no: Option<&'a str>,
        given_name: &'a str,
        surname: &'a str,
        sex: &'a str,
        birth_date: Date,
        birth_place: &'a str,
        nationality: &'a str,
    }
    written(&Text {
        identity_no: who.identity_no.as_ref().map(Tckn::reveal),
        given_name: &who.given_name,
        surname: &who.surname,
        sex: who.sex.code(),
        birth_date: who.birth_date,
        birth_place: &who.birth_place,
        nationality: &who.nationality,
    })
}

/// Names of the columns in which two identities differ.
pub fn identity_differences(was: &Identity, is: &Identity) -> Vec<&'static str> {
    let (was, is) = (facts(was), facts(is));
    IDENTITY.into_iter().filter(|name| was.get(*name) != is.get(*name)).collect()
}

/// Text of `identity_changed`: the whole identity as it was, what the changed columns are now under `is`, and the
/// reason in words where there is one.
pub fn identity_changed_text(was: &Identity, is: &Identity, reason: Option<&str>) -> String {
    let mut text = facts(was);
    let mut changed = facts(is);
    changed.retain(|name, value| text.get(name) != Some(value));
    text.insert("is".to_owned(), Json::Object(changed));
    if let Some(reason) = reason {
        text.insert("reason".to_owned(), reason.into());
    }
    Json::Object(text).to_string()
}

fn facts(who: &Identity) -> Map<String, Json> {
    let values: [Option<&str>; 7] = [
        who.identity_no.as_ref().map(Tckn::reveal),
        Some(&who.given_name),
        Some(&who.surname),
        Some(who.sex.code()),
        Some(&who.birth_date.to_string()),
        Some(&who.birth_place),
        Some(&who.nationality),
    ];
    IDENTITY.into_iter().zip(values).map(|(name, value)| (name.to_owned(), value.into())).collect()
}

#[cfg(test)]
mod tests {
    use base::{
        ids::{CurriculumId, PersonId, ProgrammeId},
        time::Date,
    };
    use domain::{enrolments::EntryKind, people::Sex};

    use super::*;

    fn somebody() -> Identity {
        Identity {
            identity_no: None,
            given_name: "Işıl".to_owned(),
            surname: "IŞIK".to_owned(),
            sex: Sex::Female,
            birth_date: Date::constant(2005, 3, 14),
            birth_place: "Iğdır".to_owned(),
            nationality: "TR".to_owned(),
        }
    }

    #[test]
    fn the_first_entry_tells_every_column() {
        let new = NewEnrolment {
            person: PersonId::new(1),
            number: "240010001".to_owned(),
            programme: ProgrammeId::new(2),
            curriculum: CurriculumId::new(3),
            entry_kind: EntryKind::Records,
            entry_year: 2024,
            entered_on: Date::constant(2024, 9, 5),
            class_year: 2,
            advisor: None,
            ends_on: None,
        };
        let terms = [(TermId::new(9), (1, TermStanding::Registered))];
        let payload: Json = serde_json::from_str(&enrolled_payload(&new, &terms)).expect("JSON");
        let told: Vec<&str> = payload.as_object().expect("an object").keys().map(String::as_str).collect();
        let mut columns = PLACEMENT.to_vec();
        columns.push("terms");
        columns.sort_unstable();
        assert_eq!(told, columns);
        assert_eq!(payload["terms"], json!({ "9": "1 registered" }));
    }

    #[test]
    fn a_change_of_terms_tells_what_was_and_what_is() {
        let (first, second) = (TermId::new(9), TermId::new(10));
        let changes = [
            (first, Some((1, TermStanding::Registered)), (1, TermStanding::Leave)),
            (second, None, (2, TermStanding::Registered)),
        ];
        let expected = json!({
            "from": { "9": "1 registered", "10": null }, "to": { "9": "1 leave", "10": "2 registered" },
        });
        assert_eq!(terms_changed_payload(&changes), expected);
    }

    #[test]
    fn a_change_of_identity_tells_what_was_and_what_is() {
        let was = somebody();
        let is = Identity { surname: "YILMAZ".to_owned(), birth_place: "Kars".to_owned(), ..was.clone() };
        assert_eq!(identity_differences(&was, &is), ["surname", "birth_place"]);
        let text: Json =
            serde_json::from_str(&identity_changed_text(&was, &is, Some("Karar"))).expect("JSON");
        assert_eq!(text["surname"], "IŞIK");
        assert_eq!(text["is"], json!({ "surname": "YILMAZ", "birth_place": "Kars" }));
        assert_eq!(text["reason"], "Karar");
        let registered: Json = serde_json::from_str(&registered_text(&was)).expect("JSON");
        assert_eq!(registered, Json::Object(facts(&was)));
        assert_eq!((&registered["sex"], &registered["birth_date"]), (&json!("female"), &json!("2005-03-14")));
    }
}
