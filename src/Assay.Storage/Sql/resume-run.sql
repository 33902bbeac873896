UPDATE runs
SET state = 'running', ended = NULL, verdict = NULL, report = NULL, record_count = NULL, cost = NULL, main_score = NULL
WHERE number = @number;
