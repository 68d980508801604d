-- id: Formula yang berubah antar tahun atau versi pada instansi yang sama
-- en: Formulas that changed between years or versions of one office
SELECT a.instansi, a.kunci AS indikator, a.tahun, a.version, a.canonical AS formula, a.document, a.line
FROM v_formula a
WHERE EXISTS (SELECT 1 FROM v_formula b WHERE b.kunci = a.kunci AND b.instansi = a.instansi AND b.canonical <> a.canonical
              AND (COALESCE(b.tahun, 0) <> COALESCE(a.tahun, 0) OR b.version <> a.version))
ORDER BY a.instansi, a.kunci, a.tahun, a.version
