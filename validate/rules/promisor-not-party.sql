-- warning: a promisor that is a party to the instrument, or a note that says why not
-- fix: add the party to the instrument, correct the promisor, or write a `note`
SELECT 'commitment_actors' AS resource, commitment_actors.row_number, 'actor' AS field
FROM commitment_actors
JOIN commitments ON commitments.id = commitment_actors.commitment
WHERE commitment_actors.role = 'promisor' AND commitments.note IS NULL
AND NOT EXISTS (
    SELECT 1
    FROM instrument_actors
    WHERE instrument_actors.instrument = commitments.instrument
    AND instrument_actors.actor = commitment_actors.actor
    AND instrument_actors.role = 'party'
)
ORDER BY commitment_actors.row_number
