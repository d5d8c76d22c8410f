# The vocabularies of the office: statuses, roles, grounds, kinds. One word for one thing, everywhere.
status-active = Aktif öğrenci
status-on_leave = Kayıt dondurdu
status-suspended = Uzaklaştırıldı
status-graduated = Mezun
status-withdrawn = Kaydını sildirdi
status-dismissed = İlişiği kesildi
status-transferred = Yatay geçişle ayrıldı
status-deceased = Vefat etti
status-provisional = Geçici kayıtlı
status-registration_cancelled = Kaydı silindi

role-clerk = Öğrenci işleri memuru
role-chief = Şef
role-unit_secretary = Birim sekreteri
role-unit_head = Dekan ya da müdür
role-board_member = Yönetim kurulu üyesi
role-department_head = Bölüm başkanı
role-department_secretary = Bölüm sekreteri
role-advisor = Danışman
role-instructor = Öğretim elemanı
role-student = Öğrenci
role-graduate = Mezun
role-applicant = Aday
role-registrar = Öğrenci İşleri Daire Başkanlığı
role-auditor = Denetçi
role-administrator = Sistem yöneticisi

account-status-invited = Parola bekliyor
account-status-active = Açık
account-status-locked = Kilitli
account-status-closed = Kapatıldı

ground-placement = Yerleştirme
ground-board_decision = Yönetim kurulu kararı
ground-law = Mevzuat
ground-graduation = Mezuniyet kararı
ground-court_ruling = Mahkeme kararı
ground-discipline = Disiplin kararı
ground-records = Devralınan kayıt
ground-records-row = Eski sistem kaydı, { $row }. satır
ground-identity_paper = Kimlik belgesi
ground-correction = Düzeltme
ground-petition = Dilekçe

ledger-enrolled = Kayıt
ledger-status_changed = Durum
ledger-marks_taken_over = Notlar devralındı
ledger-mark_changed = Not değişti
ledger-term_changed = Dönem kaydı değişti
ledger-placement_changed = Program ya da sınıf değişti
ledger-linked = Ana programa bağlandı
ledger-person_registered = Kimlik kaydı
ledger-identity_changed = Kimlik bilgisi değişti
ledger-reversed = Kayıt geri alındı
ledger-text_erased = Kişisel metin silindi

entry-yks = ÖSYM yerleştirmesi
entry-yks_additional = YKS ek yerleştirme
entry-dgs = Dikey geçiş (DGS)
entry-dgs_additional = DGS ek yerleştirme
entry-special_talent = Özel yetenek sınavı
entry-international = Uluslararası öğrenci
entry-transfer_internal = Kurum içi yatay geçiş
entry-transfer_external = Kurumlararası yatay geçiş
entry-transfer_central = Ek Madde-1 ile yatay geçiş
entry-double_major = Çift anadal
entry-minor = Yandal
entry-erasmus = Erasmus+ ile gelen
entry-farabi = Farabi ile gelen
entry-mevlana = Mevlana ile gelen
entry-orhun = Orhun ile gelen
entry-bilateral = İkili anlaşmayla gelen
entry-special_student = Gelen özel öğrenci
entry-amnesty = Öğrenci affı
entry-records = Devralınan kayıt

link-double_major = Çift anadal
link-minor = Yandal

paper-school_diploma = Lise diploması
paper-identity_copy = Kimlik fotokopisi
paper-photograph = Fotoğraf
paper-placement_result = Yerleştirme sonuç belgesi
paper-field_certificate = Alan belgesi
paper-fee_receipt = Ücret dekontu
paper-application_form = Başvuru ya da kayıt formu
paper-previous_diploma = Önceki yükseköğretim diploması
paper-diploma_translation = Diploma çevirisi
paper-equivalence = Denklik belgesi
paper-exam_result = Sınav sonuç belgesi
paper-acceptance_letter = Kabul ya da davet mektubu
paper-turkish_proficiency = Türkçe yeterlik belgesi
paper-school_abroad = Yurt dışında okuduğunu gösteren belge
paper-passport = Pasaport
paper-residence_permit = İkamet izni
paper-health_insurance = Sağlık sigortası
paper-health_report = Sağlık raporu
paper-record_of_studies = Not durum belgesi
paper-enrolment_proof = Kayıtlı olduğu kurumun öğrenci belgesi
paper-course_contents = Ders içerikleri
paper-discipline_record = Disiplin durumu belgesi
paper-top_ten_proof = Yüzde ona girdiğini gösteren belge
paper-language_proof = Yabancı dil belgesi
paper-home_decision = Kayıtlı olduğu kurumun kararı
paper-learning_agreement = Öğrenim anlaşması
paper-course_plan = Alacağı derslerin listesi
paper-reason_proof = Özel durumu gösteren belge
paper-other = Diğer evrak

paper-state-received = Alındı
paper-state-copy_seen = Aslı görüldü
paper-state-missing = Eksik
paper-state-waived = İstenmiyor

paper-standing-missing = Eksik
paper-standing-to_ask = Sorulacak
paper-standing-held = Alındı
paper-standing-waived = İstenmiyor

original-required = aslı
original-or_certified = aslı ya da onaylı örneği
original-not_needed = fotokopisi yeter

condition-male = erkek öğrenciler
condition-citizen = T.C. vatandaşları
condition-foreign = yabancı uyruklular
condition-extra_points = ek puanla yerleşenler
condition-recent_graduate = o yıl mezun olanlar
condition-open_school = açık öğretim lisesinden gelenler
condition-school_abroad = yurt dışında okuyanlar
condition-registered_elsewhere = başka bir örgün programa kayıtlı olanlar
condition-fee_due = kayıtta ücret ödeyecek olanlar
condition-central_score = merkezi sınav puanıyla başvuranlar
condition-evening_to_day = ikinci öğretimden normal öğretime geçenler
condition-foreign_language = yabancı dille öğretim yapılan programlar
condition-health_condition = programda sağlık koşulu aranıyorsa
condition-knows_turkish = Türkçe belgesi olanlar
condition-special_reason = özel durumla başvuranlar

season-autumn = Güz
season-spring = Bahar
season-summer = Yaz
season-of-autumn = güz döneminin
season-of-spring = bahar döneminin
season-of-summer = yaz okulunun

level-associate = Ön lisans
level-bachelor = Lisans
level-master = Yüksek lisans
level-doctorate = Doktora

sex-female = Kadın
sex-male = Erkek

unit-kind-university = Üniversite
unit-kind-faculty = Fakülte
unit-kind-school = Yüksekokul
unit-kind-vocational_school = Meslek yüksekokulu
unit-kind-institute = Enstitü
unit-kind-conservatory = Konservatuvar
unit-kind-department = Bölüm

code-system-yoksis = YÖKSİS birim kodu
code-system-osym = ÖSYM program kodu
code-system-detsis = DETSİS numarası

office-rector = Rektör
office-dean = Dekan
office-vice_dean = Dekan yardımcısı
office-director = Müdür
office-vice_director = Müdür yardımcısı
office-secretary = Sekreter
office-department_head = Bölüm başkanı
office-department_secretary = Bölüm sekreteri
office-registrar = Öğrenci işleri daire başkanı

proof-identity_card = T.C. kimlik kartı
proof-passport = Pasaport
proof-driving_licence = Sürücü belgesi
proof-residence_permit = İkamet izni belgesi

token-scope-read = Yalnızca okur
token-scope-write = Okur ve yazar; parola isteyen işlemleri yapamaz

slip-purpose-activation = Etkinleştirme bağlantısı
slip-purpose-reset = Parola yenileme bağlantısı

job-documents = Toplu belge
job-registration = Toplu kayıt
job-records_import = Kayıt aktarımı

weekday-1 = Pazartesi
weekday-2 = Salı
weekday-3 = Çarşamba
weekday-4 = Perşembe
weekday-5 = Cuma
weekday-6 = Cumartesi
weekday-7 = Pazar

number = { $n }
