-- error: a signing on the day that its instrument gives
-- fix: correct one of the two dates, or cite the source that contradicts
SELECT 'events' AS resource, events.row_number, 'date' AS field
FROM events
JOIN instruments ON instruments.id = events.instrument
WHERE events.kind IN ('declaration_signed', 'treaty_signed', 'document_signed') AND events.status = 'occurred'
AND instruments.date_basis = 'signed'
AND (events.date_start > instruments.date_end OR events.date_end < instruments.date_start)
ORDER BY events.row_number
