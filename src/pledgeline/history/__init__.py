"""The published versions of a package: hashes of their rows, and how a version of the past is made of today's package."""
