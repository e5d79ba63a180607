-- error: somebody who promises
-- fix: add an actor with `role: promisor`
SELECT 'commitments' AS resource, row_number, 'actors' AS field
FROM commitments
WHERE NOT EXISTS (
    SELECT 1 FROM commitment_actors WHERE commitment_actors.commitment = commitments.id AND commitment_actors.role = 'promisor'
)
ORDER BY row_number
