-- error: Türkiye, the name in the table of actors, in our own words about any year
-- fix: write Türkiye; the title of a text or page keeps what it prints
WITH texts AS (
    SELECT 'commitments' AS resource, row_number, 'summary' AS field, summary AS text FROM commitments
    UNION ALL
    SELECT 'events' AS resource, row_number, 'title' AS field, title AS text FROM events
    UNION ALL
    SELECT 'events' AS resource, row_number, 'summary' AS field, summary AS text FROM events
    UNION ALL
    SELECT 'events' AS resource, row_number, 'note' AS field, note AS text FROM events
    UNION ALL
    SELECT 'instruments' AS resource, row_number, 'summary' AS field, summary AS text FROM instruments
    UNION ALL
    SELECT 'interpretations' AS resource, row_number, 'summary' AS field, summary AS text FROM interpretations
    UNION ALL
    SELECT 'relations' AS resource, row_number, 'note' AS field, note AS text FROM relations
)

SELECT resource, row_number, field
FROM texts
WHERE regexp_matches(text, '\bTurkey\b')
ORDER BY resource, row_number, field
