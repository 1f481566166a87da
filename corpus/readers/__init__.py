"""Bytes to rows and paragraphs, one small module per format."""
