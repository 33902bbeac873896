CREATE SCHEMA IF NOT EXISTS assay;

CREATE TABLE assay.runs (
    number        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    command       TEXT NOT NULL,
    started       TEXT COLLATE "C" NOT NULL, -- UTC, ISO 8601 to the tick (PostgreSQL's own times end at the microsecond): sorts as time
    seed          TEXT NOT NULL,             -- 64 bits unsigned, more than a BIGINT holds
    spec          TEXT NOT NULL,
    data_hash     TEXT,
    assay_version TEXT NOT NULL,
    environment   TEXT NOT NULL,
    state         TEXT NOT NULL,             -- running, done, cancelled, failed; running without its advisory lock held is interrupted
    ended         TEXT,
    verdict       TEXT,
    report        TEXT,                      -- JSON
    record_count  BIGINT,
    cost          DOUBLE PRECISION,
    main_score    TEXT                       -- JSON
);

CREATE TABLE assay.parts (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run    BIGINT NOT NULL REFERENCES assay.runs (number) ON DELETE CASCADE,
    stage  TEXT COLLATE "C" NOT NULL,
    task   TEXT COLLATE "C" NOT NULL, -- '' for none
    model  TEXT COLLATE "C" NOT NULL,
    filter TEXT COLLATE "C" NOT NULL, -- '' for none
    UNIQUE (run, stage, task, model, filter)
);

CREATE TABLE assay.records (
    number BIGINT PRIMARY KEY, -- run * 2^32 + its place in the run
    part   BIGINT NOT NULL,
    id     TEXT COLLATE "C" NOT NULL,
    repeat INTEGER NOT NULL,   -- 0 where every row is tested once
    crc    BIGINT,             -- CRC-32C of json
    cost   DOUBLE PRECISION,
    json   TEXT NOT NULL,
    UNIQUE (part, id, repeat)
);

CREATE TABLE assay.tags (
    run BIGINT NOT NULL REFERENCES assay.runs (number) ON DELETE CASCADE,
    tag TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run, tag)
);

CREATE TABLE assay.schema_version (version INTEGER NOT NULL);
INSERT INTO assay.schema_version (version) VALUES (0);
