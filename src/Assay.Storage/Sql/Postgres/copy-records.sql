COPY staged (number, part, id, repeat, crc, cost, json) FROM STDIN (FORMAT BINARY);
