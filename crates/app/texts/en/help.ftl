# `kunye --help`, and what is said when the command line is not understood. The keys are the names of commands and options.

help-usage = Usage:
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-option-word = OPTIONS
help-command-word = COMMAND
help-help = Prints this help.
help-version = Prints the version of the program.

help-kunye = Student affairs of a university.
help-kunye-dir = Folder of a single office (kunye.sqlite and files/). Without it kunye.toml and KUNYE_* are read.
help-kunye-lang = Language of the messages: tr or en; tr unless given. With `issue` it is the language of the paper, too.
help-kunye-json = Writes the result as JSON.
help-kunye-after = Exit codes
    { "  " }0  done
    { "  " }1  it ran and the answer is no: findings, faulty files, differences that wait for consent, or a refusal
    { "  " }2  it could not run: the command, a setting, a file, the database or the disk did not allow it
    { "" }
    Details: docs/operating/console.md

help-demo = Sets up an office with invented people and opens it.
help-demo-listen = Address to listen on; 127.0.0.1:7300 unless given.
help-demo-students = How many students to invent, at the first start alone; 2000 unless given.
help-serve = Serves pages and API, and carries out waiting work.
help-serve-listen = Address to listen on; KUNYE_LISTEN unless given.
help-serve-no_worker = Leaves the work to a `kunye worker` that runs beside it.
help-worker = Carries out waiting work without serving pages.
help-worker-once = Ends when the waiting work is done.
help-migrate = Brings the schema of the database to this program’s version.
help-migrate-serving_role = Role that the server uses (PostgreSQL, KUNYE_SERVING_ROLE): it gets the rights it needs and owns no table.
help-check = Looks whether settings, database and file store are in place.
help-import = Takes records over from files.
help-import-records = Takes over the twelve CSV files of an earlier system (format: docs/records-format.md).
help-import-records-folder = Folder of the files.
help-import-records-yes = Applies the differences without asking.
help-import-records-dry_run = Checks and shows the differences alone.
help-import-records-errors = Writes the faults to this file as CSV.
help-import-placement = Takes over a placement list: CSV, XLSX or a page of YOKSIS (JSON).
help-import-placement-file = The list.
help-import-placement-from_yoksis = Fetches the candidates from YÖKSİS in place of a file; sound rows are taken, faulty ones wait to be mended.
help-import-placement-year = Year of placement.
help-import-placement-kind = Way of entry (yks, dgs …) or kind of placement in YOKSIS (YKS, YKS_EK …).
help-import-placement-mapping = Name of a saved column mapping.
help-import-placement-dry_run = Checks alone and shows the figures.
help-import-placement-sound_rows = Takes sound rows over although others are faulty; those wait to be mended.
help-import-placement-errors = Writes faulty rows with the reasons to this file as CSV; it can be mended and loaded by itself.
help-import-placement-warnings = Writes rows that are taken and of which something is to be known to this file as CSV.
help-invent = Writes invented records to files.
help-invent-students = How many students to invent; 2000 where no candidates are asked for either.
help-invent-candidates = How many candidates to invent; they make the list placement/yks-YEAR.csv in the folder.
help-invent-e_registered = How many of the candidates registered through e-Devlet with nothing against them; left to chance unless given.
help-invent-year = The candidates' year of placement; 2026 unless given.
help-invent-programs = The candidates' programmes; programs.csv of the folder unless given.
help-invent-seed = The same number gives the same records; 1 unless given.
help-invent-out = Folder for the files.
help-issue = Issues papers and writes them to a folder as PDF. The same command goes on where it was interrupted.
help-issue-kind = Kind of paper: student_certificate (ogrenci-belgesi) or transcript (transkript).
help-issue-student = One student number.
help-issue-programme = Code of a programme: all its students.
help-issue-list = File with a student number on each line.
help-issue-out = Folder for the PDF files.
help-issue-purpose = What the papers are for.
help-verify = Verifies the chains of the ledger and the stored papers.
help-verify-roots = File of daily roots that is kept outside the database.
help-verify-no_files = Looks at the database alone, not at the stored files.
help-backup = Writes the whole installation into one file.
help-backup-file = File of the backup.
help-restore = Restores a backup into an empty place and verifies it.
help-restore-file = File of the backup.
help-user = Manages accounts.
help-user-add = Opens an account and prints its activation link.
help-user-add-name = User name.
help-user-add-role = Role, for example clerk, registrar, administrator. Several can be given.
help-user-add-unit = Unit in which the role is held, by its code.
help-user-add-programme = The one programme to which the role is narrowed, by its code.
help-user-add-display = Name that is shown; the user name unless given.
help-user-reset = Prints a one-time link for an account whose password is forgotten.
help-user-reset-name = User name.
help-user-list = Lists the accounts.
help-token = Manages API tokens.
help-token-add = Makes an API token for an account and prints it alone.
help-token-add-user = User name of the account.
help-token-add-read_only = Lets it read alone.
help-token-add-days = For how many days it is valid; 90 unless given.
help-token-add-name = What it is for.
help-help-command = Explains the commands and their options.
help-help-command-command = Which command, for example import records.

# The command line was not understood.
usage-unknown-command = There is no command “{ $found }”.
usage-unknown-argument = “{ $found }” has no place here.
usage-similar = Did you mean: { $similar }
usage-value-missing = { $argument } needs a value.
usage-value-unknown = { $argument } cannot be “{ $found }”; it must be one of: { $words }.
usage-value-wrong = { $argument } cannot be “{ $found }”.
usage-value-address = Write address and port; an example: 127.0.0.1:7300
usage-value-number = Write a whole number; an example: 30
usage-missing-command = What to do is missing; add one of: { $words }.
usage-missing = Missing: { $arguments }.
usage-conflict = { $argument } and { $other } cannot be given together.
usage-twice = { $argument } is given once.
usage-not-text = A word of the command line is not UTF-8 text.
usage-other = The command line was not understood.
usage-hint = For more: { $command } --help
