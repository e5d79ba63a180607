-- A commitment a row, oldest instrument first: its instrument, sides and sources in words, and the assessment that looks back from the latest day.
WITH sides AS (
    SELECT commitment_actors.commitment, commitment_actors.role, string_agg(actors.name, '; ' ORDER BY actors.name) AS names
    FROM commitment_actors
    JOIN actors ON actors.id = commitment_actors.actor
    GROUP BY commitment_actors.commitment, commitment_actors.role
),

latest AS (
    SELECT *
    FROM (
        SELECT
            assessments.commitment,
            assessments.status,
            assessments.as_of,
            actors.name AS assessed_by,
            row_number() OVER (PARTITION BY assessments.commitment ORDER BY assessments.as_of_end DESC NULLS LAST, assessments.id) AS nth
        FROM assessments
        JOIN actors ON actors.id = assessments.assessed_by
    ) AS ranked
    WHERE nth = 1
)

SELECT
    commitments.id AS commitment,
    instruments.title AS instrument,
    instruments.date AS instrument_date,
    provisions.number AS provision,
    promisors.names AS promisors,
    beneficiaries.names AS beneficiaries,
    commitments.summary,
    commitments.domain,
    commitments.modality,
    commitments.strength,
    commitments.strength_basis,
    commitments.condition,
    latest.status AS latest_status,
    latest.as_of AS latest_as_of,
    latest.assessed_by AS latest_assessed_by,
    (
        SELECT string_agg(citations.source || ' (' || citations.locator || ')', '; ' ORDER BY citations.source, citations.locator)
        FROM (SELECT DISTINCT record, source, locator FROM citations) AS citations
        WHERE citations.record = commitments.id
    ) AS sources
FROM commitments
JOIN instruments ON instruments.id = commitments.instrument
LEFT JOIN provisions ON provisions.id = commitments.provision
LEFT JOIN sides AS promisors ON promisors.commitment = commitments.id AND promisors.role = 'promisor'
LEFT JOIN sides AS beneficiaries ON beneficiaries.commitment = commitments.id AND beneficiaries.role = 'beneficiary'
LEFT JOIN latest ON latest.commitment = commitments.id
ORDER BY coalesce(instruments.date_start, instruments.date_end), instruments.id, commitments.id
