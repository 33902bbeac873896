SELECT max(run) FROM parts;
