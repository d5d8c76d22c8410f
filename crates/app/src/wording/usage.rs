//! The command line in the reader's language: help, usage, and what is said when it is not understood.
//!
//! The language must be known before the command line is read, so it is looked for in the bare words first.

use std::ffi::OsString;

use base::lang::Lang;
use clap::{
    Arg, ArgAction, Command,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};
use web::texts::Texts;

use super::Said;

/// Place of the options that every command has.
const COMMON: usize = 900;

/// The language that the words ask for; Turkish where they ask for none.
pub fn language(words: &[OsString]) -> Lang {
    let mut words = words.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let code = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        if let Some(lang) = code.and_then(Lang::from_code) {
            return lang;
        }
    }
    Lang::Tr
}

/// Whether the words ask for JSON.
pub fn wants_json(words: &[OsString]) -> bool {
    words.iter().take_while(|word| *word != "--").any(|word| word == "--json")
}

/// The commands with their help in one language.
pub fn spoken(command: Command, t: &'static Texts) -> Command {
    let mut built = command.clone();
    built.build();
    let template =
        format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}", t.get("help-usage"));
    let version =
        Arg::new("version").short('V').long("version").action(ArgAction::Version).display_order(COMMON + 1);
    let command = command.disable_help_flag(true).disable_version_flag(true).arg(version);
    dress(command, &mut built, "kunye", &template, t).after_help(t.get("help-kunye-after"))
}

/// Gives one command and those below it their texts; `path` is `kunye`, or the words after it joined by hyphens.
fn dress(command: Command, built: &mut Command, path: &str, template: &str, t: &'static Texts) -> Command {
    // The command `help` and the option `--help` must not share a key.
    let path = if path == "help" { "help-command" } else { path };
    let command = command
        .about(t.get(&format!("help-{path}")).to_owned())
        .help_template(template.to_owned())
        .override_usage(usage(built, t))
        .subcommand_help_heading(t.get("help-commands"))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(COMMON + 2))
        .mut_args(|arg| {
            let key = match arg.get_id().as_str() {
                id @ ("help" | "version") => format!("help-{id}"),
                id => format!("help-{path}-{id}"),
            };
            let heading = if arg.is_positional() { "help-arguments" } else { "help-options" };
            let help = t.get(&key).to_owned();
            // What every command takes comes after what is its own.
            let order = if arg.is_global_set() { COMMON } else { arg.get_display_order() };
            let arg = arg.help(help).help_heading(t.get(heading)).display_order(order);
            if arg.get_action().takes_values() {
                arg.hide_default_value(true).hide_env(true).hide_possible_values(true)
            } else {
                arg
            }
        });
    command.mut_subcommands(|below| {
        let name = below.get_name().to_owned();
        let path = if path == "kunye" { name.clone() } else { format!("{path}-{name}") };
        match built.find_subcommand_mut(&name) {
            Some(built) => dress(below, built, &path, template, t),
            None => below,
        }
    })
}

/// How a command is typed: `kunye import records [OPTIONS] <DIR>`.
fn usage(built: &mut Command, t: &Texts) -> String {
    let whole = built.render_usage().to_string();
    let usage = whole.strip_prefix("Usage:").unwrap_or(&whole).trim();
    usage.replace("OPTIONS", t.get("help-option-word")).replace("COMMAND", t.get("help-command-word"))
}

/// What is wrong with the command line.
pub fn not_understood(t: &Texts, error: &Error) -> Said {
    let argument = one(error, ContextKind::InvalidArg);
    let found = one(error, ContextKind::InvalidValue);
    let fmt = |key: &str, args: &[(&str, &str)]| t.fmt(key, args);
    let text = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            fmt("usage-unknown-command", &[("found", &one(error, ContextKind::InvalidSubcommand))])
        }
        ErrorKind::UnknownArgument => fmt("usage-unknown-argument", &[("found", &argument)]),
        ErrorKind::InvalidValue if found.is_empty() => fmt("usage-value-missing", &[("argument", &argument)]),
        ErrorKind::InvalidValue => {
            let words = one(error, ContextKind::ValidValue);
            fmt("usage-value-unknown", &[("argument", &argument), ("found", &found), ("words", &words)])
        }
        ErrorKind::ValueValidation => {
            let wrong = fmt("usage-value-wrong", &[("argument", &argument), ("found", &found)]);
            match argument.rsplit(' ').next() {
                Some("<ADDR>") => format!("{wrong} {}", t.get("usage-value-address")),
                Some("<N>") => format!("{wrong} {}", t.get("usage-value-number")),
                _ => wrong,
            }
        }
        ErrorKind::MissingSubcommand => {
            fmt("usage-missing-command", &[("words", &one(error, ContextKind::ValidSubcommand))])
        }
        ErrorKind::MissingRequiredArgument => fmt("usage-missing", &[("arguments", &argument)]),
        ErrorKind::ArgumentConflict => match one(error, ContextKind::PriorArg) {
            other if other == argument => fmt("usage-twice", &[("argument", &argument)]),
            other => fmt("usage-conflict", &[("argument", &argument), ("other", &other)]),
        },
        ErrorKind::InvalidUtf8 => t.get("usage-not-text").to_owned(),
        _ => t.get("usage-other").to_owned(),
    };
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| one(error, kind))
        .find(|similar| !similar.is_empty());
    match similar {
        Some(similar) => {
            Said::new("usage", format!("{text} {}", t.fmt("usage-similar", &[("similar", &similar)])))
        }
        None => Said::new("usage", text),
    }
}

/// The words of the command that lacks one below it, without the program's own name.
pub fn path(error: &Error) -> Vec<String> {
    let whole = one(error, ContextKind::InvalidSubcommand);
    whole.split_whitespace().skip(1).map(str::to_owned).collect()
}

/// What is known of the error under one heading; several values with commas between them.
fn one(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(value)) => value.clone(),
        Some(ContextValue::Strings(values)) => values.join(", "),
        Some(ContextValue::StyledStr(value)) => value.to_string(),
        Some(ContextValue::StyledStrs(values)) => {
            values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

/// The lines that follow a command line that was not understood: how it is typed, and where to read more.
pub fn hint(t: &Texts, error: &Error) -> String {
    let usage = one(error, ContextKind::Usage);
    let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
    // The command alone, up to what is to be filled in.
    let command: Vec<&str> =
        usage.split_whitespace().take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    let command = if command.is_empty() { "kunye".to_owned() } else { command.join(" ") };
    let mut lines = String::new();
    if !usage.is_empty() {
        lines.push_str(&format!("{} {usage}\n", t.get("help-usage")));
    }
    lines.push_str(&t.fmt("usage-hint", &[("command", &command)]));
    lines
}
