-- warning: a crosswalk of a code that is still given
-- fix: move the crosswalk to the code that took its place
SELECT 'crosswalks' AS resource, crosswalks.row_number, 'code' AS field
FROM crosswalks
JOIN codes ON codes.list = crosswalks.list AND codes.code = crosswalks.code
WHERE codes.deprecated_in IS NOT NULL
ORDER BY crosswalks.row_number
