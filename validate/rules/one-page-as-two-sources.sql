-- error: an address that no earlier source has
-- fix: cite the earlier source instead and remove this one: a page that is cited under two ids would count as two
WITH addresses AS (
  SELECT row_number, RTRIM(REPLACE(REPLACE(REPLACE(url, 'https://', ''), 'http://', ''), 'www.', ''), '/') AS address
  FROM sources
  WHERE url IS NOT NULL
)
SELECT DISTINCT 'sources' AS resource, later.row_number, 'url' AS field
FROM addresses AS later
JOIN addresses AS earlier ON earlier.address = later.address AND earlier.row_number < later.row_number
ORDER BY later.row_number
