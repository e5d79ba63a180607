-- error: `visit_type` for visits and for nothing else
-- fix: write `visit_type` (not_stated when the source is silent), or correct the kind
SELECT 'events' AS resource, row_number, 'visit_type' AS field
FROM events
WHERE (kind = 'visit') <> (visit_type IS NOT NULL)
ORDER BY row_number
