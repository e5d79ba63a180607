-- error: a provision of the commitment's own instrument
-- fix: correct the provision, or move the commitment to the file of its instrument
SELECT 'commitments' AS resource, commitments.row_number, 'provision' AS field
FROM commitments
JOIN provisions ON provisions.id = commitments.provision
WHERE provisions.instrument <> commitments.instrument
ORDER BY commitments.row_number
