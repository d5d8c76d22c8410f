# Orientation: the office and the student.
nav-oryantasyon = Orientation
orientation-title = Orientation
orientation-lead = The units’ programmes for new students: invitations, sessions, attendance, feedback.
orientation-none = No orientation on record
orientation-none-text = Open one for the new students of your unit, add its sessions and invite the students.
orientation-new = New orientation
orientation-new-lead = Unit and year of entry decide who is invited.
orientation-unit-hint = The new students of this unit and the units below it are invited.
orientation-year = Year of entry
orientation-year-hint = Students who register in this year are invited.
orientation-name = Name
orientation-name-hint = Example: Orientation week 2026
orientation-rename = Change the name
orientation-for = { $unit } · entry { $year }
orientation-sessions = Sessions
orientation-session = Session
orientation-invited = Invited
orientation-came = Attended
orientation-absent = Did not come
orientation-read = Acknowledged
orientation-programme = Programme
orientation-time = Time
orientation-place = Place
orientation-speaker = Speaker
orientation-plan = Add a session
orientation-plan-repeat = Add a repeat session
orientation-change = Change the session
orientation-remove = Remove the session
orientation-remove-title = Take the session out of the programme
orientation-title-tr = Turkish title
orientation-title-en = English title
orientation-day = Day
orientation-starts = Begins
orientation-ends = Ends
orientation-time-hint = Write the time as hh.mm. Example: 10.00
orientation-is-repeat = Repeat session
orientation-repeat = Repeat
orientation-repeat-text = For those who came to no session before; it stands on their lists and programmes alone.
orientation-no-session = No session yet
orientation-no-session-text = Add the sessions; the programme, the notice and the students’ pages follow by themselves.
orientation-notice = Notice

orientation-invitations = Invitations
orientation-invite = Invite
orientation-uninvited = { $n ->
    [one] { $n } new student is not invited
   *[other] { $n } new students are not invited
}
orientation-uninvited-text = The invitation stands on the student’s page of the portal. Press again for those who register later; nobody is invited twice.
orientation-all-invited = No new student left to invite
orientation-all-invited-text = Whoever registers later appears here.
orientation-absent-note = { $n ->
    [one] { $n } invited student came to no session
   *[other] { $n } invited students came to no session
}
orientation-absent-text = You may add a repeat session; it appears in the programme of those who did not come.
orientation-handbook = Handbook
orientation-handbook-open = Download
orientation-handbook-upload = Upload the handbook
orientation-handbook-save = Upload
orientation-handbook-hint = PDF, JPEG or PNG, 10 MB at the most. A new file takes the place of the former one.
orientation-no-handbook = No handbook yet
orientation-no-handbook-text = Until there is one, students can acknowledge the regulations alone.
orientation-feedback = Feedback
orientation-no-feedback = No feedback yet
orientation-no-feedback-text = Students who came give a score and words on their own page.
orientation-answers = Answers
orientation-average = Average (out of 5)
orientation-words = In words

orientation-people = { $n ->
    [one] { $n } student
   *[other] { $n } students
}
orientation-everybody = Everybody invited
orientation-seen = Opened the invitation
orientation-attendance = Attendance
orientation-did-not-come = Did not come
orientation-came-to = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
orientation-nobody = No student on the list
orientation-nobody-text = Invite the new students first; where nobody is left among those who did not come, everybody came.

orientation-door = At the door, by number
orientation-door-submit = Note attendance
orientation-number = Student number
orientation-number-hint = Type the number and press Enter; the field is ready for the next.
orientation-latest = Noted last
orientation-latest-none = Nobody yet.
orientation-count = { $came } of { $expected } came
orientation-list = Attendance list
orientation-noted = Attendance
orientation-save-list = Save the list
orientation-save-hint = Whoever is ticked came; taking a tick away removes a mistake.
attendance-channel-list = from the list
attendance-channel-number = by number
attendance-channel-qr = by phone
orientation-code = QR code
orientation-code-text = Scan it with your phone’s camera, sign in with your student account and press “I am here”.
orientation-code-alt = QR code of the attendance; its address stands below
orientation-code-open = The code opens 15 minutes before the session and closes with its end: { $time }
orientation-sheet = Sign-in sheet

orientation-own-lead = The orientation programmes that you are invited to.
orientation-own-none = No invitation yet
orientation-own-none-text = When your unit invites you, the programme appears here.
orientation-own-no-session = The programme appears here once it is announced.
orientation-you-came = You attended
orientation-you-came-at = Your attendance was noted on { $time }.
orientation-to-own = My orientation page
orientation-not-read = Not acknowledged yet
orientation-give-feedback = Give feedback
orientation-feedback-again = Change my feedback
orientation-feedback-send = Send
orientation-nameless = The office does not see your name
orientation-nameless-text = Scores and words are shown together, without names, once five have answered. Names, numbers and addresses are taken out of the words; do not write them either.
orientation-score-question = How useful was the orientation to you?
orientation-words-question = What you would like to say
orientation-score-1 = 1 – not useful at all
orientation-score-2 = 2 – of little use
orientation-score-3 = 3 – fair
orientation-score-4 = 4 – useful
orientation-score-5 = 5 – very useful
orientation-press = Your attendance is not noted yet
orientation-press-text = If you are at the session, press the button below.
orientation-i-came = I am here
orientation-closed = Attendance cannot be noted now
orientation-closed-text = For this session it can be noted from { $from } to { $to }. If you were there, tell your number to the staff.

field-orientation-there = The unit has an orientation of this name in this year. Choose another name.
field-orientation-year = Type a year of entry of four digits, next year at the latest.
field-time-form = Write the time as hh.mm. Example: 10.00
field-session-ends-before-it-starts = The end must come after the beginning.
field-session-was-attended = Somebody came to this session; it stays. Take mistaken attendance off its list first.
field-session-is-closed = Attendance can be noted during the session alone.
field-not-invited = The student with number { $number } is not invited to this orientation. Check the number and the unit.
field-score-range = Choose a score from 1 to 5.
field-feedback-needs-attendance = Feedback can be given after coming to a session at least.

flash-orientation-saved = The orientation was saved.
flash-session-saved = The session was saved.
flash-session-removed = The session was taken out of the programme.
flash-handbook-saved = The handbook was uploaded.
flash-students-invited = The new students are invited.
flash-no-one-to-invite = There is no new student left to invite.
flash-attendance-noted = Attendance noted.
flash-attendance-saved = The attendance list was saved.
flash-no-attendance-changed = Nothing was changed on the list.
flash-no-second-attendance = This student is on the list already and was not noted twice.
flash-handbook-acknowledged = It is noted that you read the handbook and the regulations.
flash-feedback-given = Thank you, your feedback was received.
flash-own-attendance-noted = Your attendance was noted.
nav-own-orientation = My orientation

orientation-rules = Regulations
orientation-rules-open = Open the page
orientation-rules-url = Address of the regulations
orientation-rules-hint = Students open it before they say that they have read them. Example: https://www.ornek.example.invalid/yonetmelikler
orientation-withheld = The answers are not shown yet
orientation-withheld-text = At least { $n } answers are awaited, so that nobody can tell who wrote what.
orientation-certificates = Print certificates
orientation-certificate = Certificate of participation
orientation-certificate-text = You may ask the student affairs of your unit for it.
orientation-notice-lead = The sessions that are not over, as a numbered and signed notice. Make it again when the programme changes; the new one takes the place of the former.
orientation-sheet-lead = The students whom the session expects, by number and name, with room for a signature. The verification page does not show who is on the list.
orientation-paper-refused = The paper was not issued; no number was given.
field-web-address-form = The address must begin with https:// and hold no blank.
orientation-reading = Confirmed as read
orientation-acknowledge-both = I have read the handbook and the regulations
orientation-acknowledge-handbook = I have read the handbook
orientation-acknowledge-rules = I have read the regulations
orientation-code-print = Print the QR code
flash-nothing-to-read = There is no handbook and there are no regulations to read yet.
field-nothing-to-read = This orientation has neither a handbook nor regulations to read.
