//! `kunye user add|reset|list`.

use base::time::date_time_tr;
use clap::{
    Args, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use domain::accounts::Role;
use serde_json::json;
use services::{
    Actor,
    accounts::{self, AccountQuery, AddAccount, IssuedLink, RoleRequest},
};

use super::{Failure, Place, close, say};

/// Manages accounts.
#[derive(Subcommand)]
pub enum User {
    /// Opens an account and prints its activation link.
    Add(Add),
    /// Prints a one-time link for an account whose password is forgotten.
    Reset(Reset),
    /// Lists the accounts.
    List(List),
}

#[derive(Args)]
pub struct Add {
    /// User name.
    name: String,
    /// Roles, by their codes.
    #[arg(long, required = true, value_parser = role())]
    role: Vec<Role>,
    /// Unit in which the roles are held, by its code.
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// The one programme to which the roles are narrowed, by its code.
    #[arg(long, value_name = "CODE")]
    programme: Option<String>,
    /// Name that is shown; the user name where none is given.
    #[arg(long, value_name = "NAME")]
    display: Option<String>,
}

/// Reads a role by its code.
fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|role| role.code()))
        .try_map(|code| Role::from_code(&code).ok_or(code))
}

#[derive(Args)]
pub struct Reset {
    /// User name.
    name: String,
}

#[derive(Args)]
pub struct List {}

impl User {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (_, office) = place.office().await?;
        let actor = Actor::system("console");
        let done = match self {
            Self::Add(add) => {
                let command = AddAccount {
                    display_name: add.display.clone().unwrap_or_else(|| add.name.clone()),
                    user_name: add.name.clone(),
                    roles: add
                        .role
                        .iter()
                        .map(|role| RoleRequest {
                            role: *role,
                            unit: add.unit.clone(),
                            programme: add.programme.clone(),
                            starts_on: None,
                            ends_on: None,
                        })
                        .collect(),
                    person: None,
                    staff: None,
                };
                accounts::add_account(&office, &actor, command)
                    .await
                    .map(|added| print_link(place, &office, &added.link))
                    .map_err(|error| add.typed(error))
            }
            Self::Reset(reset) => match accounts::account_of_name(&office, &actor, &reset.name).await {
                Ok(account) => accounts::issue_link(&office, &actor, account)
                    .await
                    .map(|link| print_link(place, &office, &link)),
                Err(error) => Err(error),
            }
            .map_err(|error| Failure::typed(error, &[("user_name", "<NAME>", &reset.name)])),
            Self::List(_) => list(place, &office, &actor).await,
        };
        close(&office).await;
        Ok(done?)
    }
}

impl Add {
    /// A refusal in the words of the command line.
    fn typed(&self, error: services::ServiceError) -> services::ServiceError {
        let said = |option: &Option<String>| option.clone().unwrap_or_default();
        let (unit, programme, display) = (said(&self.unit), said(&self.programme), said(&self.display));
        let typed = [
            ("user_name", "<NAME>", self.name.as_str()),
            ("display_name", "--display", &display),
            ("role", "--role", ""),
            ("unit", "--unit", &unit),
            ("programme", "--programme", &programme),
        ];
        Failure::typed(error, &typed)
    }
}

fn print_link(place: &Place, office: &services::Office, link: &IssuedLink) {
    let url = link.url(office);
    if place.json {
        say(&json!({ "user_name": link.user_name, "url": url, "expires_at": link.expires_at.to_string() })
            .to_string());
    } else {
        let t = place.texts();
        say(&t.fmt("say-user-name", &[("name", &link.user_name)]));
        say(&url);
        say(&t.fmt("say-user-until", &[("until", &date_time_tr(link.expires_at))]));
    }
}

async fn list(place: &Place, office: &services::Office, actor: &Actor) -> services::Result<()> {
    let mut after = None;
    loop {
        let page = accounts::list_accounts(
            office,
            actor,
            AccountQuery { after, limit: 200, ..AccountQuery::default() },
        )
        .await?;
        for line in &page.items {
            let roles: Vec<&str> = line.roles.iter().map(|r| r.role.code()).collect();
            if place.json {
                say(&json!({ "user_name": line.account.user_name, "display_name": line.account.display_name, "status": line.account.status, "roles": roles }).to_string());
            } else {
                say(&format!(
                    "{:<20} {:<16} {:<28} {}",
                    line.account.user_name,
                    place.texts().variant("account-status", line.account.status.code()),
                    line.account.display_name,
                    roles.join(", ")
                ));
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
