SELECT max(number) FROM runs;
