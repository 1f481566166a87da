-- Documents, the paths they were met under, files that could not be read, and the records.

CREATE TABLE document (
    id TEXT NOT NULL PRIMARY KEY,      -- SHA-256 of the bytes
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    added TEXT NOT NULL,
    problems TEXT NOT NULL,            -- JSON [[file, place, reason], ...]
    notes TEXT NOT NULL,
    content TEXT NOT NULL              -- SHA-256 over the records, for the revision
) WITHOUT ROWID;

CREATE TABLE path (
    path TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX path_by_document ON path (document_id);

CREATE TABLE skipped (
    path TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,              -- '' when another try may read it
    reason TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE project (
    row INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,         -- from 1, in the order of the document
    identity TEXT NOT NULL,            -- hash of the project key
    id TEXT NOT NULL,                  -- identity, with a suffix for a table that disagrees
    active INTEGER NOT NULL,           -- 1 for the one shown of all with this id
    unit TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    year INTEGER,
    year_inferred INTEGER,
    budget_wan REAL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    purpose TEXT NOT NULL,
    goal TEXT NOT NULL,
    spending_plan TEXT NOT NULL,       -- JSON [[by, share, percent], ...]
    province TEXT NOT NULL,
    city TEXT NOT NULL,
    county TEXT NOT NULL,
    department TEXT NOT NULL,
    source_file TEXT NOT NULL,
    source_place TEXT NOT NULL,
    source_row INTEGER NOT NULL,
    UNIQUE (document_id, position)
);

CREATE INDEX project_by_identity ON project (identity);
CREATE INDEX project_by_id ON project (id);

CREATE TABLE goal (
    project INTEGER NOT NULL REFERENCES project (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    order_printed INTEGER NOT NULL,
    text TEXT NOT NULL,
    section TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    quantities TEXT NOT NULL,          -- JSON [[number, measure, text], ...]
    source_file TEXT NOT NULL,
    source_place TEXT NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (project, position)
) WITHOUT ROWID;

CREATE TABLE indicator (
    project INTEGER NOT NULL REFERENCES project (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    level1 TEXT,
    level2 TEXT,
    level1_raw TEXT NOT NULL,
    level2_raw TEXT NOT NULL,
    description TEXT NOT NULL,
    basis TEXT NOT NULL,
    weight REAL,
    actual TEXT NOT NULL,
    grades TEXT NOT NULL,              -- JSON [[grade, standard], ...]
    area TEXT NOT NULL,
    value_raw TEXT NOT NULL,
    value_kind TEXT NOT NULL,
    echo INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    operator TEXT NOT NULL,
    number REAL,
    number_high REAL,
    measure TEXT NOT NULL,
    measure_from TEXT NOT NULL,
    canonical_number REAL,
    canonical_measure TEXT NOT NULL,
    deadline TEXT NOT NULL,
    source_file TEXT NOT NULL,
    source_place TEXT NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (project, position)
) WITHOUT ROWID;
