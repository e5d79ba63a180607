-- error: a publisher under the name that an earlier source gives it
-- fix: write the name as there: what two publishers report counts as told twice, and this would be one
WITH named AS (
  SELECT row_number, 'publisher' AS field, publisher AS name FROM sources
  UNION ALL
  SELECT row_number, 'origin' AS field, origin AS name FROM sources WHERE origin IS NOT NULL
),
spelled AS (
  SELECT *, REPLACE(REPLACE(REPLACE(LOWER(name), ' ', ''), '.', ''), '-', '') AS letters FROM named
)
SELECT DISTINCT 'sources' AS resource, later.row_number, later.field
FROM spelled AS later
JOIN spelled AS earlier ON earlier.letters = later.letters AND earlier.name <> later.name
WHERE earlier.row_number < later.row_number
   OR (earlier.row_number = later.row_number AND later.field = 'origin' AND earlier.field = 'publisher')
ORDER BY row_number, field
