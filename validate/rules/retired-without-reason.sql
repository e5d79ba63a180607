-- error: the reason for every retired id, and for a merged one the record that took its place
-- fix: write `reason`, and `replaced_by` for a merged id only
SELECT 'records' AS resource, row_number, 'status' AS field
FROM records
WHERE (status = 'merged') <> (replaced_by IS NOT NULL) OR (status = 'live') <> (reason IS NULL)
ORDER BY row_number
