using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

// The parameters of a trial, by name; ordinal, so that a setting reads the same everywhere.
static class Setting
{
    public static ImmutableSortedDictionary<string, ParameterValue> Empty { get; } =
        ImmutableSortedDictionary.Create<string, ParameterValue>(StringComparer.Ordinal);

    /// <summary>Equal for equal settings only.</summary>
    public static string Key(ImmutableSortedDictionary<string, ParameterValue> setting) =>
        string.Join('\n', setting.Select(pair => $"{pair.Key}\t{(pair.Value.Text is null ? 'n' : 't')}\t{pair.Value}"));
}
