//! The fields that units and programmes share: another name and another code from a day on.

use base::time::{Date, date_tr};
use domain::{student_file::Name, units::CodeSystem};
use services::institution::{DatedCode, Rename, SetCode};

use crate::{
    components::Fact,
    ctx::Posted,
    pages::{institution::from_day, student_forms::Form},
    texts::Texts,
    views::forms::Input,
};

/// What a change of the institution rests on.
pub fn reason<'a>(t: &'a Texts, form: &Form<'a>) -> Input<'a> {
    Input::Area(form.field("reason", "units-reason", "").hint(t.get("units-reason-hint")).max(500))
}

/// Both names, the first day and the ground.
pub fn name_inputs<'a>(t: &'a Texts, form: &Form<'a>, now: &Name) -> Vec<Input<'a>> {
    vec![
        Input::Text(form.field("name_tr", "units-name-tr", now.tr.as_str()).max(200).focus()),
        Input::Text(form.field("name_en", "units-name-en", now.en.as_str()).max(200)),
        Input::Date(form.field("valid_from", "dated-from", "").hint(t.get("units-from-hint"))),
        reason(t, form),
    ]
}

/// The names that stand now, beside the form.
pub fn name_facts<'a>(t: &'a Texts, now: &'a Name) -> Vec<Fact<'a>> {
    vec![
        Fact::text(t.get("units-name-tr"), now.tr.as_str()),
        Fact::text(t.get("units-name-en"), now.en.as_str()),
    ]
}

/// Whose code, the code, the first day and the ground.
pub fn code_inputs<'a>(t: &'a Texts, form: &Form<'a>, knows: impl Fn(CodeSystem) -> bool) -> Vec<Input<'a>> {
    let systems = CodeSystem::ALL.iter().filter(|system| knows(**system)).map(|system| {
        let word = t.variant("code-system", system.code());
        let digits = t.count("units-code-digits", system.digits());
        (system.code().to_owned(), format!("{word}, {digits}"))
    });
    vec![
        Input::Select(
            form.field("system", "units-code-system", "").focus(),
            form.choices("system", "", systems),
        ),
        Input::Number(
            form.field("value", "units-code-value", "").hint(t.get("units-code-hint")).max(20).optional(),
        ),
        Input::Date(form.field("valid_from", "dated-from", "").hint(t.get("units-code-from-hint"))),
        reason(t, form),
    ]
}

/// The codes that count today or later, beside the form.
pub fn code_facts<'a>(t: &'a Texts, codes: &'a [DatedCode], today: Date) -> Vec<Fact<'a>> {
    codes
        .iter()
        .filter(|code| code.valid_to.is_none_or(|end| end > today))
        .map(|code| {
            let from = from_day(t, code.valid_from);
            let note = match code.valid_to {
                Some(end) => format!("{from} · {}", t.fmt("dated-until", &[("date", &date_tr(end))])),
                None => from,
            };
            Fact::text(t.variant("code-system", code.system.code()), code.code.as_str()).with_note(note)
        })
        .collect()
}

/// What the form of a name sends.
pub fn new_name(code: &str, posted: &Posted) -> Rename {
    Rename {
        code: code.to_owned(),
        name_tr: posted.text("name_tr").to_owned(),
        name_en: posted.text("name_en").to_owned(),
        valid_from: posted.text("valid_from").to_owned(),
        reason: posted.text("reason").to_owned(),
    }
}

/// What the form of a code sends.
pub fn set_code(code: &str, posted: &Posted) -> SetCode {
    SetCode {
        code: code.to_owned(),
        system: CodeSystem::from_code(posted.text("system")),
        value: posted.text("value").to_owned(),
        valid_from: posted.text("valid_from").to_owned(),
        reason: posted.text("reason").to_owned(),
    }
}
