-- error: `all` or a column of the record's own table
-- fix: correct the name of the field
SELECT 'citations' AS resource, citations.row_number, 'field' AS field
FROM citations
JOIN records ON records.id = citations.record
WHERE citations.field <> 'all'
AND NOT EXISTS (
    SELECT 1
    FROM information_schema.columns
    WHERE columns.table_name = records."table" AND columns.column_name = citations.field
)
ORDER BY citations.row_number
