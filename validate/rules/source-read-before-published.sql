-- error: a day of reading on or after the day of publication
-- fix: correct `read_on` or `date`
SELECT 'sources' AS resource, row_number, 'read_on' AS field
FROM sources
WHERE read_on < date_start
ORDER BY row_number
