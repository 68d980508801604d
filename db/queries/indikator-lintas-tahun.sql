-- id: Target dan realisasi satu indikator lintas tahun, per instansi
-- en: Target and realisation of an indicator across years, per office
SELECT instansi, kunci AS indikator, tahun, MAX(CASE WHEN jenis = 'target' THEN text END) AS target,
       MAX(CASE WHEN jenis = 'realisasi' THEN text END) AS realisasi, MAX(CASE WHEN jenis = 'capaian' THEN text END) AS capaian
FROM v_kinerja WHERE tahun IS NOT NULL GROUP BY instansi, kunci, tahun ORDER BY instansi, kunci, tahun
