-- warning: a strength that its modality can have: declaration 0, permission 1, intention 2, obligation and prohibition 3 or 4
-- fix: read the two definitions again and correct one of the codes
SELECT 'commitments' AS resource, row_number, 'strength' AS field
FROM commitments
WHERE (modality = 'declaration' AND strength <> 0)
OR (modality = 'permission' AND strength <> 1)
OR (modality = 'intention' AND strength <> 2)
OR (modality IN ('obligation', 'prohibition') AND strength < 3)
ORDER BY row_number
