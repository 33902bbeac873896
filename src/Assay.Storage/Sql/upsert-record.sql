INSERT INTO records (run, stage, task, model, filter, id, json)
VALUES ($run, $stage, $task, $model, $filter, $id, $json)
ON CONFLICT (run, stage, task, model, filter, id) DO UPDATE SET json = excluded.json;
