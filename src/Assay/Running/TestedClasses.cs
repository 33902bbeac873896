using System.Collections.Immutable;
using Assay.Metrics;
using Assay.Results;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>The answers of a classifier.</summary>
sealed record TestedClasses(ClassPredictions Predictions) : TestedOutputs
{
    public override int N => Predictions.N;

    public override TestedClasses Select(int[] rows) => new(Predictions.Select(rows) with { Excluded = Predictions.Excluded });

    public override ImmutableArray<Estimate> Estimate(ImmutableArray<string> metrics, EstimateOptions options, CancellationToken cancellationToken) =>
        ClassificationEstimates.Compute(Predictions, metrics, options, cancellationToken);

    public override Record Complete(Record record, int row)
    {
        var (classes, predicted) = (Predictions.Classes, Predictions.Predicted[row]);
        return record with
        {
            Target = classes[Predictions.Truth[row]],
            Answer = classes[predicted],
            Scores = new Dictionary<string, double> { ["accuracy"] = predicted == Predictions.Truth[row] ? 1 : 0 },
            Probabilities = Predictions.Probabilities[(row * classes.Length)..((row + 1) * classes.Length)],
        };
    }

    public override ImmutableArray<PairedMetric> Against(TestedOutputs other, EstimateOptions options, CancellationToken cancellationToken)
    {
        var second = ((TestedClasses)other).Predictions;
        var (mine, others) = (Hits(Predictions), Hits(second));
        var (onlyMine, onlyOthers) = (mine.Zip(others).LongCount(pair => pair.First && !pair.Second), mine.Zip(others).LongCount(pair => !pair.First && pair.Second));
        var (losses, otherLosses) = (Losses(Predictions), Losses(second));
        return
        [
            new("accuracy", false, Mean(mine.Select(hit => hit ? 1.0 : 0)), Mean(others.Select(hit => hit ? 1.0 : 0)), McNemar.Test(onlyMine, onlyOthers, N)),
            new("log_loss", true, Mean(losses), Mean(otherLosses), PairedBootstrap.Test(
                [.. losses.Zip(otherLosses, (a, b) => a - b)], new BootstrapOptions { Seed = options.Seed, Rounds = options.Rounds }, cancellationToken)),
        ];
    }

    static double? Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average() is var mean && double.IsFinite(mean) ? mean : null;

    static bool[] Hits(ClassPredictions predictions) => [.. predictions.Truth.Zip(predictions.Predicted, (truth, predicted) => truth == predicted)];

    static double[] Losses(ClassPredictions predictions)
    {
        var losses = new double[predictions.N];
        LogLoss.PerRow(predictions.Probabilities, predictions.Classes.Length, predictions.Truth, losses);
        return losses;
    }
}
