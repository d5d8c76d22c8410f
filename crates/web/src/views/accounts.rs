//! Signing in, choosing the first password, proving once more who one is.

use askama::Template;

use crate::components::form::{Field, FieldError, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::{Note, Str};
use crate::texts::Texts;

/// `/giris`. Posts `kullanici`, `parola` and `sonra` to the same address.
#[derive(Template)]
#[template(path = "pages/accounts/login.html")]
pub struct LoginPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// CSRF token.
    pub tokens: Tokens<'a>,
    /// Path to go to after signing in; empty for the start page.
    pub next: Str<'a>,
    /// What was typed as the user name.
    pub user: Str<'a>,
    /// What is wrong; the sentence never tells whether the user name exists.
    pub errors: Vec<FieldError<'a>>,
    /// Lock-out, end of session, signed out: said above the form.
    pub note: Option<Note<'a>>,
}

impl LoginPage<'_> {
    fn user_field(&self) -> Field<'_> {
        Field::new("kullanici", self.t.get("login-user"))
            .value(self.user.as_ref())
            .autocomplete("username")
            .max(80)
            .focus()
    }

    fn password_field(&self) -> Field<'_> {
        Field::new("parola", self.t.get("login-password")).autocomplete("current-password").max(200)
    }
}

/// Whose link it is, while it can still be used.
#[derive(Clone, Debug, Default)]
pub struct Activation<'a> {
    /// Full name, so that nobody sets another person's password.
    pub name: Str<'a>,
    /// User name.
    pub user: Str<'a>,
    /// Error at the new password; empty for none.
    pub password_error: Str<'a>,
    /// Error at its repetition; empty for none.
    pub repeat_error: Str<'a>,
}

/// `/etkinlestir/<token>`. Posts `parola` and `tekrar` to the same address.
#[derive(Template)]
#[template(path = "pages/accounts/activate.html")]
pub struct ActivatePage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has; `here` is the address of this link.
    pub frame: &'a Frame<'a>,
    /// CSRF token.
    pub tokens: Tokens<'a>,
    /// `None` when the link has been used, is unknown or has expired: all three look the same.
    pub open: Option<Activation<'a>>,
}

impl<'a> Activation<'a> {
    fn errors(&self) -> Vec<FieldError<'_>> {
        [("parola", &self.password_error), ("tekrar", &self.repeat_error)]
            .into_iter()
            .filter(|(_, message)| !message.is_empty())
            .map(|(field, message)| FieldError::at(field, message.as_ref()))
            .collect()
    }

    fn password_field(&'a self, t: &'a Texts) -> Field<'a> {
        Field::new("parola", t.get("activate-password"))
            .hint(t.get("activate-password-hint"))
            .error(self.password_error.as_ref())
            .autocomplete("new-password")
            .max(200)
            .focus()
    }

    fn repeat_field(&'a self, t: &'a Texts) -> Field<'a> {
        Field::new("tekrar", t.get("activate-repeat"))
            .error(self.repeat_error.as_ref())
            .autocomplete("new-password")
            .max(200)
    }
}

/// `/dogrulama-adimi`: the password once more before a sensitive act. Posts `parola` and `sonra`.
#[derive(Template)]
#[template(path = "pages/accounts/reauth.html")]
pub struct ReauthPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has; `here` is where the form posts.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// CSRF token.
    pub tokens: Tokens<'a>,
    /// The act that asks for it, as a sentence: "Kimlik numarası gösterilecek."
    pub reason: Str<'a>,
    /// Short user name.
    pub user: Str<'a>,
    /// Path to go on to.
    pub next: Str<'a>,
    /// Path of "Vazgeç".
    pub back: Str<'a>,
    /// What is wrong; empty for nothing.
    pub error: Str<'a>,
}

impl ReauthPage<'_> {
    fn errors(&self) -> Vec<FieldError<'_>> {
        if self.error.is_empty() { Vec::new() } else { vec![FieldError::at("parola", self.error.as_ref())] }
    }

    fn password_field(&self) -> Field<'_> {
        let mut field = Field::new("parola", self.t.fmt("reauth-password", &[("user", &self.user)]));
        field.hint = self.t.get("reauth-hint").into();
        field.error = self.error.as_ref().into();
        field.autocomplete("current-password").max(200).focus()
    }
}
