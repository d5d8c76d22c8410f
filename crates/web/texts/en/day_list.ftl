# The registration list of a day.
day-list-title = Registration list of the day
day-list-lead = The final and provisional registrations made in a unit on the chosen day, with the counts by programme, as a numbered paper that can be verified. A new list of the same day takes the place of the earlier one.
day-list-day = Day of registration
day-list-refused = No list was issued and no number was given.
field-unit-issues-no-papers = This unit issues no papers in its own name. Choose the faculty or school it belongs to.
