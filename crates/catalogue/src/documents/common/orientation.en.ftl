# The sessions of an orientation.
orientation = Orientation
unit = Unit
session = Session
session-time = Time
session-place = Place
session-repeat = repeat for those who could not come
