# The sessions of an orientation.
orientation = Oryantasyon
unit = Birim
session = Oturum
session-time = Zaman
session-place = Yer
session-repeat = gelemeyenler için yineleme
