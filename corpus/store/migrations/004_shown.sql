-- What a reader was shown where a correction was made: a value with its sign and unit, which may
-- stand in columns of their own; `old` is the cell as read, by which the row is found again.

ALTER TABLE correction ADD COLUMN shown TEXT NOT NULL DEFAULT '';
UPDATE correction SET shown = old;
