-- id: Indikator yang dinyatakan berulang dalam satu dokumen dengan sasaran berbeda
-- en: Indicators declared more than once in a document under different objectives
SELECT document, kunci AS indikator, COUNT(*) AS kali, COUNT(DISTINCT sasaran) AS jumlah_sasaran FROM v_indikator
GROUP BY document, sha256, kunci HAVING COUNT(DISTINCT sasaran) > 1 ORDER BY kali DESC, document
