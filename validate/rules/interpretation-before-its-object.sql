-- error: a view of an instrument or event that is not older than what it is about
-- fix: correct the date of one of the two
WITH objects AS (
    SELECT id, date_start FROM instruments
    UNION ALL SELECT id, date_start FROM events WHERE status = 'occurred'
)

SELECT 'interpretations' AS resource, interpretations.row_number, 'date' AS field
FROM interpretations
JOIN objects ON objects.id = interpretations.about
WHERE interpretations.date_end < objects.date_start
ORDER BY interpretations.row_number
