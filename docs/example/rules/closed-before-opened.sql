-- error: a day after `opened`, or none
-- fix: correct `opened` or `closed`
SELECT 'stations' AS resource, row_number, 'closed' AS field
FROM stations
WHERE closed < opened
ORDER BY row_number
