# Start page and the counter's results.
start-work = Waiting for me
start-work-kinds = Kinds of work
start-due = Due
start-task = Task
start-who = Who
start-basis = Basis of the deadline
start-act = To do
start-today = Today in figures

hits-none-title = No student matches
hits-none-text = You can type a part of the name or surname, a student number or a national identity number.
hits-count = { $n ->
    [one] One student found
   *[other] { $n } students found
  }
hits-all = List them all

start-title = My work
start-morning = Good morning, { $name }
start-day = Good afternoon, { $name }
start-evening = Good evening, { $name }
start-week = week { $week } of { $season }
start-all = All
start-active = active students
start-on-leave = students on leave
start-issued-today = documents issued today
start-preparing = documents being prepared
start-missing-papers = papers marked missing
start-jobs = batches running
start-missing = Missing paper: { $paper }
start-missing-group = Papers awaited from students, { $n }
start-overdue-group = Provisional registrations past their last day, { $n }
start-overdue = Decide about provisional registrations
start-overdue-due = overdue
start-overdue-who = { $n ->
    [one] { $n } candidate
   *[other] { $n } candidates
}
start-due-none = no day set
start-due-over = { $date }, over
start-due-today = today
day-basis-desk = Day set at the desk
day-basis-provisional = Last day of the provisional registration
day-basis-window = Dates for missing papers
day-basis-rule = Rule of registration
start-empty = Nothing is waiting for you
start-empty-text = No student owes a paper that is awaited. To look at a student, type the number or the name into the counter field.
start-empty-find = To look at a student, type the number or the name into the counter field.
start-empty-board = When something is passed to you, it appears here with its deadline.
start-empty-applicant = When you have an application, you see it here.
start-latest = Last documents issued
start-latest-none = No document has been issued yet.
start-running = Running work
start-running-none = You have no work running now.
start-advisees = Students whom I advise
start-advisees-open = advisees with an open enrolment
start-advisees-none = You advise no student
start-advisees-none-text = When your department assigns students to you, they appear here.
start-accounts-active = open accounts
start-accounts-invited = accounts awaiting a password
start-accounts-locked = locked accounts
start-locked = Locked accounts
start-locked-none = No account is locked.
start-log = Last lines of the audit log
start-own-none = You have no enrolment yet
start-own-none-text = It appears here once you have been registered. If this is a mistake, ask the student office.
start-own-papers-none = No document has been issued to you yet
start-own-papers-none-text = Every document you receive from the student office stays here with its verification code.
start-own-contact = Are these out of date?
start-own-contact-text = You can change your e-mail, telephone and address yourself.
start-own-contact-change = Change
start-own-looks-none = Nobody else has looked at your record
start-first-day = Something is still missing from your registration
start-first-day-text = Your page “First day” shows missing papers, their last days and what you have to confirm.
start-invited = You are invited to an orientation
start-invited-text = { $name }: see programme, place and times.
start-invited-open = Open the programme
