-- id: Indikator yang dipakai lebih dari satu instansi
-- en: Indicators that more than one office uses
SELECT kunci AS indikator, COUNT(DISTINCT instansi) AS jumlah_instansi, COUNT(DISTINCT document) AS jumlah_dokumen
FROM v_indikator GROUP BY kunci HAVING COUNT(DISTINCT instansi) > 1 ORDER BY jumlah_instansi DESC, kunci
