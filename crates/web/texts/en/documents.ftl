# Papers: kinds, states, the pages of one paper, batches.
documents-title = Papers
documents-jobs = My batches
documents-none = No papers yet
documents-none-text = No paper fits this filter. Papers are issued from the student's page.
document-student_certificate = Student certificate
document-transcript = Transcript
document-status-preparing = In preparation
document-status-valid = Valid
document-status-superseded = Superseded
document-status-cancelled = Cancelled
document-number = Paper no.
document-kind = Paper
document-student = Student
document-date = Date
document-by = Issued by
document-state = State
document-purpose = What it is for
document-purpose-hint = Printed on the paper. Example: scholarship application
document-decision = Why it may go out
document-decision-hint = The rule leaves this paper to a person's judgement. Say why it is given; it goes into the audit log.
document-code = Verification code
document-code-note = Checked at { $address }.
document-hash = Hash of the file (SHA-256)
document-lang = Language of the paper
document-rules = Rules
document-issue = Issue
document-open = Open PDF
document-cancel = Cancel it
document-cancel-title = Cancel the paper
document-cancel-note = A cancelled paper stays cancelled
document-cancel-note-text = Its number stays taken; the public page says that the paper was cancelled and does not say why.
document-cancel-reason = Reason
document-cancel-reason-hint = Example: issued for the wrong student
document-preparing = The paper is being prepared
document-preparing-text = It has its number and is being printed. Reload the page in a few seconds.
document-cancelled = This paper was cancelled
document-cancelled-text = { $when }. Reason: { $reason }
document-superseded = A newer paper has taken its place
document-superseded-text = A copy of this one is genuine, but the newer one is current.
document-newer = Open the current one
document-can = Can be issued today.
document-print-tr = Turkish
document-print-en = English
language-tr = Turkish
language-en = English

batch-title = A batch of papers
batch-chosen = { $n ->
    [one] One student chosen
   *[other] { $n } students chosen
}
batch-preview = Preview
batch-lead = See what will happen before it does.
batch-figures = Preview
batch-will = will be issued
batch-will-not = cannot be issued
batch-unknown = not found
batch-not-found = No student has this number. Check the number.
batch-not-allowed = You may not issue papers for this student.
batch-refused = Cannot be issued
batch-number = Number
batch-name = Name
batch-reason = Why
batch-nothing = There is no paper to issue.
batch-start = { $n ->
    [one] Issue one paper
   *[other] Issue { $n } papers
}

job-lead = You may leave this page; the work goes on. The result is on the Papers page.
job-documents = A batch of papers
job-counts = { $done } / { $total }
job-failures = { $n ->
    [one] One paper could not be issued
   *[other] { $n } papers could not be issued
}
job-cancel = Stop
job-merged = One PDF
job-zip = Download ZIP
job-waits-for-room = The disk is full. This work waits and no paper is half-done. Tell the IT department: it goes on by itself once there is room.

# Findings.
finding-certificate-active = Active student; the certificate can be issued.
finding-certificate-on-leave = On leave; the paper says so.
finding-certificate-suspended = Suspended. A person decides whether the paper is given.
finding-certificate-graduated = Graduated on { $since }; a student certificate is not given. A transcript or a graduation paper can be.
finding-certificate-withdrawn = Withdrew on { $since }; a student certificate is not given. A transcript can be.
finding-certificate-dismissed = Deregistered on { $since }; a student certificate is not given. A transcript can be.
finding-certificate-transferred = Transferred out on { $since }; a student certificate is not given. A transcript can be.
finding-certificate-deceased = Deceased; a student certificate is not given.
finding-transcript-marks = { $marks } marks on record; the transcript can be issued.
finding-transcript-no-marks = No marks on record; a transcript is not given. It can be once the first marks are entered.
finding-transcript-figure-withheld = Some figures rest on values nobody has verified and are not printed; the paper names them.
finding-transcript-no-scale = There is no grade scale for this day ({ $rule }). Add it to the rule book.
finding-transcript-letter-unknown = The scale has no letter “{ $letter }” ({ $course }). Correct the mark or the scale.
finding-identity-number-missing = No identity number on record; the paper leaves it blank.
finding-no-signatory = Nobody holds an office that signs for { $unit } on { $day }. Add an appointment on the unit's page.
finding-signing-rule-missing = The rule book does not say which office signs this paper.
finding-signing-rule-unverified = The rule of who signs is not verified; check the authority to sign.
finding-unit-name-missing = The unit of programme { $programme } has no name for today. Add it on the unit's page.
finding-record-not-computed = The average could not be computed: { $why }
finding-photo-missing = No photo on record.
finding-photo-broken = The photo on record cannot be read; upload a new one.
finding-term-missing = The calendar has no term for today.
finding-document-preparing = The paper is still being prepared; try again in a few seconds.
finding-document-cancelled = The paper was cancelled; it cannot be printed again.
finding-batch-running = The batch is still running; its papers can be had when it has ended.
finding-batch-without-papers = This batch made no papers.
finding-student-not-found = Nobody in your reach has this student number.
finding-issue-not-allowed = You may not issue papers to this student.
finding-item-not-done = The paper could not be made because of a fault; try again.
finding-press-refused = The paper could not be printed; tell the IT office.
finding-letter-not-printed = The paper would show a character that cannot be printed: “{ $letter }” ({ $code }). Mend the name, the place of birth or the purpose.
