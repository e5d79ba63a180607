-- Every two states of an event, in both directions, each with its role: what happens between two states is counted here.
SELECT
    one.event,
    one.state AS state_a,
    one.role AS role_a,
    other.state AS state_b,
    other.role AS role_b,
    events.kind,
    events.status,
    events.date_start
FROM event_states AS one
JOIN event_states AS other ON other.event = one.event AND other.state <> one.state
JOIN events ON events.id = one.event
ORDER BY one.event, one.state, other.state, one.role, other.role
