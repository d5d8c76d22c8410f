//! The address of a system: where to connect, by which name, below which path.

use std::{net::Ipv4Addr, str::FromStr};

use hyper::Uri;

/// The address below which a system's services stand; its path ends with a slash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseUrl {
    is_encrypted: bool,
    host: String,
    port: u16,
    authority: String,
    path: String,
}

/// Why an address cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BaseUrlError {
    /// It is no address of the web, or names an account or a query.
    #[error("not an address")]
    NotAnAddress,
    /// It is not encrypted and leads to another machine: an account would be shown to everybody on the way.
    #[error("not encrypted")]
    NotEncrypted,
}

impl BaseUrl {
    /// Name or address of the machine.
    pub fn host(&self) -> &str {
        &self.host
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    pub(super) const fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let wrong = BaseUrlError::NotAnAddress;
        let uri: Uri = text.trim().parse().map_err(|_| wrong)?;
        let authority = uri.authority().ok_or(wrong)?;
        if authority.as_str().contains('@') || uri.query().is_some() {
            return Err(wrong);
        }
        let is_encrypted = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong),
        };
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_here = host == "localhost"
            || host == "::1"
            || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        if !is_encrypted && !is_here {
            return Err(BaseUrlError::NotEncrypted);
        }
        let port = authority.port_u16().unwrap_or(if is_encrypted { 443 } else { 80 });
        let mut path = uri.path().to_owned();
        if !path.ends_with('/') {
            path.push('/');
        }
        Ok(Self { is_encrypted, host, port, authority: authority.as_str().to_owned(), path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_machine_port_and_path() {
        let found: BaseUrl = "https://servis.example.invalid/rest/obs".parse().expect("an address");
        assert_eq!((found.host(), found.port(), found.path()), ("servis.example.invalid", 443, "/rest/obs/"));
        let here: BaseUrl = "http://127.0.0.1:8080/".parse().expect("an address");
        assert_eq!((here.authority(), here.port(), here.path()), ("127.0.0.1:8080", 8080, "/"));
        assert!("http://[::1]:80/x/".parse::<BaseUrl>().is_ok());
    }

    #[test]
    fn an_account_is_never_sent_in_clear_over_the_network() {
        let of = |text: &str| text.parse::<BaseUrl>().err();
        assert_eq!(of("http://servis.example.invalid/"), Some(BaseUrlError::NotEncrypted));
        assert_eq!(of("http://10.0.0.1/"), Some(BaseUrlError::NotEncrypted));
        for wrong in [
            "",
            "servis",
            "/rest/obs/",
            "ftp://servis.example.invalid/",
            "https://a:b@c.invalid/",
            "https://c.invalid/?a=1",
        ] {
            assert_eq!(of(wrong), Some(BaseUrlError::NotAnAddress), "{wrong}");
        }
    }
}
