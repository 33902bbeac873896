SELECT number, crc, json FROM records WHERE number > ?1 AND number <= ?2 ORDER BY number;
