-- error: an assessment that looks back from the day of the instrument or later
-- fix: correct `as_of`, or the date of the instrument
SELECT 'assessments' AS resource, assessments.row_number, 'as_of' AS field
FROM assessments
JOIN commitments ON commitments.id = assessments.commitment
JOIN instruments ON instruments.id = commitments.instrument
WHERE assessments.as_of_end < instruments.date_start
ORDER BY assessments.row_number
