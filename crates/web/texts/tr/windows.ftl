# Dated windows.
nav-tarihler = Tarihler
windows-title = Tarihler
windows-lead = Neyin hangi günler arasında yapılabileceği. Birimin kendi tarihi kurumunkinden, giriş türünün tarihi herkesinkinden önce gelir.
windows-new = Tarih aralığı ekle
windows-new-lead = Karardaki ya da duyurudaki günleri yazın; iki gün de aralığa girer.
windows-kind = Ne için
windows-everywhere = Bütün kurum
windows-every-entry = Bütün giriş türleri
windows-unit-hint = Birimin tarihi alt birimleri için de geçerlidir.
windows-entry = Giriş türü
windows-entry-hint = Boş bırakırsanız bütün giriş türleri için geçerlidir.
windows-days = Günler
windows-opens = İlk gün
windows-closes = Son gün
windows-closes-hint = Bu gün de aralığa girer.
windows-state = Durum
windows-source = Dayanak
windows-source-hint = Kararın ya da duyurunun tarihi ve sayısı. Örnek: Senato kararı 12.08.2026, 2026/41
windows-overlap-ok = Aynı günlerde iki aralık olsun
windows-change = Değiştir
windows-change-title = Günleri değiştir
windows-change-lead = Yeni günlerin dayanağını da yazın. Başka birim ya da giriş türü için ayrı bir aralık ekleyin.
windows-withdraw = Geri çek
windows-withdraw-title = Tarih aralığını geri çek
windows-withdraw-lead = Aralık bundan sonra hiçbir işlemde sayılmaz; günleri, dayanağı ve nedeni bu sayfada durur.
windows-reason-hint = Örnek: Takvim Senato kararıyla değişti, 2026/47
windows-none = Kayıtlı aralık yok
windows-none-text = Bu iş için açık, açılacak ya da son bir yılda kapanmış bir tarih aralığı bulunmuyor.

window-kind-registration = Kayıt masası
window-kind-e_registration = e-Devlet üzerinden kayıt
window-kind-missing_papers = Eksik evrak tamamlama
window-kind-photo_proposal = Öğrencinin fotoğraf önermesi
window-state-open = Açık
window-state-soon = Açılacak
window-state-over = Kapandı

field-window-closes-before-it-opens = Son gün ilk günden önce olamaz.
field-window-overlaps = Aynı iş, birim ve giriş türü için { $from } – { $to } aralığı var. Bilerek ekliyorsanız işaretleyip yeniden gönderin.

flash-window-saved = Tarih aralığı kaydedildi.
flash-window-withdrawn = Tarih aralığı geri çekildi.

windows-history = Geçmişi
windows-history-title = Tarih aralığının geçmişi
windows-history-lead = Aralığın bugünkü günleri ve değiştirilmeden önceki bütün günleri, her biri kendi dayanağıyla.
windows-before = Önceki günler
windows-noted-by = Giren
windows-never-changed = Günleri hiç değiştirilmedi
windows-was-withdrawn = Geri çekildi
windows-withdrawn = Son bir yılda geri çekilenler
windows-withdrawn-why = Neden
