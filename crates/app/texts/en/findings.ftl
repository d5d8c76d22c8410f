# What verification finds. The keys are the words of services::verify; docs/operating/verify.md explains them.

found-line = { $place }: { $text }
found-line-entry = { $place }, entry { $seq }: { $text }

# Where.
place-chain = { $subject }
place-student-chain = { $subject } (student no. { $student })
place-entry = ledger_entry { $id }
place-root = daily root of { $day }
place-roots-line = file of roots, line { $line }
place-paper = paper { $unit } { $number }
place-file = file { $sha256 }
place-paper-file = file { $sha256 } (paper { $paper })
place-guard = trigger { $name }
place-table = table { $name }

# What.
found-entry-altered = the entry was altered: its content does not fit its own hash
found-entry-unreadable = the entry cannot be read; it must have been altered
found-link-broken = the entry does not follow the one before it: this link or the earlier entry was altered
found-entry-removed = the entry was removed
found-last-entry-removed = the entry at the end of the chain was removed
found-entry-added = the entry was added without the program
found-head-altered = the head of the chain does not fit its last entry: the head or the last entry was altered
found-head-missing = the head of the chain was removed
found-chain-missing = there is no chain in the ledger
found-subject-missing = there is a chain in the ledger, but nobody to whom it belongs
found-text-altered = the text of the entry was altered
found-text-removed = the text of the entry was removed without an entry that says so
found-text-added = a text was added to the entry later
found-root-altered = the stored root is not the one that the entries give
found-root-altered-run = the stored root is not the one that the entries give ({ $days } roots up to { $until })
found-history-rewritten = history was rewritten: the entries do not give the root of the file
found-history-rewritten-run = history was rewritten: the entries do not give the root of the file ({ $days } roots up to { $until })
found-root-not-stored = the root of the file is not in the database, or is another one there
found-root-not-listed = the root of the database is not in the file: the file is incomplete or was shortened
found-roots-line-unreadable = the line cannot be read; it must be `day last-entry chains entries hash`
found-status-differs = the status stands as “{ $stored }”, the ledger gives “{ $given }”
found-link-differs = it hangs on another enrolment than the ledger says
found-placement-differs = it differs from the ledger: { $fields }
found-former-differs = the change began from another value than the ledger gives: { $fields }
found-terms-differ = the terms are not those that the ledger gives: { $terms }
found-identity-differs = the identity was changed without an entry in the ledger: { $fields }
found-registration-differs = the identity of the day of registration was altered: { $fields }
found-registration-missing = the identity of the day of registration was removed
found-marks-differ = the marks are not those of which the ledger tells
found-marks-unrecorded = there are marks of which the ledger tells nothing
found-figures-differ = the stored averages or ECTS are not what the marks give
found-index-differs = its row in the search index does not fit the record
found-index-stray = there is a row in the search index, but nobody to whom it belongs
found-number-missing = the number was given, but no paper has it
found-number-not-given = the number of the paper was never given
found-series-gap = the student numbers of the series “{ $series }” have a gap
found-paper-misfiled = the hash of the paper is not that of its file
found-file-broken = the file is missing or was altered: { $why }
found-file-size = the file has { $found } bytes and should have { $right }
found-guard-missing = the guard of the database was removed or turned off
found-unreadable = a row cannot be read; the rest of this check was not done (column { $column }: { $value })
