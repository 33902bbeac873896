using System.Collections.Immutable;
using Assay.Results;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>What a model answered for some rows beside what is true.</summary>
abstract record TestedOutputs
{
    /// <summary>Rows.</summary>
    public abstract int N { get; }

    /// <summary>Of these rows, in this order.</summary>
    public abstract TestedOutputs Select(int[] rows);

    /// <summary>The metrics asked for, each with its interval.</summary>
    public abstract ImmutableArray<Estimate> Estimate(ImmutableArray<string> metrics, EstimateOptions options, CancellationToken cancellationToken);

    /// <summary>The record with target, answer and scores of a row.</summary>
    public abstract Record Complete(Record record, int row);

    /// <summary>The metrics by which it is held against another model's answers to the same rows, first minus second.</summary>
    public abstract ImmutableArray<PairedMetric> Against(TestedOutputs other, EstimateOptions options, CancellationToken cancellationToken);
}

/// <summary>A metric of two models on the same rows.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Minimise">True when less is better.</param>
/// <param name="First">Its value of the first model; null where undefined.</param>
/// <param name="Second">Its value of the second.</param>
/// <param name="Test">Of the difference.</param>
sealed record PairedMetric(string Name, bool Minimise, double? First, double? Second, TestResult Test)
{
    /// <summary>The first model is better, and the difference is not chance.</summary>
    public bool IsBetter => Test.PValue < 0.05 && (Minimise ? Test.Effect < 0 : Test.Effect > 0);
}
