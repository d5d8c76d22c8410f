# Letterhead, signature block and foot of every paper.
state = T.C.
number = Belge No
date = Tarih
sign-here = İmza ve mühür
photo = Fotoğraf
page = Sayfa
verification-code = Doğrulama kodu
verification-address = Doğrulama adresi
verification-wet = Bu belge ıslak imza ve mühürle geçerlidir. Aslına uygunluğu aşağıdaki adresten doğrulama koduyla ya da karekodla denetlenebilir.
verification-electronic = Bu belge, 5070 sayılı Elektronik İmza Kanunu'na göre güvenli elektronik imza ile imzalanmıştır. Aslına uygunluğu aşağıdaki adresten denetlenebilir.

# The person and the study.
identity-citizen = T.C. kimlik no
identity-foreigner = Yabancı kimlik no
identity-passport = Pasaport no
given-names = Adı
surname = Soyadı
full-name = Adı soyadı
birth = Doğum yeri ve tarihi
birth-date = Doğum tarihi
student-number = Öğrenci no
faculty = Fakülte / Yüksekokul
department = Bölüm
programme = Program
level = Öğrenim düzeyi
language = Öğretim dili
class-year = Sınıf
entry = Kayıt tarihi ve şekli
entry-date = Kayıt tarihi
status = Öğrencilik durumu
status-since = { $date } tarihinden beri
normal-period-end = Normal süre sonu
