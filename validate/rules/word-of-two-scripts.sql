-- error: words of one script; a Cyrillic letter that looks Latin hides a word from every search
-- fix: type the word again
SELECT 'events' AS resource, row_number, 'title' AS field
FROM events
WHERE regexp_matches(title, '[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]')
UNION ALL
SELECT 'events' AS resource, row_number, 'summary' AS field
FROM events
WHERE regexp_matches(summary, '[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]')
UNION ALL
SELECT 'sources' AS resource, row_number, 'title' AS field
FROM sources
WHERE regexp_matches(title, '[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]')
UNION ALL
SELECT 'commitments' AS resource, row_number, 'summary' AS field
FROM commitments
WHERE regexp_matches(summary, '[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]')
ORDER BY resource, row_number
