SELECT number, json FROM records WHERE run = $run AND number > $after ORDER BY number LIMIT 256;
