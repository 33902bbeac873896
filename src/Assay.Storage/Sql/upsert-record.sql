INSERT INTO records (run, stage, task, model, filter, id, repeat, json)
VALUES ($run, $stage, $task, $model, $filter, $id, $repeat, $json)
ON CONFLICT (run, stage, task, model, filter, id, repeat) DO UPDATE SET json = excluded.json;
