-- id: Indikator IKU tanpa sumber data atau tanpa formula
-- en: Key indicators without data source or without formula
SELECT instansi, tahun, indikator, sumber_data, formula, document, page, line
FROM v_indikator WHERE kind = 'iku' AND (COALESCE(sumber_data, '') IN ('', '-') OR COALESCE(formula, '') IN ('', '-'))
ORDER BY instansi, document, line
