-- error: a relation between two records
-- fix: correct the subject or the object
SELECT 'relations' AS resource, row_number, 'object' AS field
FROM relations
WHERE subject = object
ORDER BY row_number
