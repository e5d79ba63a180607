-- error: the ISO code as id and as `iso3` for a state, and no `iso3` for any other actor
-- fix: give the state its ISO 3166-1 alpha-3 code in both places, or correct the kind
SELECT 'actors' AS resource, row_number, 'iso3' AS field
FROM actors
WHERE (kind = 'state') <> (iso3 IS NOT NULL) OR iso3 <> id
ORDER BY row_number
