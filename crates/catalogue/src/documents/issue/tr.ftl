# Facts of a study in words.
status-active = Aktif
status-on-leave = Kaydı dondurulmuş
status-suspended = Uzaklaştırma cezası sürüyor
status-graduated = Mezun
status-withdrawn = Kendi isteğiyle ayrılmış
status-dismissed = İlişiği kesilmiş
status-transferred = Yatay geçişle ayrılmış
status-deceased = Vefat etmiş
entry-yks = Yükseköğretim Kurumları Sınavı (YKS)
entry-yks-additional = YKS ek yerleştirme
entry-dgs = Dikey Geçiş Sınavı (DGS)
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
