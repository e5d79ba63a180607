-- error: a deadline or a quantity for precision 3, and for no other
-- fix: write `due` or `quantity`, or correct the precision
SELECT 'commitments' AS resource, row_number, 'precision' AS field
FROM commitments
WHERE ("precision" = 3) <> (due IS NOT NULL OR quantity IS NOT NULL)
ORDER BY row_number
