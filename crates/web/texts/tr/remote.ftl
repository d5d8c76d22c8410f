# Başka sistemler: neden cevap alınamadı, ne yapılır.
remote-fault-unreachable = YÖKSİS’e ulaşılamadı. Biraz sonra yeniden deneyin; sürerse sistem yöneticiniz sunucunun dışarıya bağlantısını denetlesin.
remote-fault-untrusted = YÖKSİS’in güvenlik sertifikası tanınmadı, bu yüzden bağlanılmadı. Sistem yöneticinize haber verin.
remote-fault-timed_out = YÖKSİS zamanında cevap vermedi. Biraz sonra yeniden deneyin.
remote-fault-refused = YÖKSİS hesabı, parolası, bu hizmete yetkisi ya da sunucunun adresi kabul edilmedi. Sistem yöneticiniz ayarları ve YÖK’teki kaydı denetlesin.
remote-fault-not_there = YÖKSİS adresinde böyle bir hizmet yok. Sistem yöneticiniz adresi denetlesin.
remote-fault-busy = YÖKSİS şu anda yoğun. Birkaç dakika sonra yeniden deneyin.
remote-fault-busy_for = YÖKSİS şu anda yoğun; { $seconds } saniye sonra yeniden denenmesini istiyor.
remote-fault-rejected = YÖKSİS soruyu kabul etmedi (durum { $status }). Yılı ve yerleştirme türünü denetleyin.
remote-fault-down = YÖKSİS şu anda çalışmıyor (durum { $status }). Daha sonra yeniden deneyin.
remote-fault-not_data = YÖKSİS veri yerine bir sayfa gönderdi; bakımda olabilir. Daha sonra yeniden deneyin.
remote-fault-cut_off = YÖKSİS’in cevabı yarıda kesildi. Yeniden deneyin.
remote-fault-unexpected = YÖKSİS beklenmeyen bir cevap verdi. Yeniden deneyin; sürerse sistem yöneticinize haber verin.
remote-fault-fields_missing = YÖKSİS’in cevabında şu alanlar yok: { $fields }. Hizmet değişmiş olabilir; sistem yöneticinize haber verin.
remote-fault-too_much = YÖKSİS’in cevabı bir listenin olabileceğinden büyük. Sistem yöneticinize haber verin.
remote-fault-changing = Liste okunurken YÖKSİS’te değişip durdu; bir bütün olarak alınamadı. Birkaç dakika sonra yeniden deneyin.
remote-fault-not_configured = YÖKSİS hesabı ayarlanmamış. Sistem yöneticiniz kunye.toml dosyasına yoksis_account ve yoksis_password_file satırlarını eklesin.
remote-fault-not_written = Gelen liste yazılamadı. Sistem yöneticiniz sunucunun günlüğüne baksın.
