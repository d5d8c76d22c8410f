# The page that says what went wrong.
error-request = İstek numarası
error-request-hint = Bilgi İşlem’e yazarken bu numarayı ekleyin; başka bir bilgi gerekmez.
error-home = Başlangıç sayfası
error-start = İş listem

error-not-found-title = Böyle bir sayfa ya da kayıt yok
error-not-found-text = Adres yanlış yazılmış, kayıt kaldırılmış ya da görme yetkiniz dışında olabilir.
error-not-found-counter = Numarayı gişe alanından arayın.
error-forbidden-title = Buna yetkiniz yok
error-forbidden-text = Bu sayfa ya da işlem size verilen yetkilerin dışında. İşiniz gereği açılmalıysa birim yöneticinize ya da Bilgi İşlem’e, öğrenciyseniz öğrenci işlerine başvurun.
error-needs-confirmation-title = Parolanız yeniden gerekiyor
error-needs-confirmation-text = Bu işlem parola ister. Parolanızı yazıp işlemi yineleyin.
error-invalid-title = Bazı bilgiler düzeltilmeli
error-invalid-text = Gönderilen bilgilerde hata var. Geri dönüp işaretli alanları düzeltin.
error-refused-title = Kural buna izin vermiyor
error-refused-text = Nedeni ve dayanağı kaydın sayfasında yazar. Hiçbir şey değiştirilmedi.
error-stale-title = Kayıt bu arada değişti
error-stale-text = Siz formu açtıktan sonra başka biri bu kaydı değiştirdi. Sayfayı yeniden açıp son durumu görün, sonra işlemi yineleyin.
error-throttled-title = Kısa sürede çok sayıda deneme yapıldı
error-throttled-text = { $until } anından sonra yeniden deneyin.
error-again = Yeniden gönder

# Another long write, most likely an import of records, lets nobody else write meanwhile.
waiting-import-title = Kayıt aktarımı sürüyor
waiting-import-text = { $rows } aktaran { $job } numaralı iş { $since } anında başladı; bitene kadar kimse bir şey kaydedemez.
waiting-import-by = Başlatan: { $name }.
waiting-rows = { $n } satır
waiting-title = Veritabanında uzun bir iş sürüyor
waiting-text = Başka bir kayıt işinin bitmesi bekleniyor.
waiting-kept = Yazdıklarınız kaydedilmedi ama bu sayfada duruyor; iş bitince yeniden gönderin.
waiting-again = Hiçbir şey kaydedilmedi; iş bitince yeniden deneyin.

error-disk-full-title = Diskte yer kalmadı
error-disk-full-text = Hiçbir şey kaydedilmedi. Bilgi İşlem’e haber verin; yer açılınca işlemi yineleyin.
error-waits-for-room-title = Belge, diskte yer açılınca hazırlanacak
error-waits-for-room-text = Belgenin numarası verildi, ama diskte yer kalmadığı için basılamadı. Yeniden istemeyin: yer açılınca kendiliğinden hazırlanır ve öğrencinin sayfasında durur. Bilgi İşlem’e haber verin.
error-internal-title = Beklenmeyen bir hata oldu
error-internal-text = Yazdıklarınız kaydedilmemiş olabilir. Birkaç dakika sonra yeniden deneyin; sürerse aşağıdaki numarayla Bilgi İşlem’e yazın.
error-form-expired-title = Formun süresi doldu
error-form-expired-text = Sayfa uzun süre açık kalmış ya da oturumunuz değişmiş. Hiçbir şey kaydedilmedi. Geri dönün, sayfayı yenileyin ve yeniden gönderin.
error-too-large-title = Dosya çok büyük
error-too-large-text = Gönderilen dosya en çok 10 MB olabilir; hiçbir şey kaydedilmedi. Daha küçük bir dosya seçin ya da taramayı düşük çözünürlükle yineleyin.
