"""What differs between two data packages: their schemas, their rows, and the version that the differences ask for."""
