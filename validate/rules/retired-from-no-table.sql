-- error: a table whose records have ids, such as events or actors
-- fix: name the table in which the record was
SELECT 'records' AS resource, records.row_number, 'table' AS field
FROM records
WHERE records."table" = 'records'
OR NOT EXISTS (
    SELECT 1
    FROM information_schema.columns
    WHERE columns.table_name = records."table" AND columns.column_name = 'id'
)
ORDER BY records.row_number
