using System.CommandLine;
using System.Globalization;
using Assay.Results;
using Assay.Running;

namespace Assay.Cli;

/// <summary>Which stored runs a user asks for.</summary>
sealed class RunFilter
{
    readonly Option<string?> _name = new("--name") { Description = "only runs of this name" };
    readonly Option<string?> _model = new("--model") { Description = "only runs with records of this model" };
    readonly Option<string?> _task = new("--task") { Description = "only runs with records of this task" };
    readonly Option<string?> _tag = new("--tag") { Description = "only runs with this tag" };
    readonly Option<RunState?> _state = new("--state") { Description = "only runs in this state: running, done, cancelled, failed, interrupted" };
    readonly Option<string?> _since = new("--since") { Description = "only runs begun at this time or later: 2026-03-01, 2026-03-01T12:00Z, or an age such as 7d or 12h" };
    readonly Option<string?> _until = new("--until") { Description = "only runs begun before this time" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _name, _model, _task, _tag, _state, _since, _until })
        {
            command.Add(option);
        }
    }

    /// <exception cref="UserErrorException">A time cannot be read.</exception>
    public Func<RunSummary, bool> Read(ParseResult arguments, TimeProvider time)
    {
        var (name, model, task, tag, state) = (
            arguments.GetValue(_name), arguments.GetValue(_model), arguments.GetValue(_task), arguments.GetValue(_tag), arguments.GetValue(_state));
        var (since, until) = (Time(arguments.GetValue(_since), "--since", time), Time(arguments.GetValue(_until), "--until", time));
        return run => (name is null || run.Header.Name == name)
            && (model is null || run.Models.Contains(model))
            && (task is null || run.Tasks.Contains(task))
            && (tag is null || run.Tags.Contains(tag))
            && (state is null || run.State == state)
            && !(run.Header.Started < since)
            && !(run.Header.Started >= until);
    }

    /// <summary>An age: days as 30d, and what a spec calls a time.</summary>
    public static bool TryAge(string text, out TimeSpan age)
    {
        if (text.EndsWith('d') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days <= 100_000)
        {
            age = TimeSpan.FromDays(days);
            return true;
        }

        return Durations.TryParse(text, out age) && age >= TimeSpan.Zero && !char.IsAsciiDigit(text[^1]);
    }

    static DateTimeOffset? Time(string? text, string option, TimeProvider time)
    {
        if (text is null)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return TryAge(text, out var age) ? time.GetUtcNow() - age
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment) ? moment
            : throw new UserErrorException($"{option} is '{text}'. Expected a date such as 2026-03-01, a time such as 2026-03-01T12:00Z, or an age such as 7d or 12h.");
    }
}
