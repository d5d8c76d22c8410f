//! Accounts of the office: made on the command line, signed in through the page of the one-time link.

use std::{fs::File, io::Read, net::SocketAddr};

use crate::{
    Failure,
    http::{Connection, Sender},
    kunye::{Kunye, Place, Word},
};

/// User name of the registrar.
pub(crate) const REGISTRAR: &str = "bench";

/// What the command line gave for the people who work in the benchmark.
pub(crate) struct Accounts {
    /// Path of the link of somebody who works for all.
    pub(crate) registrar: String,
    /// Path of the link of a clerk of one faculty.
    pub(crate) clerk: String,
}

/// Opens a registrar's account, and that of a clerk in a faculty.
pub(crate) fn open_accounts(program: &Kunye, place: &Place, faculty: &str) -> Result<Accounts, Failure> {
    let registrar = open_account(program, place, REGISTRAR, &[&"--role", &"registrar"])?;
    let clerk = open_account(program, place, "benchmemur", &[&"--role", &"clerk", &"--unit", &faculty])?;
    Ok(Accounts { registrar, clerk })
}

/// Opens an account with a role; answers the path of its link.
pub(crate) fn open_account(
    program: &Kunye,
    place: &Place,
    user: &str,
    role: &[Word<'_>],
) -> Result<String, Failure> {
    let words: [Word<'_>; 4] = [&"user", &"add", &user, &"--json"];
    let whole: Vec<Word<'_>> = words.iter().chain(role).copied().collect();
    link_path(&program.run_at(place, &whole)?.said)
}

/// An API token, which an account gets once it has its password.
pub(crate) fn add_token(program: &Kunye, place: &Place, user: &str) -> Result<String, Failure> {
    let added = program.run_at(place, &[&"token", &"add", &"--user", &user])?;
    Ok(added.said.trim().to_owned())
}

fn link_path(said: &str) -> Result<String, Failure> {
    let answer: serde_json::Value = serde_json::from_str(said.trim())?;
    let url = answer["url"].as_str().ok_or("`kunye user add` gave no link")?;
    let at = url.find("/etkinlestir/").ok_or("the link is no activation link")?;
    Ok(url[at..].to_owned())
}

/// Sets a password over a one-time link, as its owner does in a browser, and stays signed in.
pub(crate) async fn activate(address: SocketAddr, link: &str) -> Result<Sender, Failure> {
    let anybody = Sender::anybody(address);
    let mut connection = Connection::open(address).await?;
    let answer = connection.expect(200, &anybody.get(link)).await?;
    let browser = answer.cookie("kunye_on").ok_or("the page sets no cookie for its form")?;
    let csrf = hidden_field(answer.text()?, "csrf").ok_or("the page has no form")?;
    let password = fresh_password()?;
    let fields = [("csrf", csrf.as_str()), ("parola", &password), ("tekrar", &password)];
    let posted = anybody.clone().with("Cookie", &format!("kunye_on={browser}")).form(link, &fields);
    let answer = connection.expect(303, &posted).await?;
    let session = answer.cookie("kunye_oturum").ok_or("the password was set, but nobody is signed in")?;
    Ok(anybody.with("Cookie", &format!("kunye_oturum={session}")))
}

/// The value of a hidden field of a page.
fn hidden_field(page: &str, name: &str) -> Option<String> {
    let (_, behind) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(behind.split_once('"')?.0.to_owned())
}

/// A password that nobody knows, for an office that is thrown away.
fn fresh_password() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_hidden_fields_are_found() {
        let said = r#"{"user_name":"bench","url":"http://127.0.0.1:7300/etkinlestir/abc","expires_at":"x"}"#;
        assert_eq!(link_path(said).expect("a link"), "/etkinlestir/abc");
        assert!(link_path(r#"{"url":"http://127.0.0.1:7300/"}"#).is_err());
        let page =
            r#"<input type="hidden" name="csrf" value="0af1"><input type="hidden" name="geri" value="/">"#;
        assert_eq!(hidden_field(page, "csrf").as_deref(), Some("0af1"));
        assert_eq!(hidden_field(page, "once"), None);
    }
}
