-- The states that take part in an event, and as what: an organ, company, outlet or person counts as the state that it belongs
-- to, an institution of the European Union as the Union, which is listed as a state is.
WITH RECURSIVE above AS (
    SELECT event, role, actor
    FROM event_actors
    UNION
    SELECT above.event, above.role, actors.member_of
    FROM above
    JOIN actors ON actors.id = above.actor
    WHERE actors.member_of IS NOT NULL
)
SELECT above.event, actors.id AS state, above.role
FROM above
JOIN actors ON actors.id = above.actor
WHERE actors.kind = 'state' OR actors.id = 'european-union'
ORDER BY above.event, actors.id, above.role
