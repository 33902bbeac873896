DELETE FROM tags WHERE run = @run AND tag = @tag;
