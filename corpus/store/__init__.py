"""The store: documents and their records in one SQLite file."""
