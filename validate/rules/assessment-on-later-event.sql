-- error: an event that began by the day from which the assessment looks back
-- fix: correct `as_of`, or take another event
SELECT 'assessment_events' AS resource, assessment_events.row_number, 'event' AS field
FROM assessment_events
JOIN assessments ON assessments.id = assessment_events.assessment
JOIN events ON events.id = assessment_events.event
WHERE events.date_start > assessments.as_of_end
ORDER BY assessment_events.row_number
