using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>What an objective gets to know of its trial, and tells of it. For one thread at a time.</summary>
public sealed class TrialContext
{
    readonly StudyOptions _options;
    readonly ArraySegment<Trial> _known;
    readonly Action<Report>? _tell;
    readonly List<IntermediateValue> _intermediates = [];
    readonly List<double> _scores = [];
    readonly List<double> _rungs = [];

    internal TrialContext(int number, ImmutableSortedDictionary<string, ParameterValue> parameters, StudyOptions options, ArraySegment<Trial> known, Action<Report>? tell)
    {
        Number = number;
        Parameters = parameters;
        _options = options;
        _known = known;
        _tell = tell;
    }

    /// <summary>Of the trial, from 0.</summary>
    public int Number { get; }

    /// <summary>What to try; parameters that take no part are absent.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Parameters { get; }

    /// <summary>Whether the trial is to stop, as of the last report.</summary>
    public bool ShouldPrune { get; private set; }

    /// <summary>Tells how good the trial is so far.</summary>
    /// <param name="step">Above those reported before; at least 0.</param>
    /// <param name="value">Comparable with that of other trials at this step; one that is not finite counts as NaN.</param>
    /// <returns>Whether the trial is pruned: return at once, with any number.</returns>
    public bool Report(int step, double value) => Take(new Report(step, value, null));

    /// <summary>Tells the score of one fold. The mean so far is reported, at the step that is the number of scores; the scores are kept with the trial, to compare trials fold by fold.</summary>
    /// <returns>As of <see cref="Report(int, double)"/>.</returns>
    public bool Score(double score) => Take(new Report(_scores.Count + 1, (_scores.Sum() + score) / (_scores.Count + 1), score));

    internal bool Take(Report report)
    {
        if (report.Step <= (_intermediates.Count == 0 ? -1 : _intermediates[^1].Step))
        {
            throw new ArgumentOutOfRangeException(nameof(report), report.Step, $"The steps of trial {Number} must ascend, from 0.");
        }

        _tell?.Invoke(report);
        _intermediates.Add(new IntermediateValue(report.Step, double.IsFinite(report.Value) ? report.Value : double.NaN));
        if (report.Score is { } score)
        {
            _scores.Add(double.IsFinite(score) ? score : double.NaN);
        }

        return ShouldPrune = ShouldPrune || _options.Pruner.Prunes(_options.Direction, _known, _intermediates, _rungs);
    }

    internal Trial End(double value, string? reason) => new()
    {
        Number = Number,
        Parameters = Parameters,
        State = ShouldPrune ? TrialState.Pruned : reason is null && double.IsFinite(value) ? TrialState.Completed : TrialState.Failed,
        Value = ShouldPrune || reason is not null || !double.IsFinite(value) ? double.NaN : value,
        Intermediates = [.. _intermediates],
        Scores = [.. _scores],
        Reason = ShouldPrune ? null : reason ?? (double.IsFinite(value) ? null : FormattableString.Invariant($"the objective gave {value}")),
        Rungs = [.. _rungs],
    };
}

// A step of a trial on its way; with a score when it is a fold's.
readonly record struct Report(int Step, double Value, double? Score);
