//! The account of the ministry's services: all of it or nothing, the password never in the settings file.

use std::{fmt, path::PathBuf};

use gateways::{http::BaseUrl, yoksis::PRODUCTION};

use super::{File, SettingsError, Variable};

/// How the services of the ministry are reached.
#[derive(Clone, Debug)]
pub struct Yoksis {
    /// The address below which they stand.
    pub base: BaseUrl,
    /// The university's account.
    pub account: String,
    /// Its password.
    pub password: Secret,
    /// Roots that are trusted in place of the machine's.
    pub ca: Option<PathBuf>,
}

/// Something that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The value of a setting with the place where it was written.
fn written(
    file: &File,
    variable: Variable<'_>,
    name: &'static str,
) -> Result<Option<(String, String)>, SettingsError> {
    let key = format!("KUNYE_{}", name.to_ascii_uppercase());
    Ok(match variable(&key) {
        Some(text) => Some((text, key)),
        None => file.text(name)?.map(|text| (text, file.place(name))),
    })
}

/// Reads them; nothing where no account is named.
///
/// # Errors
/// What cannot be used, or is missing beside an account.
pub(super) fn read(file: &File, variable: Variable<'_>) -> Result<Option<Yoksis>, SettingsError> {
    let wrong = |name: &'static str, place: &str, found: &str| SettingsError::Value {
        name,
        place: place.to_owned(),
        found: found.to_owned(),
    };
    let url = written(file, variable, "yoksis_url")?;
    let base = match &url {
        None => PRODUCTION.parse().map_err(|_| wrong("yoksis_url", "yoksis_url", PRODUCTION))?,
        Some((text, place)) => text.parse().map_err(|_| wrong("yoksis_url", place, text))?,
    };
    let password = password(file, variable)?;
    let ca = match variable("KUNYE_YOKSIS_CA") {
        Some(path) => Some(PathBuf::from(path)),
        None => file.path("yoksis_ca")?,
    };
    let Some((account, place)) = written(file, variable, "yoksis_account")? else { return Ok(None) };
    if account.trim().is_empty() || account.contains(':') {
        return Err(wrong("yoksis_account", &place, &account));
    }
    let password = password.ok_or_else(|| wrong("yoksis_password_file", &place, ""))?;
    Ok(Some(Yoksis { base, account, password: Secret(password), ca }))
}

/// The password: that of the variable, or the first line of the file.
fn password(file: &File, variable: Variable<'_>) -> Result<Option<String>, SettingsError> {
    if let Some(password) = variable("KUNYE_YOKSIS_PASSWORD") {
        return Ok(Some(password));
    }
    let path = match variable("KUNYE_YOKSIS_PASSWORD_FILE") {
        Some(path) => Some(PathBuf::from(path)),
        None => file.path("yoksis_password_file")?,
    };
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(&path).map_err(|source| SettingsError::File { path, source })?;
    Ok(text.lines().next().map(str::to_owned).filter(|line| !line.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    fn settings(text: &str, variables: &[(&str, &str)]) -> Result<Option<Yoksis>, SettingsError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("kunye.toml"), text).expect("written");
        std::fs::write(dir.path().join("parola"), "gizli\n").expect("written");
        let of = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Settings::read_with(Some(dir.path()), &of).map(|settings| settings.yoksis)
    }

    #[test]
    fn an_account_needs_its_password_from_a_file_or_the_environment() {
        assert!(settings("", &[]).expect("settings").is_none(), "nothing is asked of anybody");
        let text = "yoksis_account = \"9999\"\nyoksis_password_file = \"parola\"\n";
        let found = settings(text, &[]).expect("settings").expect("an account");
        assert_eq!((found.account.as_str(), found.password.0.as_str()), ("9999", "gizli"));
        assert_eq!(found.base.host(), "servisler.yok.gov.tr");
        assert!(!format!("{found:?}").contains("gizli"));
        let named = [("KUNYE_YOKSIS_ACCOUNT", "1"), ("KUNYE_YOKSIS_PASSWORD", "p")];
        assert_eq!(settings(text, &named).expect("settings").expect("an account").password.0, "p");
        assert!(settings("yoksis_account = \"9999\"", &[]).is_err());
        assert!(settings("yoksis_account = \"9999\"\nyoksis_password_file = \"yok\"", &[]).is_err());
        assert!(settings("yoksis_password = \"gizli\"", &[]).is_err(), "never in the file");
    }

    #[test]
    fn an_address_that_would_show_the_password_is_refused() {
        let place = |url: &str| match settings(&format!("yoksis_url = \"{url}\""), &[]) {
            Err(SettingsError::Value { name, found, .. }) => (name, found),
            other => panic!("{other:?}"),
        };
        let insecure = "http://servisler.example.invalid/";
        assert_eq!(place(insecure), ("yoksis_url", insecure.to_owned()));
        assert_eq!(place("servis"), ("yoksis_url", "servis".to_owned()));
    }
}
