using System.Collections.Immutable;
using System.Text.Json;
using Assay.Models;

namespace Assay.Scoring;

/// <summary>Log-likelihoods as they are stored: a JSON list of pairs, the number and whether every token was the likeliest.</summary>
static class LikelihoodOutput
{
    public static string Write(IEnumerable<Likelihood> likelihoods) =>
        $"[{string.Join(", ", likelihoods.Select(item => FormattableString.Invariant($"[{item.LogProbability:R}, {(item.IsGreedy ? "true" : "false")}]")))}]";

    /// <summary>Null when the text is no such list.</summary>
    public static ImmutableArray<Likelihood>? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(pair => new Likelihood { LogProbability = pair[0].GetDouble(), IsGreedy = pair[1].GetBoolean() })];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
