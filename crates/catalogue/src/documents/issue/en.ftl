# Facts of a study in words.
status-active = Active
status-on-leave = On leave of absence
status-suspended = Suspended
status-graduated = Graduated
status-withdrawn = Withdrawn at own request
status-dismissed = Deregistered
status-transferred = Transferred to another institution
status-deceased = Deceased
status-provisional = Provisionally registered
status-registration-cancelled = Registration cancelled
entry-yks = Higher Education Institutions Examination (YKS)
entry-yks-additional = Additional placement by YKS
entry-dgs = Vertical Transfer Examination (DGS)
entry-dgs-additional = Additional placement by DGS
entry-special-talent = Special talent examination
entry-international = Admission of international students
entry-transfer-internal = Lateral transfer within the university
entry-transfer-external = Lateral transfer from another university
entry-transfer-central = Lateral transfer by central placement score (Additional Article 1)
entry-double-major = Double major programme
entry-minor = Minor programme
entry-erasmus = Erasmus+ (incoming)
entry-farabi = Farabi (incoming)
entry-mevlana = Mevlana (incoming)
entry-orhun = Orhun (incoming)
entry-bilateral = Bilateral agreement (incoming)
entry-special-student = Special student (incoming)
entry-amnesty = Student amnesty
level-associate = Associate degree
level-bachelor = Bachelor's degree
level-master = Master's degree
level-doctorate = Doctorate
level-years = { $level } ({ $years } years)
class-preparatory = Preparatory year
language-tr = Turkish
language-en = English
language-de = German
language-fr = French
language-ar = Arabic
language-ru = Russian
term-autumn = { $year } Autumn Term
term-spring = { $year } Spring Term
term-summer = { $year } Summer School
term-place = term { $n }

# Signature by delegation.
on-behalf = for the { $head }

# Why a figure is not printed.
reason-letter = the coefficients and score ranges of the grades have not been confirmed in the university's rule book{ $basis }.
reason-weight = what weighs the averages has not been confirmed in the university's rule book{ $basis }.
reason-repeats = which grade stands for a course taken again has not been confirmed in the university's rule book{ $basis }.
reason-term-courses = which courses make the average of a term has not been confirmed in the university's rule book{ $basis }.
reason-term-courses-assigned = the average of a term is made of the courses that the curriculum assigns to it, which was not computed here{ $basis }.
reason-rounding = the rounding rule of the averages has not been confirmed in the university's rule book{ $basis }.
reason-basis = {" "}({ $basis })

# Explanations on the back.
explain-definition = { $name }: { $text }

# The registration at the desk.
registration-final = Final registration
registration-provisional = Provisional registration
notice-read = read on { $date }
notice-unread = not read yet
papers-whole = complete
papers-missing = Missing papers: { $n }
fee-paid = Paid
fee-exempt = Exempt
fee-not-due = Nothing due
fee-owed = Not paid
original-required = Original
original-or-certified = Original or certified copy
original-not-needed = A copy suffices

# Papers that a registered student hands in.
paper-school-diploma = School diploma
paper-identity-copy = Copy of identity card
paper-photograph = Photograph
paper-placement-result = Placement result
paper-field-certificate = Certificate of the school field
paper-fee-receipt = Fee receipt
paper-application-form = Application or registration form
paper-previous-diploma = Earlier higher education diploma
paper-diploma-translation = Translation of the diploma
paper-equivalence = Certificate of equivalence
paper-exam-result = Examination result
paper-acceptance-letter = Letter of acceptance or invitation
paper-turkish-proficiency = Certificate of Turkish
paper-school-abroad = Proof of school abroad
paper-passport = Passport
paper-residence-permit = Residence permit
paper-health-insurance = Health insurance
paper-health-report = Health report
paper-record-of-studies = Record of studies
paper-enrolment-proof = Certificate of enrolment elsewhere
paper-course-contents = Course contents
paper-discipline-record = Disciplinary record
paper-top-ten-proof = Proof of the first ten percent
paper-language-proof = Proof of a foreign language
paper-home-decision = Decision of the home institution
paper-learning-agreement = Learning agreement
paper-course-plan = List of courses to be taken
paper-reason-proof = Proof of the special reason
paper-other = Other paper
