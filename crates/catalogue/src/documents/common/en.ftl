# Letterhead, signature block and foot of every paper.
state = REPUBLIC OF TÜRKİYE
number = Document No
date = Date
sign-here = Signature and seal
photo = Photograph
page = Page
verification-code = Verification code
verification-address = Verification address
verification-wet = This document is valid with a handwritten signature and the official seal. Its authenticity can be checked at the address below with the verification code or the QR code.
verification-electronic = This document is signed with a secure electronic signature under Law No. 5070 on Electronic Signature. Its authenticity can be checked at the address below.

# The person and the study.
identity-citizen = T.R. identity number
identity-foreigner = Foreigner identity number
identity-passport = Passport number
given-names = Given names
surname = Surname
full-name = Name and surname
birth = Place and date of birth
birth-date = Date of birth
student-number = Student number
faculty = Faculty / School
department = Department
programme = Programme
level = Level of study
language = Language of instruction
class-year = Class
entry = Date and way of entry
entry-date = Date of entry
status = Student status
status-since = since { $date }
normal-period-end = End of normal period
