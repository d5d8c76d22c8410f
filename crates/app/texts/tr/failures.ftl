# Bir komut neden istenileni yapamadı ve ne yapmalı.

cannot-error = hata: { $text }
cannot-field = { $field }: { $text }

# Sistem.
cannot-system-not-found = dosya ya da klasör yok
cannot-system-permission = izin yok
cannot-system-exists = bu adla bir dosya ya da klasör zaten var
cannot-system-is-a-folder = bu bir dosya değil, klasör
cannot-system-not-a-folder = bu bir klasör değil
cannot-system-no-room = diskte yer kalmadı
cannot-system-address-used = bu adreste başka bir program dinliyor
cannot-system-address-missing = bu makinede böyle bir adres yok
cannot-system-not-text = dosya UTF-8 metin değil
cannot-system-other = { $why }
cannot-path = { $path }: { $text }.
cannot-output = Sonuç yazılamadı: { $text }.

# Ayarlar.
cannot-setting-line = { $path }, { $line }. satır, { $key }:
cannot-setting-syntax = bu satır okunamadı. `ad = değer` biçiminde yazın; metinler tırnak içinde durur, örnek: listen = "127.0.0.1:7300"
cannot-setting-unknown = böyle bir ayar yok; bilinenler: { $names }.
cannot-setting-text = değer tırnak içinde bir metin olmalı; örnek: { $key } = "…"
cannot-setting-truth = değer true ya da false olmalı, tırnaksız.
cannot-setting-list = değer bir metin listesi olmalı; örnek: { $key } = ["…", "…"]
cannot-setting-two-databases = --dir ile verilen klasörün veritabanı { $dir }, KUNYE_DATABASE ise { $variable } diyor. Birini bırakın: --dir vermeyin, KUNYE_DATABASE değişkenini kaldırın ya da klasördeki kunye.toml dosyasına `database` yazın.
cannot-setting-none = Veritabanı belirtilmemiş. `--dir KLASÖR` verin ya da KUNYE_DATABASE değişkenini ayarlayın (sqlite:DOSYA veya postgres://KULLANICI@SUNUCU/VERİTABANI).
cannot-setting-database = { $place } anlaşılmadı; sqlite:DOSYA ya da postgres://KULLANICI@SUNUCU/VERİTABANI yazın.
cannot-setting-listen = { $place }: “{ $found }” bir adres değil; örnek: 127.0.0.1:7300
cannot-setting-trusted_proxies = { $place }: “{ $found }” bir IP adresi ya da ağ değil; örnek: 10.0.0.5 ya da 10.0.0.0/8
cannot-setting-yoksis_url = { $place }: “{ $found }” kullanılamaz; https:// ile başlayan bir adres yazın. Parola şifresiz bağlantıdan gönderilmez.
cannot-setting-yoksis_account = { $place }: “{ $found }” bir YÖKSİS hesabı olamaz; boş bırakılmaz, iki nokta içermez.
cannot-setting-yoksis_password_file = { $place }: YÖKSİS hesabının parolası yok. Parolayı yalnız sizin okuyabildiğiniz bir dosyaya yazıp `yoksis_password_file` ayarına dosyanın adını verin ya da KUNYE_YOKSIS_PASSWORD değişkenini ayarlayın.
cannot-setting-allow_owner = { $place }: “{ $found }” anlaşılmadı; 1 ya da 0 yazın.
cannot-setting-institution = “{ $found }” adlı kurum profili yok; KUNYE_INSTITUTION değişkenini ya da kunye.toml dosyasındaki `institution` satırını denetleyin.
cannot-setting-profile = Kurum profili okunamadı: { $file }, { $line }. satır, { $key }.
cannot-setting-role = “{ $found }” bir rol adı olamaz; yalnız ASCII harf, rakam ve alt çizgi yazın.

# Hizmetler.
cannot-service-not-found = Böyle bir kayıt yok ya da görmeye yetkiniz yok. Yazdığınızı denetleyin.
cannot-service-forbidden = Bunun için yetki yok ({ $action }).
cannot-service-needs-confirmation = Bu iş parolanın yeniden sorulmasını ister; sayfadan yapın.
cannot-service-stale = Kayıt bu arada başkası tarafından değiştirildi; yeniden deneyin.
cannot-service-throttled = Kısa sürede çok sayıda deneme yapıldı; { $until } sonrasında yeniden deneyin.
cannot-service-waits-for-room = Belgenin numarası verildi, ama diskte yer kalmadığı için basılamadı. Yer açın; belge kendiliğinden hazırlanır.
cannot-service-port-files = Dosya deposu istenileni yapamadı; ayrıntısı günlüktedir. Klasörü ve izinlerini denetleyin.
cannot-service-port-press = Belge basılamadı; ayrıntısı günlüktedir. Belgenin verisini ve şablonunu denetleyin.
cannot-service-port-roots = Günlük kök dosyası yazılamadı ya da veritabanıyla çelişiyor; `kunye verify --roots DOSYA` çalıştırın.
cannot-service-port-other = Programın bir parçası ({ $port }) istenileni yapamadı; ayrıntısı günlüktedir.

# Veritabanı.
cannot-storage-constraint = Veritabanı yazmayı kabul etmedi ({ $constraint }); hiçbir şey yazılmadı.
cannot-storage-refused = Veritabanının bir kuralı buna izin vermiyor ({ $rule }); hiçbir şey yazılmadı.
cannot-storage-busy = Veritabanında uzun bir yazma işi sürüyor; hiçbir şey yazılmadı. Birazdan yeniden deneyin.
cannot-storage-no-room = Diskte yer kalmadı; hiçbir şey yazılmadı. Yer açıp yeniden deneyin.
cannot-storage-no-schema = Veritabanı henüz kurulmamış; önce `kunye migrate` çalıştırın.
cannot-storage-schema-older = Veritabanı şeması { $found }, program { $expected } bekliyor; önce `kunye migrate` çalıştırın.
cannot-storage-schema-newer = Veritabanı şeması { $found }, bu program yalnız { $expected } ve öncesini tanır; programın yeni sürümünü kullanın.
cannot-no-database = { $path }: burada veritabanı yok. --dir ile verdiğiniz klasörü ya da veritabanının adresini denetleyin; yeni bir büro kuruyorsanız önce `kunye migrate` çalıştırın.
cannot-storage-open = Veritabanı açılamadı: { $why }. Yerini ve izinlerini denetleyin.
cannot-storage-name = “{ $found }” burada ad olamaz; yalnız ASCII harf, rakam ve alt çizgi yazın.
cannot-storage-other-engine = Bu iş bu veritabanı türünde yapılmaz.
cannot-storage-decode = Veritabanında beklenmeyen bir değer var ({ $column }); `kunye verify` çalıştırın.
cannot-storage-engine = Veritabanı bir hata verdi: { $why }
cannot-storage-pool = PostgreSQL bağlantısı alınamadı; sunucunun çalıştığını ve bağlantı sınırını denetleyin.
cannot-storage-panicked = İşlem yarıda kesildi ve geri alındı; ayrıntısı günlüktedir.

# Veritabanının adresi ve arkasındaki sunucu. Anahtarlar storage::AddressFault sözcükleridir.
address-form = Veritabanı adresi anlaşılmadı; sqlite:DOSYA ya da postgres://KULLANICI@SUNUCU/VERİTABANI yazın.
address-root-missing = Veritabanı adresi: sslmode={ $mode } için sunucu sertifikasını imzalayan kökü de yazın: sslrootcert=DOSYA
address-unknown-mode = Veritabanı adresi: sslmode={ $mode } bilinmiyor; disable, prefer, require, verify-ca ya da verify-full yazın.
address-root-unreadable = Veritabanı adresi: sslrootcert={ $file } okunamadı ({ $why }). Dosyanın yerini ve okuma iznini denetleyin.
address-no-certificate = Veritabanı adresi: sslrootcert={ $file } içinde PEM biçiminde bir sertifika yok; kök sertifikasının dosyasını verin.
address-unencrypted = Veritabanı açılamadı: sunucu şifreli bağlantı kabul etmiyor; sunucuda ssl = on yapın ya da sslmode=disable yazın.
address-unreachable = Veritabanı açılamadı: sunucuya bağlanılamadı ({ $why }). Sunucunun çalıştığını, adını ve kapısını denetleyin.
address-turned-away = Veritabanı açılamadı, sunucu geri çevirdi: { $why }. Kullanıcıyı, parolayı ve veritabanının adını denetleyin.
address-handshake = Veritabanı açılamadı: şifreli bağlantı kurulamadı ({ $why }). Sunucunun TLS ayarlarını denetleyin.
address-unknown-issuer = Veritabanı açılamadı: sunucunun sertifikasını sslrootcert ile verilen kök imzalamamış; bağlantı kurulmadı. Başka bir sunucuya bağlanıyor olabilirsiniz; değilse doğru kök sertifikasını verin.
address-other-name = Veritabanı açılamadı: sunucunun sertifikası “{ $expected }” adı için değil ({ $presented } için); bağlantı kurulmadı. Adresteki sunucu adını ya da sertifikanın adlarını (subjectAltName) düzeltin.
address-expired = Veritabanı açılamadı: sunucunun sertifikasının süresi dolmuş; bağlantı kurulmadı. Sunucuda sertifikayı yenileyin.
address-not-yet-valid = Veritabanı açılamadı: sunucunun sertifikası henüz geçerli değil; bağlantı kurulmadı. Bu makinenin saatine bakın.
address-certificate = Veritabanı açılamadı: sunucunun sertifikası kabul edilmedi ({ $why }); bağlantı kurulmadı. Sertifikayı yenileyin.

# Yedek.
cannot-backup-no-room = Diskte yer kalmadı; yarım dosya bırakılmadı. Yer açıp yeniden deneyin.
cannot-backup-running = { $path } dosyasına şu anda başka bir yedek yazılıyor; bitmesini bekleyin ya da başka bir ad verin.
cannot-backup-not-a-backup = { $path } bir Künye yedeği değil ya da dosyanın sonu eksik. Dosyayı yeniden kopyalayın ya da başka bir yedek verin.
cannot-backup-too-new = Yedek daha yeni bir Künye ile alınmış (biçim { $format }, şema { $schema }); bu program biçim { $known_format }, şema { $known_schema } tanır. Programın yeni sürümünü kullanın.
cannot-backup-damaged = Yedek bozuk, hiçbir şeye dokunulmadı: { $member }: { $text }. Dosyayı yeniden kopyalayın ya da başka bir yedek verin.
cannot-backup-occupied = Geri yükleme yalnız boş bir yere yapılır; burada { $table } tablosu dolu. Boş bir klasör ya da veritabanı verin.
cannot-backup-place-newer = Boş veritabanı şema { $found } ile kurulmuş, yedek şema { $backup }: hiç kurulmamış bir veritabanı verin.
cannot-backup-table = { $table } tablosu: { $text }
cannot-backup-line = { $line }. satır bu tablonun satırlarına benzemiyor; ayrıntısı günlüktedir.
cannot-backup-files = Dosya deposu yedekteki dosyaları almadı; ayrıntısı günlüktedir. Klasörü ve izinlerini denetleyin.
damage-unreadable = okunamıyor ({ $why })
damage-missing = parça yok
damage-unlisted = listede olmayan bir parça
damage-altered = içeriği listedeki özete uymuyor
damage-rows = { $found } satır var, { $right } olmalı
damage-no-such-table = bu şemada böyle bir tablo yok
damage-stored-otherwise = dosya deposu başka bir özet verdi

# Komutların kendi retleri.
cannot-token-days = --days 1 ile { $most } arasında olmalı.
field-programme-code-unknown = “{ $code }” kodlu program yok. Kodu denetleyin.
cannot-serve-as-owner = Veritabanı rolü kayıt defterinin sahibi ya da TRUNCATE/UPDATE yetkisi var; sunucu bu rolle çalışmaz. `kunye migrate --serving-role ROL` ile ayrı bir rol hazırlayın ya da deneme için KUNYE_ALLOW_OWNER=1 verin.
cannot-help = “{ $found }” diye bir komut yok; komutlar: kunye --help
cannot-listen = { $address } dinlenemiyor: { $text }.
cannot-demo-records = Uydurma kayıtlar aktarılamadı: { $text }
cannot-invent-no-programmes = Hiçbir programın ÖSYM kodu yok: { $path }
cannot-demo-students = --students en az { $least } olmalı: girişlerin biri okuyan, biri mezun bir öğrencinindir.
cannot-demo-somebody-elses = Bu veritabanında ({ $database }) demonun kurmadığı kayıtlar ya da hesaplar var; demo burada açılmaz, hiçbir şey değiştirilmedi. Boş bir klasör verin: kunye demo --dir KLASÖR
cannot-demo-too-few = Uydurma kayıtlarda durumu “{ $status }” olan öğrenci yok; klasörü silip demoyu yeniden başlatın.
cannot-demo-no-advisor = Uydurma öğrencinin danışmanı yok; klasörü silip demoyu yeniden başlatın.

# Sayfalardaki alan cümleleri bir listeden seçtirir; komut satırında yazılanı söyleyen cümleler bunlardır.
typed-unit-unknown = “{ $typed }” kodlu birim yok. Birim kodunu kurum sayfasındaki ya da units.csv dosyasındaki gibi yazın.
typed-programme-unknown = “{ $typed }” kodlu program yok. Program kodunu kurum sayfasındaki ya da programs.csv dosyasındaki gibi yazın.
typed-programme-of-another-unit = “{ $typed }” programı, --unit ile verilen birimde değil. --unit vermeyin ya da o birimin bir programını yazın.
typed-role-needs-unit = Bu rol bir birimde verilir; birimin kodunu ekleyin, örnek: --unit MÜH
typed-role-has-no-unit = Bu rol bütün kurum içindir; --unit ve --programme vermeyin.
typed-role-needs-person = Bu rol öğrenci kaydından gelir, komut satırından verilmez; hesabı öğrencinin sayfasından açın.
typed-role-needs-staff = Bu rol için hesabın bir personel kaydına bağlı olması gerekir; hesabı hesaplar sayfasından açın.
typed-user-name-unknown = “{ $typed }” adlı bir hesap yok. Adlar: kunye user list
typed-user-name-taken = “{ $typed }” adı alınmış. Başka bir ad yazın.
typed-batch-empty = Hiç öğrenci bulunamadı. Öğrenci numaralarını ya da programı denetleyin.
cannot-placement-kind = “{ $found }” diye bir giriş türü yok. Örnekler: yks, yks_additional, dgs, YKS_EK
cannot-placement-service = { $text } Hiçbir şey yazılmadı. Listeyi dosyadan da alabilirsiniz: kunye import placement DOSYA
cannot-placement-out-is-list = { $file } listenin kendisi; üzerine yazılmaz. Başka bir dosya adı verin.
