# The page that says what went wrong.
error-request = Request number
error-request-hint = Quote this number when you write to the IT office; nothing else is needed.
error-home = Start page
error-start = My work

error-not-found-title = There is no such page or record
error-not-found-text = The address may be wrong, the record may be gone, or it is not yours to see.
error-not-found-counter = Look for the number in the counter field.
error-forbidden-title = You may not open or do this
error-forbidden-text = This page or act is beyond the rights you were given. If your work needs it, ask the head of your unit or the IT department; as a student, ask the student office.
error-needs-confirmation-title = Your password is needed again
error-needs-confirmation-text = This act asks for your password. Type it, then do it again.
error-invalid-title = Some details must be corrected
error-invalid-text = What was sent contains errors. Go back and correct the fields that are marked.
error-refused-title = A rule does not allow this
error-refused-text = The reason and its basis stand on the record’s page. Nothing has been changed.
error-stale-title = The record has changed meanwhile
error-stale-text = Somebody else changed this record after you opened the form. Open the page again, look at it as it is now, and repeat what you did.
error-throttled-title = Too many attempts in a short time
error-throttled-text = Try again after { $until }.
error-again = Send again

# Another long write, most likely an import of records, lets nobody else write meanwhile.
waiting-import-title = Records are being imported
waiting-import-text = Job { $job }, which takes over { $rows }, began at { $since }; nobody can save anything until it ends.
waiting-import-by = Started by { $name }.
waiting-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
waiting-title = A long piece of work holds the database
waiting-text = Another write has to end first.
waiting-kept = What you typed has not been saved but still stands on this page; send it again when the work has ended.
waiting-again = Nothing has been saved; try again when the work has ended.

error-disk-full-title = The disk is full
error-disk-full-text = Nothing has been saved. Tell the IT department; repeat what you did once there is room.
error-waits-for-room-title = The document will be made once there is room on the disk
error-waits-for-room-text = The document has its number but could not be printed, because the disk is full. Do not order it again: it is made by itself once there is room and stands on the student’s page. Tell the IT department.
error-internal-title = Something unexpected went wrong
error-internal-text = What you typed may not have been saved. Try again in a few minutes; if it happens again, write to the IT department with the number below.
error-form-expired-title = The form has expired
error-form-expired-text = The page was open for a long time, or your session has changed. Nothing has been saved. Go back, reload the page and send it again.
error-too-large-title = The file is too large
error-too-large-text = A file may have at most 10 MB; nothing has been saved. Choose a smaller one, or scan again at a lower resolution.
