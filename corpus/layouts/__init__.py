"""Tables to records: rows and paragraphs of any reader become projects with indicators."""
