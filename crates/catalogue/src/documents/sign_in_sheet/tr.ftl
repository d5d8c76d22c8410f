title = Oryantasyon İmza Listesi
heading = İMZA LİSTESİ
row = Sıra
signed = İmza
taken-by = Yoklamayı alan
expected = Beklenen
for-attendance-alone = Bu liste yalnız yoklama içindir, belge yerine kullanılmaz. Birimce hazırlandığı aşağıdaki adresten denetlenebilir; orada kimsenin adı görünmez.
