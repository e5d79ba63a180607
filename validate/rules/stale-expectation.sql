-- warning: an expected event that was not yet past when the newest source was read
-- fix: look for what became of it, and give it the status occurred, postponed or cancelled, or unconfirmed if no source tells
SELECT 'events' AS resource, row_number, 'status' AS field
FROM events
WHERE status IN ('announced', 'expected') AND date_end < (SELECT max(read_on) FROM sources)
ORDER BY row_number
