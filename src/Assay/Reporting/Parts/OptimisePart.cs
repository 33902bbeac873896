using System.Globalization;
using Assay.Learning.Tuning;

namespace Assay.Reporting.Parts;

static class OptimisePart
{
    const int BriefTrials = 3;

    public static ReportPart? Of(Report report) => report.Optimise is not { } search
        ? null
        : new("optimise", "Optimisation", [.. Facts(search)], search.Trials.IsEmpty ? [] : [Trials(search)]);

    static IEnumerable<ReportFact> Facts(OptimiseSection search)
    {
        yield return new("conclusion", search.Conclusion);
        yield return new("metric", $"{search.Metric}, {(search.Minimise ? "less" : "more")} is better");
        if (search.Method is { } method)
        {
            yield return new("method", method);
        }

        yield return new("best minus default", NumberText.Difference(search.Difference, search.DifferenceLow, search.DifferenceHigh));
        yield return new("p", NumberText.PValue(search.P));
        yield return new("adjusted p", NumberText.PValue(search.AdjustedP));
        if (search.Expected is { } expected)
        {
            yield return new("to expect of the best", $"{NumberText.Number(expected)}; its own mean looks better by {NumberText.Number(search.Optimism)}, for it was picked by it");
        }
    }

    static ReportTable Trials(OptimiseSection search)
    {
        var parameters = search.Trials.SelectMany(trial => trial.Parameters.Keys).Distinct().ToList();
        var ranked = search.Trials.OrderBy(trial => !NumberText.IsDefined(trial.Mean))
            .ThenBy(trial => search.Minimise ? trial.Mean : -trial.Mean).ThenBy(trial => trial.Number);
        var folds = search.Trials.Max(trial => trial.FoldScores.Length);
        return new(
            "Trials",
            [
                new("trial"), new($"mean {search.Metric}", IsNumber: true),
                .. parameters.Select(name => new ReportColumn(name, IsNumber: true)),
                .. Enumerable.Range(1, folds).Select(fold => new ReportColumn(string.Create(CultureInfo.InvariantCulture, $"fold {fold}"), IsNumber: true, IsBrief: false)),
            ],
            [.. ranked.Select((trial, index) => new ReportRow(
                [
                    Name(trial, search), NumberText.Number(trial.Mean),
                    .. parameters.Select(name => (ReportCell)(trial.Parameters.TryGetValue(name, out var value) ? Text(value) : "")),
                    .. Enumerable.Range(0, folds).Select(fold => (ReportCell)NumberText.Number(trial.FoldScores.ElementAtOrDefault(fold))),
                ],
                index < BriefTrials || trial.Number == 0))]);
    }

    static string Name(TrialSection trial, OptimiseSection search)
    {
        var number = NumberText.Count(trial.Number) + (trial.State == "completed" ? "" : $" ({trial.State})");
        return (trial.Number == search.Best, trial.Number == 0) switch
        {
            (true, true) => $"{number} (best, default)",
            (true, false) => $"{number} (best)",
            (false, true) => $"{number} (default)",
            _ => number,
        };
    }

    static string Text(ParameterValue value) => value.Text ?? value.Number.ToString("G4", CultureInfo.InvariantCulture);
}
