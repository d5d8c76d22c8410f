//! `kunye help`: what a command does, in the reader's language.

use clap::{Args, CommandFactory};

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
        let mut whole = usage::spoken(Cli::command(), place.texts());
        whole.build();
        let mut found = &mut whole;
        for word in &self.command {
            let Some(below) = found.find_subcommand_mut(word) else {
                return Err(Failure::Told { code: "help", args: vec![("found", self.command.join(" "))] });
            };
            found = below;
        }
        say(found.render_help().to_string().trim_end());
        Ok(())
    }
}
