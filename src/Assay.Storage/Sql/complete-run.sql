UPDATE runs
SET state = $state, ended = $ended, verdict = $verdict, report = $report,
    record_count = (SELECT count(*) FROM records WHERE run = $number)
WHERE number = $number;
