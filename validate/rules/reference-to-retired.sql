-- error: the id of a record that is live
-- fix: name the record that took its place (`replaced_by` in retired.yaml), or remove the reference
WITH retired AS (
    SELECT id FROM records WHERE status <> 'live'
),

named AS (
    SELECT 'interpretations' AS resource, row_number, 'about' AS field, about AS id FROM interpretations
    UNION ALL SELECT 'relations', row_number, 'subject', subject FROM relations
    UNION ALL SELECT 'relations', row_number, 'object', object FROM relations
)

SELECT named.resource, named.row_number, named.field
FROM named
JOIN retired ON retired.id = named.id
ORDER BY named.resource, named.row_number, named.field
