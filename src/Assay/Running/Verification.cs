using System.Collections.Immutable;
using System.Text.Json;
using Assay.Reporting;
using Assay.Results;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Computes the figures of a stored run again from its records, without the data, the model or any service.</summary>
public static class Verification
{
    // The same sums in another order: records come as they were answered, the report's in the order of the samples. Two different figures of
    // n samples differ by 1/n or so.
    const double Tolerance = 1e-9;

    const string Seconds = "seconds";

    static readonly IReadOnlyDictionary<string, string> _noSlice = ImmutableDictionary<string, string>.Empty;

    /// <summary>Compares every estimate of the run's report. Holds the records without inputs and outputs in memory.</summary>
    /// <exception cref="UserErrorException">The run has no report, or one that this version cannot read; or a record is damaged.</exception>
    public static async Task<RunVerification> ComputeAsync(StoredRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var report = ReadReport(run);
        var rows = new VerificationTables(report, run.Summary.Header.Seed);
        var tasks = new VerificationTasks();
        var totals = new RunTotals();

        // Probabilities are read where there can be some.
        await foreach (var record in (report.Data is null ? run.Scores : run.Records).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            totals.Add(record);
            if (report.Data is not null && record.Task is null)
            {
                rows.Add(record);
            }
            else
            {
                tasks.Add(record);
            }
        }

        var found = rows.Compute(cancellationToken).Concat(totals.Estimates(report.Seconds).Where(total => total.Metric != Seconds)).ToLookup(KeyOf);
        return new RunVerification(run.Summary.Header.Id, [.. report.Estimates.Select(stored =>
            (found[KeyOf(stored)].FirstOrDefault() ?? tasks.Compute(stored)) is { } recomputed
                ? Compare(stored, recomputed)
                : new VerifiedFigure(stored, FigureCheck.NotRecomputable, null, WhyNot(stored, report)))]);
    }

    static Report ReadReport(StoredRun run)
    {
        var id = run.Summary.Header.Id;
        if (run.ReportJson is null)
        {
            throw new UserErrorException($"Run '{id}' has no report to compare with: it is {run.Summary.State.ToString().ToLowerInvariant()}. Expected a run that ended. Resume it, or verify another.");
        }

        try
        {
            return JsonSerializer.Deserialize<Report>(run.ReportJson, ReportJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"The report of run '{id}' cannot be read: {e.Message} Expected the JSON of a report, as this version or an older one writes it. Use the Assay {run.Summary.Header.AssayVersion} that wrote it.", e);
        }
    }

    static (string?, string?, string?, string?, string, string) KeyOf(Estimate estimate) => (
        estimate.Stage, estimate.Task, estimate.Model, estimate.Filter, estimate.Metric,
        string.Join('\n', (estimate.Slice ?? _noSlice).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}\t{pair.Value}")));

    static VerifiedFigure Compare(Estimate stored, Estimate recomputed)
    {
        List<string> differences = [.. Differences(stored, recomputed)];
        if (differences.Count > 0 && stored.Task is not null && IsOfAllOutputs(stored.Metric))
        {
            return new VerifiedFigure(stored, FigureCheck.NotRecomputable, null, "it is made of the outputs themselves, not of their scores: 'assay rescore RUN --tasks FILE' computes it from these");
        }

        if (differences.Count > 0)
        {
            return new VerifiedFigure(stored, FigureCheck.Differs, recomputed, string.Join("; ", differences));
        }

        return new VerifiedFigure(stored, FigureCheck.Equal, recomputed, HasSameInterval(stored, recomputed)
            ? null : $"without its interval: '{stored.Method}' needs more than the records");
    }

    static IEnumerable<string> Differences(Estimate stored, Estimate recomputed)
    {
        if (!AreEqual(stored.Value, recomputed.Value))
        {
            yield return FormattableString.Invariant($"value {stored.Value:R} is {recomputed.Value:R} by the records");
        }

        if (HasSameInterval(stored, recomputed) && !(AreEqual(stored.Low, recomputed.Low) && AreEqual(stored.High, recomputed.High)))
        {
            yield return FormattableString.Invariant($"interval [{stored.Low:R}, {stored.High:R}] is [{recomputed.Low:R}, {recomputed.High:R}] by the records");
        }

        if (stored.N != recomputed.N || stored.Excluded != recomputed.Excluded)
        {
            yield return $"n {stored.N} with {stored.Excluded} left out is {recomputed.N} with {recomputed.Excluded} by the records";
        }
    }

    // An interval of another method (always valid, by a cluster column that records lack) is not what was computed here.
    static bool HasSameInterval(Estimate stored, Estimate recomputed) => stored.Method is null || stored.Method == recomputed.Method;

    static bool AreEqual(double? a, double? b) => (a, b) switch
    {
        (null, null) => true,
        ({ } x, { } y) => x.Equals(y) || Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y)),
        _ => false,
    };

    static bool IsOfAllOutputs(string metric)
    {
        var name = metric.EndsWith("/answered", StringComparison.Ordinal) ? metric[..metric.LastIndexOf('/')] : metric;
        return TaskCorpusMetrics.Find(name) is not null || LikelihoodEstimates.Knows(name);
    }

    static string WhyNot(Estimate stored, Report report) => stored switch
    {
        { Stage: "load" } or { Stage: "run", Metric: Seconds } => "it was measured while it happened: the records hold no exchanges",
        { Stage: "compare" } => "it is a comparison with answers that are not in the run's records",
        { Task: not null } => "the records hold no score of it: it is of a group of tasks, of tags that were not stored, or of the answers together; 'assay rescore RUN --tasks FILE' scores the outputs again",
        _ when stored.Model == report.Baseline?.Model => $"the records hold no answers of the baseline '{stored.Model}'",
        _ => "the records do not hold what it is made of",
    };
}
