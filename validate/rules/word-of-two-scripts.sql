-- error: words of one script; a Cyrillic letter that looks Latin hides a word from every search
-- fix: type the word again
WITH texts AS (
    SELECT 'actors' AS resource, row_number, 'name' AS field, name AS text FROM actors
    UNION ALL
    SELECT 'commitments' AS resource, row_number, 'summary' AS field, summary AS text FROM commitments
    UNION ALL
    SELECT 'events' AS resource, row_number, 'title' AS field, title AS text FROM events
    UNION ALL
    SELECT 'events' AS resource, row_number, 'summary' AS field, summary AS text FROM events
    UNION ALL
    SELECT 'events' AS resource, row_number, 'place' AS field, place AS text FROM events
    UNION ALL
    SELECT 'events' AS resource, row_number, 'note' AS field, note AS text FROM events
    UNION ALL
    SELECT 'instruments' AS resource, row_number, 'title' AS field, title AS text FROM instruments
    UNION ALL
    SELECT 'instruments' AS resource, row_number, 'summary' AS field, summary AS text FROM instruments
    UNION ALL
    SELECT 'interpretations' AS resource, row_number, 'summary' AS field, summary AS text FROM interpretations
    UNION ALL
    SELECT 'relations' AS resource, row_number, 'note' AS field, note AS text FROM relations
    UNION ALL
    SELECT 'sources' AS resource, row_number, 'title' AS field, title AS text FROM sources
    UNION ALL
    SELECT 'sources' AS resource, row_number, 'publisher' AS field, publisher AS text FROM sources
)

SELECT resource, row_number, field
FROM texts
WHERE regexp_matches(text, '[A-Za-zÀ-ɏ][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-zÀ-ɏ]')
ORDER BY resource, row_number, field
