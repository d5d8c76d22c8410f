title = Oryantasyon Duyurusu
heading = DUYURU
portal = Programı ve el kitabını görmek, okuduğunuzu bildirmek için öğrenci hesabınızla girin:
repeat = Gelemeyenler için yineleme oturumu yapılırsa tarihi aynı sayfada duyurulur.

invitation = { $unit } birimine { $year } yılında kaydolan bütün öğrencilerimiz oryantasyon programına davetlidir.
