"""Documents to records: readers (bytes to tables), layouts (tables to records), store, ingest."""
