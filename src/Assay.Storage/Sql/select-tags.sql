SELECT run, tag FROM tags WHERE CAST(@run AS BIGINT) IS NULL OR run = @run ORDER BY tag;
