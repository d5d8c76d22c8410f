# Documents: kinds, states, the pages of one paper, batches.
documents-title = Documents
documents-jobs = My batches
documents-none = No document has been issued yet
documents-none-text = Documents are issued from the student’s page or from the list of students.
documents-from = First day
documents-to = Last day
documents-until = until { $date }
documents-no-hit = No document fits these filters
documents-no-hit-text = Remove one of the filters, or widen the days.
document-student_certificate = Student certificate
document-transcript = Transcript
document-registration_confirmation = Confirmation of registration
document-missing_papers_notice = Notice of missing papers
document-registration_status_letter = Letter on the state of registration
document-file_label = Label of the student file
document-daily_registration_list = Registration list of the day
document-status-preparing = In preparation
document-status-valid = Valid
document-status-superseded = Superseded
document-status-cancelled = Cancelled
document-number = Document no.
document-kind = Document
document-student = Student
document-unit-day = Unit and day
document-date = Date
document-by = Issued by
document-state = State
document-purpose = What it is for
document-purpose-hint = Printed on the document. Example: scholarship application
document-decision = Why it may go out
document-decision-hint = The rule leaves this document to a person's judgement. Say why it is given; it goes into the audit log.
document-code = Verification code
document-code-note = Checked at { $address }.
document-hash = Hash of the file (SHA-256)
document-lang = Language of the document
document-rules = Rules
document-issue = Issue
document-open = Open PDF
document-cancel = Cancel it
document-cancel-title = Cancel the document
document-cancel-note = A cancelled document stays cancelled
document-cancel-note-text = Its number stays taken; the public page says that the document was cancelled and does not say why.
document-cancel-reason = Reason
document-cancel-reason-hint = Example: issued for the wrong student
document-preparing = The document is being prepared
document-preparing-text = It has its number and is being printed. Reload the page in a few seconds.
document-cancelled = This document was cancelled
document-cancelled-text = { $when }. Reason: { $reason }
document-superseded = A newer document has taken its place
document-superseded-text = A copy of this one is genuine, but the newer one is current.
document-newer = Open the current one
document-successor-cancelled = The document that took its place was cancelled, too
document-successor-cancelled-text = There is no valid document today. If one is needed, issue it on the student's page.
document-can = Can be issued today.
document-can-own = You can have it from the student office today.
document-can-office = Can be issued today; the student office does it.
document-print-tr = Turkish
document-print-en = English
language-tr = Turkish
language-en = English

batch-title = A batch of documents
batch-chosen = { $n ->
    [one] One student chosen
   *[other] { $n } students chosen
}
batch-preview = Preview
batch-lead = See what will happen before it does.
batch-figures = Preview
batch-will = will be issued
batch-have = hold a valid one
batch-will-not = cannot be issued
batch-unknown = not found
batch-not-found = No student has this number. Check the number.
batch-not-allowed = You may not issue documents for this student.
batch-ready = Will be issued
batch-valid = Valid document today
batch-held = { $number }; the new one takes its place
batch-missing = Not found
batch-refused = Cannot be issued
batch-number = Number
batch-name = Name
batch-reason = Why
batch-nothing = There is no document to issue.
batch-start = { $n ->
    [one] Issue one document
   *[other] Issue { $n } documents
}

job-lead = You may leave this page; the work goes on. The result is on the Documents page.
job-counts = { $done } / { $total }
job-result = { $done } issued, { $failed } not issued
job-result-whole = { $done } issued
job-failures = { $n ->
    [one] One document could not be issued
   *[other] { $n } documents could not be issued
}
job-cancel = Stop
job-merged = One PDF
job-zip = Download ZIP
job-waits-for-room = The disk is full. This work waits and no document is half-done. Tell the IT department: it goes on by itself once there is room.

# Findings.
finding-certificate-active = Active student; the certificate can be issued.
finding-certificate-on-leave = On leave; the document says so.
finding-certificate-suspended = Suspended. A person decides whether the document is given.
finding-certificate-graduated = Graduated on { $since }; a student certificate is not given. A transcript or a graduation document can be.
finding-certificate-withdrawn = Withdrew on { $since }; a student certificate is not given. A transcript can be.
finding-certificate-dismissed = Deregistered on { $since }; a student certificate is not given. A transcript can be.
finding-certificate-transferred = Transferred out on { $since }; a student certificate is not given. A transcript can be.
finding-certificate-deceased = Deceased; a student certificate is not given.
finding-certificate-provisional = Registered provisionally. Whether a certificate may be given then stands in no article that was read; the official decides.
finding-certificate-registration-cancelled = The registration was cancelled; a student certificate is not given.
finding-transcript-marks = { $marks } grades on record; the transcript can be issued.
finding-transcript-no-marks = No grades on record; a transcript is not given. It can be once the first grades are entered.
finding-transcript-figure-withheld = Some figures rest on values nobody has verified and are not printed; the document names them.
finding-transcript-no-scale = There is no grade scale for this day ({ $rule }). Add it to the rule book.
finding-transcript-letter-unknown = The scale has no letter “{ $letter }” ({ $course }). Correct the grade or the scale.
finding-identity-number-missing = No identity number on record; the document leaves it blank.
finding-no-signatory = Nobody holds an office that signs for { $unit } on { $day }. Add an appointment on the unit's page.
finding-signing-rule-missing = The rule book does not say which office signs this document.
finding-signing-rule-unverified = The rule of who signs is not verified; check the authority to sign.
finding-unit-name-missing = The unit of programme { $programme } has no name for today. Add it on the unit's page.
finding-record-not-computed = The average could not be computed: { $why }
finding-photo-missing = No photo on record.
finding-photo-broken = The photo on record cannot be read; upload a new one.
finding-term-missing = The calendar has no term for today.
finding-document-preparing = The document is still being prepared; try again in a few seconds.
finding-document-cancelled = The document was cancelled; it cannot be printed again.
finding-batch-running = The batch is still running; its documents can be had when it has ended.
finding-batch-without-papers = This batch made no documents.
finding-student-not-found = Nobody in your reach has this student number.
finding-issue-not-allowed = You may not issue documents to this student.
finding-item-not-done = The document could not be made because of a fault; try again.
finding-press-refused = The document could not be printed; tell the IT office.
finding-letter-not-printed = The document would show a character that cannot be printed: “{ $letter }” ({ $code }). Mend the name, the place of birth or the purpose.

# Papers of registration.
finding-registration-not-here = Was not registered by a desk here (the record was taken over from an earlier system); this paper is not issued.
finding-registration-undone = The registration was undone on the day it was made; this paper is not issued.
finding-registration-confirmation-final = Finally registered; the confirmation can be issued.
finding-registration-confirmation-provisional = Provisionally registered; the paper says so, with the last day ({ $until }).
finding-registration-confirmation-no-day = The registration is provisional, but no last day is recorded; the paper is not issued. Record the day at the desk.
finding-registration-confirmation-ended = No student since { $since }; a letter on the state of registration can be issued instead.
finding-missing-papers-notice-owed = Papers missing: { $papers }; the notice can be issued.
finding-missing-papers-notice-none = Nothing is missing; no notice is issued.
finding-missing-papers-notice-to-ask = Papers of which nobody has asked whether they are needed: { $papers }; they are not on the notice. Ask, and record the answer with the papers.
finding-missing-papers-notice-ended = No student since { $since }; no papers are asked for.
finding-registration-status-letter-final = Finally registered; the letter can be issued.
finding-registration-status-letter-provisional = Provisionally registered; the letter says so.
finding-registration-status-letter-ended = No student since { $since }; the letter says so.
finding-registration-status-letter-deceased = Deceased; the letter is not issued.
finding-file-label-registered = The labels can be printed.
finding-daily-registration-list-rows = Registrations on { $day }: { $rows }; the list can be issued.
finding-daily-registration-list-empty = Nobody was registered in this unit on { $day }.
finding-daily-registration-list-future = { $day } has not come yet; its list cannot be issued.
finding-issuing-unit-name-missing = The unit has no name recorded for today. Add it on the unit's page.

# Papers of an orientation.
document-participation_certificate = Certificate of participation in orientation
document-orientation_notice = Orientation notice
document-sign_in_sheet = Orientation sign-in sheet
finding-participation-certificate-sessions = Sessions attended: { $sessions }; the certificate may be issued.
finding-participation-certificate-none = No attendance of an orientation was noted.
finding-participation-certificate-not-over = The session attended is not over yet.
finding-participation-certificate-cancelled = The registration was undone; no certificate of participation is issued.
finding-orientation-notice-sessions = Sessions to come: { $sessions }; the notice may be issued.
finding-orientation-notice-empty = No session is planned; add sessions to the programme first.
finding-orientation-notice-over = All sessions are over; there is nothing to announce.
finding-sign-in-sheet-lines = Students expected: { $lines }; the sheet may be issued.
finding-sign-in-sheet-empty = This session expects no student; invite the new students first.
