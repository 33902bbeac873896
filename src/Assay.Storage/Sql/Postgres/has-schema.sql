-- Not to_regclass: within a transaction it may answer from before another's commit that we waited for.
SELECT EXISTS (
    SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
    WHERE pg_namespace.nspname = 'assay' AND pg_class.relname = 'schema_version'
);
