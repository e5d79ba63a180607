-- error: a live record in place of a merged one
-- fix: name the record that is still live
SELECT 'records' AS resource, records.row_number, 'replaced_by' AS field
FROM records
JOIN records AS successors ON successors.id = records.replaced_by
WHERE successors.status <> 'live'
ORDER BY records.row_number
