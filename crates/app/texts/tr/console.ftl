# Komutların yazdıkları.

say-ready = Künye hazır: { $url }
say-worker-working = Bekleyen işler yürütülüyor.
say-worker-ended = İşler bırakıldı; yarım kalan iş bir sonraki çalışmada sürer.
say-demo-preparing = Uydurma kayıtlar hazırlanıyor…
say-demo-settings = her açılışta yeniden yazar. Ayarlar sizin olsun istiyorsanız bu satırı silin.

say-import-apply-with-yes = Uygulamak için aynı komutu --yes ile çalıştırın.
say-import-faults = { $count } hata; hiçbir şey aktarılmadı.
say-import-faults-cut = { $count } hata gösterildi, daha fazlası var; hiçbir şey aktarılmadı.
say-import-titles-file = dosya
say-import-titles-row = satır
say-import-titles-column = sütun
say-import-titles-code = hata kodu
say-import-titles-text = açıklama
say-import-columns-rows = satır
say-import-columns-new = yeni
say-import-columns-changed = değişen
say-import-columns-unchanged = aynı
say-import-columns-missing = eksilen
say-import-columns-conflicts = çakışma
say-import-change = { $key } { $column }: “{ $before }” → “{ $after }”
say-import-conflict = çakışma { $file } { $row }. satır, { $key } { $column }: burada “{ $here }”, dosyada “{ $found }”; buradaki kalır
say-import-nothing-changes = Değişen bir şey yok.
say-import-done = Aktarım tamamlandı.
say-placement-row = { $row }. satır: { $text }
say-placement-figures = { $rows } satır: { $new } yeni, { $changed } değişen, { $same } aynı, { $faulty } hatalı.
say-placement-done = Liste alındı.
say-placement-sound-done = Sağlam satırlar alındı; hatalı satırlar düzeltilmeyi bekliyor.
say-placement-dry = Yalnız denetlendi; hiçbir şey yazılmadı.
say-placement-refused = Hatalı satır olduğu için liste alınmadı. Düzeltin ya da yalnız sağlam satırlar için --sound-rows verin.
say-placement-nothing = Hiçbir satır alınmadı.
say-placement-nobody = YÖKSİS bu yıl ve tür için kimseyi bildirmedi; hiçbir şey yazılmadı.
say-placement-beside = Daha önce elle karara bağlanan satır: { $decided }; başka birimlerin satırı: { $others }.
say-placement-pages = YÖKSİS sayfaları

say-invent-done = { $students } öğrencilik, { $marks } not yazıldı: { $path }
say-invent-candidates = { $candidates } aday yazıldı: { $path }

say-issue-done = { $issued } belge düzenlendi, { $refused } düzenlenemedi: { $path }

say-migrate-up-to-date = Şema zaten güncel.
say-check-database = Veritabanı: { $value }
say-check-schema = Şema sürümü: { $value }
say-check-files = Dosya deposu: { $value }
say-check-institution = Kurum profili: { $value }
say-check-address = Adres: { $value }
say-check-owner = UYARI: bu rol kayıt defterini değiştirebilir; sunucuyu `kunye migrate --serving-role ROL` ile hazırlanan rolle çalıştırın.
say-check-sound = Her şey yerinde.

say-backup-done = { $path }: { $rows } satır, { $files } dosya
say-backup-missing-file = depoda bulunamayan dosya: { $file }
say-restore-missing-file = yedekte olmayan dosya: { $file }
say-restore-settled = durumu defterdekine getirilen öğrenci: { $student }
say-restore-done = { $rows } satır, { $files } dosya geri yüklendi; doğrulama: { $found } bulgu.

say-verify-done-line = { $chains } zincir, { $entries } kayıt, { $roots } günlük kök, { $enrolments } öğrencilik, { $papers } belge, { $files } dosya denetlendi; silinmiş metin { $erased }.
say-verify-sound = Sağlam: bulgu yok.
say-verify-not-sound = SAĞLAM DEĞİL.

say-user-name = Kullanıcı adı: { $name }
say-user-until = Geçerlilik sonu: { $until }
say-token-name = komut satırı
