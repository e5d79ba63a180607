-- error: merged or withdrawn for an id that no record has
-- fix: write `status: merged` or `status: withdrawn`; live ids are listed by the build
WITH ids AS (
    SELECT 'sources' AS home, id FROM sources
    UNION ALL SELECT 'actors', id FROM actors
    UNION ALL SELECT 'instruments', id FROM instruments
    UNION ALL SELECT 'provisions', id FROM provisions
    UNION ALL SELECT 'commitments', id FROM commitments
    UNION ALL SELECT 'assessments', id FROM assessments
    UNION ALL SELECT 'events', id FROM events
    UNION ALL SELECT 'interpretations', id FROM interpretations
    UNION ALL SELECT 'relations', id FROM relations
    UNION ALL SELECT 'coders', id FROM coders
)

SELECT 'records' AS resource, records.row_number, 'status' AS field
FROM records
WHERE records.status = 'live'
AND NOT EXISTS (SELECT 1 FROM ids WHERE ids.home = records."table" AND ids.id = records.id)
ORDER BY records.row_number
