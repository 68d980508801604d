-- id: Serapan anggaran terendah
-- en: Lowest absorption of budget
SELECT p.instansi, p.nama, p.text AS pagu, r.text AS realisasi, ROUND(CAST(100.0 * r.number / p.number AS NUMERIC), 2) AS serapan_persen, p.document, p.line
FROM v_anggaran p JOIN v_anggaran r ON r.sha256 = p.sha256 AND r."table" = p."table" AND r."row" = p."row" AND r.jenis = 'realisasi_anggaran'
WHERE p.jenis = 'pagu' AND p.number > 0 AND r.number IS NOT NULL ORDER BY serapan_persen, p.document
