-- Views in the words of the regulations, dropped before and made anew after every migration. A view stands after those it
-- reads; each statement ends with a semicolon at a line's end. `kind` is the kind of the table, `document_kind` that of the
-- document; "table", "row" and "column" count from 0, page and line from 1.

CREATE VIEW v_dokumen AS
SELECT d.id AS document_id, d.sha256, d.path AS document, d.media, d.kind, d.instansi_nama AS instansi, i.jenis, i.wilayah,
       i.tingkat, i.kunci AS instansi_kunci, d.tahun, d.tahun_akhir, d.nomor, d.tanggal, d.penandatangan
FROM document d JOIN instansi i ON i.id = d.instansi_id;

CREATE VIEW v_indikator AS
SELECT d.document, d.sha256, d.instansi, d.wilayah, COALESCE(k.tahun, d.tahun) AS tahun, k.kind, d.kind AS document_kind,
       k.version, k.tabel AS "table", k.baris AS "row", k.page, k.line, k.no, k.tujuan, k.sasaran, k.indikator, k.satuan, k.formula, f.kind AS formula_kind,
       f.pembilang, f.penyebut, f.pengali, k.sumber_data, k.penanggung_jawab, k.kunci
FROM indikator k JOIN v_dokumen d ON d.document_id = k.document_id LEFT JOIN formula f ON f.indikator_id = k.id;

CREATE VIEW v_formula AS
SELECT d.document, d.sha256, d.instansi, d.wilayah, COALESCE(k.tahun, d.tahun) AS tahun, k.indikator, k.kunci, f.kind,
       f.canonical, f.pembilang, f.penyebut, f.pengali, f.raw, f.latex, f.malformed, k.version, k.tabel AS "table",
       k.baris AS "row", k.page, k.line
FROM formula f JOIN indikator k ON k.id = f.indikator_id JOIN v_dokumen d ON d.document_id = f.document_id;

CREATE VIEW v_kinerja AS
SELECT d.document, d.sha256, d.instansi, d.wilayah, t.kind, d.kind AS document_kind, k.indikator, k.kunci, k.jenis, k.tahun, k.triwulan, k.band,
       k.text, k.value, k.number, k.satuan, k.status, k.tabel AS "table", k.baris AS "row", k.kolom AS "column", k.page, k.line
FROM kinerja k JOIN v_dokumen d ON d.document_id = k.document_id
LEFT JOIN logical_table t ON t.document_id = k.document_id AND t.tabel = k.tabel;

CREATE VIEW v_target AS
SELECT document, sha256, instansi, wilayah, kind, document_kind, indikator, kunci, tahun, triwulan, band, text AS target, value, number,
       satuan, status, "table", "row", "column", page, line
FROM v_kinerja WHERE jenis = 'target';

CREATE VIEW v_anggaran AS
SELECT d.document, d.sha256, d.instansi, d.wilayah, t.kind, d.kind AS document_kind, a.level, a.kode, a.nama, a.jenis, a.tahun, a.band, a.text, a.value,
       a.number, a.satuan, a.status, a.tabel AS "table", a.baris AS "row", a.kolom AS "column", a.page, a.line
FROM anggaran a JOIN v_dokumen d ON d.document_id = a.document_id
LEFT JOIN logical_table t ON t.document_id = a.document_id AND t.tabel = a.tabel;

CREATE VIEW v_cell AS
SELECT d.document, d.sha256, t.kind AS table_kind, t.title, c.tabel AS "table", c.baris AS "row", c.kolom AS "column", r.kind AS row_kind,
       c.field, c.text, c.raw, c.inherited, c.reading, c.value, c.number, c.satuan, c.status, c.vouched, c.page, c.line,
       CASE WHEN c.text <> '' AND (c.field IS NULL OR r.kind = 'unread' OR t.kind = 'lain') THEN 1 ELSE 0 END AS unread
FROM cell c JOIN v_dokumen d ON d.document_id = c.document_id
JOIN logical_table t ON t.document_id = c.document_id AND t.tabel = c.tabel
JOIN table_row r ON r.document_id = c.document_id AND r.tabel = c.tabel AND r.baris = c.baris;

CREATE VIEW v_table AS
SELECT d.document, d.sha256, t.tabel AS "table", t.kind, t.title, t.version, t.page, t.line,
       (SELECT COUNT(*) FROM table_row r WHERE r.document_id = t.document_id AND r.tabel = t.tabel) AS "rows",
       (SELECT COUNT(*) FROM table_column c WHERE c.document_id = t.document_id AND c.tabel = t.tabel) AS "columns"
FROM logical_table t JOIN v_dokumen d ON d.document_id = t.document_id;

CREATE VIEW v_statement AS
SELECT d.document, d.sha256, d.instansi, s.jenis, s.about, s.text AS figure, s.value, s.number, s.satuan, s.tahun, s.sentence, s.page, s.line
FROM statement s JOIN v_dokumen d ON d.document_id = s.document_id;

CREATE VIEW v_finding AS
SELECT f.fingerprint, f.rule, f.name, f.family, f.severity, f.pesan, f.message, d.document, d.sha256, d.instansi, d.instansi_kunci,
       d.tahun, f.page, f.line, f.tabel AS "table", f.baris AS "row", f.kolom AS "column", f.found, f.expected, f.suggestion,
       COALESCE((SELECT v.verdict FROM review v WHERE v.fingerprint = f.fingerprint ORDER BY v.id DESC LIMIT 1), 'open') AS status,
       f.ordinal
FROM finding f JOIN v_dokumen d ON d.document_id = f.document_id;

CREATE VIEW v_review AS
SELECT r.fingerprint, r.verdict, r.reason, r.by, r.at, f.rule, f.severity, f.pesan, f.document, f.line,
       CASE WHEN f.fingerprint IS NULL THEN 1 ELSE 0 END AS unused
FROM review r LEFT JOIN v_finding f ON f.fingerprint = r.fingerprint;
