title = Letter on the State of Registration
heading = STATE OF REGISTRATION
person-section = Personal details
study-section = Study and registration
to-whom = TO WHOM IT MAY CONCERN

statement-final = The person named above registered at our university on { $date }; the registration is final and in force.
statement-provisional = The person named above was provisionally registered at our university on { $date }. The last day of the provisional registration is { $until }; the registration is not final yet.
statement-provisional-open = The person named above was registered at our university on { $date }; the registration is provisional.
statement-cancelled = The registration of the person named above, made on { $date }, was deleted on { $since }; under that registration the person is no student of our university.
statement-ended = The person named above registered at our university on { $date }; the studies under that registration ended on { $since } ({ $status }).
purpose-general = This letter is issued at the request of the person concerned and rests on the records of the day of issue.
purpose-for = This letter is issued at the request of the person concerned, for { $purpose }, and rests on the records of the day of issue.
