using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Reads the lines of a journal.</summary>
static class JournalLines
{
    /// <summary>The lines that are whole: the last one may be cut short where its writer was killed.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="length">How much of the file they are.</param>
    public static List<JsonObject?> Whole(ReadOnlySpan<byte> bytes, out int length)
    {
        var lines = new List<JsonObject?>();
        var whole = bytes[..(bytes.LastIndexOf((byte)'\n') + 1)];
        length = whole.Length;
        while (whole.IndexOf((byte)'\n') is var end and >= 0)
        {
            lines.Add(Parse(whole[..end]));
            if (lines[^1] is null && end == whole.Length - 1)
            {
                lines.RemoveAt(lines.Count - 1);
                length -= whole.Length;
            }

            whole = whole[(end + 1)..];
        }

        return lines;
    }

    /// <summary>What the lines after the first tell of each trial.</summary>
    public static Dictionary<int, KeptTrial> Trials(string path, List<JsonObject?> lines)
    {
        var trials = new Dictionary<int, KeptTrial>();
        for (var i = 1; i < lines.Count; i++)
        {
            try
            {
                Add(trials, lines[i] ?? throw new FormatException("it is not a JSON object"));
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or JsonException)
            {
                throw new UserErrorException($"{path}:{i + 1}: the line is damaged: {e.Message}. Only the last line of a journal may be. Remove the file to begin anew, or the lines from this one on to go on from before.", e);
            }
        }

        return trials;
    }

    public static string NameOf(TrialState state) => state switch
    {
        TrialState.Completed => "completed",
        TrialState.Pruned => "pruned",
        TrialState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    static JsonObject? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A trial that was under way when its process ended is started again: what it had told before is void.
    static void Add(Dictionary<int, KeptTrial> trials, JsonObject line)
    {
        var number = Field(line, "trial").GetValue<int>();
        trials[number] = Field(line, "event").GetValue<string>() switch
        {
            "started" => new KeptTrial(number, StudyHeader.ToSetting(Field(line, "parameters").AsObject())),
            "reported" => trials[number] with { Reports = trials[number].Reports.Add(ReportOf(line)) },
            "ended" => trials[number] with { State = StateOf(Field(line, "state").GetValue<string>()), Value = Number(line, "value"), Reason = line["reason"]?.GetValue<string>() },
            var other => throw new FormatException($"there is no event '{other}'"),
        };
    }

    static Report ReportOf(JsonObject line) =>
        new(Field(line, "step").GetValue<int>(), Number(line, "value"), line.ContainsKey("score") ? Number(line, "score") : null);

    static JsonNode Field(JsonObject line, string name) => line[name] ?? throw new FormatException($"it has no '{name}'");

    static double Number(JsonObject line, string name) => line[name]?.GetValue<double>() ?? double.NaN;

    static TrialState StateOf(string name) => Enum.GetValues<TrialState>().Where(state => NameOf(state) == name).Select(state => (TrialState?)state).FirstOrDefault()
        ?? throw new FormatException($"there is no state '{name}'");
}
