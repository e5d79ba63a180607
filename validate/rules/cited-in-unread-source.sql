-- error: a citing source that was itself read
-- fix: correct `cited_in`, or read that source and say so
SELECT 'sources' AS resource, sources.row_number, 'cited_in' AS field
FROM sources
JOIN sources AS citing ON citing.id = sources.cited_in
WHERE citing.read NOT IN ('full', 'opening')
ORDER BY sources.row_number
