using System.Runtime.CompilerServices;
using Assay.Tasks;

namespace Assay.Results.Harness;

/// <summary>Reads the logs of lm-evaluation-harness (<c>--log_samples</c>), also those that <c>--harness</c> writes.</summary>
public static class HarnessLog
{
    /// <summary>
    /// The samples as records, one a line: a sample and filter. Scores are as ours are: of a metric that the harness aggregates from pairs (perplexity, brier
    /// score, corpus scores) the value of the sample alone. The model is that of the results file beside it, else the folder's name. Streamed.
    /// </summary>
    /// <param name="samplesJsonl">A file <c>samples_TASK_DATE.jsonl</c> (also .gz), or a folder: all in it and below, of several dates of one task the last.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UserErrorException">There is no such file, or a line is no sample; with file and line.</exception>
    public static async IAsyncEnumerable<Record> ReadSamplesAsync(string samplesJsonl, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samplesJsonl);
        foreach (var path in Files(samplesJsonl))
        {
            var (task, date) = HarnessNames.OfSamples(path);
            var model = ModelOf(path, date);
            await foreach (var line in DocumentReader.ReadAsync(path, null, cancellationToken).ConfigureAwait(false))
            {
                yield return HarnessSampleReader.Read(line, task, model);
            }
        }
    }

    /// <summary>A results file.</summary>
    /// <param name="resultsJson">The path of <c>results_DATE.json</c>.</param>
    /// <exception cref="UserErrorException">It cannot be read, or holds no results.</exception>
    public static HarnessResults ReadResults(string resultsJson)
    {
        ArgumentNullException.ThrowIfNull(resultsJson);
        return HarnessResultsReader.Read(resultsJson);
    }

    static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "samples_*.jsonl", SearchOption.AllDirectories), .. Directory.EnumerateFiles(path, "samples_*.jsonl.gz", SearchOption.AllDirectories)];
        return files.Length > 0
            ? files.GroupBy(file => (Path.GetDirectoryName(file), HarnessNames.OfSamples(file).Task))
                .Select(task => task.MaxBy(file => HarnessNames.OfSamples(file).Date, StringComparer.Ordinal)!).Order(StringComparer.Ordinal)
            : throw new UserErrorException($"{path}: the folder has no samples of lm-evaluation-harness. Expected samples_TASK_DATE.jsonl in it or below, which '--log_samples' writes.");
    }

    static string ModelOf(string path, string date)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var results = Path.Combine(folder, HarnessNames.Results(date));
        return date.Length > 0 && File.Exists(results) ? HarnessResultsReader.Read(results).Model : Path.GetFileName(folder);
    }
}
