title = Orientation Sign-in Sheet
heading = SIGN-IN SHEET
row = No
signed = Signature
taken-by = Attendance taken by
expected = Expected
for-attendance-alone = This list is for attendance alone and is no certificate. That the unit made it can be checked at the address below, where nobody's name is shown.
