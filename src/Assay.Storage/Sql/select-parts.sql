SELECT run, task, model FROM parts WHERE CAST(@run AS BIGINT) IS NULL OR run = @run ORDER BY number;
