-- error: promisors of a mutual commitment that are its beneficiaries too
-- fix: add the promisor with `role: beneficiary`, or correct the symmetry
SELECT 'commitment_actors' AS resource, promisors.row_number, 'actor' AS field
FROM commitment_actors AS promisors
JOIN commitments ON commitments.id = promisors.commitment
WHERE promisors.role = 'promisor' AND commitments.symmetry = 'mutual'
AND NOT EXISTS (
    SELECT 1
    FROM commitment_actors AS beneficiaries
    WHERE beneficiaries.commitment = promisors.commitment
    AND beneficiaries.actor = promisors.actor
    AND beneficiaries.role = 'beneficiary'
)
ORDER BY promisors.row_number
