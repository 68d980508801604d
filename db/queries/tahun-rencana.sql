-- id: Tahun yang dimaksud kolom "Tahun 1 … Tahun n" sebuah rencana, atau mengapa tidak diketahui
-- en: The year that the columns "Tahun 1 … Tahun n" of a plan mean, or why it is unknown
SELECT d.document, t.tabel AS "table", t.kind, t.title, CAST(t.notes AS TEXT) AS catatan, t.page, t.line
FROM logical_table t JOIN v_dokumen d ON d.document_id = t.document_id
WHERE EXISTS (SELECT 1 FROM table_column c WHERE c.document_id = t.document_id AND c.tabel = t.tabel AND c.tahun_ke IS NOT NULL)
ORDER BY d.document, t.tabel;
