-- id: Temuan yang belum diputus, paling serius dahulu
-- en: Findings without a decision, most serious first
SELECT severity, rule, document, page, line, pesan FROM v_finding WHERE status = 'open' ORDER BY ordinal
