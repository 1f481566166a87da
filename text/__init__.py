"""Strings: normalising, numbers and units, clauses, words. Knows nothing of records."""
