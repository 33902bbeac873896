namespace Assay.Metrics;

/// <summary>The numbers of every segment of a corpus under one metric: a row a segment.</summary>
public sealed class CorpusStatistics
{
    readonly double[] _rows;

    CorpusStatistics(CorpusMetric metric, double[] rows)
    {
        Metric = metric;
        _rows = rows;
    }

    /// <summary>What the numbers are of.</summary>
    public CorpusMetric Metric { get; }

    /// <summary>How many segments there are.</summary>
    public int Count => _rows.Length / Metric.Width;

    /// <summary>Summarises segments on all cores; the result does not depend on how many there are.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="hypotheses">A text a segment.</param>
    /// <param name="references">As many lists, each of one text or more.</param>
    /// <param name="cancellationToken">Ends the call between two segments.</param>
    /// <exception cref="ArgumentException">The lists are not of one length, or a segment has no reference.</exception>
    public static CorpusStatistics Of(
        CorpusMetric metric, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        if (hypotheses.Count != references.Count)
        {
            throw new ArgumentException($"{hypotheses.Count} hypotheses and {references.Count} lists of references; there must be as many.", nameof(references));
        }

        if (references.Any(texts => texts.Count == 0))
        {
            throw new ArgumentException("A segment has no reference.", nameof(references));
        }

        var rows = new double[hypotheses.Count * metric.Width];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, hypotheses.Count, parallel, segment => metric.Summarize(
            hypotheses[segment], [.. references[segment]], rows.AsSpan(segment * metric.Width, metric.Width)));
        return new CorpusStatistics(metric, rows);
    }

    /// <summary>Rows that were computed elsewhere, one after the other.</summary>
    /// <exception cref="ArgumentException">The numbers are not whole rows.</exception>
    public static CorpusStatistics OfRows(CorpusMetric metric, ReadOnlySpan<double> rows)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return rows.Length % metric.Width == 0
            ? new CorpusStatistics(metric, rows.ToArray())
            : throw new ArgumentException($"{rows.Length} numbers are not rows of {metric.Width}.", nameof(rows));
    }

    /// <summary>The numbers of a segment.</summary>
    public ReadOnlySpan<double> Row(int segment) => _rows.AsSpan(segment * Metric.Width, Metric.Width);

    /// <summary>The segments of both, the other's behind.</summary>
    public CorpusStatistics Merge(CorpusStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Metric.Name == Metric.Name && other.Metric.Width == Metric.Width
            ? new CorpusStatistics(Metric, [.. _rows, .. other._rows])
            : throw new ArgumentException($"The numbers are of '{other.Metric.Name}'; expected '{Metric.Name}'.", nameof(other));
    }

    /// <summary>The sums over all segments.</summary>
    public double[] Sum()
    {
        var sums = new double[Metric.Width];
        for (var segment = 0; segment < Count; segment++)
        {
            Add(segment, sums);
        }

        return sums;
    }

    /// <summary>The score of the whole corpus; undefined without segments.</summary>
    public MetricValue Score()
    {
        if (Count == 0)
        {
            return MetricValue.Undefined("there are no segments");
        }

        var score = Metric.Score(Sum());
        return double.IsNaN(score) ? MetricValue.Undefined(Metric.ReasonWhenUndefined) : MetricValue.Of(score);
    }

    /// <summary>The score of one segment alone; NaN where undefined.</summary>
    public double SegmentScore(int segment) => Metric.Score(Row(segment));

    internal void Add(int segment, Span<double> sums)
    {
        var row = Row(segment);
        for (var i = 0; i < row.Length; i++)
        {
            sums[i] += row[i];
        }
    }
}
