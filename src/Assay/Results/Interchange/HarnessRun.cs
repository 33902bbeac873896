using System.Runtime.CompilerServices;
using Assay.Results.Harness;

namespace Assay.Results.Interchange;

/// <summary>A run of lm-evaluation-harness: its samples, and the figures of its file of results.</summary>
static class HarnessRun
{
    public static ImportedLog Open(IReadOnlyList<string> files)
    {
        string[] results = [.. files.Where(Directory.Exists).SelectMany(LastResults), .. files.Where(IsResults)];
        string[] samples = [.. files.Where(file => !IsResults(file))];
        return new ImportedLog
        {
            Format = LogFormat.Harness,
            Records = ReadAsync(samples),
            Figures = [.. results.SelectMany(file => HarnessLog.ReadResults(file).Estimates())],
            HasCorpusScores = true,
        };
    }

    static async IAsyncEnumerable<Record> ReadAsync(string[] samples, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var file in samples)
        {
            await foreach (var record in HarnessLog.ReadSamplesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                yield return record;
            }
        }
    }

    // Dates sort as texts; of several runs in one folder the samples are those of the last, too.
    static IEnumerable<string> LastResults(string folder) =>
        Directory.EnumerateFiles(folder, "results_*.json", SearchOption.AllDirectories).GroupBy(file => Path.GetDirectoryName(file)).Select(files => files.Max(StringComparer.Ordinal)!);

    static bool IsResults(string file) => Path.GetFileName(file).StartsWith("results", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal);
}
