"""From a stranger's path to a data package descriptor that is checked and safe to work from."""
