-- Corrections made by people, what was read beneath them, and how much personal data was masked.

ALTER TABLE document ADD COLUMN masked TEXT NOT NULL DEFAULT '[0, 0, 0, 0, 0]';
                                       -- JSON [names, phones, ids, emails, accounts]

CREATE TABLE correction (              -- outlives its document
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    origin INTEGER REFERENCES correction (id) ON DELETE CASCADE,
                                       -- of the same row in another source of the project
    document_id TEXT NOT NULL,         -- SHA-256 of the bytes it was made on
    document TEXT NOT NULL,            -- name of that document
    part TEXT NOT NULL,                -- project or indicator
    project TEXT NOT NULL,             -- code or name, as read
    place TEXT NOT NULL,
    row INTEGER NOT NULL,
    name TEXT NOT NULL,                -- as read
    area TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    made TEXT NOT NULL
);

CREATE INDEX correction_by_document ON correction (document_id);
CREATE INDEX correction_by_origin ON correction (origin);

CREATE TABLE correction_path (         -- where its document stood: for the next one there
    path TEXT NOT NULL,
    correction INTEGER NOT NULL REFERENCES correction (id) ON DELETE CASCADE,
    PRIMARY KEY (path, correction)
) WITHOUT ROWID;

CREATE TABLE correction_effect (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    correction INTEGER NOT NULL REFERENCES correction (id) ON DELETE CASCADE,
    table_position INTEGER NOT NULL,
    row_position INTEGER NOT NULL,     -- 0 for the head
    reason TEXT NOT NULL,              -- why it has no effect; '' where it has
    PRIMARY KEY (document_id, correction)
) WITHOUT ROWID;

CREATE INDEX correction_effect_by_correction ON correction_effect (correction);

CREATE TABLE as_read (                 -- of documents with corrections only
    document_id TEXT NOT NULL PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    content TEXT NOT NULL              -- JSON of `Content`
) WITHOUT ROWID;
