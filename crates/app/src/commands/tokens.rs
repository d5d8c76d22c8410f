//! `kunye token add`.

use clap::{Args, Subcommand};
use services::{
    Actor,
    accounts::{self, AddToken, TokenScope},
};

use super::{Failure, Place, close, say};

/// Manages API tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Bir hesap için API anahtarı üretir ve yalnız anahtarı yazar.
    Add(Add),
}

#[derive(Args)]
pub struct Add {
    /// Hesabın kullanıcı adı.
    #[arg(long)]
    user: String,
    /// Yalnız okuma yetkisi verir.
    #[arg(long)]
    read_only: bool,
    /// Kaç gün geçerli olacağı.
    #[arg(long, default_value_t = 90)]
    days: u16,
    /// Ne için olduğu.
    #[arg(long, default_value = "komut satırı")]
    name: String,
}

impl TokenCommand {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Self::Add(add) = self;
        let (_, office) = place.office().await?;
        let actor = Actor::system("console");
        let made = async {
            let account = accounts::account_of_name(&office, &actor, &add.user).await?;
            let days = jiff::Span::new().days(i64::from(add.days));
            let command = AddToken {
                account,
                name: add.name.clone(),
                scope: if add.read_only { TokenScope::Read } else { TokenScope::Write },
                expires_on: office.today().checked_add(days).unwrap_or(office.today()),
            };
            accounts::add_token(&office, &actor, command).await
        }
        .await;
        close(&office).await;
        say(&made?.token);
        Ok(())
    }
}
