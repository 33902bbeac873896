INSERT INTO records (number, part, id, repeat, crc, cost, json)
SELECT number, part, id, repeat, crc, cost, json FROM staged
ON CONFLICT (part, id, repeat) DO UPDATE SET crc = excluded.crc, cost = excluded.cost, json = excluded.json;
