# Facts of a study in words.
status-active = Aktif
status-on-leave = Kaydı dondurulmuş
status-suspended = Uzaklaştırma cezası sürüyor
status-graduated = Mezun
status-withdrawn = Kendi isteğiyle ayrılmış
status-dismissed = İlişiği kesilmiş
status-transferred = Yatay geçişle ayrılmış
status-deceased = Vefat etmiş
status-provisional = Geçici kayıtlı
status-registration-cancelled = Kaydı silinmiş
entry-yks = Yükseköğretim Kurumları Sınavı (YKS)
entry-yks-additional = YKS ek yerleştirme
entry-dgs = Dikey Geçiş Sınavı (DGS)
entry-dgs-additional = DGS ek yerleştirme
entry-special-talent = Özel yetenek sınavı
entry-international = Uluslararası öğrenci kabulü
entry-transfer-internal = Kurum içi yatay geçiş
entry-transfer-external = Kurumlararası yatay geçiş
entry-transfer-central = Ek Madde-1 (merkezi yerleştirme puanıyla yatay geçiş)
entry-double-major = Çift anadal programı
entry-minor = Yandal programı
entry-erasmus = Erasmus+ (gelen öğrenci)
entry-farabi = Farabi (gelen öğrenci)
entry-mevlana = Mevlana (gelen öğrenci)
entry-orhun = Orhun (gelen öğrenci)
entry-bilateral = İkili anlaşma (gelen öğrenci)
entry-special-student = Özel öğrenci (gelen)
entry-amnesty = Öğrenci affı
level-associate = Ön lisans
level-bachelor = Lisans
level-master = Yüksek lisans
level-doctorate = Doktora
level-years = { $level } ({ $years } yıl)
class-preparatory = Hazırlık
language-tr = Türkçe
language-en = İngilizce
language-de = Almanca
language-fr = Fransızca
language-ar = Arapça
language-ru = Rusça
term-autumn = { $year } Güz Yarıyılı
term-spring = { $year } Bahar Yarıyılı
term-summer = { $year } Yaz Okulu
term-place = { $n }. yarıyıl

# Signature by delegation.
on-behalf = { $head } a.

# Why a figure is not printed.
reason-letter = harf notlarının katsayıları ve puan aralıkları üniversitenin kural kitabında doğrulanmamıştır{ $basis }.
reason-weight = ortalamaların neyle ağırlıklandırıldığı üniversitenin kural kitabında doğrulanmamıştır{ $basis }.
reason-repeats = tekrar alınan derste hangi notun geçerli olduğu üniversitenin kural kitabında doğrulanmamıştır{ $basis }.
reason-term-courses = yarıyıl ortalamasına hangi derslerin katıldığı üniversitenin kural kitabında doğrulanmamıştır{ $basis }.
reason-term-courses-assigned = yarıyıl ortalaması müfredatın yarıyıla koyduğu derslerden hesaplanır; bu ortalama burada hesaplanmamıştır{ $basis }.
reason-rounding = ortalamaların yuvarlama kuralı üniversitenin kural kitabında doğrulanmamıştır{ $basis }.
reason-basis = {" "}({ $basis })

# Explanations on the back.
explain-definition = { $name }: { $text }

# The registration at the desk.
registration-final = Kesin kayıt
registration-provisional = Geçici kayıt
notice-read = { $date } tarihinde okundu
notice-unread = Henüz okunmadı
papers-whole = Tamam
papers-missing = { $n } belge eksik
fee-paid = Ödendi
fee-exempt = Muaf
fee-not-due = Ödenmesi gerekmiyor
fee-owed = Ödenmedi
original-required = Aslı
original-or-certified = Aslı ya da onaylı örneği
original-not-needed = Fotokopisi yeter

# Papers that a registered student hands in.
paper-school-diploma = Lise diploması
paper-identity-copy = Kimlik fotokopisi
paper-photograph = Fotoğraf
paper-placement-result = Yerleştirme sonuç belgesi
paper-field-certificate = Alan belgesi
paper-fee-receipt = Ücret dekontu
paper-application-form = Başvuru ya da kayıt formu
paper-previous-diploma = Önceki yükseköğretim diploması
paper-diploma-translation = Diploma çevirisi
paper-equivalence = Denklik belgesi
paper-exam-result = Sınav sonuç belgesi
paper-acceptance-letter = Kabul ya da davet mektubu
paper-turkish-proficiency = Türkçe yeterlik belgesi
paper-school-abroad = Yurt dışında okuduğunu gösteren belge
paper-passport = Pasaport
paper-residence-permit = İkamet izni
paper-health-insurance = Sağlık sigortası
paper-health-report = Sağlık raporu
paper-record-of-studies = Not durum belgesi
paper-enrolment-proof = Kayıtlı olduğu kurumun öğrenci belgesi
paper-course-contents = Ders içerikleri
paper-discipline-record = Disiplin durumu belgesi
paper-top-ten-proof = Yüzde ona girdiğini gösteren belge
paper-language-proof = Yabancı dil belgesi
paper-home-decision = Kayıtlı olduğu kurumun kararı
paper-learning-agreement = Öğrenim anlaşması
paper-course-plan = Alacağı derslerin listesi
paper-reason-proof = Özel durumu gösteren belge
paper-other = Diğer evrak
