//! `kunye token add`.

use clap::{Args, Subcommand};
use services::{
    Actor,
    accounts::{self, AddToken, TOKEN_DAYS, TokenScope},
};

use super::{Failure, Place, close, say};

/// Manages API tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Makes a token for an account and prints it alone.
    Add(Add),
}

#[derive(Args)]
pub struct Add {
    /// User name of the account.
    #[arg(long, value_name = "NAME")]
    user: String,
    /// Whether it may only read.
    #[arg(long)]
    read_only: bool,
    /// For how many days it is valid.
    #[arg(long, default_value_t = 90, value_name = "N")]
    days: u16,
    /// What it is for.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
}

impl TokenCommand {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Self::Add(add) = self;
        if !(1..=TOKEN_DAYS).contains(&add.days) {
            return Err(Failure::Told { code: "token-days", args: vec![("most", TOKEN_DAYS.to_string())] });
        }
        let (_, office) = place.office().await?;
        let actor = Actor::system("console");
        let made = async {
            let account = accounts::account_of_name(&office, &actor, &add.user).await?;
            let days = jiff::Span::new().days(i64::from(add.days));
            let command = AddToken {
                account,
                name: add.name.clone().unwrap_or_else(|| place.texts().get("say-token-name").to_owned()),
                scope: if add.read_only { TokenScope::Read } else { TokenScope::Write },
                expires_on: office.today().checked_add(days).unwrap_or(office.today()),
            };
            accounts::add_token(&office, &actor, command).await
        }
        .await;
        close(&office).await;
        let made = made.map_err(|error| {
            let name = add.name.as_deref().unwrap_or_default();
            Failure::typed(error, &[("user_name", "--user", &add.user), ("name", "--name", name)])
        })?;
        if place.json {
            let json = serde_json::json!({ "user_name": add.user, "token": made.token });
            say(&json.to_string());
        } else {
            say(&made.token);
        }
        Ok(())
    }
}
