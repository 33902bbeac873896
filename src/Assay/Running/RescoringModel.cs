using System.Collections.Immutable;
using Assay.Models;
using Assay.Results;
using Assay.Scoring;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>The stored outputs of one model, while they are scored again.</summary>
sealed class RescoringModel(TaskDefinition task, string name)
{
    readonly Dictionary<string, List<Record>> _stored = new(StringComparer.Ordinal);
    readonly List<SampleScore> _scores = [];
    readonly Dictionary<(string Filter, string Metric), List<(double Before, double After)>> _pairs = [];
    readonly ImmutableArray<ScoreFlip>.Builder _flips = ImmutableArray.CreateBuilder<ScoreFlip>();
    int _matched;

    public void Add(Record record)
    {
        var known = _stored.TryGetValue(record.Id, out var records) ? records : _stored[record.Id] = [];

        // Of two records of one sample and filter the last counts, as in the store.
        known.RemoveAll(other => other.Filter == record.Filter);
        known.Add(record);
    }

    public void Add(Sample sample)
    {
        if (!_stored.TryGetValue(sample.Id, out var stored))
        {
            return;
        }

        _matched++;
        foreach (var score in Scores(sample, stored[0]))
        {
            _scores.Add(score);
            Compare(sample, score, stored.Find(record => record.Filter == score.Filter) ?? stored[0]);
        }
    }

    public RescoredModel Finish(EstimateOptions options, CancellationToken cancellationToken)
    {
        if (_matched < _stored.Count)
        {
            throw new UserErrorException(
                $"{_stored.Count - _matched} of {_stored.Count} stored samples of {name} are not in the data of {task.File}. Expected the data of the run, and --id where a column named its samples.");
        }

        var estimates = TaskEstimates.Compute(task, name, _scores, options, cancellationToken);
        var differences = _pairs.SelectMany(pair => Difference(pair.Key.Filter, pair.Key.Metric, pair.Value, options, cancellationToken));
        return new RescoredModel(name, [.. estimates, .. differences], _flips.ToImmutable());
    }

    ImmutableArray<SampleScore> Scores(Sample sample, Record record) => task.OutputType == OutputType.GenerateUntil
        ? TaskScorer.Score(task, sample, Responses(record))
        : StoredLikelihoods.Score(task, sample, record);

    ImmutableArray<Response> Responses(Record record)
    {
        if (record.Output is not { } output)
        {
            return [new Response(null, record.Outcome, record.Reason)];
        }

        // What has a text was scored, but for the expression that did not end: another may.
        var outcome = record.Outcome == Outcome.Truncated ? Outcome.Truncated : Outcome.Ok;
        var texts = task.Repeats > 1 && RepeatedOutput.Read(output) is { } several ? several : [output];
        return [.. texts.Select(text => text is null
            ? new Response(null, record.Outcome, record.Reason)
            : new Response(text, outcome, record.Reason) { IsAtLimit = record.Scores.Count > 0 })];
    }

    void Compare(Sample sample, SampleScore score, Record before)
    {
        foreach (var (metric, after) in score.Scores.Where(pair => before.Scores.Count > 0 && !pair.Key.Contains('/', StringComparison.Ordinal)))
        {
            // Another metric is compared with the first that was there: right stays right.
            var old = before.Scores.TryGetValue(metric, out var same) ? same : before.Scores.Values.First();
            var pairs = _pairs.TryGetValue((score.Filter, metric), out var known) ? known : _pairs[(score.Filter, metric)] = [];
            pairs.Add((old, after));
            if (old != after)
            {
                _flips.Add(new ScoreFlip(sample.Id, score.Filter, metric, before.Answer, score.Answer, old, after, sample.Targets.FirstOrDefault()));
            }
        }
    }

    IEnumerable<Estimate> Difference(string filter, string metric, List<(double Before, double After)> pairs, EstimateOptions options, CancellationToken cancellationToken)
    {
        double[] differences = [.. pairs.Select(pair => pair.After - pair.Before)];
        var verdicts = pairs.TrueForAll(pair => pair is { Before: 0 or 1, After: 0 or 1 });
        var test = verdicts
            ? McNemar.Test(differences.Count(value => value > 0), differences.Count(value => value < 0), differences.Length)
            : PairedBootstrap.Test(differences, new BootstrapOptions { Seed = options.Seed, Rounds = options.Rounds }, cancellationToken);
        var estimate = new Estimate { Metric = $"{metric}/difference", Definition = $"{metric}/difference", N = pairs.Count, Stage = "compare", Task = task.Name, Model = name, Filter = filter };
        var value = estimate with { Value = differences.Average(), Reason = test.Reason };
        yield return test.Interval is { } interval ? value.With(interval) : value;
        yield return estimate with
        {
            Metric = $"{metric}/p_value",
            Definition = $"{metric}/p_value",
            Value = double.IsNaN(test.PValue) ? null : test.PValue,
            Reason = test.Reason ?? $"{test.Method}, two-sided; a p-value has no interval",
        };
    }
}

/// <summary>One model's outputs, scored again.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Estimates">The new ones; then <c>metric/difference</c>, new less old over the samples that both have scored, and its <c>metric/p_value</c>.</param>
/// <param name="Flips">Every sample whose score is another now.</param>
public sealed record RescoredModel(string Model, ImmutableArray<Estimate> Estimates, ImmutableArray<ScoreFlip> Flips);

/// <summary>A sample whose score changed.</summary>
/// <param name="Id">The sample.</param>
/// <param name="Filter">The new filter.</param>
/// <param name="Metric">The new metric.</param>
/// <param name="AnswerBefore">What was extracted then; null where nothing was.</param>
/// <param name="Answer">What is extracted now.</param>
/// <param name="Before">The score then.</param>
/// <param name="After">The score now.</param>
/// <param name="Target">The right answer.</param>
public sealed record ScoreFlip(string Id, string Filter, string Metric, string? AnswerBefore, string? Answer, double Before, double After, string? Target);
