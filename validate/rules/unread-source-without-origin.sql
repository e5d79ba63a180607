-- error: the source that cites a source which was not read here
-- fix: add `cited_in: ...`, or say how much of it was read
SELECT 'sources' AS resource, row_number, 'cited_in' AS field
FROM sources
WHERE read = 'quoted_elsewhere' AND cited_in IS NULL
ORDER BY row_number
