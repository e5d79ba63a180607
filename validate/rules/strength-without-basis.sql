-- error: strength and modality from words that were seen, and neither where `strength_basis` is not_stated
-- fix: code both, or set `strength_basis: not_stated` and remove both
SELECT 'commitments' AS resource, row_number, 'strength' AS field
FROM commitments
WHERE (strength IS NULL) <> (strength_basis = 'not_stated') OR (modality IS NULL) <> (strength_basis = 'not_stated')
ORDER BY row_number
