"""The verbs of the command line by subject, and what they share: options, tables, output."""
