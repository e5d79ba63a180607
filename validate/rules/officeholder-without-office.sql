-- error: the office and the state or body of a person who held one
-- fix: write `office` and `member_of`
SELECT 'actors' AS resource, row_number, 'office' AS field
FROM actors
WHERE kind = 'officeholder' AND (office IS NULL OR member_of IS NULL)
ORDER BY row_number
