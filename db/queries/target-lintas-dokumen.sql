-- id: Target satu indikator untuk tahun yang sama dalam Renstra, RKT, PK dan LKIP
-- en: Target of one indicator for the same year in Renstra, RKT, PK and LKIP
SELECT instansi, kunci AS indikator, tahun, document_kind AS dokumen, kind AS tabel, target, document, page, line
FROM v_target t
WHERE EXISTS (SELECT 1 FROM v_target u WHERE u.instansi = t.instansi AND u.kunci = t.kunci AND u.tahun = t.tahun
              AND (u.sha256 <> t.sha256 OR u."table" <> t."table"))
ORDER BY instansi, kunci, tahun, document, line
