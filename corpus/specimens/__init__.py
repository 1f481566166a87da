"""Invented tables, written in the layouts that public disclosures come in."""
