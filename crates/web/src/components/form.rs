//! Fields of forms: label above, example below, the error at the field and gathered at the top.

use super::Str;

/// The two hidden values that every form carries.
#[derive(Clone, Debug, Default)]
pub struct Tokens<'a> {
    /// Synchroniser token of the session, sent as `csrf`.
    pub csrf: Str<'a>,
    /// Idempotency key of this form, sent as `once`; empty where a second sending is harmless anyway.
    pub once: Str<'a>,
}

/// One field; the macro that draws it decides its kind.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    /// Name sent to the server, and the element's id.
    pub name: Str<'a>,
    /// Words above the field.
    pub label: Str<'a>,
    /// An example or a rule, below the label; empty for none.
    pub hint: Str<'a>,
    /// What was typed or is recorded.
    pub value: Str<'a>,
    /// What is wrong and how to mend it; empty when nothing is.
    pub error: Str<'a>,
    /// May be left empty; said beside the label.
    pub optional: bool,
    /// `autocomplete` token; empty writes `off`.
    pub autocomplete: &'static str,
    /// Greatest number of characters; 0 for no limit.
    pub max: u16,
    /// Width class: `w-s` (6 signs), `w-m` (16 signs), empty for the whole column.
    pub width: &'static str,
    /// Focused when the page opens; one per page.
    pub focus: bool,
    /// Shown but not changed.
    pub read_only: bool,
}

impl<'a> Field<'a> {
    /// A field with its label.
    pub fn new(name: impl Into<Str<'a>>, label: impl Into<Str<'a>>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// The same field with an example or a rule.
    #[must_use]
    pub fn hint(self, hint: impl Into<Str<'a>>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same field with a value.
    #[must_use]
    pub fn value(self, value: impl Into<Str<'a>>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// The same field with an error; empty for none.
    #[must_use]
    pub fn error(self, error: impl Into<Str<'a>>) -> Self {
        Self { error: error.into(), ..self }
    }

    /// The same field, optional.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The same field with an `autocomplete` token.
    #[must_use]
    pub fn autocomplete(self, token: &'static str) -> Self {
        Self { autocomplete: token, ..self }
    }

    /// The same field with a limit of characters.
    #[must_use]
    pub fn max(self, max: u16) -> Self {
        Self { max, ..self }
    }

    /// The same field with a width class.
    #[must_use]
    pub fn width(self, width: &'static str) -> Self {
        Self { width, ..self }
    }

    /// The same field, focused when the page opens.
    #[must_use]
    pub fn focus(self) -> Self {
        Self { focus: true, ..self }
    }

    /// The same field, not changeable.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// The ids that `aria-describedby` names; empty for none.
    pub fn described_by(&self) -> String {
        match (self.hint.is_empty(), self.error.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("{}-ipucu", self.name),
            (true, false) => format!("{}-hata", self.name),
            (false, false) => format!("{0}-ipucu {0}-hata", self.name),
        }
    }

    /// The `autocomplete` attribute's value.
    pub fn autocomplete_token(&self) -> &'static str {
        if self.autocomplete.is_empty() { "off" } else { self.autocomplete }
    }
}

/// One choice of a select, radio group or checkbox group.
#[derive(Clone, Debug, Default)]
pub struct Choice<'a> {
    /// Value sent.
    pub value: Str<'a>,
    /// Words.
    pub label: Str<'a>,
    /// A quieter line below; empty for none. Selects leave it out.
    pub note: Str<'a>,
    /// Chosen.
    pub chosen: bool,
}

impl<'a> Choice<'a> {
    /// A choice that is not chosen.
    pub fn new(value: impl Into<Str<'a>>, label: impl Into<Str<'a>>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// The same choice with a quieter line below.
    #[must_use]
    pub fn note(self, note: impl Into<Str<'a>>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same choice, chosen when `chosen`.
    #[must_use]
    pub fn chosen(self, chosen: bool) -> Self {
        Self { chosen, ..self }
    }
}

/// A file already received for a file field.
#[derive(Clone, Debug, Default)]
pub struct KeptFile<'a> {
    /// Its name.
    pub name: Str<'a>,
    /// Size and state.
    pub note: Str<'a>,
    /// Where its removal is posted; empty where it stays.
    pub remove: Str<'a>,
}

/// The summary of what is wrong: each line tells its field by name.
pub fn summary<'a, 'f: 'a>(
    errors: &'a [FieldError<'a>],
    fields: impl IntoIterator<Item = &'a Field<'f>> + Clone,
) -> Vec<FieldError<'a>> {
    errors
        .iter()
        .map(|error| {
            let field = fields.clone().into_iter().find(|field| field.name == error.field);
            let message = match field {
                Some(field) if field.error.contains(field.label.as_ref()) => field.error.as_ref().into(),
                Some(field) => format!("{}: {}", field.label, error.message).into(),
                None => error.message.as_ref().into(),
            };
            FieldError { field: error.field.as_ref().into(), message }
        })
        .collect()
}

/// One line of the error summary.
#[derive(Clone, Debug, Default)]
pub struct FieldError<'a> {
    /// Id of the field; empty for an error of the whole form.
    pub field: Str<'a>,
    /// What to do.
    pub message: Str<'a>,
}

impl<'a> FieldError<'a> {
    /// An error at a field.
    pub fn at(field: impl Into<Str<'a>>, message: impl Into<Str<'a>>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    /// An error of the whole form.
    pub fn whole(message: impl Into<Str<'a>>) -> Self {
        Self { field: "".into(), message: message.into() }
    }
}
