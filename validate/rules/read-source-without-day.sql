-- error: the day on which a source was read, for exactly those that were read
-- fix: write `read_on: ...` for a source that was read, and remove it from one that was not
SELECT 'sources' AS resource, row_number, 'read_on' AS field
FROM sources
WHERE (read IN ('full', 'opening')) <> (read_on IS NOT NULL)
ORDER BY row_number
