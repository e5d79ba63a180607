"""Records: the YAML files in which people write facts, and the rows they become."""
