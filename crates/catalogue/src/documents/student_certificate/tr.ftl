title = Öğrenci Belgesi
heading = ÖĞRENCİ BELGESİ
person-section = Kimlik bilgileri
study-section = Öğrenim bilgileri
term = Dönem
to-whom = İLGİLİ MAKAMA

statement-enrolled = Yukarıda kimlik ve öğrenim bilgileri yazılı kişi, { $term } itibarıyla üniversitemizin kayıtlı öğrencisidir.
statement-on-leave = Yukarıda kimlik ve öğrenim bilgileri yazılı kişi üniversitemizin öğrencisi olup { $term } için kaydı dondurulmuştur.
statement-inactive = Yukarıda kimlik ve öğrenim bilgileri yazılı kişi üniversitemizin öğrencisidir; { $term } için ders kaydı yoktur.
purpose-general = Bu belge, ilgilinin isteği üzerine düzenlenmiştir.
purpose-for = Bu belge, ilgilinin isteği üzerine { $purpose } için düzenlenmiştir.
validity-day = Belgedeki bilgiler düzenlendiği gündeki kayıtlara dayanır.
validity-until = Belgedeki bilgiler düzenlendiği gündeki kayıtlara dayanır; belge { $date } tarihine kadar geçerlidir.
