CREATE TABLE runs (
    number        INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    command       TEXT NOT NULL,
    started       TEXT NOT NULL, -- UTC, ISO 8601 to the tick: sorts as time
    seed          TEXT NOT NULL, -- 64 bits unsigned, more than an INTEGER holds
    spec          TEXT NOT NULL,
    data_hash     TEXT,
    assay_version TEXT NOT NULL,
    environment   TEXT NOT NULL,
    state         TEXT NOT NULL, -- running, done, cancelled, failed; running without its lock file held is interrupted
    ended         TEXT,
    verdict       TEXT,
    report        TEXT,          -- JSON
    record_count  INTEGER        -- counted once, when the run completes
) STRICT;
