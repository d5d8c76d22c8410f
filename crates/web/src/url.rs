//! Addresses with parameters, and cursors in them.

use std::fmt;

use base::ids::EnrolmentId;

/// An address with query parameters; empty ones are left out.
#[derive(Clone, Debug)]
pub struct Params<'a> {
    path: &'a str,
    pairs: Vec<(String, String)>,
}

impl<'a> Params<'a> {
    /// An address without parameters.
    pub fn new(path: &'a str) -> Self {
        Self { path, pairs: Vec::new() }
    }

    /// The same address with `name` set; an empty value takes it out.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.pairs.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The same parameters at another path.
    #[must_use]
    pub fn at<'b>(&self, path: &'b str) -> Params<'b> {
        Params { path, pairs: self.pairs.clone() }
    }
}

impl fmt::Display for Params<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)?;
        for (place, (name, value)) in self.pairs.iter().enumerate() {
            write!(f, "{}{name}={}", if place == 0 { '?' } else { '&' }, encode(value))?;
        }
        Ok(())
    }
}

/// Percent-encodes everything but letters, digits and `-._~`.
pub fn encode(text: &str) -> String {
    use fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A place in a list of students as an opaque word.
pub fn cursor(key: &str, enrolment: EnrolmentId) -> String {
    format!("{}.{key}", enrolment.get())
}

/// Reads a place back; anything else starts the list from its beginning.
pub fn read_cursor(text: &str) -> Option<(String, EnrolmentId)> {
    let (id, key) = text.split_once('.')?;
    Some((key.to_owned(), id.parse().ok()?))
}

/// Where a form may lead on to: a path of this site as somebody's browser sent it, otherwise the start page.
pub fn local(path: &str) -> &str {
    let is_own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| b.is_ascii_graphic());
    if is_own { path } else { "/" }
}

/// An address without some of its parameters.
pub fn without(address: &str, names: &[&str]) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !names.contains(&pair.split('=').next().unwrap_or_default()))
        .filter(|pair| !pair.is_empty())
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_this_site_alone() {
        assert_eq!(local("/ogrenciler?q=%C4%B1"), "/ogrenciler?q=%C4%B1");
        for foreign in [
            "",
            "//evil.example.invalid",
            "https://evil.example.invalid",
            "/\\evil.example.invalid",
            "/a\r\nb",
            "ogrenciler",
            "/ışık",
        ] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }

    #[test]
    fn an_address_loses_a_parameter() {
        let names = ["birim", "sonra"];
        assert_eq!(without("/ogrenciler?q=a&birim=M%C3%9CH&sonra=7.x", &names), "/ogrenciler?q=a");
        assert_eq!(without("/ogrenciler?birim=FEF", &names), "/ogrenciler");
        assert_eq!(without("/belgeler", &names), "/belgeler");
    }

    #[test]
    fn addresses_escape_what_people_type() {
        let url = Params::new("/ogrenciler").with("q", "ışık & co").with("durum", "").to_string();
        assert_eq!(url, "/ogrenciler?q=%C4%B1%C5%9F%C4%B1k%20%26%20co");
    }

    #[test]
    fn cursors_come_back() {
        let id = EnrolmentId::new(7);
        assert_eq!(read_cursor(&cursor("b c.d", id)), Some(("b c.d".to_owned(), id)));
        assert_eq!(read_cursor("nonsense"), None);
    }
}
