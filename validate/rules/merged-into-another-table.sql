-- error: a record of the same table in place of a merged one
-- fix: name the record of that table, or withdraw the id
SELECT 'records' AS resource, records.row_number, 'replaced_by' AS field
FROM records
JOIN records AS successors ON successors.id = records.replaced_by
WHERE successors."table" <> records."table"
ORDER BY records.row_number
