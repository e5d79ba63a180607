-- error: at least one party
-- fix: add an actor with `role: party`
SELECT 'instruments' AS resource, row_number, 'actors' AS field
FROM instruments
WHERE NOT EXISTS (
    SELECT 1 FROM instrument_actors WHERE instrument_actors.instrument = instruments.id AND instrument_actors.role = 'party'
)
ORDER BY row_number
