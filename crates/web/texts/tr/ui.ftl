# Words of the components.
ui-why-open = hesabını göster
ui-crumbs = Konum
ui-basis = Dayanak
ui-nothing = kayıt yok
ui-sections = Bölümler
ui-remove-filter = süzgecini kaldır

form-optional = (isteğe bağlı)
form-error = Hata:
form-errors = { $n ->
    [one] Düzeltilecek bir yer var
   *[other] Düzeltilecek { $n } yer var
  }
form-leave = Yazdıklarınız kaydedilmedi. Sayfadan çıkılsın mı?
form-back = Vazgeç
form-none-chosen = Seçilmedi
form-date-pattern = gg.aa.yyyy
form-date-pick = Takvimden seç
form-password-show = Parolayı göster
form-file-remove = Kaldır

table-pick = Seç
table-pick-all = Hepsini seç
table-picked = { "{n}" } kayıt seçildi
table-with-picked = Seçilenlerle
table-more = Daha fazla
table-columns = Sütunlar
table-columns-which = Listede görünsün
table-columns-apply = Uygula
table-columns-usual = Olağan sütunlar
table-export = Dışa aktar
table-export-shown = Görünen sütunlar
table-export-all = Bütün sütunlar
table-pages = Sayfalar
table-before = Önceki
table-after = Sonraki

record-photo = Fotoğraf
record-ground = Dayanak
record-reversed = ters kayıtla geri alındı

action-ok = yapılabilir
action-ask = yapılabilir, bir kişi değerlendirir
action-no = yapılamaz
action-na = denetlenmedi
action-info = bilgi

verdict-met = Karşılanıyor.
verdict-not-met = Karşılanmıyor.
verdict-warns = Karşılanıyor, dikkat:
verdict-needs-person = Bir kişi değerlendirir.
verdict-not-applicable = Uygulanmaz.
verdict-not-checked = Denetlenmedi.

marks-code = Kod
marks-course = Ders
marks-ects = AKTS
marks-letter = Not
marks-points = Puan
marks-failed = kaldı
marks-exempt = muaf
marks-pending = henüz yok
marks-ano = ANO
marks-agno = AGNO

job-waiting = Sırada
job-running = Sürüyor
job-done = Bitti
job-failed = Yarıda kaldı
job-cancelled = Durduruldu
