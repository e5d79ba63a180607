-- error: an occurred event that does not begin after all of its sources
-- fix: correct the date of the event or of a source, or give the event the status announced or expected
SELECT 'events' AS resource, events.row_number, 'date' AS field
FROM events
JOIN citations ON citations.record = events.id
JOIN sources ON sources.id = citations.source
WHERE events.status = 'occurred'
GROUP BY events.row_number, events.date_start
HAVING count(*) = count(sources.date_end) AND events.date_start > max(sources.date_end)
ORDER BY events.row_number
