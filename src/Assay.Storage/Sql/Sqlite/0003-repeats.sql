-- A row that is tested more than once has a record for each time. SQLite cannot change a table's key: the table is made anew.
CREATE TABLE repeated_records (
    number INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (number),
    stage  TEXT NOT NULL,
    task   TEXT NOT NULL,
    model  TEXT NOT NULL,
    filter TEXT NOT NULL,
    id     TEXT NOT NULL,
    repeat INTEGER NOT NULL, -- 0 where every row is tested once
    json   TEXT NOT NULL,
    UNIQUE (run, stage, task, model, filter, id, repeat)
) STRICT;

INSERT INTO repeated_records (number, run, stage, task, model, filter, id, repeat, json)
SELECT number, run, stage, task, model, filter, id, 0, json FROM records ORDER BY number;

DROP TABLE records;
ALTER TABLE repeated_records RENAME TO records;
CREATE INDEX records_by_run ON records (run);
