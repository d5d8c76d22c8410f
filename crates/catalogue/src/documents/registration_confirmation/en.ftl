title = Confirmation of Registration
heading = CONFIRMATION OF REGISTRATION
person-section = Personal details
study-section = Study details

statement-final = This is to confirm that the person named above was finally registered at our university on { $date }.
statement-provisional = This is to confirm that the person named above was provisionally registered at our university on { $date }. The provisional registration runs until { $until }; it becomes final when what is missing has been handed in by that day.
owed-intro = The following papers are missing from the registration file:
