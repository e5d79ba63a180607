-- error: a provision that was read or is reported
-- fix: correct the `reading` of the provision, or the provision of the commitment
SELECT 'commitments' AS resource, commitments.row_number, 'provision' AS field
FROM commitments
JOIN provisions ON provisions.id = commitments.provision
WHERE provisions.reading = 'not_read'
ORDER BY commitments.row_number
