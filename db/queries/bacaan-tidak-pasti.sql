-- id: Angka yang tidak terbaca pasti
-- en: Figures that were not read with certainty
SELECT document, title, "table", "row", "column", field, text, value, status, page, line FROM v_cell
WHERE status IN ('repaired', 'ambiguous', 'unreadable') ORDER BY document, "table", "row", "column"
