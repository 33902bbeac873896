using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Draws every parameter by itself, and a setting only once: with fewer settings than trials, each is tried.</summary>
public sealed record RandomSampler : Sampler
{
    // So often is a setting drawn again that was tried before; then there is hardly another one.
    const int Redraws = 1000;

    internal override Func<int, ArraySegment<Trial>, ImmutableSortedDictionary<string, ParameterValue>?> Begin(StudyOptions options)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        if (options.Default is { } start)
        {
            tried.Add(Setting.Key(start));
        }

        return (number, _) => DrawNew(options.Space, RandomOf(options, number), tried);
    }

    internal override JsonObject Describe() => new() { ["name"] = "random" };

    internal override IEnumerable<string> Problems(SearchSpace space) => [];

    /// <summary>A setting that was not tried before, which it then is; null when none is found.</summary>
    internal static ImmutableSortedDictionary<string, ParameterValue>? DrawNew(SearchSpace space, SeededRandom random, HashSet<string> tried)
    {
        for (var i = 0; i < Redraws; i++)
        {
            var setting = space.Fill(parameter => parameter.Draw(random));
            if (tried.Add(Setting.Key(setting)))
            {
                return setting;
            }
        }

        return null;
    }
}
