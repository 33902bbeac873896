-- Records of one sample under several filters are of one call, whose cost counts once: of the filters the largest sum.
UPDATE runs
SET state = @state, ended = @ended, verdict = @verdict, report = @report, main_score = @main_score,
    record_count = (SELECT count(*) FROM records WHERE part IN (SELECT number FROM parts WHERE run = @number)),
    cost = (
        SELECT sum(of_model.cost)
        FROM (
            SELECT max(of_filter.cost) AS cost
            FROM (SELECT part, sum(cost) AS cost FROM records WHERE number > @first AND number <= @last AND cost IS NOT NULL GROUP BY part) AS of_filter
            JOIN parts ON parts.number = of_filter.part
            GROUP BY parts.stage, parts.task, parts.model
        ) AS of_model
    )
WHERE number = @number;
