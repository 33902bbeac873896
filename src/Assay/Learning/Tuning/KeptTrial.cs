using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>What a journal knows of one trial.</summary>
sealed record KeptTrial(int Number, ImmutableSortedDictionary<string, ParameterValue> Parameters)
{
    public ImmutableList<Report> Reports { get; init; } = [];

    /// <summary>Null while it is not known to have ended.</summary>
    public TrialState? State { get; init; }

    public double Value { get; init; } = double.NaN;

    public string? Reason { get; init; }

    /// <summary>The trial as it was: its reports are told again, so that pruners remember it as they did.</summary>
    public Trial Replay(TrialContext context)
    {
        foreach (var report in Reports)
        {
            context.Take(report);
        }

        var trial = context.End(Value, Reason);
        return trial.State == State ? trial : throw new UserErrorException(
            $"Trial {Number} of the journal is {State} and would be {trial.State} by the rules of this study. The journal was written by other rules. Give another journal path, or remove the file.");
    }
}
