# The registration at the desk.
registration-section = Registration
registration-kind = Kind of registration
registration-date = Date of registration
registration-until = Last day of the provisional registration
registration-by = Registered by
fee = Fee
notice = Data-protection notice
papers = Papers for registration

# Papers that are missing.
owed-section = Missing papers
owed-paper = Paper
owed-form = Required form
owed-due = Due by
owed-no-day = no day set
