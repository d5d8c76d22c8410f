title = Kayıt Durumu Yazısı
heading = KAYIT DURUMU
person-section = Kimlik bilgileri
study-section = Öğrenim ve kayıt bilgileri
to-whom = İLGİLİ MAKAMA

statement-final = Yukarıda kimlik bilgileri yazılı kişi { $date } tarihinde üniversitemize kaydolmuştur; kaydı kesindir ve sürmektedir.
statement-provisional = Yukarıda kimlik bilgileri yazılı kişinin üniversitemize geçici kaydı { $date } tarihinde yapılmıştır. Geçici kaydın son günü { $until } tarihidir; kayıt henüz kesin değildir.
statement-provisional-open = Yukarıda kimlik bilgileri yazılı kişinin üniversitemize kaydı { $date } tarihinde yapılmıştır; kayıt geçicidir.
statement-cancelled = Yukarıda kimlik bilgileri yazılı kişinin { $date } tarihinde yapılan kaydı { $since } tarihinde silinmiştir; kişi bu kayıtla üniversitemizin öğrencisi değildir.
statement-ended = Yukarıda kimlik bilgileri yazılı kişi { $date } tarihinde üniversitemize kaydolmuş, bu kayıtla öğrenciliği { $since } tarihinde sona ermiştir ({ $status }).
purpose-general = Bu yazı, ilgilinin isteği üzerine düzenlenmiştir ve düzenlendiği günün kayıtlarına dayanır.
purpose-for = Bu yazı, ilgilinin isteği üzerine { $purpose } için düzenlenmiştir ve düzenlendiği günün kayıtlarına dayanır.
