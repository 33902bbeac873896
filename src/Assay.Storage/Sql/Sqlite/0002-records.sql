-- An absent task or filter is '': SQLite takes two NULLs of a unique key for different.
CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (number),
    stage  TEXT NOT NULL,
    task   TEXT NOT NULL,
    model  TEXT NOT NULL,
    filter TEXT NOT NULL,
    id     TEXT NOT NULL,
    json   TEXT NOT NULL,
    UNIQUE (run, stage, task, model, filter, id)
) STRICT;

-- To read a run's records in the order they came.
CREATE INDEX records_by_run ON records (run);
