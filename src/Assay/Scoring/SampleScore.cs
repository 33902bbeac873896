using System.Collections.Immutable;
using Assay.Models;

namespace Assay.Scoring;

/// <summary>One sample's verdict under one filter.</summary>
/// <param name="Filter">The pipeline's name.</param>
/// <param name="Answer">What was compared; null without an answer.</param>
/// <param name="Outcome">The response's, or wrong format when the filter could extract nothing.</param>
/// <param name="Scores">
/// Metric to value; empty when the sample could not be scored. A wrong format keeps the harness's score. Of a corpus metric the score of the sample
/// alone.
/// </param>
/// <param name="Reason">Why there is no score, or no plain one.</param>
public sealed record SampleScore(string Filter, string? Answer, Outcome Outcome, IReadOnlyDictionary<string, double> Scores, string? Reason)
{
    /// <summary>Corpus metric to the numbers of this sample (<c>CorpusMetric</c>), of which the score of all samples is made.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<double>> Numbers { get; init; } = ImmutableDictionary<string, ImmutableArray<double>>.Empty;

    /// <summary>Which samples are alike: the value of the task's cluster column; null where the task names none.</summary>
    public string? Cluster { get; init; }
}
