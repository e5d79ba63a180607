-- error: a deadline on or after the day of the instrument
-- fix: correct `due`, or the date of the instrument
SELECT 'commitments' AS resource, commitments.row_number, 'due' AS field
FROM commitments
JOIN instruments ON instruments.id = commitments.instrument
WHERE commitments.due_end < instruments.date_start
ORDER BY commitments.row_number
