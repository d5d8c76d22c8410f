# Placement lists: loading, preview, mapping, rows that wait, and one candidate by a form.
placement-title = Placement lists
placement-lead = Lists that were taken over, and rows that wait to be mended. Candidates appear at the registration desk.
placement-lists = Lists taken over
placement-load = Load a list
placement-enter = Enter one candidate
placement-none = No list has been taken over
placement-none-text = Load the list that came from OSYM or YOKSIS.
placement-list = List
placement-kind = Way of entry
placement-when = Taken over
placement-counts = New / changed / same
placement-open = Faulty rows waiting
placement-origin-file = file
placement-origin-service = YOKSIS
placement-origin-form = form
placement-file = File
placement-file-hint = CSV, XLSX or a page of YOKSIS (JSON); 32 MB at the most.
placement-year = Year of placement
placement-mapping = Column mapping
placement-mapping-hint = Not needed where the headings are those of OSYM or YOKSIS.
placement-preview = Preview
placement-preview-title = Preview of a list
placement-nothing-yet = Nothing has been written yet
placement-nothing-yet-text = Check the figures and the rows, then take the list over.
placement-rows = rows
placement-new = new candidates
placement-changed = candidates that change
placement-same = the same
placement-faulty = faulty rows
placement-apply = Take the list over
placement-apply-sound = Take sound rows alone
placement-download = Download faulty rows
placement-discard = Discard
placement-has-faults = { $count } rows are faulty
placement-has-faults-text = The list is not taken as it is. Download the faulty rows, mend them and load the list again; or take the sound rows alone and leave the others waiting.
placement-bad-file = The file cannot be read; no row is taken
placement-map = Map the columns
placement-row = Row
placement-what = What is wrong
placement-note = To be known
placement-warnings = Rows that go in, with something to be known
placement-faulty-rows = Faulty rows
placement-shown = The first { $shown } rows are shown; the file to download has them all.
placement-first = The first new candidates
placement-changes = Candidates that change
placement-name = Name
placement-birth = Date of birth
placement-score = Score
placement-unused = Columns that are not used
desk-act-data = Mend identity and entry data
desk-act-note-data = What the list leaves out or a form had wrong: class, examination, decision, name.
placement-noted = Download these rows
placement-change-title = Identity and entry data
placement-change-note = Way of entry, year and programme stay
placement-change-note-text = A candidate with another place is entered anew. What you type here stays when the same list is loaded again.
placement-change-save = Save the data
flash-candidate-changed = The candidate’s data were saved.
field-no-main-study = This number belongs to a guest or a linked enrolment. Type the number in the main programme.
placement-map-title = Column mapping
placement-map-lead = Say which heading is which field. The mapping is kept by its name and chosen again for files of the same form.
placement-map-name = Name of the mapping
placement-map-name-hint = Example: Results of special talent
placement-map-must = Columns that must be found: identity number or passport, names, sex, date of birth, one programme code
placement-map-rest = Other columns
placement-map-save = Keep and preview
placement-at-column = { $column }: { $text }
placement-settled = No faulty row is waiting
placement-settled-text = All rows of the list went in or were taken off.
placement-mend = Faulty rows wait to be mended
placement-mend-text = Mend a row by hand, take it off with the reason, or download the file and load it mended by itself. A row that comes sound with a later list leaves this one by itself.
placement-act = Act
placement-dismiss = Take off
placement-dismiss-title = Take a row off the list
placement-dismiss-lead = Row { $row } will not go in and no longer wait.
placement-dismiss-reason = Reason
placement-dismiss-hint = Example: placed in another university
placement-new-title = Enter a candidate
placement-new-lead = Choose the way of entry of a candidate who comes without a list. What each brings with it stands beside it, with its source.
placement-kinds = Ways of entry
placement-kind-stay = Studies
placement-kind-fee = Fee
placement-kind-told = Reported to
placement-kind-number = Scheme of numbers
placement-kind-longest = { $span } at most.
placement-kind-former = A former enrolment here ends with the final registration.
placement-kind-within = { $to } (within { $span })
entry-stay-degree = For a degree.
entry-stay-guest = Guest, with a last day.
entry-stay-linked = Hangs on a main programme.
report-to-yoksis = YÖKSİS
report-to-military = Military office
report-to-home_institution = Institution one comes from
scheme-yy = year (2)
scheme-yyyy = year (4)
scheme-programme = programme ({ $digits })
scheme-unit = unit ({ $digits })
scheme-serial = serial ({ $digits })
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
span-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
span-terms = { $n ->
    [one] { $n } term
   *[other] { $n } terms
}
placement-programme = Programme
placement-entry-year = Year of entry
placement-who = Identity
placement-nationality-hint = Two-letter code of the country; may be left empty for whoever has a Turkish identity number.
placement-contact = Contact
placement-entry-facts = About the entry
placement-father = Father’s name
placement-mother = Mother’s name
placement-prep = Begins with the preparatory class
placement-save = Save the candidate
flash-placement-applied = The list was taken over.
flash-placement-mapped = The column mapping was kept.
flash-placement-dismissed = The row was taken off.
flash-placement-discarded = The file was discarded; nothing was written.
flash-candidate-entered = The candidate was saved.
field-year-range = No candidates can be taken for this year. Write the year of placement in four digits. Example: 2026
field-kind-without-list = Candidates of this way of entry come without a list; they are entered one by one.
field-kind-without-form = Candidates of this way of entry are not entered by a form; they come in a list.
field-placed-already = The candidate has a place in this programme by the same way of entry and year.
field-unknown-programme = No programme has this code.
field-passport-form = A passport number has letters and digits, 20 at the most.
field-stay-too-long = Is beyond the longest stay of the rules. Write an earlier day.
field-unknown-number = No student has this number. Check it.
field-other-person = This number belongs to somebody else.
field-class-form = Write the class as a digit: 0 for the preparatory class, then 1 to 7.
field-file-missing = No file was chosen, or it is empty. Choose it again.
field-mapping-empty = No column was mapped. Choose at least one heading.
field-mapping-twice = The same heading was chosen for two fields. Empty one of them.

# Fetching from YÖKSİS.
fetch-button = Fetch from YÖKSİS
fetch-title = Fetching placements from YÖKSİS
fetch-lead = Placed candidates are read from YÖKSİS page by page and taken over at once when all are there. Sound rows become candidates; faulty ones wait to be mended.
fetch-kind = Kind of placement
fetch-dry-run = Only check
fetch-dry-run-hint = Shows the figures and writes nothing.
fetch-start = Fetch from YÖKSİS
fetch-not-configured = There is no connection to YÖKSİS
fetch-by-file = Meanwhile the list can be loaded from a file.
fetch-progress = Pages of YÖKSİS
fetch-pages = { $done } / { $total } pages
fetch-waits = Waiting
fetch-no-page = No page was read
fetch-result = Rows that came
fetch-again = Fetch again
fetch-list = The list
fetch-worklist = Go to the faulty rows
fetch-candidates = Registration desk
fetch-nobody = YÖKSİS has nobody
fetch-nobody-text = There are no records of this year and kind of placement. Check the year and the kind.
fetch-failed = The list could not be fetched, nothing was written
fetch-looked-text = This was a check alone. To take the list over, start again without “Only check”.
fetch-faulty = { $n ->
    [one] { $n } row is faulty and waits to be mended
   *[other] { $n } rows are faulty and wait to be mended
}
fetch-faulty-text = The others were taken over. Mend a faulty row by hand, take it off with the reason, or fetch again once it is right at YÖKSİS: a row that comes sound leaves the list by itself.
fetch-done = The list was taken over
fetch-done-text = The candidates are at the registration desk.
fetch-decided = decided before
fetch-others = rows of other units
fetch-warning-already_student = { $n ->
    [one] { $n } candidate is a student of the university
   *[other] { $n } candidates are students of the university
}
fetch-warning-placed_by_other = { $n ->
    [one] { $n } candidate has a place of the same year in another way
   *[other] { $n } candidates have a place of the same year in another way
}
fetch-warning-quota_left_out = { $n ->
    [one] The seats of { $n } programme are no number and were left out
   *[other] The seats of { $n } programmes are no number and were left out
}
fetch-warning-quota_differs = { $n ->
    [one] The rows of { $n } programme tell different seats, which were left out
   *[other] The rows of { $n } programmes tell different seats, which were left out
}
fetch-warning-differs = { $n ->
    [one] { $n } candidate who does not wait any more has changed at YÖKSİS; the record stays as it is
   *[other] { $n } candidates who do not wait any more have changed at YÖKSİS; their records stay as they are
}
fetch-warning-email_left_out = { $n ->
    [one] { $n } e-mail address is wrong and was left out
   *[other] { $n } e-mail addresses are wrong and were left out
}
fetch-warning-text = The rows were taken over; the registration desk decides.
placement-mend-row = Mend by hand
placement-mend-title = Mend the row by hand
placement-mend-lead = The form holds what the row says. Mend what is wrong and save; the candidate comes to the registration desk, the row leaves the list.
placement-mend-save = Save the candidate
flash-placement-mended = The candidate was saved, the row has left the list.
field-kind-not-fetched = The placement service of YÖKSİS does not have this kind. Choose one of the list.
field-service-not-configured = No YÖKSİS account is set; load the list from a file, or tell your administrator.

# Columns.
placement-field-identity_no = Identity number
placement-field-passport = Passport number
placement-field-given_name = Given name
placement-field-surname = Surname
placement-field-sex = Sex
placement-field-birth_date = Date of birth
placement-field-programme_code = Programme code (OSYM)
placement-field-yoksis_code = Programme code (YOKSIS)
placement-field-father_name = Father’s name
placement-field-mother_name = Mother’s name
placement-field-birth_place = Place of birth
placement-field-nationality = Nationality
placement-field-citizen_tr = Citizen of Turkey (1)
placement-field-citizen_kktc = Citizen of Northern Cyprus (1)
placement-field-citizen_other = Citizen of another country (1)
placement-field-email = E-mail
placement-field-phone = Mobile phone
placement-field-home_phone = Home phone
placement-field-address = Address
placement-field-district = Address: district
placement-field-city = Address: province
placement-field-placement_type = Kind of place
placement-field-score_type = Score type
placement-field-score = Placement score
placement-field-rank = Rank
placement-field-choice = Number of the choice
placement-field-school_name = School
placement-field-school_code = School code
placement-field-school_type = Type of school
placement-field-school_branch = Branch of school
placement-field-school_year = Year of leaving school
placement-field-school_score = School score
placement-field-top_of_school = First of the school (1)
placement-field-exam = Examination
placement-field-meb = Answer of the ministry (MEB)
placement-field-meb_words = Words of the ministry (MEB)
placement-field-military = Answer of the military offices
placement-field-military_words = Words of the military offices
placement-field-elsewhere = Registered elsewhere (1)
placement-field-elsewhere_programme = Programme elsewhere
placement-field-e_registered_at = Day of e-registration
placement-field-preparatory = Preparatory class (1)
placement-field-previous_programme = Earlier degree: programme
placement-field-previous_grading = Earlier degree: grading system
placement-field-previous_day = Earlier degree: day
placement-field-class_year = Class
placement-field-quota = Seats

# What is wrong with a file or a row, and how to mend it.
placement-fault-empty_file = The file is empty. Export it again from its source.
placement-fault-no_rows = The file has a heading row and no other. Choose the right file.
placement-fault-too_large = A file may have { $most } MB at the most. Split the list.
placement-fault-not_a_list = The file is no list. Load CSV (UTF-8 or Windows-1254), XLSX or a page of YOKSIS (JSON).
placement-fault-old_workbook = The file is in the old format of Excel (.xls). Save it as .xlsx and load that.
placement-fault-broken_workbook = The workbook cannot be read: { $why }. Open it in Excel and save it again.
placement-fault-truncated = The file ends in the middle. Fetch it again from its source; no row of this one is taken.
placement-fault-unpacked = The workbook unpacks to more than { $most } MB, which no list does. Copy the list alone to a new workbook and load that.
placement-fault-too_many_rows = A list may have { $most } rows at the most. Split it.
placement-fault-too_many_columns = A list may have { $most } columns at the most. Delete the rest.
placement-fault-broken_json = The JSON is broken in line { $line }. Fetch the page again from YOKSIS.
placement-fault-not_a_page = The JSON is no page of placements: it has no list content.
placement-fault-no_header = There is no heading row: the first row holds data. Write the names of the columns into the first row.
placement-fault-missing_columns = These columns were not found: { $columns }. Mend the headings or map the columns.
placement-fault-repeated_column = A second column means the same as “{ $heading }”. Delete one of them.
placement-fault-quote_open = A quote opened in row { $row } is never closed. The file may end in the middle, or the quote is one too many.
placement-fault-quote_followed = In row { $row } no separator follows a closing quote. Mend the row.
placement-fault-letters_lost = Letters were lost in row { $row }: “{ $found }”. A Windows-1254 file may have been saved as if it were UTF-8. Export the list again from its source.
placement-fault-encoded_twice = Letters were converted twice in row { $row }: “{ $found }” should be “{ $meant }”. Export the list again from its source.
placement-fault-other_letters = The letters in row { $row } were read by another code page: “{ $found }” should be “{ $meant }”. Export the list from its source again as UTF-8 or Windows-1254.
placement-fault-swapped_columns = The columns “{ $one }” and “{ $other }” hold each other’s content. Mend the headings.
placement-fault-column_content = The column “{ $column }” holds something else in { $rows } rows; for example “{ $found }”. Mend the headings or map the columns.
placement-fault-unknown_mapping = No column mapping was saved under the name “{ $name }”.
placement-fault-field_count = The row has { $found } fields and should have { $expected }. A separator may be missing or one too many.
placement-fault-empty = Must not be empty.
placement-fault-nobody = There is neither an identity number nor a passport number.
placement-fault-too_long = May have { $most } characters at the most.
placement-fault-formula = A formula is written: “{ $found }”. Write the value itself.
placement-fault-name_character = The name “{ $found }” has a character that no name has ({ $character }). Write it as on the identity paper.
placement-fault-identity_not_digits = An identity number consists of digits alone.
placement-fault-identity_length = An identity number has 11 digits; { $digits } are written.
placement-fault-identity_leading_zero = An identity number cannot begin with 0.
placement-fault-identity_check_digit = The identity number is wrong: its check digit does not fit. A digit may be wrong, or two may have changed places.
placement-fault-passport_form = A passport number has letters and digits, 20 at the most.
placement-fault-not_a_day = “{ $found }” is no date. Write dd.mm.yyyy.
placement-fault-birth_day = { $day } cannot be the birthday of somebody with a place.
placement-fault-unknown_word = “{ $found }” is not understood. It must be one of: { $words }.
placement-fault-not_a_number = “{ $found }” is no number.
placement-fault-country = “{ $found }” is not understood. Write the two-letter code of the country.
placement-fault-unknown_programme = No programme has the code “{ $found }”. Check it, or enter the programme’s OSYM code.
placement-fault-other_programme = The programme with the code “{ $found }” is not in your units.
placement-fault-repeated_row = The same candidate stands in row { $first } with the same programme. Delete one of the rows.
placement-fault-placed_twice = The same candidate has another place in row { $first }. Check which one is right.
placement-fault-placed_elsewhere = The candidate has a place in { $programme } by the same way of entry and year. Record first that it was given up.
placement-fault-already_student = Is a student of the university: { $number }. The candidate is taken all the same; the desk decides.
placement-fault-placed_by_other = Has a place of the same year in another way, too: { $kind }, { $programme }. The candidate is taken all the same; only one of them can be registered.
placement-fault-quota_left_out = “{ $found }” is no number of seats; the seats of the programme were left out.
placement-fault-quota_differs = The programme has { $found } seats here and { $other } in row { $first }. Nobody knows which is right, so they were left out.
placement-fault-email_left_out = “{ $found }” is no e-mail address; it was left out.
placement-fault-differs = The list differs, but the candidate does not wait any more; the record stays as it is.

# What a form asks about the way of entry.
placement-detail-identity_no = Turkish or foreigner’s identity number
placement-detail-passport = Passport number
placement-detail-placement = Placement
placement-detail-score = Score
placement-detail-school = School and year of leaving it
placement-detail-previous_degree = Earlier degree: programme, day
placement-detail-exam = Examination and result
placement-detail-home_institution = Institution he or she comes from
placement-detail-home_programme = Programme there
placement-detail-home_country = Country of it
placement-detail-previous_enrolment = Earlier student number here
placement-detail-main_enrolment = Student number in the main programme
placement-detail-class_year = Class
placement-detail-decision = Decision of admission: board, day, number
placement-detail-agreement = Agreement
placement-detail-law = Law
placement-detail-ends_on = Last day
