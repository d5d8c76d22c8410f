# Student list and student page.
students-title = Students
students-query = Name or student number
students-surname = Surname begins with
students-search = Search
students-filters = Filters in force
students-clear = Remove all
students-table = List of students
students-number = Number
students-name = Name
students-programme = Programme
students-class = Class
students-status = Status
students-programme-code = Programme code
students-advisor = Advisor
students-export-note = { $n ->
    [one] The one student of this filter
   *[other] All { $n } students of this filter
  }
students-ects = ECTS
students-agno = CGPA

student-counter = Counter
student-actions = What can be done
student-actions-hint = choose by letter
student-can-have = Documents I can have
student-can-give = Documents that can be issued
student-timeline = Timeline
student-timeline-empty = Nothing recorded yet
student-timeline-empty-text = Everything that happens to the enrolment appears here with its basis.
student-timeline-all = All { $n }
student-marks = Grades
student-marks-empty = No grades recorded
student-marks-empty-text = Grades appear here term by term once the first term has been entered.
student-left = Courses of the curriculum not taken yet, { $n }
student-left-text = Not every elective is taken; the curriculum says how many are needed.
student-enrolments = Enrolments
student-enrolment-number = Number
student-enrolment-programme = Programme
student-enrolment-entry = Entry
student-enrolment-status = Status
student-enrolment-this = this page
student-papers = Papers
student-paper = Paper
student-paper-state = State
student-papers-empty = No papers recorded
student-papers-empty-text = Papers received and papers missing appear here.
student-papers-elsewhere = From before Künye: papers not listed here
student-papers-elsewhere-text = This enrolment was taken over from an earlier system. Its papers may be in the student’s file; that they are not recorded here does not make them missing. The list opens with the first paper that is recorded.
student-papers-whole = Compared with what “{ $entry }” asked for on { $date }.
student-papers-guessed = The earlier system did not say how the student entered; which papers were asked for has to be asked.
student-papers-no-list = The rule book does not say which papers “{ $entry }” asked for on { $date }; nothing can be called missing.
student-papers-ended = The studies have ended; no papers are asked for.
student-paper-due-registration = Due on the day of registration: { $date }
student-paper-due-application = Due with the application
student-paper-due = Due by { $date }
student-paper-over = Was due by { $date }
student-paper-due-unknown = May follow a temporary registration; the last day of that year is not in the rule book
student-paper-ask-unverified = No verified source says that it is asked for
student-paper-ask-condition = Asked for only from: { $conditions }
student-paper-age = at most { $months } months old
student-paper-unread = { $rule }, unverified
student-issued = Documents issued
student-issued-tab = Documents
student-issued-kind = Document
student-issued-date = Date
student-issued-by = Issued by
student-issued-state = State
student-issued-act = Action
student-issued-empty = No document has been issued yet
student-issued-empty-text = Every document issued stays here with its number and state; its stored copy can be opened.
student-identity = Identity
student-identity-field = Field
student-identity-registered = As registered
student-identity-now = As now
student-identity-same = same
student-contact = Contact
student-notes = Counter notes
student-notes-empty = No notes
student-notes-empty-text = Write here what the counter should know; only the office sees it.
student-note-add = Add note
student-note-new = Write a note

# The list.
students-found = { $n ->
    [one] One student
   *[other] { $n } students
  }
students-entry-year = Year of entry
students-bulk-documents = Issue documents
students-chip-surname = surname begins with “{ $text }”
students-chip-class = class { $class }
students-chip-entry = entered { $year }
students-none = No student matches these filters
students-none-text = Shorten what you typed, or remove one of the filters.
export-given-name = Given name
export-surname = Surname

# The student's page.
student-since = since { $date }
student-class = Class
student-class-value = Class { $class }
student-entry = Entry
student-advisor = Advisor
student-curriculum = Curriculum
student-curriculum-value = { $version } (from { $year })
student-phone = Telephone
student-ects = ECTS (earned)
student-ects-taken = ECTS taken
student-ects-earned = ECTS earned
student-agno = CGPA
student-agno-how = How the CGPA was worked out
student-ano-how = How the GPA of the term was worked out
student-average-how = The sum of grade coefficient times ECTS, divided by the ECTS that count.
student-average-rounded = Rounded: { $shown }
student-withheld = not verified
student-withheld-why = The rule behind this figure has not been verified in the institution’s rule book; until it is, the figure is not stated.
student-record-broken = The average could not be worked out
student-no-identity = no identity number on record
student-reveal = show and record
student-reveal-own = show
student-link-double_major = Double major; main programme { $main }
student-link-minor = Minor; main programme { $main }
student-note = Note
student-term-no = Term { $no }
mark-repeat = repeated
mark-replaced = replaced by a later grade
mark-elective = elective
timeline-reverse = undo
timeline-issued = Document issued
timeline-cancelled = Document cancelled

# What can be done.
act-open = Open
act-status = Change of status
act-note-status = Written with its decision or paper.
act-contact = Contact details
act-note-contact = E-mail, telephone, address.
act-identity = Correction of identity
act-note-identity = With a court ruling or an identity paper.
act-papers = Papers handed in
act-note-papers = Received, original seen, or missing.
act-photo = Photograph
act-note-photo = JPEG or PNG, at most 10 MB.
act-link = Link to main programme
act-note-link = As a double major or minor.
act-account = Sign-in link
act-note-account = For the first sign-in or a forgotten password; an identity paper is seen first.

# Forms of the student's page.
contact-title = Contact details
contact-email = E-mail
contact-email-hint = Example: name.surname@example.invalid
contact-phone = Mobile telephone
contact-phone-hint = Example: 0532 000 00 00
contact-address = Address
contact-change = Change

identity-title = Correction of identity
identity-given-name = Given name
identity-surname = Surname
identity-surname-hint = As on the identity paper; it is turned into capitals.
identity-number = National identity number
identity-number-hint = Type it only if it changes; left empty, it stays as it is.
identity-sex = Sex
identity-birth = Birth
identity-birth-date = Date of birth
identity-birth-place = Place of birth
identity-nationality = Nationality
identity-nationality-hint = Two-letter country code, for example TR
identity-submit = Change the identity

ground-heading = Basis
ground-kind = Kind of basis
ground-ref = Number of the basis
ground-ref-hint = Example: 2026/14-03
ground-ref-identity-hint = Example: Civil Court 2026/118
ground-ref-correction-hint = The paper that shows the mistake. Example: minutes 2026/7
ground-on = Date of the basis
ground-on-hint = Required unless the basis is legislation. Example: 05.02.2026

status-title = Change of status
status-next = New status
status-effective = In force from
status-effective-hint = The day on which the decision takes effect. Example: 05.02.2026
status-since = Present status since
status-submit = Change the status

reverse-title = Undo an entry
reverse-submit = Undo by a reversing entry

paper-title = Papers handed in
paper-kind = Paper
paper-state = State
paper-description = Description
paper-description-hint = Required for “other paper”. Example: military status certificate
paper-scan = Scan
paper-scan-hint = PDF, JPEG or PNG; at most 10 MB

photo-title = Photograph
photo-file = Photograph file
photo-hint = JPEG or PNG, at most 10 MB. The face is visible, the background plain.

link-title = Link to main programme
link-kind = Kind of link
link-kind-hint = Leave it empty to remove the link.
link-main = Student number in the main programme
