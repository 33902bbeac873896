using System.Runtime.InteropServices;
using Assay.Metrics;
using Assay.Scoring;

namespace Assay.Results.Harness;

/// <summary>What lm-evaluation-harness aggregates of one metric under one filter: a few numbers for each scored sample.</summary>
sealed class HarnessItems(string metric)
{
    // Of corpus metrics a resample is costly, and the harness draws few.
    const int CorpusRounds = 100;
    const int Rounds = 100_000;

    readonly CorpusMetric? _corpus = TaskCorpusMetrics.Find(metric);
    readonly List<double> _values = [];
    readonly List<double> _numbers = [];

    public int Count => _values.Count;

    /// <summary>Of a sample that has a score of this metric.</summary>
    public void Add(SampleScore score)
    {
        _values.Add(score.Scores[metric]);
        if (score.Numbers.TryGetValue(metric, out var numbers))
        {
            _numbers.AddRange(numbers);
        }
    }

    /// <summary>The aggregate over one sample or more; null where it is not defined.</summary>
    public double? Value() => Statistic() is { } statistic
        ? Finite(statistic([.. Enumerable.Range(0, Count)]))
        : _values.Average();

    /// <summary>Its standard error as the harness has it; null where it has none.</summary>
    public double? StandardError(CancellationToken cancellationToken)
    {
        if (Count < 2 || metric is "brier_score" or "word_perplexity" or "byte_perplexity" or "bits_per_byte")
        {
            return null;
        }

        return Statistic() is { } statistic
            ? Finite(HarnessStandardError.OfBootstrap(Count, _corpus is null ? Rounds : CorpusRounds, statistic, cancellationToken))
            : HarnessStandardError.OfMean(CollectionsMarshal.AsSpan(_values));
    }

    // Null: the mean of the samples' own scores.
    DrawnStatistic? Statistic() => _numbers.Count == 0 ? null
        : _corpus is not null ? OfCorpus(CorpusStatistics.OfRows(_corpus, CollectionsMarshal.AsSpan(_numbers)))
        : metric is "f1" or "mcc" ? OfChoices(1 + (int)_numbers.Max())
        : LikelihoodEstimates.Knows(metric) ? OfRatio
        : null;

    double OfRatio(ReadOnlySpan<int> drawn)
    {
        var numbers = CollectionsMarshal.AsSpan(_numbers);
        var (sum, length) = (0.0, 0.0);
        foreach (var i in drawn)
        {
            sum += numbers[2 * i];
            length += numbers[(2 * i) + 1];
        }

        return LikelihoodEstimates.Value(metric, sum / length);
    }

    // As sklearn has them: 0 where there is no such metric. Of more than two choices its f1 fails.
    DrawnStatistic OfChoices(int classes) => drawn =>
    {
        var count = Math.Max(2, classes);
        var numbers = CollectionsMarshal.AsSpan(_numbers);
        var cells = new long[count * count];
        foreach (var i in drawn)
        {
            cells[((int)numbers[2 * i] * count) + (int)numbers[(2 * i) + 1]]++;
        }

        var table = ConfusionMatrix.FromCells(cells, count);
        return metric == "mcc" ? Classification.Matthews(table).Or(ZeroDivision.Zero).Value
            : count == 2 ? Classification.F1(table, 1).Or(ZeroDivision.Zero).Value
            : double.NaN;
    };

    static DrawnStatistic OfCorpus(CorpusStatistics statistics) => drawn =>
    {
        var sums = new double[statistics.Metric.Width];
        foreach (var i in drawn)
        {
            statistics.Add(i, sums);
        }

        return statistics.Metric.Score(sums);
    };

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
