INSERT INTO parts (run, stage, task, model, filter)
VALUES (@run, @stage, @task, @model, @filter)
ON CONFLICT (run, stage, task, model, filter) DO UPDATE SET run = excluded.run
RETURNING number;
