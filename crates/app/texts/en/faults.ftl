# What is wrong in the files of records and how to mend it. The keys are the words of services::records::Problem.

# Where the fault is.
fault-at-file = { $file }: { $text }
fault-at-row = { $file }, row { $row }: { $text }
fault-at-column = { $file }, row { $row }, column “{ $column }”: { $text }

# What may stand in a column.
expected-key = a whole number, once in the file
expected-reference = a key of { $file }
expected-student_reference = a student_no of students.csv
expected-student_no = a student number: at most { $most } letters, digits, “-”, “.” or “/”
expected-one_of = { $words }
expected-code = a code of at most { $most } characters
expected-text = a text of at most { $most } characters
expected-name = a person’s name of at most { $most } characters
expected-digits = { $count } digits
expected-whole = a whole number, { $from }–{ $to }
expected-decimal = a number, 0–{ $most }, at most two decimals
expected-day = a day: yyyy-mm-dd or dd.mm.yyyy
expected-identity_no = a national or foreigner’s identity number, 11 digits
expected-email = an e-mail address
expected-letter = a letter of the institution’s grade scale
expected-academic_year = an academic year: 2024-2025
expected-language = two small letters: tr, en

# The file.
fault-missing_file = The file is not in the folder. All twelve files are needed; one without rows has its header alone.
fault-misnamed_file = The file is not in the folder, but “{ $found }” is; mend its name.
fault-folder_instead = A folder has this name, not a file. Rename the folder and put the file there.
fault-empty_file = The file is empty. It needs at least its header: { $header }
fault-unreadable = The file cannot be read: { $why }. Check where it is and that it may be read.
fault-separator_semicolon = The fields are separated by semicolons (;); commas (,) are needed. Choose “CSV UTF-8 (comma delimited)” in Excel; where the regional settings use semicolons, set the list separator to a comma.
fault-separator_tab = The fields are separated by tabs; commas (,) are needed. Choose “CSV UTF-8 (comma delimited)” in Excel.
fault-separator_bar = The fields are separated by bars (|); commas (,) are needed. Export the file again with commas.
fault-no_header = The first row is no header (“{ $found }”). Write the names of the columns there: { $header }
fault-unknown_column = The header has an unknown column “{ $found }”. Remove it or mend its name; expected: { $header }
fault-unnamed_column = The header has a column without a name. Remove it or name it; expected: { $header }
fault-missing_column = The header lacks this column. Add it; the order does not matter.
fault-repeated_column = The header has this column { $times } times; remove all but one.
fault-column_content = None of the first { $rows } rows holds what is expected ({ $expected }); one holds “{ $found }”. The columns may have slipped or the header may be wrong; compare the header with the data.
fault-swapped_columns = The columns “{ $one }” and “{ $other }” are swapped: in the first rows each holds what belongs to the other. Exchange the two names in the header.
fault-overtaken = Another import of records began while this one ran; nothing of this one was written. Try again when the other has ended.
fault-too_many = So many faults were found that reading stopped. Mend those and try again.
fault-too_many_rows = The file has more than { $rows } rows, which such a file cannot have. Make sure that it is the right file.

# Lines and letters.
fault-utf_16 = The file is written in UTF-16. Save it again as “CSV UTF-8 (comma delimited)”.
fault-windows_1254 = The file is not UTF-8 but looks like Windows-1254 (Turkish ANSI): “{ $near }”. Save it again as “CSV UTF-8 (comma delimited)”.
fault-not_utf_8 = The file is not UTF-8 (“{ $near }”). Save it again as “CSV UTF-8”.
fault-line_too_long = The row is longer than { $most } bytes, which no row can be. Make sure that it is the right file.
fault-control_character = The row has a character that cannot be written (byte { $byte }). The file is damaged or no CSV; export it again.
fault-quote_inside = There is a double quote (") in the middle of a field. A quoted field is quoted from beginning to end, and a quote inside is written twice.
fault-quote_followed = After a closing double quote (") a separator must follow. A quote inside is written twice ("").
fault-quote_open = A double quote (") is not closed before the end of the row. Close it; a field cannot contain a line break.
fault-truncated = The last row is cut off: it has { $found } fields instead of { $expected } and no line end. The file was not copied whole; export it again.
fault-field_count = The row has { $found } fields instead of { $expected }. Put texts that contain commas in double quotes; keep the commas of empty fields.
fault-letters_lost = Letters were lost when the file was saved earlier: “{ $found }”. Export it again from the source as UTF-8.
fault-encoded_twice = Letters were converted twice: “{ $found }” should be “{ $meant }”. Export the file again from the source as UTF-8.

# One field.
fault-empty = This cannot be left empty; expected: { $expected }.
fault-not_understood = “{ $found }” cannot be read; expected: { $expected }.
fault-range = “{ $found }” is out of range; write a whole number from { $from } to { $to }.
fault-decimal_range = “{ $found }” is out of range; write a number from 0 to { $most }.
fault-word = “{ $found }” is unknown; it must be one of: { $words }.
fault-digit_in_name = A person’s name cannot contain digits: “{ $found }”. The columns may have slipped; compare the header with the data.
fault-character_in_name = A person’s name holds a character that cannot be used or seen ({ $code }). Delete the name in the source system and type it again.
fault-too_long = The text has { $length } characters; { $most } are possible: “{ $found }”. Shorten it.
fault-identity_not_digits = An identity number consists of digits alone; character { $position }, “{ $found }”, is none. Write the right one from the identity paper, or leave the field empty.
fault-identity_length = An identity number has 11 digits; { $digits } are written. Write the right one from the identity paper, or leave the field empty.
fault-identity_leading_zero = An identity number cannot begin with 0. Write the right one from the identity paper, or leave the field empty.
fault-identity_check_digit = The identity number is wrong: digit { $place } does not fit those before it. A digit may be wrong or two may have changed places. Write the right one from the identity paper, or leave the field empty.
fault-letter_too_long = “{ $found }” is too long for a letter mark; write a letter of the grade scale.
fault-letter_sign = “{ $found }” is no letter mark; it contains “{ $sign }”. Write a letter of the grade scale.

# Rows against each other.
fault-repeated_key = An earlier row has the key { $key } already; every row needs a key of its own. Remove one or write the right key.
fault-repeated_number = Row { $first } has the number “{ $number }” already; every student number is written once. Remove the second row or mend the number.
fault-repeated_row = Row { $first } says the same; remove one of them.
fault-repeated_position = Row { $first } has the same position in the same term of this curriculum; change the position.
fault-repeated_section = An earlier row has this section number of the same course in the same term; change the section number.
fault-repeated_code = Row { $first } has the code “{ $found }” already; every code is used once. Mend one of them.
fault-repeated_identity_no = Row { $first } has the same identity number; a person is written once. Remove the second row or mend the number.
fault-repeated_term = The same term of one student stands in { $times } rows; the first is row { $first }. Remove the others.
fault-repeated_mark = The same course of one student in the same term stands in { $times } rows; the first is row { $first }. Remove the others.
fault-unknown_reference = There is no key “{ $found }” in { $file }. Add the row to { $file } or mend the key.
fault-no_parent = Every unit but the university needs one above it; write the unit_id of that unit.
fault-universities = Exactly one unit must be of the kind “university”; there are { $count }. Mend the kinds of the units.
fault-cycle = The unit stands above itself: the units above it form a circle. Mend parent_id.
fault-foreign_curriculum = The curriculum with the key { $curriculum } does not belong to the programme with the key { $program }; write a curriculum of that programme.
fault-foreign_section = The section with the key { $section } is one of the course { $course } in the term { $term }, which are not those of this row. Mend the section, or the term and the course.
fault-two_people = Row { $first } has the same identity number with another name or birthday. Mend the identity number; if both rows are one person, let them say the same.
fault-class_year = There is no class year { $class }: the programme takes { $most } years. Write a number from 0 (preparatory) to { $most }.

# Days.
fault-date_order = { $day } must be later than “{ $column }” ({ $after }). Mend one of the two days.
fault-outside_year = { $day } is not in the academic year { $year }; mend the year or the day.
fault-entry_in_future = The year of entry { $year } has not come yet; { $most } is the latest possible.
fault-birth_in_future = The birthday { $day } has not come yet; write the day of the identity paper.
fault-birth_after_entry = The birthday { $day } is too late for the year of entry ({ $entry }); mend one of them.
fault-birth_too_early = The birthday { $day } is before 1900; write the day of the identity paper.
fault-status_in_future = { $day } has not come yet; a status cannot begin after today.
fault-status_before_entry = { $day } is before the year of entry ({ $entry }); the status “{ $status }” cannot begin before it. Mend the day or the year.

# Marks.
fault-unknown_letter = The institution’s grade scale has no letter “{ $found }”; its letters are: { $letters }.
fault-points = The letter “{ $letter }” is worth { $right }; { $found } is written. Mend the letter or the points.
fault-points_outside = The letter “{ $letter }” does not count for the average and has no points; { $found } is written. Leave the field empty.

# Against what was taken over before.
fault-renumbered = This row ({ $found }) was taken over before with the key { $key }, which the file no longer has. Keys must stay the same from one import to the next: write { $key } again, here and in the files that refer to this row.
fault-taken_by_another = { $found } belongs to another row, which was taken over with the key { $key }. If the keys have slipped, write the former ones; if two rows really exchange this, bring in the row with the key { $key } and its new value first, and this one in a second import.
fault-taken_here = { $found } belongs to something that was set up in Künye. Mend the value in the file, or change the record in Künye.
fault-renumbered_student = This person was taken over into the same programme in the same year with the number { $number }, which the file no longer has. The new number would open a second enrolment: write { $number } again, here and in the files of terms and marks.
fault-number_of_another = This student number is somebody else’s in Künye; the identity number and birthday of the row are those of student { $number }. Mend the student number or the person’s data.

# How far an import has come.
phase-reading = Reading { $file }
phase-checking = Checking the rows
phase-comparing = Comparing
phase-applying = Writing
