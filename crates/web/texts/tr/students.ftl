# Student list and student page.
students-title = Öğrenciler
students-query = Ad ya da öğrenci no
students-surname = Soyadı şöyle başlar
students-search = Ara
students-filters = Yürürlükteki süzgeçler
students-clear = Hepsini kaldır
students-table = Öğrenci listesi
students-number = Numara
students-name = Ad soyad
students-programme = Program
students-class = Sınıf
students-status = Durum
students-ects = AKTS
students-agno = AGNO

student-counter = Gişe
student-actions = Yapılabilecekler
student-actions-hint = harf tuşuyla seçin
student-timeline = Zaman çizgisi
student-timeline-empty = Henüz kayıt yok
student-timeline-empty-text = Öğrencilikle ilgili her işlem, dayanağıyla burada görünür.
student-timeline-all = Tümü, { $n }
student-marks = Notlar
student-marks-empty = Not kaydı yok
student-marks-empty-text = İlk dönemin notları işlendiğinde dönem dönem burada görünür.
student-enrolments = Öğrenimler
student-enrolment-number = Numara
student-enrolment-programme = Program
student-enrolment-entry = Giriş
student-enrolment-status = Durum
student-enrolment-this = bu sayfa
student-papers = Evrak
student-paper = Evrak
student-paper-state = Durum
student-papers-empty = Evrak kaydı yok
student-papers-empty-text = Teslim alınan ve eksik evrak burada görünür.
student-issued = Verilen belgeler
student-issued-tab = Belgeler
student-issued-kind = Belge
student-issued-date = Tarih
student-issued-by = Veren
student-issued-state = Durum
student-issued-act = İşlem
student-issued-empty = Henüz belge verilmedi
student-issued-empty-text = Verilen her belge numarası, doğrulama kodu ve saklanan kopyasıyla burada durur.
student-identity = Kimlik
student-identity-field = Bilgi
student-identity-registered = Kayıttaki
student-identity-now = Şimdiki
student-identity-same = aynı
student-contact = İletişim
student-notes = Gişe notları
student-notes-empty = Not yok
student-notes-empty-text = Gişede bilinmesi gerekeni buraya yazın; yalnız büro görür.
student-note-add = Notu ekle
student-note-new = Yeni not yaz

# The list.
students-found = { $n } öğrenci
students-entry-year = Giriş yılı
students-export-about = süzgece uyan bütün öğrenciler
students-bulk-documents = Belge düzenle
students-chip-surname = soyadı “{ $text }” ile başlar
students-chip-class = { $class }. sınıf
students-chip-entry = { $year } girişli
students-none = Bu süzgece uyan öğrenci yok
students-none-text = Yazdığınızı kısaltın ya da süzgeçlerden birini kaldırın.
export-given-name = Ad
export-surname = Soyadı

# The student's page.
student-since = { $date } tarihinden beri
student-class = Sınıf
student-class-value = { $class }. sınıf
student-entry = Giriş
student-advisor = Danışman
student-phone = Telefon
student-ects = AKTS (kazanılan)
student-ects-taken = Alınan AKTS
student-ects-earned = Kazanılan AKTS
student-agno = AGNO
student-agno-how = AGNO nasıl hesaplandı
student-ano-how = ANO nasıl hesaplandı
student-average-how = Not katsayısı ile AKTS çarpımlarının toplamı, sayılan AKTS’ye bölünür.
student-average-rounded = Yuvarlanmış hâli: { $shown }
student-withheld = doğrulanmadı
student-withheld-why = Bu değerin dayandığı kural kurumun kural kitabında henüz doğrulanmadı; doğrulanana kadar yazılmaz.
student-record-broken = Ortalama hesaplanamadı
student-no-identity = kimlik numarası kayıtlı değil
student-reveal = göster ve kaydet
student-link-double_major = Çift anadal; ana programı { $main }
student-link-minor = Yandal; ana programı { $main }
student-note = Not
student-term-no = { $no }. yarıyıl
mark-repeat = tekrar
mark-replaced = yerine sonraki not geçti
mark-elective = seçmeli
timeline-reverse = geri al

# What can be done.
act-open = Aç
act-status = Durum değişikliği
act-note-status = Karar ya da belgesiyle birlikte yazılır.
act-contact = İletişim bilgileri
act-note-contact = E-posta, telefon, adres.
act-identity = Kimlik düzeltmesi
act-note-identity = Mahkeme kararı ya da kimlik belgesiyle.
act-papers = Evrak kaydı
act-note-papers = Teslim alınan, aslı görülen ya da eksik evrak.
act-photo = Fotoğraf
act-note-photo = JPEG ya da PNG, en çok 10 MB.
act-link = Ana programa bağla
act-note-link = Çift anadal ya da yandal olarak.
act-account = Giriş bağlantısı
act-note-account = İlk giriş ya da unutulan parola için; kimlik görülerek verilir.

# Forms of the student's page.
contact-title = İletişim bilgileri
contact-email = E-posta
contact-email-hint = Örnek: ad.soyad@example.invalid
contact-phone = Cep telefonu
contact-phone-hint = Örnek: 0532 000 00 00
contact-address = Adres
contact-change = Değiştir

identity-title = Kimlik düzeltmesi
identity-given-name = Adı
identity-surname = Soyadı
identity-surname-hint = Kimlik belgesindeki gibi yazın; büyük harfe çevrilir.
identity-number = T.C. kimlik no
identity-number-hint = Yalnızca değişecekse yazın; boş bırakırsanız aynı kalır.
identity-sex = Cinsiyet
identity-birth = Doğum
identity-birth-date = Doğum tarihi
identity-birth-place = Doğum yeri
identity-nationality = Uyruk
identity-nationality-hint = İki harfli ülke kodu. Örnek: TR
identity-submit = Kimlik bilgilerini değiştir

ground-heading = Dayanak
ground-kind = Dayanağın türü
ground-ref = Sayısı
ground-ref-hint = Örnek: 2026/14-03
ground-ref-identity-hint = Örnek: Asliye Hukuk Mahkemesi 2026/118
ground-ref-correction-hint = Yanlışlığı gösteren belge. Örnek: tutanak 2026/7
ground-on = Tarihi
ground-on-hint = Mevzuat dışında gereklidir. Örnek: 05.02.2026

status-title = Durum değişikliği
status-next = Yeni durum
status-effective = Geçerlilik tarihi
status-effective-hint = Kararın uygulandığı gün. Örnek: 05.02.2026
status-since = Şimdiki durumun başlangıcı
status-submit = Durumu değiştir

reverse-title = Kaydı geri al
reverse-submit = Ters kayıtla geri al

paper-title = Evrak kaydı
paper-kind = Evrak
paper-state = Durumu
paper-description = Açıklama
paper-description-hint = “Diğer evrak” için gereklidir. Örnek: askerlik durum belgesi
paper-scan = Taranmış hâli
paper-scan-hint = PDF, JPEG ya da PNG; en çok 10 MB

photo-title = Fotoğraf
photo-file = Fotoğraf dosyası
photo-hint = JPEG ya da PNG, en çok 10 MB. Yüz görünür, arka plan düz olmalı.

link-title = Ana programa bağla
link-kind = Bağın türü
link-kind-hint = Boş bırakırsanız bağ kaldırılır.
link-main = Ana programdaki öğrenci numarası
