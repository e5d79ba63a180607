-- error: an occurred event that does not begin after the day on which its latest source was read
-- fix: correct the date, or give the event the status announced or expected
SELECT 'events' AS resource, events.row_number, 'status' AS field
FROM events
JOIN citations ON citations.record = events.id
JOIN sources ON sources.id = citations.source
WHERE events.status = 'occurred'
GROUP BY events.row_number, events.date_start
HAVING events.date_start > max(sources.read_on)
ORDER BY events.row_number
