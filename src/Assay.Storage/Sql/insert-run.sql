INSERT INTO runs (id, name, command, started, seed, spec, data_hash, assay_version, environment, state)
VALUES (@id, @name, @command, @started, @seed, @spec, @data_hash, @assay_version, @environment, 'running')
RETURNING number;
