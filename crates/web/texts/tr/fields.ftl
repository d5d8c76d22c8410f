# What is wrong with a field and how to mend it.
field-required = Bu alan boş bırakılamaz.
field-too-long = En çok { $max } karakter yazabilirsiniz. Metni kısaltın.
field-control-characters = Metinde görünmeyen denetim karakterleri var. Silip yeniden yazın.
field-date-form = Tarihi gg.aa.yyyy biçiminde yazın. Örnek: 05.10.2026
field-in-future = Bu tarih henüz gelmedi. Bugünü ya da daha önceki bir günü yazın.
field-before-entry = Öğrencilik { $entered } tarihinde başladı. O günü ya da sonrasını yazın.
field-before-status = Şimdiki durum { $since } tarihinden beri geçerli. O günü ya da sonrasını yazın.
field-ends-before-it-starts = Bitiş, başlangıçtan sonra olmalı.

field-status-step = Öğrenci şimdiki durumundan bu duruma geçemez. Listedeki durumlardan birini seçin.
field-ground-kind = Bu işlem için geçerli bir dayanak seçin.
field-ground-missing = Dayanağın sayısını yazın. Örnek: 2026/14-03
field-ground-is-identity = Burada T.C. kimlik numarasına benzer bir sayı var. Kararın ya da belgenin sayısını yazın.
field-not-reversible = Bu kayıt geri alınamaz; yalnızca durum kayıtları geri alınır.

field-identity-taken = Bu kimlik numarası başka bir kişinin kaydında var. Önce o kaydı denetleyin.
field-identity-wrong = Kimlik numarası geçerli değil. { $why }
field-name-letters = Adda rakam ya da işaret olamaz. Kimlik belgesindeki gibi yazın.
field-nothing-changed = Kayıttaki bilgilerle aynı. Değişen bilgiyi yazın ya da vazgeçin.
field-country-code = Ülkeyi iki harfli koduyla yazın. Örnek: TR, DE, AZ
field-email-form = E-posta adresi eksik ya da hatalı. Örnek: ad.soyad@example.invalid
field-phone-form = Telefonu 10 haneli yazın. Örnek: 0532 000 00 00
field-phone-is-identity = Bu bir T.C. kimlik numarası. Telefon numarasını yazın.
field-not-same-person = Bu numara aynı kişinin değil. Kişinin kendi öğrenimlerinden birini seçin.
field-main-is-linked = Seçtiğiniz öğrenim de başka bir programa bağlı. Ana programı seçin.

field-file-empty = Dosya seçilmedi ya da boş. Dosyayı yeniden seçin.
field-file-too-large = Dosya en çok { $max } MB olabilir. Daha küçük bir dosya seçin ya da taramayı düşük çözünürlükle yineleyin.
field-file-not-image = Dosya JPEG ya da PNG resmi değil. Fotoğrafı bu biçimlerden biriyle kaydedip yeniden seçin.
field-file-not-pdf-or-image = Dosya PDF, JPEG ya da PNG değil. Belgeyi bu biçimlerden biriyle kaydedip yeniden seçin.
field-file-picture-broken = Resim dosyası bozuk ya da yarım kalmış. Resmi yeniden kaydedip seçin.
field-file-picture-large = Fotoğraf en çok { $max } megapiksel olabilir. Küçültüp yeniden seçin.

field-kind-unknown = Böyle bir belge türü yok.
field-batch-empty = Öğrenci seçilmedi. Listeden en az bir öğrenci seçin.
field-batch-too-large = Bir kerede en çok { $max } öğrenciye belge verilebilir. Listeyi bölün.
field-key-length = İşlem anahtarı boş olamaz ve en çok 100 karakter olabilir.
field-key-used = Bu işlem anahtarı başka bir istekte kullanılmış. Yeni bir anahtar gönderin.

field-sign-in-wrong = Kullanıcı adı ya da parola doğru değil. Büyük küçük harfe dikkat ederek yeniden yazın.
field-password-wrong = Parola doğru değil. Yeniden yazın.
field-password-repeat = İki parola aynı değil. İkisini de yeniden yazın.
field-password-unchanged = Yeni parola eskisiyle aynı. Başka bir parola seçin.
field-password-too-short = Parola en az { $min } karakter olmalı. Birkaç sözcüğü yan yana yazabilirsiniz.
field-password-too-long = Parola en çok { $max } karakter olabilir.
field-password-all-same = Parola tek bir karakterin yinelenmesinden oluşamaz.
field-password-is-identity-number = Parola bir kimlik numarası olamaz; numaranızı başkaları da bilir.
field-password-only-digits = Parola yalnızca rakamlardan oluşamaz. Harf ya da sözcük ekleyin.
field-password-is-user-name = Parola kullanıcı adınızı içeremez.
field-password-too-common = Bu parola çok kullanılıyor ve ilk denenenlerden. Size özgü birkaç sözcük seçin.

field-account-own = Kendi hesabınızda bu işlemi yapamazsınız; başka bir yönetici yapmalı.
field-account-locked = Hesap kilitli. Yöneticinize başvurun; önce kilidi açılmalı.
field-account-closed = Hesap kapatılmış. Bu hesapla işlem yapılamaz.
field-account-not-locked = Hesap kilitli değil.
field-account-not-active = Hesabın henüz parolası yok. Önce etkinleştirme bağlantısı kullanılmalı.
field-account-not-students = Bu hesap aynı zamanda bir personelin. Bağlantıyı gişe değil, sistem yöneticisi verir.
field-account-needs-studies = Bu kişinin açık ya da mezuniyetle bitmiş bir öğrenimi yok; hesap açılmaz.
field-user-name-taken = Bu kullanıcı adı alınmış. Başka bir ad seçin.
field-user-name-length = Kullanıcı adı { $min } ile { $max } karakter arasında olmalı.
field-user-name-signs = Kullanıcı adında yalnızca harf, rakam, nokta, tire ve alt çizgi olabilir; harf ya da rakamla başlar ve biter.
field-user-name-is-identity-number = Kullanıcı adı kimlik numarası olamaz.
field-user-name-unknown = Bu adla bir hesap yok. Kullanıcı adını denetleyin.
field-person-has-account = Bu kişinin zaten bir hesabı var.
field-person-unknown = Böyle bir kişi kaydı yok.
field-staff-unknown = Bu bilgiyle kayıtlı personel bulunamadı. Kurum e-postasını denetleyin.
field-number-unknown = Bu numarada öğrenci yok. Numarayı denetleyin.

field-unit-unknown = Bu kodda birim yok. Listeden seçin.
field-term-unknown = Böyle bir dönem yok. Listeden seçin.
field-role-needs-unit = Bu rol bir birimde verilir. Birimi seçin.
field-role-has-no-unit = Bu rol bütün kurum içindir. Birim seçmeyin.
field-role-needs-person = Bu rol öğrenci kaydından gelir; elle verilmez.
field-role-needs-staff = Bu rol için hesabın bir personel kaydına bağlı olması gerekir. Hesabı açarken personel e-postasını yazın.
field-role-held-already = Hesap bu rolü bu tarihlerde zaten taşıyor.
field-role-ended-already = Bu rol zaten bitmiş.
field-role-ends-before-it-starts = Rol, başladığı günden ya da bugünden önce bitirilemez. Daha sonraki bir gün yazın.
field-token-ends-in-the-past = Bu tarih geçmiş. Bugünü ya da sonrasını yazın.
field-token-ends-too-late = Anahtar en çok { $max } gününe kadar geçerli olabilir. Daha erken bir gün yazın.

field-name-unchanged = Ad aynı. Yeni adı yazın ya da vazgeçin.
field-name-not-after = Son ad { $since } tarihinden beri kayıtlı. Yeni ad bundan sonraki bir günde başlamalı.
field-office-not-here = Bu tür birimde böyle bir görev yok. Listeden seçin.
field-office-held = Bu görevi { $since } tarihinden beri { $who } yürütüyor. Önce o görevi bitirin.
field-appointment-there = { $who } bu göreve { $since } tarihinde zaten atanmış.
field-appointment-ended = Bu görev { $since } tarihinde bitmiş.

# Said once after an act.
flash-note-written = Not eklendi.
flash-no-note = Not boştu, eklenmedi. Birkaç sözcük yazın.
flash-contact-saved = İletişim bilgileri kaydedildi.
flash-identity-saved = Kimlik bilgileri dayanağıyla değiştirildi.
flash-status-saved = Durum dayanağıyla değiştirildi.
flash-entry-reversed = Kayıt ters kayıtla geri alındı; ikisi de zaman çizgisinde durur.
flash-paper-saved = Evrak kaydedildi.
flash-link-saved = Öğrenimin bağı kaydedildi.
flash-counter-no-identity = Bu kimlik numarasıyla görebileceğiniz bir öğrenci yok.
flash-counter-wrong-identity = Yazdığınız on bir hane geçerli bir kimlik numarası değil. Rakamları denetleyin.
flash-document-issued = Belge düzenlendi.
flash-document-cancelled = Belge iptal edildi.
flash-no-students-chosen = Öğrenci seçilmedi. Listeden en az bir öğrenci seçin.
flash-signed-out = Oturumunuz kapatıldı.
flash-password-set = Parolanız kaydedildi.
flash-password-changed = Parolanız değişti; başka yerlerdeki oturumlarınız kapatıldı.
flash-session-ended = Oturum sonlandırıldı.
flash-token-revoked = Anahtar iptal edildi; artık hiçbir program onunla giremez.
flash-account-saved = Hesap kaydedildi.
flash-account-locked = Hesap kilitlendi; açık oturumları sonlandırıldı.
flash-account-unlocked = Hesabın kilidi açıldı.
flash-account-closed = Hesap kapatıldı.
flash-role-given = Rol verildi.
flash-role-ended = Rol bitirildi.
flash-unit-named = Yeni ad kaydedildi.
flash-appointed = Görevlendirme kaydedildi.
flash-appointment-ended = Görev bitirildi.
