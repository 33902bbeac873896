using System.Collections.Immutable;
using Assay.Learning;
using Assay.Learning.Baselines;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>The model that looks at no feature, trained on the same rows: whoever does not beat it has learned nothing.</summary>
static class Baseline
{
    public static ModelOptions Of(TargetKind kind) => kind == TargetKind.Classes ? new MajorityOptions() : new MeanOptions();

    public static async Task<Tested> RunAsync(Spec spec, RunServices services, PreparedTable data, TrainedParts trained, CancellationToken cancellationToken)
    {
        var options = TrainStage.Options(spec, data) with { Model = Of(data.Target.Kind), ScaleTarget = false, Calibrate = null };
        var folds = await CrossValidation.RunAsync(
            data.Table, [.. trained.Parts.Select(part => part.Split)], options, services.Workers, cancellationToken: cancellationToken).ConfigureAwait(false);
        var parts = folds.Zip(trained.Parts, (fold, part) => new TrainedPart(part.Fold, fold.Split, fold.Training.Model)).ToImmutableArray();
        return await EvaluateStage.PredictAsync(data, parts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Both on the same rows.</summary>
    public static void Compare(
        Spec spec, ReportBuilder report, PreparedTable data, TrainedParts trained, Tested tested, Tested baseline, CancellationToken cancellationToken)
    {
        var (name, options) = (Of(data.Target.Kind).Name, EvaluateStage.Options(spec));
        report.Add(baseline.Outputs.Estimate(TableMetrics.Of(spec, data.Target.Kind), options, cancellationToken)
            .Select(estimate => estimate with { Stage = "evaluate", Model = name }));
        var once = tested.OncePerRow();
        var metrics = once.Outputs.Against(baseline.OncePerRow().Outputs, options, cancellationToken);
        report.Add(metrics.Select(metric => Difference(metric, trained.Name, name, once.Outputs.N)));
        var conclusion = Conclude(metrics, trained.Name, name);
        report.Baseline = new BaselineSection(
            name,
            [.. metrics.Select(metric => new BaselineMetric(
                metric.Name, metric.First, metric.Second, Finite(metric.Test.Effect), metric.Test.Interval?.Low, metric.Test.Interval?.High, Finite(metric.Test.PValue), metric.IsBetter))],
            conclusion);
        report.Find(metrics.Any(metric => metric.IsBetter) ? "strength" : "warning", conclusion);
    }

    /// <summary>The metric names of <see cref="Compare"/>.</summary>
    public static IEnumerable<string> Names { get; } = [.. new[] { "accuracy", "log_loss", "mae", "mse" }.Select(NameOf)];

    static string NameOf(string metric) => $"{metric}/minus_baseline";

    static Estimate Difference(PairedMetric metric, string model, string baseline, long rows)
    {
        var estimate = new Estimate
        {
            Metric = NameOf(metric.Name),
            Definition = NameOf(metric.Name),
            N = rows,
            Stage = "compare",
            Model = model,
            Value = Finite(metric.Test.Effect),
            Reason = metric.Test.Reason ?? $"against '{baseline}' on the same rows, {metric.Test.Method}, p {NumberText.PValue(metric.Test.PValue)}",
        };
        return metric.Test.Interval is { } interval && estimate.Value is not null ? estimate.With(interval) : estimate;
    }

    static string Conclude(ImmutableArray<PairedMetric> metrics, string model, string baseline)
    {
        var better = metrics.Where(metric => metric.IsBetter).ToList();
        var told = string.Join("; ", (better.Count > 0 ? better : [.. metrics]).Select(Sentence));
        return better.Count > 0
            ? $"{model} is better than the baseline '{baseline}': {told}"
            : $"{model} is not better than the baseline '{baseline}', which looks at no feature: {told}";
    }

    static string Sentence(PairedMetric metric) => metric.Test.Reason is { } reason
        ? $"{metric.Name} {NumberText.Number(metric.First)} against {NumberText.Number(metric.Second)} ({reason})"
        : $"{metric.Name} {NumberText.Number(metric.First)} against {NumberText.Number(metric.Second)}, difference "
            + $"{NumberText.Difference(metric.Test.Effect, metric.Test.Interval?.Low, metric.Test.Interval?.High)}, p {NumberText.PValue(metric.Test.PValue)}";

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
