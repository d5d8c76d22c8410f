# Kayıt dosyalarında ne yanlış ve nasıl düzeltilir. Anahtarlar services::records::Problem sözcükleridir.

# Hatanın yeri.
fault-at-file = { $file }: { $text }
fault-at-row = { $file }, { $row }. satır: { $text }
fault-at-column = { $file }, { $row }. satır, “{ $column }” sütunu: { $text }

# Bir sütunda ne durabilir.
expected-key = tam sayı, dosyada tek
expected-reference = { $file } içindeki bir anahtar
expected-student_reference = students.csv içindeki bir student_no
expected-student_no = öğrenci numarası: en çok { $most } harf, rakam, “-”, “.” ya da “/”
expected-one_of = { $words }
expected-code = kod, en çok { $most } karakter
expected-text = metin, en çok { $most } karakter
expected-name = kişi adı, en çok { $most } karakter
expected-digits = { $count } rakam
expected-whole = tam sayı, { $from }–{ $to }
expected-decimal = sayı, 0–{ $most }, en çok iki ondalık
expected-day = gün: yyyy-aa-gg ya da gg.aa.yyyy
expected-identity_no = T.C. ya da yabancı kimlik numarası, 11 rakam
expected-email = e-posta adresi
expected-letter = kurumun not ölçeğindeki bir harf
expected-academic_year = akademik yıl: 2024-2025
expected-language = iki küçük harf: tr, en

# Dosya.
fault-missing_file = Dosya klasörde yok. On iki dosyanın hepsi gerekir; satırı yoksa yalnız başlığıyla koyun.
fault-misnamed_file = Dosya klasörde yok, ama “{ $found }” var; adını düzeltin.
fault-folder_instead = Bu adla bir dosya değil, klasör var. Klasörün adını değiştirip dosyayı koyun.
fault-empty_file = Dosya boş. En azından başlık satırı olmalı: { $header }
fault-unreadable = Dosya okunamadı: { $why }. Dosyanın yerini ve okuma iznini denetleyin.
fault-separator_semicolon = Alanlar noktalı virgül (;) ile ayrılmış; virgül (,) olmalı. Excel’de “CSV UTF-8 (virgülle ayrılmış)” biçimini seçin, bölge ayarı noktalı virgül kullanıyorsa ayırıcıyı virgüle çevirin.
fault-separator_tab = Alanlar sekmeyle ayrılmış; virgül (,) olmalı. Excel’de “CSV UTF-8 (virgülle ayrılmış)” biçimini seçin.
fault-separator_bar = Alanlar dikey çizgiyle (|) ayrılmış; virgül (,) olmalı. Dosyayı virgülle ayrılmış olarak yeniden dışa aktarın.
fault-no_header = İlk satır başlık değil (“{ $found }”). İlk satıra sütun adlarını yazın: { $header }
fault-unknown_column = Başlıkta bilinmeyen sütun “{ $found }” var. Silin ya da adını düzeltin; beklenen: { $header }
fault-unnamed_column = Başlıkta adsız bir sütun var. Silin ya da adını yazın; beklenen: { $header }
fault-missing_column = Başlıkta bu sütun yok. Sütunu ekleyin; sıra önemli değildir.
fault-repeated_column = Başlıkta bu sütun { $times } kez var; birini silin.
fault-column_content = İlk { $rows } satırın hiçbirinde beklenen içerik yok ({ $expected }); örneğin “{ $found }”. Sütunlar kaymış ya da başlık yanlış olabilir; başlığı verilerle karşılaştırın.
fault-swapped_columns = “{ $one }” ile “{ $other }” sütunları yer değiştirmiş: ilk satırlarda birinin içeriği ötekinde duruyor. Başlıkta bu iki adı değiştirin.
fault-overtaken = Bu aktarım sürerken başka bir kayıt aktarımı başlatıldı; bu aktarımdan hiçbir şey yazılmadı. Öteki bittikten sonra yeniden deneyin.
fault-too_many = Hata sayısı sınıra ulaştı; okuma durduruldu. Bulunanları düzeltip yeniden deneyin.
fault-too_many_rows = Dosyada { $rows } satırdan çoğu var; bu dosya için beklenmez. Doğru dosyayı verdiğinizden emin olun.

# Satırlar ve harfler.
fault-utf_16 = Dosya UTF-16 ile yazılmış. “CSV UTF-8 (virgülle ayrılmış)” biçiminde yeniden kaydedin.
fault-windows_1254 = Dosya UTF-8 değil, Windows-1254 (Türkçe ANSI) ile yazılmış görünüyor: “{ $near }”. “CSV UTF-8 (virgülle ayrılmış)” biçiminde yeniden kaydedin.
fault-not_utf_8 = Dosya UTF-8 değil (“{ $near }”). “CSV UTF-8” biçiminde yeniden kaydedin.
fault-line_too_long = Satır { $most } bayttan uzun; bu bir CSV satırı olamaz. Doğru dosyayı verdiğinizden emin olun.
fault-control_character = Satırda yazılamayan bir karakter var (bayt değeri { $byte }). Dosya bozulmuş ya da CSV değil; yeniden dışa aktarın.
fault-quote_inside = Alanın ortasında çift tırnak (") var. Tırnaklı alan baştan sona tırnak içinde yazılır, içindeki tırnak iki kez yazılır.
fault-quote_followed = Kapanan çift tırnaktan (") sonra ayırıcı gelmeli. İçteki tırnak iki kez ("") yazılır.
fault-quote_open = Açılan çift tırnak (") satır sonuna kadar kapanmıyor. Tırnağı kapatın; alanların içinde satır sonu olamaz.
fault-truncated = Son satır yarım: { $expected } alan yerine { $found } alan var ve satır sonu yok. Dosya eksik kopyalanmış; yeniden dışa aktarın.
fault-field_count = { $expected } alan yerine { $found } alan var. İçinde virgül olan metinleri çift tırnak içine alın; boş alanların virgülünü silmeyin.
fault-letters_lost = Harfler daha önceki bir kaydetmede kaybolmuş: “{ $found }”. Kaynaktan UTF-8 olarak yeniden dışa aktarın.
fault-encoded_twice = Harfler iki kez dönüştürülmüş: “{ $found }” yerine “{ $meant }” olmalı. Kaynaktan UTF-8 olarak yeniden dışa aktarın.

# Bir alan.
fault-empty = Boş bırakılamaz; beklenen: { $expected }.
fault-not_understood = “{ $found }” okunamadı; beklenen: { $expected }.
fault-range = “{ $found }” aralık dışında; { $from } ile { $to } arasında bir tam sayı yazın.
fault-decimal_range = “{ $found }” aralık dışında; 0 ile { $most } arasında bir sayı yazın.
fault-word = “{ $found }” bilinmiyor; şunlardan biri olmalı: { $words }.
fault-digit_in_name = Kişi adında rakam olamaz: “{ $found }”. Sütunlar kaymış olabilir; başlığı verilerle karşılaştırın.
fault-character_in_name = Kişi adında kullanılamayan ya da görünmeyen bir karakter var ({ $code }). Adı kaynak sistemde silip yeniden yazın.
fault-too_long = { $length } karakter; en çok { $most } olabilir: “{ $found }”. Metni kısaltın.
fault-identity_not_digits = Kimlik numarası yalnızca rakamlardan oluşur; { $position }. karakter “{ $found }” rakam değil. Kimlik belgesinden doğrusunu yazın ya da alanı boş bırakın.
fault-identity_length = Kimlik numarası 11 haneli olmalı; { $digits } hane yazılmış. Kimlik belgesinden doğrusunu yazın ya da alanı boş bırakın.
fault-identity_leading_zero = Kimlik numarası 0 ile başlayamaz. Kimlik belgesinden doğrusunu yazın ya da alanı boş bırakın.
fault-identity_check_digit = Kimlik numarası hatalı: { $place }. hane önceki hanelerle uyuşmuyor. Bir hane yanlış yazılmış ya da iki hane yer değiştirmiş olabilir. Kimlik belgesinden doğrusunu yazın ya da alanı boş bırakın.
fault-letter_too_long = “{ $found }” harf notu olamayacak kadar uzun; not ölçeğindeki harfi yazın.
fault-letter_sign = “{ $found }” harf notu olamaz; içinde “{ $sign }” var. Not ölçeğindeki harfi yazın.

# Satırlar birbiriyle.
fault-repeated_key = { $key } anahtarı daha önceki bir satırda da var; her satırın anahtarı tek olmalı. Birini silin ya da doğru anahtarı yazın.
fault-repeated_number = “{ $number }” numarası { $first }. satırda da var; her öğrenci numarası bir kez yazılır. Fazla satırı silin ya da numarayı düzeltin.
fault-repeated_row = Aynı kayıt { $first }. satırda da var; birini silin.
fault-repeated_position = Bu müfredatın aynı yarıyılında aynı sıra { $first }. satırda da var; sıra numarasını değiştirin.
fault-repeated_section = Aynı dönemde aynı dersin bu şube numarası daha önceki bir satırda var; şube numarasını değiştirin.
fault-repeated_code = “{ $found }” kodu { $first }. satırda da var; her kod bir kez kullanılır. Kodlardan birini düzeltin.
fault-repeated_identity_no = Aynı kimlik numarası { $first }. satırda da var; bir kişi bir kez yazılır. Fazla satırı silin ya da numarayı düzeltin.
fault-repeated_term = Bir öğrencinin aynı dönemi { $times } satırda yazılmış; ilki { $first }. satır. Fazla satırları silin.
fault-repeated_mark = Bir öğrencinin aynı dönemde aynı dersi { $times } satırda yazılmış; ilki { $first }. satır. Fazla satırları silin.
fault-unknown_reference = “{ $found }” anahtarı { $file } dosyasında yok. { $file } dosyasına satırı ekleyin ya da anahtarı düzeltin.
fault-no_parent = Üniversite dışındaki her birimin üst birimi olmalı; üst birimin unit_id değerini yazın.
fault-universities = Türü “university” olan tam bir birim olmalı; { $count } tane var. Birimlerin türünü düzeltin.
fault-cycle = Birim kendi üstünde duruyor: üst birimler bir halka oluşturuyor. parent_id değerini düzeltin.
fault-foreign_curriculum = { $curriculum } anahtarlı müfredat { $program } anahtarlı programın değil; programın bir müfredatını yazın.
fault-foreign_section = { $section } anahtarlı şube { $term } anahtarlı dönemde { $course } anahtarlı dersin şubesi; bu satırdaki dönem ve dersle uyuşmuyor. Şubeyi ya da dönem ile dersi düzeltin.
fault-two_people = Aynı kimlik numarası { $first }. satırda başka bir adla ya da doğum günüyle yazılmış. Kimlik numarasını düzeltin; aynı kişinin iki kaydıysa bilgileri eşitleyin.
fault-class_year = { $class }. sınıf olamaz: program { $most } yıllık. 0 (hazırlık) ile { $most } arasında yazın.

# Günler.
fault-date_order = { $day } günü “{ $column }” gününden ({ $after }) sonra olmalı. İki günden birini düzeltin.
fault-outside_year = { $day } günü { $year } akademik yılının içinde değil; yılı ya da günü düzeltin.
fault-entry_in_future = Giriş yılı { $year } gelecekte; en çok { $most } olabilir.
fault-birth_in_future = Doğum günü { $day } gelecekte; kimlik belgesindeki günü yazın.
fault-birth_after_entry = Doğum günü { $day } giriş yılına ({ $entry }) göre çok geç; doğum gününü ya da giriş yılını düzeltin.
fault-birth_too_early = Doğum günü { $day } 1900’den önce; kimlik belgesindeki günü yazın.
fault-status_in_future = { $day } günü gelecekte; durumun başladığı gün bugünden sonra olamaz.
fault-status_before_entry = { $day } günü giriş yılından ({ $entry }) önce; “{ $status }” durumu girişten önce başlayamaz. Günü ya da giriş yılını düzeltin.

# Notlar.
fault-unknown_letter = “{ $found }” harfi kurumun not ölçeğinde yok; ölçekteki harfler: { $letters }.
fault-points = “{ $letter }” harfinin katsayısı { $right } olmalı; { $found } yazılmış. Harfi ya da katsayıyı düzeltin.
fault-points_outside = “{ $letter }” harfi ortalamaya katılmaz, katsayısı olamaz; { $found } yazılmış. Alanı boş bırakın.

# Daha önce aktarılanla.
fault-renumbered = Bu kayıt ({ $found }) daha önce { $key } anahtarıyla aktarıldı; o anahtar artık dosyada yok. Anahtarlar aktarımdan aktarıma aynı kalmalı: burada ve bu satıra bakan dosyalarda yine { $key } yazın.
fault-taken_by_another = { $found } daha önce { $key } anahtarıyla aktarılan başka bir satırın. Anahtarlar kaymışsa eski anahtarları yazın; iki satır bunu gerçekten değiş tokuş ediyorsa önce { $key } anahtarlı satırı yeni değeriyle, sonra bunu, iki ayrı aktarımda verin.
fault-taken_here = { $found } Künye’de açılmış başka bir kaydın. Dosyadaki değeri düzeltin ya da Künye’deki kaydı değiştirin.
fault-renumbered_student = Bu kişi aynı programa aynı yıl { $number } numarasıyla aktarılmıştı; o numara artık dosyada yok. Yeni numarayla ikinci bir öğrencilik açılırdı: { $number } numarasını burada ve not dosyalarında yine yazın.
fault-number_of_another = Bu öğrenci numarası Künye’de başka birinin; satırdaki kimlik numarası ile doğum günü ise { $number } numaralı öğrencinin. Öğrenci numarasını ya da kişinin bilgilerini düzeltin.

# Aktarımın ilerlemesi.
phase-reading = { $file } okunuyor
phase-checking = Satırlar denetleniyor
phase-comparing = Karşılaştırılıyor
phase-applying = İşleniyor
