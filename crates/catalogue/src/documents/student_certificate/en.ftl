title = Student Certificate
heading = STUDENT CERTIFICATE
person-section = Personal details
study-section = Study details
term = Term
to-whom = TO WHOM IT MAY CONCERN

statement-enrolled = This is to certify that the person named above is a registered student of our university as of the { $term }.
statement-on-leave = This is to certify that the person named above is a student of our university, on leave of absence for the { $term }.
statement-inactive = This is to certify that the person named above is a student of our university, without course registration for the { $term }.
purpose-general = This certificate is issued at the request of the person concerned.
purpose-for = This certificate is issued at the request of the person concerned, for { $purpose }.
validity-day = The details are those on record on the date of issue.
validity-until = The details are those on record on the date of issue; this certificate is valid until { $date }.
