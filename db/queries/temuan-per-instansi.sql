-- id: Banyaknya temuan per instansi dan keparahan
-- en: Findings per office and severity
SELECT instansi, severity, COUNT(*) AS jumlah FROM v_finding GROUP BY instansi, severity ORDER BY instansi, jumlah DESC
