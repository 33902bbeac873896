using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Results.Harness;

/// <summary>Reads <c>results_DATE.json</c>, also of older versions of lm-evaluation-harness, whose keys are fewer.</summary>
static partial class HarnessResultsReader
{
    const string ErrorEnd = "_stderr";

    public static HarnessResults Read(string path)
    {
        try
        {
            // Python writes numbers that are none as NaN, which is no JSON.
            var text = NoNumber().Replace(File.ReadAllText(path), match => match.ValueSpan[0] == '"' ? match.Value : "null");
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            return Of(document.RootElement, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"{path}: the file cannot be read: {problem.Message} Expected results_DATE.json of lm-evaluation-harness.", problem);
        }
    }

    static HarnessResults Of(JsonElement root, string path)
    {
        if (Member(root, "results") is not { ValueKind: JsonValueKind.Object } results)
        {
            throw new UserErrorException($"{path}: there is no 'results'. Expected results_DATE.json of lm-evaluation-harness.");
        }

        var config = Member(root, "config");
        var groups = Member(root, "groups");
        var samples = Member(root, "n-samples");
        return new HarnessResults
        {
            Model = Text(root, "model_name") ?? Text(config, "model") ?? "",
            Source = Text(root, "model_source") ?? Text(config, "model"),
            Started = Member(root, "date") is { ValueKind: JsonValueKind.Number } date ? DateTimeOffset.UnixEpoch.AddSeconds(date.GetDouble()) : null,
            Versions = Versions(Member(root, "versions")),
            Figures = [.. results.EnumerateObject().SelectMany(task => Figures(task, Member(groups, task.Name) is not null, Member(Member(samples, task.Name), "effective")))],
        };
    }

    static Dictionary<string, string> Versions(JsonElement? versions) => versions is { ValueKind: JsonValueKind.Object } named
        ? named.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ToString(), StringComparer.Ordinal)
        : [];

    static IEnumerable<HarnessFigure> Figures(JsonProperty task, bool isGroup, JsonElement? effective)
    {
        if (task.Value.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var length = Number(Member(task.Value, "sample_len")) ?? Number(effective) ?? Number(Member(task.Value, "samples")) ?? 0;
        foreach (var entry in task.Value.EnumerateObject())
        {
            var comma = entry.Name.IndexOf(',', StringComparison.Ordinal);
            if (comma <= 0 || entry.Name[..comma].EndsWith(ErrorEnd, StringComparison.Ordinal))
            {
                continue;
            }

            var (metric, filter) = (entry.Name[..comma], entry.Name[(comma + 1)..]);
            var error = Number(Member(task.Value, $"{metric}{ErrorEnd},{filter}"));
            yield return new HarnessFigure(task.Name, isGroup, metric, filter, Number(entry.Value), error, (long)(Number(Member(Member(task.Value, "sample_count"), $"{metric},{filter}")) ?? length));
        }
    }

    static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    static string? Text(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    static double? Number(JsonElement? element) => element is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|NaN|-?Infinity
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NoNumber();
}
