-- Advisory locks of two keys: the first says that it is ours, the second is the run's number.
SELECT objid::BIGINT FROM pg_locks
WHERE locktype = 'advisory' AND classid = @class AND objsubid = 2 AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
