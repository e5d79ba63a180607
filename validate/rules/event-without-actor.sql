-- error: an actor for every event
-- fix: say who acts or takes part; for a group without a name there are actors of the kind group_unnamed
SELECT 'events' AS resource, row_number, 'id' AS field
FROM events
WHERE id NOT IN (SELECT event FROM event_actors)
ORDER BY row_number
