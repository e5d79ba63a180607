-- error: at least one citation for every fact
-- fix: add `cite:` with a source and a locator
WITH facts AS (
    SELECT 'instruments' AS resource, row_number, id FROM instruments
    UNION ALL SELECT 'commitments', row_number, id FROM commitments
    UNION ALL SELECT 'events', row_number, id FROM events
    UNION ALL SELECT 'assessments', row_number, id FROM assessments
    UNION ALL SELECT 'interpretations', row_number, id FROM interpretations
    UNION ALL SELECT 'relations', row_number, id FROM relations
    UNION ALL SELECT 'actors', row_number, id FROM actors WHERE id <> 'pledgeline'
)

SELECT resource, row_number, 'cite' AS field
FROM facts
WHERE NOT EXISTS (SELECT 1 FROM citations WHERE citations.record = facts.id)
ORDER BY resource, row_number
