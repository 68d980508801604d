-- id: Sel yang tidak diklaim kolom mana pun, dan tabel yang tidak dikenal jenisnya
-- en: Cells that no column claims, and tables of unknown kind
SELECT document, title, "table", "row", "column", text, page, line FROM v_cell WHERE unread = 1 ORDER BY document, "table", "row", "column"
