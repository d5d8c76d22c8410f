//! `kunye help`: what a command does, in the reader's language.

use clap::{Args, Command, CommandFactory};

use super::{Cli, Failure, Place, say};
use crate::wording::usage;

/// Explains a command.
#[derive(Args)]
pub struct Help {
    /// The words of the command, e.g. `import records`; none for all commands.
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

impl Help {
    pub(super) fn run(&self, place: &Place) -> Result<(), Failure> {
        let whole = usage::spoken(Cli::command(), place.texts());
        let Some(help) = of(whole, self.command.iter().map(String::as_str)) else {
            return Err(Failure::Told { code: "help", args: vec![("found", self.command.join(" "))] });
        };
        say(help.trim_end());
        Ok(())
    }
}

/// The help of the command that these words name; nothing where there is none.
pub(super) fn of<'w>(mut whole: Command, words: impl Iterator<Item = &'w str>) -> Option<String> {
    whole.build();
    let mut found = &mut whole;
    for word in words {
        found = found.find_subcommand_mut(word)?;
    }
    Some(found.render_help().to_string())
}
