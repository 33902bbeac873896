UPDATE runs
SET state = 'running', ended = NULL, verdict = NULL, report = NULL, record_count = NULL
WHERE number = $number;
