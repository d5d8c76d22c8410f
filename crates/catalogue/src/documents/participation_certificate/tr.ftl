title = Oryantasyon Katılım Belgesi
heading = ORYANTASYON KATILIM BELGESİ
attended = Katıldığı oturumlar

statement = Aşağıda kimliği ve öğrenimi yazılı öğrencimiz, üniversitemizin oryantasyon programında aşağıdaki { $n } oturuma katılmıştır.
acknowledged = El kitabını ve yönetmelikleri okuduğunu { $date } tarihinde bildirmiştir.
