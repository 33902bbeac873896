-- Until the end of the connection. With SET: a server whose default is off would lose acknowledged records in a crash.
SELECT pg_advisory_lock(@class, @lock);
SET synchronous_commit = on;
