# Doğrulamanın buldukları. Anahtarlar services::verify sözcükleridir; docs/operating/verify.md bunları açıklar.

found-line = { $place }: { $text }
found-line-entry = { $place }, { $seq }. kayıt: { $text }

# Nerede.
place-chain = { $subject }
place-student-chain = { $subject } (öğrenci no { $student })
place-entry = ledger_entry { $id }
place-root = { $day } günlük kökü
place-roots-line = kök dosyası, { $line }. satır
place-paper = belge { $unit } { $number }
place-file = dosya { $sha256 }
place-paper-file = dosya { $sha256 } (belge { $paper })
place-guard = tetikleyici { $name }
place-table = tablo { $name }

# Ne.
found-entry-altered = kayıt değiştirilmiş: içeriği kendi özetine uymuyor
found-entry-unreadable = kayıt okunamıyor; değiştirilmiş olmalı
found-link-broken = kayıt kendinden önceki kayda bağlanmıyor: bu bağ ya da önceki kayıt değiştirilmiş
found-entry-removed = kayıt silinmiş
found-last-entry-removed = zincirin sonundaki kayıt silinmiş
found-entry-added = kayıt sonradan eklenmiş
found-head-altered = zincirin başlığı son kayda uymuyor: başlık ya da son kayıt değiştirilmiş
found-head-missing = zincirin başlığı silinmiş
found-chain-missing = defterde zinciri yok
found-subject-missing = defterde zinciri var, ama kendisi yok
found-text-altered = kaydın metni değiştirilmiş
found-text-removed = kaydın metni, bunu yazan bir kayıt olmadan silinmiş
found-text-added = kayda sonradan metin eklenmiş
found-root-altered = saklanan kök, kayıtların verdiği kök değil
found-root-altered-run = saklanan kök, kayıtların verdiği kök değil ({ $until } gününe kadar { $days } kök)
found-history-rewritten = geçmiş yeniden yazılmış: kayıtların verdiği kök, dosyadaki kök değil
found-history-rewritten-run = geçmiş yeniden yazılmış: kayıtların verdiği kök, dosyadaki kök değil ({ $until } gününe kadar { $days } kök)
found-root-not-stored = dosyadaki kök veritabanında yok ya da başka
found-root-not-listed = veritabanındaki kök dosyada yok: dosya eksik ya da kısaltılmış
found-roots-line-unreadable = satır okunamıyor; `gün son-kayıt zincir kayıt özet` olmalı
found-status-differs = durum “{ $stored }” yazılı, defter “{ $given }” diyor
found-link-differs = bağlı olduğu öğrencilik defterdekinden farklı
found-placement-differs = defterdekinden farklı: { $fields }
found-former-differs = değişiklik, defterin söylediğinden başka bir değerden yola çıkmış: { $fields }
found-terms-differ = dönem kayıtları defterin söylediği değil: { $terms }
found-identity-differs = kimlik bilgisi defterde kaydı olmadan değiştirilmiş: { $fields }
found-registration-differs = kayıt günündeki kimliği değiştirilmiş: { $fields }
found-registration-missing = kayıt günündeki kimliği silinmiş
found-marks-differ = notlar defterin söylediği notlar değil
found-marks-unrecorded = notları var, ama defterde bunların kaydı yok
found-figures-differ = saklanan ortalama ya da AKTS, notların verdiği değil
found-index-differs = arama dizinindeki satırı kaydına uymuyor
found-index-stray = arama dizininde satırı var, ama kendisi yok
found-number-missing = numara verilmiş, ama belgesi yok
found-number-not-given = belgenin numarası hiç verilmemiş
found-series-gap = “{ $series }” serisinin öğrenci numaralarında boşluk var
found-paper-misfiled = belgenin özeti dosyasınınki değil
found-file-broken = dosya yok ya da değiştirilmiş: { $why }
found-file-size = dosya { $found } bayt, { $right } olmalı
found-guard-missing = veritabanının koruması kaldırılmış ya da kapatılmış
found-unreadable = satır okunamıyor, denetimin kalanı yapılamadı (sütun { $column }: { $value })
