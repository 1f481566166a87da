"""The verbs as functions: what the command line and the pages call."""
