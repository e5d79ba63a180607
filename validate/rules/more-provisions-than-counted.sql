-- error: no more provisions than the instrument's `provision_count`
-- fix: correct the count or remove the provision
SELECT 'instruments' AS resource, instruments.row_number, 'provision_count' AS field
FROM instruments
JOIN provisions ON provisions.instrument = instruments.id
GROUP BY instruments.row_number, instruments.provision_count
HAVING count(*) > instruments.provision_count
ORDER BY instruments.row_number
