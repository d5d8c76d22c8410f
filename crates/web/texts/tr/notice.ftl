# Data-protection notice that new students read.
notice-title = Kişisel verilerin korunması aydınlatma metni
notice-lead = Sürüm { $version }, { $date }
notice-print = Yazdır
notice-draft = Kurumun onayladığı metin değil
notice-draft-text = Bu, örnek bir taslaktır. Kurum kendi metnini kural kitabına yazınca burada o görünür.
notice-earlier = Bu metnin yerini yenisi aldı
notice-now = Güncel metni oku
notice-read = Metni oku
notice-version = sürüm { $version }
