# Words of the components.
ui-why-open = show how it was worked out
ui-crumbs = You are here
ui-basis = Basis
ui-nothing = nothing recorded
ui-sections = Sections
ui-remove-filter = remove this filter

form-optional = (optional)
form-error = Error:
form-errors = { $n ->
    [one] There is one thing to correct
   *[other] There are { $n } things to correct
  }
form-leave = What you typed has not been saved. Leave the page?
form-back = Cancel
form-none-chosen = None chosen
form-date-pattern = dd.mm.yyyy
form-date-pick = Choose from a calendar
form-password-show = Show password
form-file-remove = Remove

table-pick = Select
table-pick-all = Select all
table-picked = { "{n}" } selected
table-with-picked = With those selected
table-more = Show more
table-columns = Columns
table-columns-which = Show in the list
table-columns-apply = Apply
table-columns-usual = Usual columns
table-export = Export
table-export-shown = Columns shown
table-export-all = All columns
table-pages = Pages
table-before = Previous
table-after = Next

record-photo = Photograph
record-ground = Basis
record-reversed = undone by a reversing entry

action-ok = possible
action-ask = possible, a person decides
action-no = not possible
action-na = not checked
action-info = information

verdict-met = Met.
verdict-not-met = Not met.
verdict-warns = Met, but note:
verdict-needs-person = A person must decide.
verdict-not-applicable = Does not apply.
verdict-not-checked = Not checked.

marks-code = Code
marks-course = Course
marks-ects = ECTS
marks-letter = Grade
marks-points = Points
marks-failed = failed
marks-exempt = exempt
marks-pending = not yet
marks-ano = GPA
marks-agno = CGPA

job-waiting = Queued
job-running = Running
job-done = Finished
job-failed = Stopped by an error
job-cancelled = Cancelled
