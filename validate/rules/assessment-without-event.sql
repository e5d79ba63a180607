-- error: at least one event that shows what became of the commitment
-- fix: add the events under `basis:`, or use no_action_found, not_due or not_verifiable
SELECT 'assessments' AS resource, row_number, 'status' AS field
FROM assessments
WHERE status NOT IN ('not_due', 'no_action_found', 'observed_no_breach', 'not_verifiable')
AND NOT EXISTS (SELECT 1 FROM assessment_events WHERE assessment_events.assessment = assessments.id)
ORDER BY row_number
