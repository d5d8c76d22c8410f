# Data-protection notice that new students read.
notice-title = Data-protection notice
notice-lead = Version { $version }, { $date }
notice-print = Print
notice-draft = Not a text that the institution has approved
notice-draft-text = This is a draft. Once the institution has written its own into the rule book, that one is shown here.
notice-earlier = A newer text has replaced this one
notice-now = Read the current text
notice-read = Read the text
notice-version = version { $version }
