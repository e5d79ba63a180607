-- error: an inspection on or after the day on which the station opened
-- fix: correct the date of the inspection or of the opening
SELECT 'inspections' AS resource, inspections.row_number, 'date' AS field
FROM inspections
JOIN stations ON stations.id = inspections.station
WHERE inspections.date < stations.opened
