using System.Collections.Immutable;

namespace Assay.Comparing;

/// <summary>One task, filter and pair of models: its scores, slices, costs and flips.</summary>
sealed class TaskComparison(ScoreColumns a, ScoreColumns b, ComparisonOptions options, CancellationToken cancellationToken)
{
    // As many as slices of one run are made of.
    const int MostValues = 50;

    readonly Pairing _pairing = Comparing.Pairing.Of(a, b);

    public TaskPairing Pairing => _pairing.Describe(a, b);

    /// <summary>Metrics that one of the runs has not.</summary>
    public IEnumerable<string> OnlyOne => a.Scores.Keys.Except(b.Scores.Keys).Concat(b.Scores.Keys.Except(a.Scores.Keys)).Where(IsWanted);

    public IEnumerable<ScoreDifference> Scores() => Common().Select(metric =>
    {
        var (row, first, second) = (Row(metric) with { Reason = null }, a.Scores[metric], b.Scores[metric]);
        var scored = _pairing.A.Length > 0 ? Paired(row, first, second, All()) : Unpaired(row, first, second);
        return MetricDirection.IsMean(metric) ? scored : scored with { Reason = $"the mean of the single samples' {metric}, which is not that of the whole corpus" };
    });

    public IEnumerable<ScoreDifference> Slices(List<string> warnings)
    {
        foreach (var (name, labels) in _pairing.A.Length > 0 ? a.Tags : [])
        {
            if (labels.Labels.Count > MostValues)
            {
                warnings.Add(FormattableString.Invariant($"{a.Task ?? "the table"}: '{name}' has {labels.Labels.Count} values and slices are made of at most {MostValues}."));
                continue;
            }

            var groups = All().Where(pair => labels[_pairing.A[pair]] >= 0).ToLookup(pair => labels[_pairing.A[pair]]);
            foreach (var group in groups.OrderBy(group => labels.Labels[group.Key], StringComparer.Ordinal))
            {
                var slice = ImmutableSortedDictionary<string, string>.Empty.Add(name, labels.Labels[group.Key]);
                foreach (var metric in Common())
                {
                    yield return Paired(Row(metric) with { Slice = slice }, a.Scores[metric], b.Scores[metric], [.. group]) with { FailuresAsWrong = null };
                }
            }
        }
    }

    public IEnumerable<ScoreDifference> Costs()
    {
        foreach (var (name, first) in a.Costs)
        {
            var second = b.Costs[name];
            if (!first.IsEmpty && !second.IsEmpty && _pairing.A.Length > 0)
            {
                var row = Row(name) with { Filter = null, Unit = name switch { "seconds" => "s", "cost" => "USD", _ => null } };
                yield return DifferenceTest.Paired(row, _pairing.Values(first, second, a.Clusters, All()), options, cancellationToken) with { FailedA = 0, FailedB = 0 };
            }
        }
    }

    /// <summary>Of the first metric that is 0 or 1 in both.</summary>
    public IEnumerable<Flip> Flips()
    {
        foreach (var metric in Common())
        {
            var (first, second) = (a.Scores[metric], b.Scores[metric]);
            var values = _pairing.Values(first, second, a.Clusters, All());
            if (values.A.Length == 0 || values.A.AsSpan().IndexOfAnyExcept(0, 1) >= 0 || values.B.AsSpan().IndexOfAnyExcept(0, 1) >= 0)
            {
                continue;
            }

            return All().Where(pair => Math.Abs(first[_pairing.A[pair]] - second[_pairing.B[pair]]) == 1)
                .OrderByDescending(pair => first[_pairing.A[pair]])
                .Take(options.MostFlips)
                .Select(pair => Flip(metric, _pairing.A[pair], _pairing.B[pair]));
        }

        return [];
    }

    Flip Flip(string metric, int first, int second) => new(
        a.Task, a.Model, b.Model, a.Filter, metric, a.Ids[first], a.Scores[metric][first], b.Scores[metric][second], a.Targets[first], a.Answers[first], b.Answers[second]);

    ScoreDifference Paired(ScoreDifference row, NumberColumn first, NumberColumn second, int[] pairs)
    {
        var values = _pairing.Values(first, second, a.Clusters, pairs);
        var tested = DifferenceTest.Paired(row, values, options, cancellationToken);
        return values.FailedA + values.FailedB > 0 && values.A.Concat(values.B).All(value => value is >= 0 and <= 1)
            ? tested with { FailuresAsWrong = DifferenceTest.Paired(row, _pairing.Values(first, second, a.Clusters, pairs, row.HigherIsBetter ? 0 : 1), options, cancellationToken) }
            : tested;
    }

    ScoreDifference Unpaired(ScoreDifference row, NumberColumn first, NumberColumn second)
    {
        var (mine, others) = (IndependentValues.Of(first, a), IndependentValues.Of(second, b));
        return DifferenceTest.Unpaired(row, mine, others, options) with { FailedA = a.Ids.Count - mine.Values.Length, FailedB = b.Ids.Count - others.Values.Length };
    }

    ScoreDifference Row(string metric) => new()
    {
        Task = a.Task,
        ModelA = a.Model,
        ModelB = b.Model,
        Filter = a.Filter,
        Metric = metric,
        HigherIsBetter = MetricDirection.HigherIsBetter(metric, options),
        N = 0,
    };

    IEnumerable<string> Common() => a.Scores.Keys.Where(metric => b.Scores.ContainsKey(metric) && IsWanted(metric));

    bool IsWanted(string metric) => options.Metrics.IsEmpty || options.Metrics.Contains(metric);

    int[] All() => [.. Enumerable.Range(0, _pairing.A.Length)];
}
