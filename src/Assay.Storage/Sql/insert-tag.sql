INSERT INTO tags (run, tag) VALUES (@run, @tag) ON CONFLICT (run, tag) DO NOTHING;
