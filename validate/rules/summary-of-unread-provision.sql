-- error: a summary of exactly those provisions that were read or are reported
-- fix: write the summary, or correct the `reading`
SELECT 'provisions' AS resource, row_number, 'summary' AS field
FROM provisions
WHERE (reading = 'not_read') <> (summary IS NULL)
ORDER BY row_number
