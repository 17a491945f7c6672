"""Claims: statements that say the same, found by vectors and decided by what they name, count, date and deny."""
