-- error: a source that was read (in full or in part) among those that support the record
-- fix: cite the source in which you read it, or read the source you cite
SELECT 'citations' AS resource, min(citations.row_number) AS row_number, 'source' AS field
FROM citations
JOIN sources ON sources.id = citations.source
WHERE citations.role <> 'contradicts'
GROUP BY citations.record
HAVING count(*) FILTER (WHERE sources.read IN ('full', 'opening')) = 0
ORDER BY row_number
