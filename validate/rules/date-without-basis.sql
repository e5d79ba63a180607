-- error: what a date is the date of, wherever there is a date
-- fix: write `date_basis: ...` beside the date
SELECT 'instruments' AS resource, row_number, 'date_basis' AS field FROM instruments WHERE (date IS NULL) <> (date_basis IS NULL)
UNION ALL
SELECT 'events', row_number, 'date_basis' FROM events WHERE (date IS NULL) <> (date_basis IS NULL)
ORDER BY resource, row_number
