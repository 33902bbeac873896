INSERT INTO records (number, part, id, repeat, crc, cost, json)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (part, id, repeat) DO UPDATE SET crc = excluded.crc, cost = excluded.cost, json = excluded.json;
