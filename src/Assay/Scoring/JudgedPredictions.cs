using System.Collections.Immutable;
using Assay.Data;
using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>The curves of one class against the rest, for charts: at most 200 points each.</summary>
/// <param name="Class">The class.</param>
/// <param name="Roc">Empty when the class is on one side only.</param>
/// <param name="PrecisionRecall">From the lowest threshold up.</param>
/// <param name="Det">The error rates.</param>
/// <param name="Gains">Deciles.</param>
public sealed record ClassCurves(
    string Class, ImmutableArray<RocPoint> Roc, ImmutableArray<PrecisionRecallPoint> PrecisionRecall, ImmutableArray<DetPoint> Det, ImmutableArray<GainPoint> Gains);

/// <summary>All that can be said of stored predictions.</summary>
public sealed record JudgedPredictions
{
    const int CurvePoints = 200;

    /// <summary>Every metric that the columns allow, then those per class, then those per group.</summary>
    public required ImmutableArray<Estimate> Estimates { get; init; }

    /// <summary>Rows judged.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows left out.</summary>
    public required int Excluded { get; init; }

    /// <summary>Null for a regression.</summary>
    public ImmutableArray<string>? Classes { get; init; }

    /// <summary>The positive class of two; else null.</summary>
    public string? Positive { get; init; }

    /// <summary>Counts of rows, true class by predicted class; null for a regression.</summary>
    public ImmutableArray<ImmutableArray<long>>? Confusion { get; init; }

    /// <summary>Of the positive class of two, or of each class; empty without scores and probabilities.</summary>
    public ImmutableArray<ClassCurves> Curves { get; init; } = [];

    /// <summary>Judges a regression.</summary>
    public static JudgedPredictions OfNumbers(NumberPredictions predictions, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return new JudgedPredictions
        {
            Estimates = Staged(RegressionEstimates.Compute(predictions, RegressionEstimates.Known, options, cancellationToken)),
            Rows = predictions.N,
            Excluded = predictions.Excluded,
        };
    }

    /// <summary>Judges a classification.</summary>
    /// <param name="predictions">What to judge.</param>
    /// <param name="target">The name of the target column, for the slices of the classes.</param>
    /// <param name="options">Seed and rounds.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static JudgedPredictions OfClasses(ClassPredictions predictions, string target, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var matrix = predictions.Confusion();
        return new JudgedPredictions
        {
            Estimates = Staged(
                ClassificationEstimates.Compute(predictions, Allowed(predictions), options, cancellationToken)
                    .AddRange(ClassificationEstimates.PerClass(predictions, target, options, cancellationToken))),
            Rows = predictions.N,
            Excluded = predictions.Excluded,
            Classes = predictions.Classes,
            Positive = predictions.Classes.Length == 2 ? predictions.Classes[predictions.Positive] : null,
            Confusion = [.. Enumerable.Range(0, matrix.Classes).Select(truth => Enumerable.Range(0, matrix.Classes).Select(predicted => matrix[truth, predicted]).ToImmutableArray())],
            Curves = CurvesOf(predictions),
        };
    }

    /// <summary>The estimates of every value of a column, each with the slice { column: value }.</summary>
    public static IEnumerable<Estimate> Groups(
        Table table, PredictionColumns columns, string group, bool isRegression, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var column = table[group];
        var predictions = isRegression ? null : StoredPredictions.Classes(table, columns);
        var numbers = isRegression ? StoredPredictions.Numbers(table, columns) : null;
        var metrics = predictions is null ? [] : Allowed(predictions);
        var parts = StoredPredictions.Rows(table, columns).Index().GroupBy(item => column.Text(item.Item) ?? Slices.Missing, item => item.Index, StringComparer.Ordinal)
            .OrderBy(part => part.Key, StringComparer.Ordinal);
        foreach (var part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var estimates = numbers is not null
                ? RegressionEstimates.Compute(numbers.Select([.. part]), RegressionEstimates.Known, options, cancellationToken)
                : ClassificationEstimates.Compute(predictions!.Select([.. part]), metrics, options, cancellationToken);
            foreach (var estimate in Staged(estimates))
            {
                yield return estimate with { Slice = new Dictionary<string, string> { [group] = part.Key } };
            }
        }
    }

    // Metrics that need columns which are not there are left out, not reported as undefined.
    static string[] Allowed(ClassPredictions predictions) =>
    [
        .. ClassificationEstimates.Known.Where(metric => metric switch
        {
            "log_loss" or "brier" or "ece" or "ece_equal_mass" or "mce" => predictions.Probabilities.Length > 0,
            "ece_class_wise" or "roc_auc_ovo" => predictions.Probabilities.Length > 0 && predictions.Classes.Length > 2,
            "loss" => false,
            "ks" => predictions.CanRank,
            "roc_auc" or "average_precision" => predictions.CanRank || predictions.Probabilities.Length > 0,
            "top_2_accuracy" or "top_3_accuracy" or "top_5_accuracy" => predictions.Probabilities.Length > 0 && predictions.Classes.Length > metric[4] - '0',
            "likelihood_ratio" => predictions.Classes.Length == 2,
            _ => true,
        }),
    ];

    static ImmutableArray<ClassCurves> CurvesOf(ClassPredictions predictions)
    {
        if (predictions.CanRank)
        {
            return [Curve(predictions.Classes[predictions.Positive], predictions.Ranking())];
        }

        return predictions.Probabilities.Length == 0 ? [] :
        [
            .. predictions.Classes.Select((name, label) =>
            {
                var (scores, isClass) = predictions.Against(label);
                return Curve(name, ScoreSummary.Of(scores, isClass, predictions.Weights));
            }),
        ];
    }

    static ClassCurves Curve(string name, ScoreSummary ranking) => new(
        name, RocCurve.Compute(ranking, CurvePoints), PrecisionRecallCurve.Compute(ranking, CurvePoints), DetCurve.Compute(ranking, CurvePoints), Gains.Compute(ranking));

    static ImmutableArray<Estimate> Staged(IEnumerable<Estimate> estimates) => [.. estimates.Select(estimate => estimate with { Stage = "evaluate" })];
}
