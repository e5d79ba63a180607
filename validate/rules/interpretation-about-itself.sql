-- error: a view of another record
-- fix: name what the view is about
SELECT 'interpretations' AS resource, row_number, 'about' AS field
FROM interpretations
WHERE about = id
ORDER BY row_number
