# The registration list of a day.
day-list-title = Günlük kayıt listesi
day-list-lead = Birimde seçilen gün yapılan kesin ve geçici kayıtlar, programlara göre sayılarıyla; numaralı, doğrulanabilir bir belge olarak. Aynı günün yeni listesi öncekinin yerini alır.
day-list-day = Kayıt günü
day-list-refused = Liste düzenlenmedi; numara verilmedi.
field-unit-issues-no-papers = Bu birim kendi adına belge düzenlemez. Bağlı olduğu fakülte ya da yüksekokulu seçin.
