-- id: Skala predikat yang dinyatakan tiap dokumen
-- en: Rating scales as each document declares them
SELECT i.document, i.title AS tabel, i.text AS interval_nilai, p.text AS predikat, i.status, i.page, i.line
FROM v_cell i LEFT JOIN v_cell p ON p.sha256 = i.sha256 AND p."table" = i."table" AND p."row" = i."row" AND p.field IN ('predikat', 'kriteria')
WHERE i.table_kind = 'skala' AND i.field = 'interval' AND i.text <> '' ORDER BY i.document, i."table", i."row";
