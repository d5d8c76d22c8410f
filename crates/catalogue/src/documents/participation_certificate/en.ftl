title = Certificate of Participation in Orientation
heading = CERTIFICATE OF PARTICIPATION IN ORIENTATION
attended = Sessions attended

statement = This is to certify that our student named below took part in the following sessions ({ $n }) of the orientation programme of our university.
acknowledged = The student acknowledged on { $date } having read the handbook and the regulations.
