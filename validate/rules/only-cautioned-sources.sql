-- error: a source that is not written by a machine, undated or partisan among those that support the record
-- fix: cite another source beside it, or leave the record out
SELECT 'citations' AS resource, min(citations.row_number) AS row_number, 'source' AS field
FROM citations
JOIN sources ON sources.id = citations.source
WHERE citations.role <> 'contradicts'
GROUP BY citations.record
HAVING count(*) FILTER (WHERE sources.caution IS NULL OR sources.caution = 'mirror') = 0
ORDER BY row_number
