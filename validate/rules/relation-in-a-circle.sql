-- error: relations of order (precedes, follows_up, part_of, supersedes, amends, implements) that lead nowhere back
-- fix: turn one of the relations round, or remove it
WITH RECURSIVE steps AS (
    SELECT predicate, subject AS origin, object AS goal
    FROM relations
    WHERE predicate IN ('precedes', 'follows_up', 'part_of', 'supersedes', 'amends', 'implements') AND subject <> object
),

reached AS (
    SELECT predicate, origin, goal FROM steps
    UNION
    SELECT reached.predicate, reached.origin, steps.goal
    FROM reached
    JOIN steps ON steps.predicate = reached.predicate AND steps.origin = reached.goal
)

SELECT 'relations' AS resource, relations.row_number, 'object' AS field
FROM relations
JOIN reached ON reached.predicate = relations.predicate
WHERE reached.origin = reached.goal AND relations.subject = reached.origin
ORDER BY relations.row_number
