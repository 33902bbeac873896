namespace Assay.Comparing;

/// <summary>Which task, model and filter of one run stands against which of the other.</summary>
static class MatchedColumns
{
    public static List<(ScoreColumns A, ScoreColumns B)> Of(RunScores a, RunScores b, ComparisonOptions options, List<string> warnings)
    {
        var (models, others) = (a.Models, b.Models);
        var byName = models.Count > 1 || others.Count > 1;
        if (byName && !models.Intersect(others).Any())
        {
            throw new UserErrorException(
                $"{a.Label} has the models {string.Join(", ", models)} and {b.Label} has {string.Join(", ", others)}: none in common. Say which to compare: {a.Label}#{models[0]} {b.Label}#{others[0]}.");
        }

        var matched = (from first in a.Columns
                       from second in b.Columns
                       where (first.Task, first.Filter) == (second.Task, second.Filter) && (!byName || first.Model == second.Model)
                       select (first, second)).ToList();
        var left = a.Columns.Except(matched.Select(pair => pair.first)).Concat(b.Columns.Except(matched.Select(pair => pair.second)))
            .Select(columns => $"{columns.Task ?? "the table"}, {columns.Model}{(columns.Filter is { } filter ? $", {filter}" : "")}").Distinct().ToList();
        if (matched.Count == 0)
        {
            throw new UserErrorException(
                $"{a.Label} and {b.Label} have no task and filter in common: {Tasks(a)} against {Tasks(b)}. Compare runs of the same tasks.");
        }

        if (left.Count > 0)
        {
            warnings.Add($"In one of the runs only: {string.Join("; ", left)}.");
        }

        var wanted = matched.Where(pair => options.Tasks.IsEmpty || options.Tasks.Contains(pair.first.Task ?? "")).ToList();
        if (wanted.Count == 0)
        {
            var known = matched.Select(pair => pair.first.Task ?? "").Distinct().ToList();
            throw new UserErrorException($"The runs have no task '{options.Tasks[0]}' in common.{NearestName.Hint(options.Tasks[0], known)} They have: {string.Join(", ", known)}.");
        }

        return Measured(wanted, options);
    }

    // A misspelt metric must not read as 'nothing differs'.
    static List<(ScoreColumns A, ScoreColumns B)> Measured(List<(ScoreColumns A, ScoreColumns B)> wanted, ComparisonOptions options)
    {
        var known = wanted.SelectMany(pair => pair.A.Scores.Keys.Intersect(pair.B.Scores.Keys)).Distinct().ToList();
        return options.Metrics.FirstOrDefault(metric => !known.Contains(metric)) is { } unknown
            ? throw new UserErrorException($"The runs have no metric '{unknown}' in common.{NearestName.Hint(unknown, known)} They have: {string.Join(", ", known)}.")
            : wanted;
    }

    static string Tasks(RunScores run) =>
        string.Join(", ", run.Columns.Select(columns => $"{columns.Task ?? "a table"}{(columns.Filter is { } filter ? $" ({filter})" : "")}").Distinct());
}
