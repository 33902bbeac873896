SELECT max(number) >> 32 FROM records;
