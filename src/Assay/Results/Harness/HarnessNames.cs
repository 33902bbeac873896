using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Results.Harness;

/// <summary>How lm-evaluation-harness names the folders and files of its logs. Source: its utils.py and loggers/evaluation_tracker.py.</summary>
static partial class HarnessNames
{
    /// <summary>The name of a model or task as part of a path; it never leads out of its folder.</summary>
    public static string Safe(string name)
    {
        var safe = Unsafe().Replace(name, "__");
        return safe is "." or ".." or "" ? "__" : safe;
    }

    public static string Date(DateTimeOffset date) => date.ToString("yyyy-MM-ddTHH-mm-ss.ffffff", CultureInfo.InvariantCulture);

    public static string Results(string date) => $"results_{date}.json";

    public static string Samples(string task, string date) => $"samples_{Safe(task)}_{date}.jsonl";

    /// <summary>The task and the date of a samples file; the date is empty where the name has none.</summary>
    public static (string Task, string Date) OfSamples(string path)
    {
        var match = SamplesFile().Match(Path.GetFileName(path));
        return match.Success ? (match.Groups["task"].Value, match.Groups["date"].Value) : (Path.GetFileNameWithoutExtension(path), "");
    }

    [GeneratedRegex("""["<>:/|\\?*\[\]]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"^samples_(?<task>.+?)(?:_(?<date>\d{4}-\d\d-\d\dT[0-9.:+-]+))?\.jsonl(?:\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SamplesFile();
}
