# What the commands say.

say-ready = Künye is ready: { $url }
say-worker-working = Carrying out waiting work.
say-worker-ended = The work has ended; what was left half done goes on with the next run.
say-demo-preparing = Preparing invented records…
say-demo-settings = written at every start. Remove this line if the settings are to be your own.

say-import-apply-with-yes = Run the same command with --yes to apply this.
say-import-faults = Faults: { $count }; nothing was taken over.
say-import-faults-cut = The first { $count } faults are shown, there are more; nothing was taken over.
say-import-titles-file = file
say-import-titles-row = row
say-import-titles-column = column
say-import-titles-code = fault code
say-import-titles-text = explanation
say-import-columns-rows = rows
say-import-columns-new = new
say-import-columns-changed = changed
say-import-columns-unchanged = same
say-import-columns-missing = missing
say-import-columns-conflicts = conflicts
say-import-change = { $key } { $column }: “{ $before }” → “{ $after }”
say-import-conflict = conflict { $file } row { $row }, { $key } { $column }: here “{ $here }”, in the file “{ $found }”; what is here stays
say-import-nothing-changes = Nothing changes.
say-import-done = The records were taken over.
say-placement-row = Row { $row }: { $text }
say-placement-figures = { $rows } rows: { $new } new, { $changed } changed, { $same } the same, { $faulty } faulty.
say-placement-done = The list was taken over.
say-placement-sound-done = Sound rows were taken over; faulty rows wait to be mended.
say-placement-dry = Checked alone; nothing was written.
say-placement-refused = The list was not taken over, because rows are faulty. Mend them, or give --sound-rows for the sound rows alone.
say-placement-nothing = No row was taken.
say-placement-nobody = YÖKSİS has nobody of this year and kind; nothing was written.
say-placement-beside = Rows decided by hand before: { $decided }; rows of other units: { $others }.
say-placement-pages = Pages of YÖKSİS

say-invent-done = Written to { $path }: enrolments { $students }, marks { $marks }
say-invent-candidates = Written to { $path }: candidates { $candidates }

say-issue-done = Papers issued: { $issued }, refused: { $refused }, in { $path }

say-migrate-up-to-date = The schema is up to date.
say-check-database = Database: { $value }
say-check-schema = Schema version: { $value }
say-check-files = File store: { $value }
say-check-institution = Institution: { $value }
say-check-address = Address: { $value }
say-check-owner = WARNING: this role could rewrite the ledger; serve with the role prepared by `kunye migrate --serving-role ROLE`.
say-check-sound = Everything is in place.

say-backup-done = { $path }: rows { $rows }, files { $files }
say-backup-missing-file = file missing from the store: { $file }
say-restore-missing-file = file missing from the backup: { $file }
say-restore-settled = status set to what the ledger gives, student { $student }
say-restore-done = Restored: rows { $rows }, files { $files }; findings of the verification: { $found }.

say-verify-done-line = Verified: chains { $chains }, entries { $entries }, daily roots { $roots }, enrolments { $enrolments }, papers { $papers }, files { $files }; erased texts { $erased }.
say-verify-sound = Sound: nothing was found.
say-verify-not-sound = NOT SOUND.

say-user-name = User name: { $name }
say-user-until = Valid until: { $until }
say-token-name = command line
