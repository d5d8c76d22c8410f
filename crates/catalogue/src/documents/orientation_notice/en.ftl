title = Orientation Notice
heading = NOTICE
portal = To see the programme and the handbook and to say that you have read it, sign in with your student account:
repeat = If a session is repeated for those who could not come, its date is announced on the same page.

invitation = All students who registered in { $unit } in { $year } are invited to the orientation programme.
