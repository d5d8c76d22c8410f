# Why a command did not do what it was asked, and what to do.

cannot-error = error: { $text }
cannot-field = { $field }: { $text }

# The system.
cannot-system-not-found = there is no such file or folder
cannot-system-permission = not permitted
cannot-system-exists = a file or folder of this name is there already
cannot-system-is-a-folder = this is a folder, not a file
cannot-system-not-a-folder = this is not a folder
cannot-system-no-room = the disk is full
cannot-system-address-used = another program listens at this address
cannot-system-address-missing = this machine has no such address
cannot-system-not-text = the file is not UTF-8 text
cannot-system-other = { $why }
cannot-path = { $path }: { $text }.
cannot-output = The result could not be written: { $text }.

# Settings.
cannot-setting-line = { $path }, line { $line }, { $key }:
cannot-setting-syntax = this line cannot be read. Write `name = value`; texts stand in quotes, for example: listen = "127.0.0.1:7300"
cannot-setting-unknown = there is no such setting; known are: { $names }.
cannot-setting-text = the value must be a text in quotes; for example: { $key } = "…"
cannot-setting-truth = the value must be true or false, without quotes.
cannot-setting-list = the value must be a list of texts; for example: { $key } = ["…", "…"]
cannot-setting-two-databases = The database of the folder given with --dir is { $dir }, but KUNYE_DATABASE says { $variable }. Leave one of them out: give no --dir, remove KUNYE_DATABASE, or write `database` into the kunye.toml of the folder.
cannot-setting-none = No database is named. Give `--dir DIR` or set KUNYE_DATABASE (sqlite:FILE or postgres://USER@SERVER/DATABASE).
cannot-setting-database = { $place } is not understood; write sqlite:FILE or postgres://USER@SERVER/DATABASE.
cannot-setting-listen = { $place }: “{ $found }” is no address; an example: 127.0.0.1:7300
cannot-setting-trusted_proxies = { $place }: “{ $found }” is no IP address or network; examples: 10.0.0.5 or 10.0.0.0/8
cannot-setting-yoksis_url = { $place }: “{ $found }” cannot be used; write an address that begins with https://. The password is never sent over a connection that is not encrypted.
cannot-setting-yoksis_account = { $place }: “{ $found }” cannot be an account of YÖKSİS; it is not empty and has no colon.
cannot-setting-yoksis_password_file = { $place }: the YÖKSİS account has no password. Write it into a file that you alone can read and name that file in `yoksis_password_file`, or set KUNYE_YOKSIS_PASSWORD.
cannot-setting-allow_owner = { $place }: “{ $found }” is not understood; write 1 or 0.
cannot-setting-institution = There is no institution profile “{ $found }”; check KUNYE_INSTITUTION or the line `institution` of kunye.toml.
cannot-setting-profile = The profile of the institution cannot be read: { $file }, line { $line }, { $key }.
cannot-setting-role = “{ $found }” cannot be the name of a role; write ASCII letters, digits and underscores alone.

# Services.
cannot-service-not-found = There is no such record, or it is not yours to see. Check what you typed.
cannot-service-forbidden = There is no right to do this ({ $action }).
cannot-service-needs-confirmation = This act asks for the password again; do it on its page.
cannot-service-stale = Somebody else changed the record meanwhile; try again.
cannot-service-throttled = Too many attempts in a short time; try again after { $until }.
cannot-service-waits-for-room = The paper has its number, but the disk had no room to print it. Make room; it is then prepared by itself.
cannot-service-port-files = The file store could not do it; the log has the details. Check the folder and its rights.
cannot-service-port-press = The paper could not be printed; the log has the details. Check the data of the paper and its template.
cannot-service-port-roots = The file of daily roots could not be written or contradicts the database; run `kunye verify --roots FILE`.
cannot-service-port-other = A part of the program ({ $port }) could not do it; the log has the details.

# The database.
cannot-storage-constraint = The database did not accept it ({ $constraint }); nothing was written.
cannot-storage-refused = A rule of the database does not allow this ({ $rule }); nothing was written.
cannot-storage-busy = A long write holds the database; nothing was written. Try again in a while.
cannot-storage-no-room = The disk is full; nothing was written. Make room and try again.
cannot-storage-no-schema = The database has not been set up; run `kunye migrate` first.
cannot-storage-schema-older = The database has schema { $found }, the program expects { $expected }; run `kunye migrate` first.
cannot-storage-schema-newer = The database has schema { $found }, this program knows { $expected } and earlier ones; use a newer program.
cannot-no-database = { $path }: there is no database here. Check the folder given with --dir or the address of the database; for a new office run `kunye migrate` first.
cannot-storage-open = The database cannot be opened: { $why }. Check where it is and its rights.
cannot-storage-name = “{ $found }” cannot be a name here; write ASCII letters, digits and underscores alone.
cannot-storage-other-engine = This kind of database does not do that.
cannot-storage-decode = The database holds an unexpected value ({ $column }); run `kunye verify`.
cannot-storage-engine = The database gave an error: { $why }
cannot-storage-pool = No connection to PostgreSQL could be had; check that the server runs and how many connections it allows.
cannot-storage-panicked = The act broke off and was undone; the log has the details.

# The address of the database and the server behind it. The keys are the words of storage::AddressFault.
address-form = The address of the database is not understood; write sqlite:FILE or postgres://USER@SERVER/DATABASE.
address-root-missing = Address of the database: sslmode={ $mode } needs the root that signed the server’s certificate: sslrootcert=FILE
address-unknown-mode = Address of the database: sslmode={ $mode } is unknown; write disable, prefer, require, verify-ca or verify-full.
address-root-unreadable = Address of the database: sslrootcert={ $file } cannot be read ({ $why }). Check where the file is and that it may be read.
address-no-certificate = Address of the database: sslrootcert={ $file } holds no certificate in PEM form; give the file of the root certificate.
address-unencrypted = The database cannot be opened: the server takes no encrypted connections; set ssl = on at the server or write sslmode=disable.
address-unreachable = The database cannot be opened: the server cannot be reached ({ $why }). Check that it runs, its name and its port.
address-turned-away = The database cannot be opened, the server refused: { $why }. Check user, password and name of the database.
address-handshake = The database cannot be opened: no encrypted connection came about ({ $why }). Check the TLS settings of the server.
address-unknown-issuer = The database cannot be opened: the root of sslrootcert did not sign the server’s certificate; no connection was made. It may be another server; if not, give the right root certificate.
address-other-name = The database cannot be opened: the server’s certificate is not for the name “{ $expected }” (but for { $presented }); no connection was made. Mend the server’s name in the address, or the names of the certificate (subjectAltName).
address-expired = The database cannot be opened: the server’s certificate has run out; no connection was made. Renew it at the server.
address-not-yet-valid = The database cannot be opened: the server’s certificate is not valid yet; no connection was made. Look at this machine’s clock.
address-certificate = The database cannot be opened: the server’s certificate was refused ({ $why }); no connection was made. Renew the certificate.

# Backups.
cannot-backup-no-room = The disk is full; no half file was left. Make room and try again.
cannot-backup-running = Another backup is being written to { $path }; wait until it ends or give another name.
cannot-backup-not-a-backup = { $path } is no backup of Künye, or its end is missing. Copy the file again or give another backup.
cannot-backup-too-new = The backup was taken with a newer Künye (format { $format }, schema { $schema }); this program knows format { $known_format }, schema { $known_schema }. Use the newer program.
cannot-backup-damaged = The backup is damaged, nothing was touched: { $member }: { $text }. Copy the file again or give another backup.
cannot-backup-occupied = A backup is restored into an empty place alone; here the table { $table } has rows. Give an empty folder or database.
cannot-backup-place-newer = The empty database was set up with schema { $found }, the backup has schema { $backup }: give a database that was never set up.
cannot-backup-table = table { $table }: { $text }
cannot-backup-line = line { $line } is not like the lines of this table; the log has the details.
cannot-backup-files = The file store did not take the files of the backup; the log has the details. Check the folder and its rights.
damage-unreadable = it cannot be read ({ $why })
damage-missing = the part is missing
damage-unlisted = a part that the list does not know
damage-altered = its content does not fit the hash of the list
damage-rows = it has { $found } rows and should have { $right }
damage-no-such-table = this schema has no such table
damage-stored-otherwise = the file store gave another hash

# Refusals of the commands themselves.
cannot-token-days = --days must be from 1 to { $most }.
field-programme-code-unknown = There is no programme with the code “{ $code }”. Check the code.
cannot-serve-as-owner = The database role owns the ledger or may TRUNCATE or UPDATE it; the server does not run with such a role. Prepare another one with `kunye migrate --serving-role ROLE`, or set KUNYE_ALLOW_OWNER=1 for a trial.
cannot-help = There is no command “{ $found }”; for all commands: kunye --help
cannot-listen = { $address } cannot be listened on: { $text }.
cannot-demo-records = The invented records could not be taken over: { $text }
cannot-invent-no-programmes = No programme has an ÖSYM code: { $path }
cannot-demo-students = --students must be { $least } at the least: one of the log-ins is somebody who studies, one somebody who has graduated.
cannot-demo-somebody-elses = This database ({ $database }) has records or accounts that no demo made; the demo does not open here, nothing was changed. Give an empty folder: kunye demo --dir DIR
cannot-demo-too-few = No student of the invented records has the status “{ $status }”; remove the folder and start the demo again.
cannot-demo-no-advisor = The invented student has no advisor; remove the folder and start the demo again.

# The sentences of the pages let choose from lists; these speak of what was typed on the command line.
typed-unit-unknown = There is no unit with the code “{ $typed }”. Write the code as on the page of the institution or in units.csv.
typed-programme-unknown = There is no programme with the code “{ $typed }”. Write the code as on the page of the institution or in programs.csv.
typed-programme-of-another-unit = The programme “{ $typed }” is not in the unit of --unit. Leave --unit out or write a programme of that unit.
typed-role-needs-unit = This role is held in a unit; add its code, for example: --unit LAW
typed-role-has-no-unit = This role is for the whole institution; give no --unit and no --programme.
typed-role-needs-person = This role comes from the record of a student and is not given on the command line; open the account on the student’s page.
typed-role-needs-staff = For this role the account must belong to a member of staff; open it on the page of accounts.
typed-user-name-unknown = There is no account of the name “{ $typed }”. For the names: kunye user list
typed-user-name-taken = The name “{ $typed }” is taken. Write another one.
typed-batch-empty = No student was found. Check the student numbers or the programme.
cannot-placement-kind = There is no way of entry “{ $found }”. Examples: yks, yks_additional, dgs, YKS_EK
cannot-placement-service = { $text } Nothing was written. The list can be taken over from a file, too: kunye import placement FILE
cannot-placement-out-is-list = { $file } is the list itself and is not overwritten. Give another name.
