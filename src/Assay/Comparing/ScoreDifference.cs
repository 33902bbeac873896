using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Assay.Comparing;

/// <summary>One metric of two runs on the samples that both scored. Differences are B minus A: A is the baseline.</summary>
public sealed record ScoreDifference
{
    /// <summary>Null for a table.</summary>
    public string? Task { get; init; }

    /// <summary>A's model.</summary>
    public required string ModelA { get; init; }

    /// <summary>B's model.</summary>
    public required string ModelB { get; init; }

    /// <summary>The answer filter; null for a table.</summary>
    public string? Filter { get; init; }

    /// <summary>As in the records' scores; or seconds, input_tokens, output_tokens, cost.</summary>
    public required string Metric { get; init; }

    /// <summary>The part of the samples: column to value; null for all.</summary>
    public ImmutableSortedDictionary<string, string>? Slice { get; init; }

    /// <summary>s or USD; null for a pure number.</summary>
    public string? Unit { get; init; }

    /// <summary>Which direction is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>False: the runs have no sample in common, and were compared as two independent samples.</summary>
    public bool IsPaired { get; init; } = true;

    /// <summary>Pairs; unpaired: the samples of both together.</summary>
    public required long N { get; init; }

    /// <summary>A's mean over the samples compared; null when there are none.</summary>
    public double? ValueA { get; init; }

    /// <summary>B's mean over the samples compared.</summary>
    public double? ValueB { get; init; }

    /// <summary>B's minus A's.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower end of the difference's interval, of confidence 1 - alpha, not corrected for the number of tests; null without one.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public double? High { get; init; }

    /// <summary>How the interval was made.</summary>
    public string? Method { get; init; }

    /// <summary>Two-sided p-value of <see cref="Test"/>; null without a test.</summary>
    public double? P { get; init; }

    /// <summary>mcnemar-exact, clustered-paired-t, sign-flip, paired-t; unpaired fisher-exact, welch-t.</summary>
    public string? Test { get; init; }

    /// <summary>Corrected for all tests of the comparison: of whole tasks by Holm, of slices by Benjamini and Hochberg.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>What follows from interval, corrected test and margin.</summary>
    public ComparisonVerdict Verdict { get; init; } = ComparisonVerdict.Undecided;

    /// <summary>
    /// When undecided: so many samples would show the difference with a power of 0.8, if it is as seen here; with a margin, a difference as
    /// large as the margin. Null when decided, or when no number would.
    /// </summary>
    public long? SamplesToDecide { get; init; }

    /// <summary>Of scores of 0 and 1: samples that only A has at 1; else null.</summary>
    public long? OnlyA { get; init; }

    /// <summary>Of scores of 0 and 1: samples that only B has at 1; else null.</summary>
    public long? OnlyB { get; init; }

    /// <summary>Samples of both runs that A failed to answer (or that could not be scored): not in the comparison.</summary>
    public long FailedA { get; init; }

    /// <summary>The same of B.</summary>
    public long FailedB { get; init; }

    /// <summary>Clusters that the samples come in; null when they are independent.</summary>
    public int? Clusters { get; init; }

    /// <summary>Why something is missing, or how to read it.</summary>
    public string? Reason { get; init; }

    /// <summary>The same with failed samples counted as wrong; null unless that changes the verdict.</summary>
    public ScoreDifference? FailuresAsWrong { get; init; }

    /// <summary>Whether the interval shows that B is worse than A by less than this, or not at all.</summary>
    /// <param name="margin">0 or more.</param>
    public bool IsNotWorseBy(double margin) => HigherIsBetter ? Low > -margin : High < margin;

    /// <summary>Whether the interval shows that B is better than A by more than this.</summary>
    /// <param name="margin">0 or more.</param>
    public bool IsBetterBy(double margin) => HigherIsBetter ? Low > margin : High < -margin;

    /// <summary>The variance of the differences over samples, times the design effect of clusters; for the samples needed.</summary>
    [JsonIgnore]
    internal double Variance { get; init; } = double.NaN;
}
