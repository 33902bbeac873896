SELECT number, id, name, command, started, seed, spec, data_hash, assay_version, environment, state, ended, verdict,
       coalesce(record_count, (SELECT count(*) FROM records WHERE run = runs.number)) AS record_count
FROM runs
WHERE $id IS NULL OR id = $id
ORDER BY started DESC, number DESC;
