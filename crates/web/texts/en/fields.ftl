# What is wrong with a field and how to mend it.
field-required = This field cannot be left empty.
field-too-long = You can type at most { $max } characters. Shorten the text.
field-control-characters = The text contains invisible control characters. Delete it and type it again.
field-date-form = Type the date as dd.mm.yyyy, for example 05.10.2026.
field-in-future = This day has not come yet. Type today or an earlier day.
field-before-entry = The enrolment began on { $entered }. Type that day or a later one.
field-before-status = The present status has been in force since { $since }. Type that day or a later one.
field-ends-before-it-starts = The end must come after the beginning.

field-status-step = The student cannot move from the present status to this one. Choose one from the list.
field-ground-kind = Choose a basis that is valid for this act.
field-ground-missing = Type the number of the basis, for example 2026/14-03.
field-ground-is-identity = This looks like a national identity number. Type the number of the decision or paper.
field-not-reversible = This entry cannot be undone; only status entries can.

field-identity-taken = This identity number stands in another person’s record. Check that record first.
field-identity-wrong = The identity number is not valid. { $why }
field-name-letters = A name cannot contain digits or signs. Type it as on the identity paper.
field-nothing-changed = This is what the record says already. Type what has changed, or cancel.
field-country-code = Type the country’s two-letter code, for example TR, DE, AZ.
field-email-form = The e-mail address is incomplete or wrong. Example: name.surname@example.invalid
field-phone-form = Type the telephone number with 10 digits, for example 0532 000 00 00.
field-phone-is-identity = This is a national identity number. Type the telephone number.
field-not-same-person = This number belongs to somebody else. Choose one of this person’s own enrolments.
field-main-is-linked = The enrolment you chose is itself linked to another programme. Choose the main programme.

field-file-empty = No file was chosen, or it is empty. Choose the file again.
field-file-too-large = A file may have at most { $max } MB. Choose a smaller one, or scan again at a lower resolution.
field-file-not-image = The file is not a JPEG or PNG picture. Save the photograph in one of these formats and choose it again.
field-file-not-pdf-or-image = The file is not a PDF, JPEG or PNG. Save the paper in one of these formats and choose it again.
field-file-picture-broken = The picture is damaged or was cut off. Save it again and choose it.
field-file-picture-large = A photograph may have at most { $max } megapixels. Make it smaller and choose it again.

field-kind-unknown = There is no such kind of document.
field-batch-empty = No student was chosen. Choose at least one from the list.
field-batch-too-large = Documents can be issued for at most { $max } students at once. Split the list.
field-key-length = The idempotency key cannot be empty and can have at most 100 characters.
field-key-used = This idempotency key was used for another request. Send a new one.

field-sign-in-wrong = The user name or the password is not right. Type them again, minding capitals.
field-password-wrong = The password is not right. Type it again.
field-password-repeat = The two passwords differ. Type both again.
field-password-unchanged = The new password is the same as the old one. Choose another.
field-password-too-short = A password needs at least { $min } characters. You can put a few words side by side.
field-password-too-long = A password can have at most { $max } characters.
field-password-all-same = A password cannot be one character repeated.
field-password-is-identity-number = A password cannot be an identity number; others know yours too.
field-password-only-digits = A password cannot consist of digits alone. Add letters or words.
field-password-is-user-name = A password cannot contain your user name.
field-password-too-common = This password is used by many and is among the first to be tried. Choose a few words of your own.

field-account-own = You cannot do this to your own account; another administrator must.
field-account-locked = The account is locked. Ask your administrator; it must be unlocked first.
field-account-closed = The account has been closed. Nothing can be done with it.
field-account-not-locked = The account is not locked.
field-account-not-active = The account has no password yet. Its activation link must be used first.
field-account-not-students = This account also belongs to a member of staff. The system administrator issues the link, not the counter.
field-account-needs-studies = This person has no enrolment that is open or ended with graduation; no account is opened.
field-user-name-taken = This user name is taken. Choose another.
field-user-name-length = A user name has between { $min } and { $max } characters.
field-user-name-signs = A user name can have letters, digits, dots, hyphens and underscores only, and begins and ends with a letter or digit.
field-user-name-is-identity-number = A user name cannot be an identity number.
field-user-name-unknown = There is no account of this name. Check the user name.
field-person-has-account = This person has an account already.
field-person-unknown = There is no record of such a person.
field-staff-unknown = No member of staff was found. Check the institutional e-mail address.
field-number-unknown = There is no student of this number. Check the number.

field-unit-unknown = There is no unit of this code. Choose one from the list.
field-term-unknown = There is no such term. Choose one from the list.
field-role-needs-unit = This role is held in a unit. Choose the unit.
field-role-has-no-unit = This role is for the whole institution. Choose no unit.
field-role-needs-person = This role follows from a student’s record; it is not given by hand.
field-role-needs-staff = This role needs an account that belongs to a member of staff. Type the staff e-mail address when you open the account.
field-role-held-already = The account holds this role on these days already.
field-role-ended-already = This role has ended already.
field-role-ends-before-it-starts = A role cannot end before it began or before today. Type a later day.
field-token-ends-in-the-past = This day is past. Type today or a later day.
field-token-ends-too-late = A token can work until { $max } at the most. Type an earlier day.

field-name-unchanged = The name is the same. Type the new one, or cancel.
field-name-not-after = The last name is on record since { $since }. The new one must begin on a later day.
field-office-not-here = A unit of this kind has no such office. Choose one from the list.
field-office-held = { $who } has held this office since { $since }. End that appointment first.
field-appointment-there = { $who } was appointed to this office on { $since } already.
field-appointment-ended = This appointment ended on { $since }.

# Said once after an act.
flash-note-written = The note has been added.
flash-no-note = The note was empty and has not been added. Type a few words.
flash-contact-saved = The contact details have been saved.
flash-identity-saved = The identity has been changed, with its basis.
flash-status-saved = The status has been changed, with its basis.
flash-entry-reversed = The entry has been undone by a reversing one; both stay on the timeline.
flash-paper-saved = The paper has been recorded.
flash-link-saved = The link of the enrolment has been saved.
flash-counter-no-identity = There is no student with this identity number whom you may see.
flash-counter-wrong-identity = These eleven digits are not a valid identity number. Check them.
flash-document-issued = The document has been issued.
flash-document-cancelled = The document has been cancelled.
flash-no-students-chosen = No student was chosen. Choose at least one from the list.
flash-signed-out = You have been signed out.
flash-password-set = Your password has been saved.
flash-password-changed = Your password has been changed; your sessions elsewhere have ended.
flash-session-ended = The session has ended.
flash-token-revoked = The token has been revoked; no program can use it any more.
flash-account-saved = The account has been saved.
flash-account-locked = The account has been locked; its open sessions have ended.
flash-account-unlocked = The account has been unlocked.
flash-account-closed = The account has been closed.
flash-role-given = The role has been given.
flash-role-ended = The role has ended.
flash-unit-named = The new name has been saved.
flash-appointed = The appointment has been saved.
flash-appointment-ended = The appointment has ended.
