-- Of a new store: a record of a language model is about 1 KB.
PRAGMA page_size = 8192;

-- WAL lets readers and one writer work at the same time, across processes.
PRAGMA journal_mode = WAL;

-- FULL flushes the log to the disk at each commit, so a committed batch survives kill -9, a crash of the operating system and a
-- power cut, as far as the drive keeps its word about flushing. NORMAL would survive kill -9 only. No setting survives the loss
-- of the drive, nor of the -wal file beside the store, nor a network file system, which WAL does not work on.
PRAGMA synchronous = FULL;

-- 32 MiB at most: the index of keys is written in the order of ids, which may be any.
PRAGMA cache_size = -32768;
PRAGMA wal_autocheckpoint = 4000;
