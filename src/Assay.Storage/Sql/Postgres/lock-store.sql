-- Until the end of the transaction.
SELECT pg_advisory_xact_lock(@class, @lock);
