-- The checks of the package as an analyst writes them by hand: one scan that counts every fault.
-- It counts what we count, but says neither in which row a fault is nor what was expected.
SELECT
    count(*) FILTER (WHERE coalesce(id, '') = '')
        + count(*) FILTER (WHERE coalesce(actor, '') = '')
        + count(*) FILTER (WHERE coalesce(kind, '') = '')
        + count(*) FILTER (WHERE coalesce(title, '') = '') AS required,
    count(*) FILTER (WHERE NOT regexp_full_match(id, '[a-z]+-[0-9]+')) AS pattern,
    count(*) FILTER (WHERE kind NOT IN ('visit', 'call', 'summit')) AS enum,
    count(*) FILTER (WHERE length(title) > 200) AS max_length,
    count(*) FILTER (WHERE day IS NOT NULL AND TRY_CAST(day AS DATE) IS NULL)
        + count(*) FILTER (WHERE amount IS NOT NULL AND TRY_CAST(amount AS DOUBLE) IS NULL)
        + count(*) FILTER (WHERE count IS NOT NULL AND TRY_CAST(count AS BIGINT) IS NULL)
        + count(*) FILTER (WHERE flag IS NOT NULL AND TRY_CAST(flag AS BOOLEAN) IS NULL)
        + count(*) FILTER (WHERE year IS NOT NULL AND TRY_CAST(year AS BIGINT) IS NULL) AS type,
    count(*) FILTER (WHERE TRY_CAST(amount AS DOUBLE) < 0)
        + count(*) FILTER (WHERE TRY_CAST(count AS BIGINT) NOT BETWEEN 0 AND 1000)
        + count(*) FILTER (WHERE TRY_CAST(year AS BIGINT) NOT BETWEEN 1991 AND 2030) AS bounds,
    count(id) - count(DISTINCT id) AS primary_key,
    count(*) FILTER (WHERE actor NOT IN (SELECT id FROM actors)) AS foreign_key
FROM events
