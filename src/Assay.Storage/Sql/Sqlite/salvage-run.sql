SELECT number, id, name, command, started, seed, spec, data_hash, assay_version, environment, state, ended, verdict, cost, main_score, coalesce(record_count, 0)
FROM runs WHERE number = @number;
