using System.Collections.Immutable;
using System.Globalization;
using Assay.Reporting;
using Assay.Results;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Figures of a table from the truth, answers and probabilities that its records hold, by the same definitions and seed as the run.</summary>
sealed class VerificationTables(Report report, ulong seed)
{
    const string FoldMean = "/fold_mean";

    readonly OrderedDictionary<(string Stage, string Model), List<Record>> _parts = [];
    readonly EstimateOptions _options = EvaluateStage.Options(new Spec { Name = "", Seed = seed });

    public void Add(Record record)
    {
        var key = (record.Stage, record.Model);
        (_parts.TryGetValue(key, out var part) ? part : _parts[key] = []).Add(record);
    }

    public IEnumerable<Estimate> Compute(CancellationToken cancellationToken)
    {
        var tested = _parts.ToDictionary(part => part.Key, part => Rebuild(part.Value));
        return [.. _parts.SelectMany(part => tested[part.Key] is { } rows
            ? OfStage(part.Key.Stage, part.Value, rows, cancellationToken).Concat(Parity(part.Key, tested)).Select(estimate => estimate with { Stage = part.Key.Stage, Model = part.Key.Model })
            : [])];
    }

    IEnumerable<Estimate> OfStage(string stage, List<Record> records, Tested tested, CancellationToken cancellationToken)
    {
        var metrics = Metrics(stage, tested.Outputs);
        foreach (var estimate in tested.Outputs.Estimate(metrics, _options, cancellationToken))
        {
            yield return estimate;
        }

        foreach (var mean in report.Estimates.Any(estimate => estimate.Stage == stage && estimate.Metric.EndsWith(FoldMean, StringComparison.Ordinal)) ? FoldMeans(tested, metrics, cancellationToken) : [])
        {
            yield return mean;
        }

        if (stage == "evaluate")
        {
            foreach (var estimate in Parts(records, tested, cancellationToken))
            {
                yield return estimate;
            }
        }
    }

    // Per class, and per value of each slice column.
    IEnumerable<Estimate> Parts(List<Record> records, Tested tested, CancellationToken cancellationToken)
    {
        var first = TestedTimes.First(tested.Rows);
        var once = tested.OncePerRow().Outputs;
        var columns = (records[0].Tags?.Keys ?? []).Select(column => (column, first.Select(row => records[row].Tags?.GetValueOrDefault(column)).ToArray())).ToList();
        return once switch
        {
            TestedClasses classes => ClassificationEstimates.PerClass(classes.Predictions, report.Data!.Target, _options, cancellationToken)
                .Concat(columns.Count == 0 ? [] : Slices.Analyse(classes.Predictions, columns, _options, cancellationToken).SelectMany(slice => slice.Estimates)),
            TestedNumbers numbers when columns.Count > 0 => Slices.Analyse(numbers.AbsoluteErrors(), columns).SelectMany(slice => slice.Estimates),
            _ => [],
        };
    }

    IEnumerable<Estimate> FoldMeans(Tested tested, ImmutableArray<string> metrics, CancellationToken cancellationToken)
    {
        var folds = report.Training!.Folds;
        return EvaluateStage.FoldMeans(
            [.. folds.Select(fold => tested.OfFold(fold.Number).Estimate(metrics, _options, cancellationToken).Where(estimate => estimate.Slice is null).ToList())],
            folds.Average(fold => (double)fold.TestRows / fold.TrainRows));
    }

    static IEnumerable<Estimate> Parity((string Stage, string Model) key, Dictionary<(string Stage, string Model), Tested?> tested) =>
        key.Stage == "service" && tested.GetValueOrDefault(("evaluate", key.Model)) is { } inProcess && tested[key] is { } served && inProcess.Rows.SequenceEqual(served.Rows)
            ? ServiceStage.Parity(inProcess.Outputs, served.Outputs)
            : [];

    // Names that a spec may hold, of which the stage has estimates.
    ImmutableArray<string> Metrics(string stage, TestedOutputs outputs)
    {
        var stored = report.Estimates.Where(estimate => estimate.Stage == stage && estimate.Task is null).Select(estimate => estimate.Metric).ToHashSet(StringComparer.Ordinal);
        return outputs is TestedClasses
            ? [.. ClassificationEstimates.Known.Where(metric => ClassificationEstimates.NamesOf(metric).Any(stored.Contains))]
            : [.. RegressionEstimates.Known.Where(stored.Contains)];
    }

    // Null where the report does not say what the classes or targets are, or a record does not fit them.
    Tested? Rebuild(List<Record> records)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] rows = [.. records.Select(record => ids.TryGetValue(record.Id, out var row) ? row : ids[record.Id] = ids.Count)];
        TestedOutputs? outputs = report switch
        {
            { Data: null } => null,
            { Evaluation: { } evaluation } => Classes(records, rows, evaluation.Classes),
            { Data.Numbers: { IsEmpty: false } targets } => Numbers(records, rows, [.. targets.Select(target => target.Name)]),
            _ => null,
        };
        return outputs is null ? null : new Tested(rows, [.. records.Select(record => record.Fold)], outputs);
    }

    TestedClasses? Classes(List<Record> records, int[] rows, ImmutableArray<string> classes)
    {
        int[] truth = [.. records.Select(record => record.Target is { } target ? classes.IndexOf(target) : -1)];
        if (truth.Contains(-1) || records.Exists(record => record.Probabilities?.Count != classes.Length))
        {
            return null;
        }

        return new TestedClasses(new ClassPredictions
        {
            Classes = classes,
            Truth = truth,
            Probabilities = [.. records.SelectMany(record => record.Probabilities!)],
            Positive = report.Data!.Positive is { } positive ? classes.IndexOf(positive) : classes.Length - 1,
            Rows = TestedTimes.Clusters(rows),
            Weights = TestedTimes.Weights(rows),
            Excluded = report.Data.RowsWithoutTarget,
        });
    }

    TestedNumbers? Numbers(List<Record> records, int[] rows, ImmutableArray<string> targets)
    {
        double[][] truth = [.. records.Select(record => Values(record.Target))], answers = [.. records.Select(record => Values(record.Answer))];
        if (truth.Concat(answers).Any(values => values.Length != targets.Length))
        {
            return null;
        }

        return new TestedNumbers(targets, [.. targets.Select((_, column) => new NumberPredictions
        {
            Truth = Array.ConvertAll(truth, values => values[column]),
            Predicted = Array.ConvertAll(answers, values => values[column]),
            Rows = TestedTimes.Clusters(rows),
            Weights = TestedTimes.Weights(rows),
            Excluded = report.Data!.RowsWithoutTarget,
        })]);
    }

    static double[] Values(string? text) => [.. (text ?? "").Split("; ").Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)];
}
