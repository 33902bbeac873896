using System.Collections.Immutable;
using System.Globalization;
using Assay.Results;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>The answers of a model of numbers.</summary>
/// <param name="Targets">Their columns.</param>
/// <param name="Predictions">One per target.</param>
sealed record TestedNumbers(ImmutableArray<string> Targets, ImmutableArray<NumberPredictions> Predictions) : TestedOutputs
{
    public override int N => Predictions[0].N;

    public override TestedNumbers Select(int[] rows) => new(Targets, [.. Predictions.Select(target => target.Select(rows) with { Excluded = target.Excluded })]);

    /// <summary>Of several targets first the mean over them (scikit-learn's uniform_average), then each with the slice { target: name }.</summary>
    public override ImmutableArray<Estimate> Estimate(ImmutableArray<string> metrics, EstimateOptions options, CancellationToken cancellationToken)
    {
        if (Targets.Length == 1)
        {
            return RegressionEstimates.Compute(Predictions[0], metrics, options, cancellationToken);
        }

        var each = Predictions.Zip(Targets, (predictions, name) => RegressionEstimates.Compute(predictions, metrics, options, cancellationToken)
            .Select(estimate => estimate with { Slice = new Dictionary<string, string> { ["target"] = name } }));
        return [.. RegressionEstimates.ComputeMean(Predictions, metrics, options, cancellationToken), .. each.SelectMany(estimates => estimates)];
    }

    public override Record Complete(Record record, int row) => record with
    {
        Target = Text(Predictions.Select(target => target.Truth[row])),
        Answer = Text(Predictions.Select(target => target.Predicted[row])),
        Scores = Predictions.Zip(Targets).Where(pair => double.IsFinite(Error(pair.First, row))).ToDictionary(
            pair => Targets.Length == 1 ? "absolute_error" : $"absolute_error/{pair.Second}", pair => Math.Abs(Error(pair.First, row))),
    };

    public override ImmutableArray<PairedMetric> Against(TestedOutputs other, EstimateOptions options, CancellationToken cancellationToken)
    {
        var second = (TestedNumbers)other;
        return [Paired("mae", AbsoluteErrors(), second.AbsoluteErrors()), Paired("mse", SquaredErrors(), second.SquaredErrors())];

        PairedMetric Paired(string name, double[] mine, double[] others)
        {
            var differences = mine.Zip(others, (a, b) => a - b).ToArray();
            return new(name, true, Mean(mine), Mean(others), PairedBootstrap.Test(differences, new BootstrapOptions { Seed = options.Seed, Rounds = options.Rounds }, cancellationToken));
        }
    }

    /// <summary>Of each row; of several targets the mean.</summary>
    public double[] AbsoluteErrors() => [.. Enumerable.Range(0, N).Select(row => Predictions.Average(target => Math.Abs(Error(target, row))))];

    double[] SquaredErrors() => [.. Enumerable.Range(0, N).Select(row => Predictions.Average(target => Error(target, row) * Error(target, row)))];

    static double? Mean(double[] values) => values.DefaultIfEmpty(double.NaN).Average() is var mean && double.IsFinite(mean) ? mean : null;

    static double Error(NumberPredictions target, int row) => target.Predicted[row] - target.Truth[row];

    static string Text(IEnumerable<double> values) => string.Join("; ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
