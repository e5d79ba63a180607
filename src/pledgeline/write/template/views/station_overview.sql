SELECT
    stations.id AS station, stations.name, stations.kind, stations.docks,
    max(inspections.date) AS last_inspected, count(inspections.id) AS inspections
FROM stations
LEFT JOIN inspections ON inspections.station = stations.id
GROUP BY ALL
ORDER BY stations.id
