"""Boilerplate: which names, values, goals, paragraphs and tables many units share, and how far."""
