-- An event a row, in order of time: actors and sources joined into words. An event whose start is open stands at its end.
SELECT
    events.id AS event,
    events.date,
    events.date_start,
    events.date_end,
    events.status,
    events.kind,
    events.title,
    events.summary,
    events.place,
    (
        SELECT string_agg(actors.name || ' (' || replace(event_actors.role, '_', ' ') || ')', '; ' ORDER BY actors.name, event_actors.role)
        FROM event_actors
        JOIN actors ON actors.id = event_actors.actor
        WHERE event_actors.event = events.id
    ) AS actors,
    instruments.title AS instrument,
    (
        SELECT string_agg(citations.source || ' (' || citations.locator || ')', '; ' ORDER BY citations.source, citations.locator)
        FROM (SELECT DISTINCT record, source, locator FROM citations) AS citations
        WHERE citations.record = events.id
    ) AS sources
FROM events
LEFT JOIN instruments ON instruments.id = events.instrument
ORDER BY coalesce(events.date_start, events.date_end), events.date_end, events.id
