-- error: a value, or the reason why it is missing, and not both
-- fix: write the value or its `..._missing` key with a code of missing_reason
SELECT 'commitments' AS resource, row_number, 'provision' AS field FROM commitments WHERE (provision IS NULL) <> (provision_missing IS NOT NULL)
UNION ALL
SELECT 'commitments', row_number, 'operative_verb' FROM commitments WHERE (operative_verb IS NULL) <> (operative_verb_missing IS NOT NULL)
UNION ALL
SELECT 'instruments', row_number, 'date' FROM instruments WHERE (date IS NULL) <> (date_missing IS NOT NULL)
UNION ALL
SELECT 'events', row_number, 'date' FROM events WHERE (date IS NULL) <> (date_missing IS NOT NULL)
UNION ALL
SELECT 'sources', row_number, 'date' FROM sources WHERE (date IS NULL) <> (date_missing IS NOT NULL)
ORDER BY resource, row_number
