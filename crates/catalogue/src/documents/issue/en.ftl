# Facts of a study in words.
status-active = Active
status-on-leave = On leave of absence
status-suspended = Suspended
status-graduated = Graduated
status-withdrawn = Withdrawn at own request
status-dismissed = Deregistered
status-transferred = Transferred to another institution
status-deceased = Deceased
entry-yks = Higher Education Institutions Examination (YKS)
entry-yks-additional = Additional placement by YKS
entry-dgs = Vertical Transfer Examination (DGS)
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
