SELECT number, crc, json FROM records WHERE number > @after AND number <= @last ORDER BY number LIMIT @limit;
