# `kunye --help`, ve komut satırı anlaşılmadığında söylenenler. Anahtarlar komutların ve seçeneklerin adlarıdır.

help-usage = Kullanım:
help-commands = Komutlar
help-arguments = Girdiler
help-options = Seçenekler
help-option-word = SEÇENEKLER
help-command-word = KOMUT
help-help = Bu yardımı yazar.
help-version = Programın sürümünü yazar.

help-kunye = Üniversite öğrenci işleri sistemi.
help-kunye-dir = Tek büro klasörü (kunye.sqlite ve files/). Verilmezse kunye.toml ve KUNYE_* okunur.
help-kunye-lang = İletilerin dili: tr ya da en; verilmezse tr. `issue` ile belgenin dili de budur.
help-kunye-json = Sonucu JSON olarak yazar.
help-kunye-after = Çıkış kodları
    { "  " }0  oldu
    { "  " }1  çalıştı ama cevap hayır: bulgu, hatalı dosya, onay bekleyen fark ya da ret var
    { "  " }2  çalışamadı: komut, ayar, dosya, veritabanı ya da disk buna izin vermedi
    { "" }
    Ayrıntı: docs/operating/console.md

help-demo = Uydurma kişilerle çalışan bir büro kurar ve açar.
help-demo-listen = Dinlenecek adres; verilmezse 127.0.0.1:7300.
help-demo-students = Uydurulacak öğrenci sayısı, yalnız ilk açılışta; verilmezse 2000.
help-serve = Sayfaları ve API’yi sunar; bekleyen işleri de yürütür.
help-serve-listen = Dinlenecek adres; verilmezse KUNYE_LISTEN.
help-serve-no_worker = İşleri bu süreçte yürütmez; `kunye worker` ayrıca çalıştırılır.
help-worker = Yalnız bekleyen işleri yürütür.
help-worker-once = Bekleyen işleri bitirip çıkar.
help-migrate = Veritabanı şemasını bu programa uydurur.
help-migrate-serving_role = Sunucunun kullanacağı rol (PostgreSQL, KUNYE_SERVING_ROLE): gereken yetkileri alır, tabloların sahibi olmaz.
help-check = Ayarları, veritabanını ve dosya deposunu yoklar.
help-import = Dosyalardan kayıt aktarır.
help-import-records = Eski sistemin on iki CSV dosyasını alır (biçim: docs/records-format.md).
help-import-records-folder = Dosyaların bulunduğu klasör.
help-import-records-yes = Farkları gördükten sonra sormadan uygular.
help-import-records-dry_run = Yalnız denetler ve farkları gösterir.
help-import-records-errors = Hataları bu dosyaya CSV olarak yazar.
help-import-placement = Yerleştirme listesini alır: CSV, XLSX ya da YÖKSİS sayfası (JSON).
help-import-placement-file = Liste dosyası.
help-import-placement-from_yoksis = Listeyi dosya yerine YÖKSİS’ten alır; sağlam satırlar alınır, hatalılar düzeltilmeyi bekler.
help-import-placement-year = Yerleştirme yılı.
help-import-placement-kind = Giriş türü (yks, dgs …) ya da YÖKSİS yerleştirme türü (YKS, YKS_EK …).
help-import-placement-mapping = Kaydedilmiş sütun eşlemesinin adı.
help-import-placement-dry_run = Yalnız denetler ve sayıları gösterir.
help-import-placement-sound_rows = Hatalı satır olsa da sağlam satırları alır; ötekiler düzeltilmeyi bekler.
help-import-placement-errors = Hatalı satırları nedenleriyle bu dosyaya CSV olarak yazar; düzeltilip tek başına yüklenebilir.
help-import-placement-warnings = Alınan, ama bilinmesi gereken satırları bu dosyaya CSV olarak yazar.
help-invent = Uydurma kayıtları dosyalara yazar.
help-invent-students = Uydurulacak öğrenci sayısı; aday da istenmemişse 2000.
help-invent-candidates = Uydurulacak aday sayısı; klasörde placement/yks-YIL.csv listesi olur.
help-invent-e_registered = Adaylardan kaçı e-Devlet üzerinden kaydolmuş ve engelsiz; verilmezse rastlantıya kalır.
help-invent-year = Adayların yerleştirme yılı; verilmezse 2026.
help-invent-programs = Adayların programları; verilmezse klasördeki programs.csv.
help-invent-seed = Aynı sayı aynı kayıtları verir; verilmezse 1.
help-invent-out = Dosyaların yazılacağı klasör.
help-issue = Belge düzenler, PDF olarak bir klasöre yazar. Yarıda kalan iş aynı komutla kaldığı yerden sürer.
help-issue-kind = Belge türü: student_certificate (ogrenci-belgesi) ya da transcript (transkript).
help-issue-student = Bir öğrenci numarası.
help-issue-programme = Program kodu: bütün öğrencileri.
help-issue-list = Her satırında bir öğrenci numarası olan dosya.
help-issue-out = PDF dosyalarının yazılacağı klasör.
help-issue-purpose = Ne için istendiği.
help-verify = Kayıt defterinin zincirini ve saklanan belgeleri doğrular.
help-verify-roots = Veritabanının dışında tutulan günlük kökler dosyası.
help-verify-no_files = Saklanan dosyaları okumaz, yalnız veritabanına bakar.
help-backup = Bütün kurulumu tek dosyaya yedekler.
help-backup-file = Yedek dosyası.
help-restore = Yedeği boş bir yere geri yükler ve doğrular.
help-restore-file = Yedek dosyası.
help-user = Hesapları yönetir.
help-user-add = Hesap açar, etkinleştirme bağlantısını yazar.
help-user-add-name = Kullanıcı adı.
help-user-add-role = Rol; örneğin clerk, registrar, administrator. Birden çok verilebilir.
help-user-add-unit = Rolün birimi, birim koduyla.
help-user-add-programme = Rolün yalnız bir programı, program koduyla.
help-user-add-display = Görünen ad; verilmezse kullanıcı adı.
help-user-reset = Parolası unutulmuş hesap için tek kullanımlık bağlantı yazar.
help-user-reset-name = Kullanıcı adı.
help-user-list = Hesapları listeler.
help-token = API anahtarlarını yönetir.
help-token-add = Bir hesap için API anahtarı üretir ve yalnız anahtarı yazar.
help-token-add-user = Hesabın kullanıcı adı.
help-token-add-read_only = Yalnız okuma yetkisi verir.
help-token-add-days = Kaç gün geçerli olacağı; verilmezse 90.
help-token-add-name = Ne için olduğu.
help-help-command = Komutları ve seçeneklerini anlatır.
help-help-command-command = Hangi komut; örneğin import records.

# Komut satırı anlaşılmadı.
usage-unknown-command = “{ $found }” diye bir komut yok.
usage-unknown-argument = “{ $found }” burada geçmez.
usage-similar = Bunu mu demek istediniz: { $similar }
usage-value-missing = { $argument } bir değer ister.
usage-value-unknown = { $argument } için “{ $found }” yazılamaz; şunlardan biri olmalı: { $words }.
usage-value-wrong = { $argument } için “{ $found }” yazılamaz.
usage-value-address = Adres ve kapı yazın; örnek: 127.0.0.1:7300
usage-value-number = Bir tam sayı yazın; örnek: 30
usage-missing-command = Hangi iş olduğu eksik; şunlardan birini ekleyin: { $words }.
usage-missing = Eksik: { $arguments }.
usage-conflict = { $argument } ile { $other } birlikte verilemez.
usage-twice = { $argument } bir kez verilir.
usage-not-text = Komut satırındaki bir söz UTF-8 metin değil.
usage-other = Komut satırı anlaşılmadı.
usage-hint = Ayrıntı için: { $command } --help
