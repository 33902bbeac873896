using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>
/// Every setting of the space once, in the order of its parameters and their values, the last parameter changing fastest. The study ends with
/// the last of them, or with its number of trials.
/// </summary>
public sealed record GridSampler : Sampler
{
    internal override Func<int, ArraySegment<Trial>, ImmutableSortedDictionary<string, ParameterValue>?> Begin(StudyOptions options)
    {
        var start = options.Default is { } setting ? Setting.Key(setting) : null;
        var left = options.Space.Settings().Where(other => start is null || Setting.Key(other) != start).GetEnumerator();
        return (_, _) => left.MoveNext() ? left.Current : null;
    }

    internal override JsonObject Describe() => new() { ["name"] = "grid" };

    internal override IEnumerable<string> Problems(SearchSpace space) => space.Parameters
        .Where(parameter => parameter.Range is { Count: null } && !parameter.Problems().Any())
        .Select(parameter => $"'{parameter.Name}' has endlessly many values. A grid needs values that can be counted. Give it a step, make it a choice, or use another sampler.");
}
