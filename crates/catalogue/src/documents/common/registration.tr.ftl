# The registration at the desk.
registration-section = Kayıt bilgileri
registration-kind = Kayıt türü
registration-date = Kayıt tarihi
registration-until = Geçici kaydın son günü
registration-by = Kaydı yapan
fee = Ücret
notice = Aydınlatma metni
papers = Kayıt belgeleri

# Papers that are missing.
owed-section = Eksik belgeler
owed-paper = Belge
owed-form = İstenen biçim
owed-due = Son gün
owed-no-day = belirtilmedi
