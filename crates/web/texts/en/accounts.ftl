# Signing in, first password, proving it is you.
login-title = Sign in
login-lead = Student affairs, academic units and students use the same door.
login-user = User name
login-password = Password
login-submit = Sign in
login-help = Cannot sign in?
login-help-password = Nobody can see your password. Your unit's student office checks your identity and gives you a link that works once.
login-help-first = If this is your first time, open the activation link you received from the student office.
login-verify = You need not sign in to verify a document:
login-verify-link = document verification

activate-title = Choose your password
activate-lead = This link works once, and only for you.
activate-account = Account
activate-user = User name
activate-password = New password
activate-password-hint = At least 10 characters. A sentence of a few words is both strong and easy to remember.
activate-repeat = New password, once more
activate-submit = Save password and sign in
activate-dead-title = This link is no longer valid
activate-dead-text = It may have been used already, or it may have expired. The student office can give you a new one; your old password has not changed.
activate-dead-login = Sign-in page

reauth-title = Confirm that it is you
reauth-password = Password of the account { $user }
reauth-hint = This step protects personal data; you will not be asked again for a few minutes.
reauth-submit = Confirm and continue
reauth-reason = What you are about to do changes personal data or rights; it is recorded under your name.

login-lapsed = Your session has expired
login-lapsed-text = Sessions that nobody uses for a while are closed. Sign in again; the page you were on will open.
login-paused = Signing in is paused for a while
login-paused-text = The password was wrong several times. Try again at { $until }. If you forgot it, ask your unit’s student office for a link that works once; it also ends the pause.

# The own account.
own-title = My account
own-who = About me
own-record = My record
own-settings = Look and language
own-password = Change password
own-password-lead = When your password changes, your sessions elsewhere end.
own-password-current = Present password
own-password-submit = Change password
own-sessions = Open sessions
own-session-began = Began
own-session-seen = Last used
own-session-act = Action
own-session-end = End
own-session-this = This session
own-sessions-end = End all other sessions
own-looks = Who looked at my record
own-looks-lead = People who opened or changed your record, or saw you in a list, newest first. Your own looks are left out.
own-looks-none-text = When a member of staff opens your record, the name and the time appear here.

# API tokens.
token-title = Tokens for programs
token-new = New token
token-lead = A token lets another program work with your rights. Give it no more rights and time than it needs.
token-name = Purpose
token-name-hint = Example: list of students on the department’s page
token-scope = Rights
token-until = Last day
token-until-hint = At most { $days } days. Example: 30.06.2027
token-state = State
token-works = Works
token-revoked = Revoked
token-expired = Expired
token-none = No tokens
token-none-text = You need none unless another program is to connect to Künye.
token-submit = Make the token
token-made = Your token is ready
token-copy = Copy the token now:
token-once = The token will not be shown again
token-once-text = If you lose it, revoke it and make a new one. Share it with nobody; it works under your name.
token-revoke = Revoke
token-revoke-lead = The program that connects with this token can no longer enter. This cannot be undone.

# One-time links, handed over as a slip.
slip-activation = Activation link
slip-reset = Password reset link
slip-title = One-time link
slip-form-lead = With this link the account’s owner chooses the password. Links issued before and not used become void; the old password works until a new one is chosen.
slip-submit = Issue the link
slip-lead = Give the link to the account’s owner by hand or by a way you trust.
slip-text = To choose your password, open this address:
slip-until = Works until
slip-care = The link works once. Give it to nobody; nobody, staff included, will ask for your password.
slip-once = This link will not be shown again
slip-once-text = Print or copy it before you leave the page. If it is lost, a new one can be issued and the old one becomes void.
slip-print = Print the slip
slip-student-title = Sign-in link for a student
slip-student-lead = If the student stands in front of you, look at an identity paper, then hand over the link. Which paper you looked at goes into the audit log.
slip-proof = Which identity paper did you see?
slip-proof-hint = Compare photograph and name. The number of the paper is not recorded.

# Accounts, for administrators.
accounts-title = Accounts
accounts-lead = Who may sign in, and with which rights. Every change goes into the audit log with its reason.
accounts-new = New account
accounts-new-lead = An account is opened without a password; its owner chooses one with a link that works once.
accounts-new-submit = Open the account and show the link
accounts-text = Name or user name
accounts-name = Name
accounts-name-hint = The name that others see. Example: Selma Tunalı
accounts-user = User name
accounts-user-hint = Letters, digits, dots and hyphens. Turkish letters are written plainly: cagri for Çağrı
accounts-staff = Name or e-mail address of a member of staff
accounts-staff-hint = Needed for advisors and instructors; the account is tied to that member of staff. A part of the name is enough.
accounts-staff-which = Which member of staff?
accounts-person = Student number
accounts-person-hint = For students and graduates; the account is tied to that person, and its role follows from the studies.
accounts-role = Role
accounts-roles = Roles
accounts-role-add = Give a role
accounts-role-end = End the role
accounts-role-end-hint = The first day on which the role is no longer held. Today if left empty.
accounts-unit-hint = Clerks, secretaries, heads and board members work in a unit; leave it empty for other roles.
accounts-programme = This programme alone
accounts-programme-hint = Choose one if the role is to be held for one programme alone; its unit is that of the programme.
accounts-from-hint = Today if left empty.
accounts-to-hint = The first day on which the role is no longer held. Leave it empty if there is none.
accounts-no-role = The account has no role
accounts-no-role-text = An account without a role can sign in but sees nothing.
accounts-none = No account matches these filters
accounts-none-text = Loosen the filters, or open a new account.
accounts-facts = The account
accounts-opened = Opened on
accounts-password = Password
accounts-password-set = Chosen
accounts-password-none = Not chosen yet
accounts-paused = Signing in is paused until
accounts-link-open = works until { $until }
accounts-sessions = { $n ->
    [one] one session
   *[other] { $n } sessions
  }
accounts-rename = Change the name
account-act-link = Issue a one-time link
account-act-note-link = For the first password or a forgotten one; it also ends a pause.
account-act-rename = Change the name
account-act-note-rename = The name shown and the user name.
account-act-lock = Lock the account
account-act-note-lock = Nobody can sign in with it, and open sessions end. It can be unlocked later.
account-act-unlock = Unlock
account-act-note-unlock = The owner can sign in again.
account-act-close = Close the account
account-act-note-close = For those who leave; it cannot be opened again. What was done with it stays on record.
