-- error: a code of the list that has the field's name
-- fix: correct the field or the value of this coding
SELECT 'codings' AS resource, codings.row_number, 'value' AS field
FROM codings
WHERE codings.value IS NOT NULL
    AND EXISTS (SELECT 1 FROM codes)
    AND NOT EXISTS (SELECT 1 FROM codes WHERE codes.list = codings.field AND codes.code = codings.value)
ORDER BY codings.row_number
