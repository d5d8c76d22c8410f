title = Kayıt Onay Belgesi
heading = KAYIT ONAY BELGESİ
person-section = Kimlik bilgileri
study-section = Öğrenim bilgileri

statement-final = Yukarıda kimlik ve öğrenim bilgileri yazılı kişinin üniversitemize kesin kaydı { $date } tarihinde yapılmıştır.
statement-provisional = Yukarıda kimlik ve öğrenim bilgileri yazılı kişinin üniversitemize geçici kaydı { $date } tarihinde yapılmıştır. Geçici kayıt { $until } gününe kadardır; eksikler o güne kadar tamamlanınca kesin kayda çevrilir.
owed-intro = Kayıt dosyasında aşağıdaki belgeler eksiktir:
