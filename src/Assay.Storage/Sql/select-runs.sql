SELECT number, id, name, command, started, seed, spec, data_hash, assay_version, environment, state, ended, verdict, cost, main_score,
       coalesce(record_count, (SELECT count(*) FROM records WHERE part IN (SELECT parts.number FROM parts WHERE parts.run = runs.number))) AS record_count
FROM runs
WHERE CAST(@id AS TEXT) IS NULL OR id = @id
ORDER BY started DESC, number DESC;
