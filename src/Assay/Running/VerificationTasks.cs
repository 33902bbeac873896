using System.Collections.Immutable;
using Assay.Models;
using Assay.Results;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>
/// Figures of tasks from the stored scores of their samples. Written apart from what made the report: the mean, and the interval by Wilson, Student or
/// clusters, so that one mistake is not made twice.
/// </summary>
sealed class VerificationTasks
{
    const string Answered = "/answered";
    const string Counted = "samples/";
    const string Coverage = "samples/coverage";

    readonly OrderedDictionary<(string Stage, string Task, string Model, string Filter), List<Record>> _parts = [];

    public void Add(Record record)
    {
        var key = (record.Stage, record.Task ?? "", record.Model, record.Filter ?? "");
        (_parts.TryGetValue(key, out var part) ? part : _parts[key] = []).Add(record);
    }

    /// <summary>What the records give for a stored estimate; null when they do not hold it.</summary>
    public Estimate? Compute(Estimate stored)
    {
        if (Find(stored) is not { Count: > 0 } records)
        {
            return null;
        }

        if (stored.Metric == Coverage)
        {
            return stored with { Value = (double)records.Count(IsAnswered) / records.Count, N = records.Count };
        }

        if (stored.Metric.StartsWith(Counted, StringComparison.Ordinal))
        {
            return OutcomeName.Find(stored.Metric[Counted.Length..]) is { } outcome ? stored with { Value = records.Count(record => record.Outcome == outcome), N = records.Count } : null;
        }

        var isAnswered = stored.Metric.EndsWith(Answered, StringComparison.Ordinal);
        var metric = isAnswered ? stored.Metric[..^Answered.Length] : stored.Metric;
        var scored = records.FindAll(record => record.Scores.ContainsKey(metric));
        return scored.Count == 0 ? NoneScored(stored, records) : Mean(stored, metric, isAnswered ? scored.FindAll(record => record.Outcome == Outcome.Ok) : scored, records.Count);
    }

    // Without a filter it is of the first; of a slice, of the records with its tags.
    List<Record>? Find(Estimate stored)
    {
        var key = _parts.Keys.FirstOrDefault(key => key.Task == (stored.Task ?? "") && key.Model == stored.Model && key.Stage == stored.Stage && (stored.Filter is null || key.Filter == stored.Filter));
        if (key.Task is null)
        {
            return null;
        }

        var records = _parts[key];
        if (stored.Slice is not { } slice)
        {
            return records;
        }

        return records.Exists(record => record.Tags is not null)
            ? records.FindAll(record => record.Scores.Count > 0 && slice.All(pair => record.Tags?.GetValueOrDefault(pair.Key) == pair.Value))
            : null;
    }

    // A metric that no record has: undefined in the report as well, or not of single samples.
    static Estimate? NoneScored(Estimate stored, List<Record> records) =>
        stored.Value is null && records.TrueForAll(record => record.Scores.Count == 0) ? stored with { N = 0, Excluded = records.Count } : null;

    static Estimate Mean(Estimate stored, string metric, List<Record> scored, int samples)
    {
        double[] values = [.. scored.Select(record => record.Scores[metric])];
        var estimate = stored with { Value = values.Length == 0 ? null : values.Average(), Low = null, High = null, Method = null, N = values.Length, Excluded = samples - values.Length };
        var interval = values.Length == 0 ? null
            : Clusters(scored) is { } clusters ? ClusteredMean.Interval(values, clusters)
            : Array.TrueForAll(values, value => value is 0 or 1) ? Wilson.Interval(values.LongCount(value => value == 1), values.Length)
            : MeanInterval.StudentT(values);
        return interval is { } found ? estimate.With(found) : estimate;
    }

    static int[]? Clusters(List<Record> scored)
    {
        if (!scored.TrueForAll(record => record.Cluster is not null))
        {
            return null;
        }

        var numbers = scored.Select(record => record.Cluster!).Distinct().Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return [.. scored.Select(record => numbers[record.Cluster!])];
    }

    // Of the truncated only those were filtered that are as long as they were allowed to be.
    static bool IsAnswered(Record record) =>
        record.Outcome is Outcome.Ok or Outcome.WrongFormat or Outcome.Refused || record is { Outcome: Outcome.Truncated, Answer: not null };
}
