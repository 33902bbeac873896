-- Of this connection only, and not logged: COPY has no ON CONFLICT.
CREATE TEMPORARY TABLE staged (number BIGINT, part BIGINT, id TEXT COLLATE "C", repeat INTEGER, crc BIGINT, cost DOUBLE PRECISION, json TEXT) ON COMMIT DELETE ROWS;
