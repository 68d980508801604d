-- id: Indikator yang sama, formula berbeda antar instansi
-- en: Same indicator, different formula across offices
SELECT a.kunci AS indikator, a.instansi, a.tahun, a.canonical AS formula, a.document, a.page, a.line
FROM v_formula a
WHERE a.kind NOT IN ('prose', 'other')
  AND EXISTS (SELECT 1 FROM v_formula b WHERE b.kunci = a.kunci AND b.instansi <> a.instansi AND b.canonical <> a.canonical
              AND b.kind NOT IN ('prose', 'other'))
ORDER BY a.kunci, a.instansi, a.tahun
