# Dated windows.
nav-tarihler = Dates
windows-title = Dates
windows-lead = What may be done between which days. A unit’s own dates come before the institution’s, those of a way of entry before those for all.
windows-new = Add a window
windows-new-lead = Type the days of the decision or announcement; both days belong to the window.
windows-kind = For what
windows-everywhere = Whole institution
windows-every-entry = Every way of entry
windows-unit-hint = A unit’s dates hold for the units below it too.
windows-entry = Way of entry
windows-entry-hint = Leave empty for every way of entry.
windows-days = Days
windows-opens = First day
windows-closes = Last day
windows-closes-hint = This day belongs to the window.
windows-state = State
windows-source = Source
windows-source-hint = Day and number of the decision or announcement. Example: Senate decision 12.08.2026, 2026/41
windows-overlap-ok = Keep two windows on the same days
windows-change = Change
windows-change-title = Change the days
windows-change-lead = Name the source of the new days as well. For another unit or way of entry add a window of its own.
windows-withdraw = Withdraw
windows-withdraw-title = Withdraw the window
windows-withdraw-lead = No check reads the window any longer; its days, its source and the reason stay on this page.
windows-reason-hint = Example: the calendar was changed by the Senate, 2026/47
windows-none = No window on record
windows-none-text = No window for this is open, will open, or closed within the last year.

window-kind-registration = Registration at the desk
window-kind-e_registration = Registration through e-Devlet
window-kind-missing_papers = Bringing missing papers
window-kind-photo_proposal = Photo proposed by the student
window-state-open = Open
window-state-soon = Not open yet
window-state-over = Closed

field-window-closes-before-it-opens = The last day cannot come before the first.
field-window-overlaps = There is a window { $from } – { $to } for the same work, unit and way of entry. If both are meant, tick the box and send again.

flash-window-saved = The window was saved.
flash-window-withdrawn = The window was withdrawn.

windows-history = History
windows-history-title = History of a window
windows-history-lead = The days of today and all the days before they were changed, each with its own source.
windows-before = Days before
windows-noted-by = Entered by
windows-never-changed = Its days were never changed
windows-was-withdrawn = Withdrawn
windows-withdrawn = Withdrawn within the last year
windows-withdrawn-why = Why
