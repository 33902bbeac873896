using System.Collections.Immutable;
using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

/// <summary>Settings and trials in few words.</summary>
static class Settings
{
    public static ImmutableSortedDictionary<string, ParameterValue> Of(params (string Name, ParameterValue Value)[] values) =>
        values.ToImmutableSortedDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    public static string Text(ImmutableSortedDictionary<string, ParameterValue> setting) => string.Join(' ', setting.Select(pair => $"{pair.Key}={pair.Value}"));

    public static Trial Completed(int number, double value, params double[] scores) => new()
    {
        Number = number,
        Parameters = Of(("x", number)),
        State = TrialState.Completed,
        Value = value,
        Scores = [.. scores],
    };
}
