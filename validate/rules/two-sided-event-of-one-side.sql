-- warning: two sides in an event of a kind that needs two: states, organisations or companies
-- fix: add the other side, or say of its actor what it belongs to (`member_of`), or say in a note why there is none
WITH RECURSIVE above AS (
    SELECT event, actor
    FROM event_actors
    UNION
    SELECT above.event, actors.member_of
    FROM above
    JOIN actors ON actors.id = above.actor
    WHERE actors.member_of IS NOT NULL
),

sides AS (
    SELECT above.event, actors.id AS side
    FROM above
    JOIN actors ON actors.id = above.actor
    WHERE actors.member_of IS NULL OR actors.kind = 'state'
)

SELECT 'events' AS resource, events.row_number, 'id' AS field
FROM events
LEFT JOIN sides ON sides.event = events.id
WHERE
    events.status = 'occurred'
    AND events.note IS NULL
    AND events.id NOT IN (SELECT event FROM event_actors WHERE actor NOT IN (SELECT id FROM actors))
    AND events.kind IN (
        'call', 'ceasefire', 'declaration_signed', 'joint_statement', 'meeting', 'recognition_or_relations', 'summit', 'visit'
    )
GROUP BY events.row_number
HAVING count(DISTINCT sides.side) < 2
ORDER BY events.row_number
