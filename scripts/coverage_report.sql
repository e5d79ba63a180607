-- What stands behind each record. A source supports if it was read and nothing is known against it but that it is a copy; it
-- is independent of another if neither its publisher nor the one it retells is the other's.
CREATE TEMP VIEW support AS
SELECT
    records.id,
    records."table",
    count(DISTINCT sources.id) AS sources,
    count(DISTINCT coalesce(sources.origin, sources.publisher)) AS independent,
    count(*) FILTER (
        WHERE sources.kind IN (
            'signed_text', 'official_translation', 'gazette', 'official_statement', 'io_document', 'parliamentary_record'
        )
    ) AS "primary"
FROM records
LEFT JOIN citations ON citations.record = records.id AND citations.role <> 'contradicts'
LEFT JOIN sources ON sources.id = citations.source
    AND sources.read IN ('full', 'opening')
    AND (sources.caution IS NULL OR sources.caution = 'mirror')
WHERE records.status = 'live'
    AND records."table" IN ('instruments', 'commitments', 'events', 'assessments', 'interpretations', 'relations')
GROUP BY ALL;
