# The vocabularies of the office: statuses, roles, grounds, kinds. One word for one thing, everywhere.
status-active = Active student
status-on_leave = On leave
status-suspended = Suspended
status-graduated = Graduated
status-withdrawn = Withdrew
status-dismissed = Dismissed
status-transferred = Transferred out
status-deceased = Deceased
status-provisional = Provisionally registered
status-registration_cancelled = Registration cancelled

role-clerk = Student affairs clerk
role-chief = Chief clerk
role-unit_secretary = Unit secretary
role-unit_head = Dean or director
role-board_member = Board member
role-department_head = Head of department
role-department_secretary = Department secretary
role-advisor = Advisor
role-instructor = Instructor
role-student = Student
role-graduate = Graduate
role-applicant = Applicant
role-registrar = Directorate of Student Affairs
role-auditor = Auditor
role-administrator = System administrator

account-status-invited = Awaiting password
account-status-active = Open
account-status-locked = Locked
account-status-closed = Closed

ground-placement = Placement
ground-board_decision = Board decision
ground-law = Legislation
ground-graduation = Graduation decision
ground-court_ruling = Court ruling
ground-discipline = Disciplinary decision
ground-records = Records taken over
ground-records-row = Record of the earlier system, row { $row }
ground-identity_paper = Identity paper
ground-correction = Correction
ground-petition = Petition

ledger-enrolled = Enrolment
ledger-status_changed = Status
ledger-marks_taken_over = Grades taken over
ledger-mark_changed = Grade changed
ledger-term_changed = Term registration changed
ledger-placement_changed = Programme or class changed
ledger-linked = Linked to main programme
ledger-person_registered = Identity registered
ledger-identity_changed = Identity changed
ledger-reversed = Entry undone
ledger-text_erased = Personal text erased

entry-yks = Central placement (ÖSYM)
entry-yks_additional = Additional placement (YKS)
entry-dgs = Vertical transfer (DGS)
entry-dgs_additional = Additional placement (DGS)
entry-special_talent = Special talent examination
entry-international = International student
entry-transfer_internal = Lateral transfer within the university
entry-transfer_external = Lateral transfer from another university
entry-transfer_central = Lateral transfer by central score
entry-double_major = Double major
entry-minor = Minor
entry-erasmus = Incoming Erasmus+
entry-farabi = Incoming Farabi
entry-mevlana = Incoming Mevlana
entry-orhun = Incoming Orhun
entry-bilateral = Incoming, bilateral agreement
entry-special_student = Incoming special student
entry-amnesty = Student amnesty
entry-records = Records taken over

link-double_major = Double major
link-minor = Minor

paper-school_diploma = School diploma
paper-identity_copy = Copy of identity card
paper-photograph = Photograph
paper-placement_result = Placement result
paper-field_certificate = Certificate of the school field
paper-fee_receipt = Fee receipt
paper-application_form = Application or registration form
paper-previous_diploma = Earlier higher education diploma
paper-diploma_translation = Translation of the diploma
paper-equivalence = Certificate of equivalence
paper-exam_result = Examination result
paper-acceptance_letter = Letter of acceptance or invitation
paper-turkish_proficiency = Certificate of Turkish
paper-school_abroad = Proof of school abroad
paper-passport = Passport
paper-residence_permit = Residence permit
paper-health_insurance = Health insurance
paper-health_report = Health report
paper-record_of_studies = Record of studies
paper-enrolment_proof = Certificate of enrolment elsewhere
paper-course_contents = Course contents
paper-discipline_record = Disciplinary record
paper-top_ten_proof = Proof of the first ten percent
paper-language_proof = Proof of a foreign language
paper-home_decision = Decision of the home institution
paper-learning_agreement = Learning agreement
paper-course_plan = List of courses to be taken
paper-reason_proof = Proof of the special reason
paper-other = Other paper

paper-state-received = Received
paper-state-copy_seen = Original seen
paper-state-missing = Missing
paper-state-waived = Not required

paper-standing-missing = Missing
paper-standing-to_ask = To be asked
paper-standing-held = Received
paper-standing-waived = Not required

original-required = original
original-or_certified = original or certified copy
original-not_needed = a copy will do

condition-male = men
condition-citizen = citizens of Türkiye
condition-foreign = foreign nationals
condition-extra_points = placed with extra points
condition-recent_graduate = finished school that year
condition-open_school = from an open school
condition-school_abroad = went to school abroad
condition-registered_elsewhere = registered in another formal programme
condition-fee_due = owe a fee at registration
condition-central_score = applied with a central score
condition-evening_to_day = move from evening to day education
condition-foreign_language = programmes taught in a foreign language
condition-health_condition = the programme asks for a condition of health
condition-knows_turkish = hold a certificate of Turkish
condition-special_reason = applied for a special reason

season-autumn = Autumn
season-spring = Spring
season-summer = Summer
season-of-autumn = the autumn term
season-of-spring = the spring term
season-of-summer = the summer school

level-associate = Associate degree
level-bachelor = Bachelor’s degree
level-master = Master’s degree
level-doctorate = Doctorate

sex-female = Female
sex-male = Male

unit-kind-university = University
unit-kind-faculty = Faculty
unit-kind-school = School
unit-kind-vocational_school = Vocational school
unit-kind-institute = Institute
unit-kind-conservatory = Conservatory
unit-kind-department = Department

code-system-yoksis = YÖKSİS unit code
code-system-osym = ÖSYM programme code
code-system-detsis = DETSİS number

office-rector = Rector
office-dean = Dean
office-vice_dean = Vice dean
office-director = Director
office-vice_director = Vice director
office-secretary = Secretary
office-department_head = Head of department
office-department_secretary = Department secretary
office-registrar = Director of student affairs

proof-identity_card = Turkish identity card
proof-passport = Passport
proof-driving_licence = Driving licence
proof-residence_permit = Residence permit

token-scope-read = Reads only
token-scope-write = Reads and writes; not what asks for a password

slip-purpose-activation = Activation link
slip-purpose-reset = Password reset link

job-documents = Papers for a list
job-registration = Bulk registration
job-records_import = Import of records

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

number = { $n }
