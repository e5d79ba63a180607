-- warning: a date between 1800 and 2100, or a note that names the year
-- fix: correct the year, or say in `note` that it is meant (as in "1648 is right")
WITH dated AS (
    SELECT 'events' AS resource, row_number, 'date' AS field, date_start, date_end, note FROM events
    UNION ALL SELECT 'instruments', row_number, 'date', date_start, date_end, note FROM instruments
    UNION ALL SELECT 'interpretations', row_number, 'date', date_start, date_end, note FROM interpretations
    UNION ALL SELECT 'sources', row_number, 'date', date_start, date_end, note FROM sources
    UNION ALL SELECT 'commitments', row_number, 'due', due_start, due_end, note FROM commitments
),

days AS (
    SELECT resource, row_number, field, date_start AS day, note FROM dated
    UNION ALL SELECT resource, row_number, field, date_end, note FROM dated
)

SELECT DISTINCT resource, row_number, field
FROM days
WHERE (day < DATE '1800-01-01' OR day > DATE '2100-12-31')
AND (note IS NULL OR note NOT LIKE '%' || substr(CAST(day AS VARCHAR), 1, 4) || '%')
ORDER BY resource, row_number
