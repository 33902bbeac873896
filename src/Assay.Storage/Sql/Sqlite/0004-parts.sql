-- What many records share is stored once; a record's number tells its run and its place in it, so that a run is one stretch of the table, and its records
-- need no second index. A checksum tells a record that was damaged on the disk, which SQLite does not notice within a text.
CREATE TABLE parts (
    number INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (number),
    stage  TEXT NOT NULL,
    task   TEXT NOT NULL, -- '' for none
    model  TEXT NOT NULL,
    filter TEXT NOT NULL, -- '' for none
    UNIQUE (run, stage, task, model, filter)
) STRICT;

CREATE TABLE numbered_records (
    number INTEGER PRIMARY KEY, -- run * 2^32 + its place in the run
    part   INTEGER NOT NULL REFERENCES parts (number),
    id     TEXT NOT NULL,
    repeat INTEGER NOT NULL,    -- 0 where every row is tested once
    crc    INTEGER,             -- CRC-32C of json; NULL in what older versions wrote
    cost   REAL,                -- US dollars
    json   TEXT NOT NULL,
    UNIQUE (part, id, repeat)
) STRICT;

CREATE TABLE tags (
    run INTEGER NOT NULL REFERENCES runs (number),
    tag TEXT NOT NULL,
    PRIMARY KEY (run, tag)
) STRICT, WITHOUT ROWID;

INSERT INTO parts (run, stage, task, model, filter)
SELECT run, stage, task, model, filter FROM records GROUP BY run, stage, task, model, filter ORDER BY min(number);

INSERT INTO numbered_records (number, part, id, repeat, cost, json)
SELECT (records.run << 32) + row_number() OVER (PARTITION BY records.run ORDER BY records.number), parts.number, records.id, records.repeat, NULL, records.json
FROM records
JOIN parts ON parts.run = records.run AND parts.stage = records.stage AND parts.task = records.task AND parts.model = records.model AND parts.filter = records.filter
ORDER BY records.run, records.number;

DROP TABLE records;
ALTER TABLE numbered_records RENAME TO records;
ALTER TABLE runs ADD COLUMN cost REAL;       -- US dollars, counted once, when the run completes
ALTER TABLE runs ADD COLUMN main_score TEXT; -- JSON
