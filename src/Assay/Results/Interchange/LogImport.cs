using System.Buffers;
using System.Text.Json;

namespace Assay.Results.Interchange;

/// <summary>Opens logs of other tools.</summary>
public static class LogImport
{
    const int Looked = 1 << 16;

    /// <summary>Of one run, which may be several files.</summary>
    /// <param name="files">Paths, in their order.</param>
    /// <param name="format">Null: guessed from the first file.</param>
    /// <param name="columns">Of CSV; null: by the names of its columns.</param>
    /// <exception cref="UserErrorException">A file cannot be read or is of no known format. What is streamed may also throw it later.</exception>
    public static ImportedLog Open(IReadOnlyList<string> files, LogFormat? format = null, CsvLogColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.FirstOrDefault(file => !File.Exists(file) && !Directory.Exists(file)) is { } missing)
        {
            throw new UserErrorException($"'{missing}' does not exist. Expected the file of a log. Give its path.");
        }

        var found = format ?? Guess(files[0]);
        return found switch
        {
            LogFormat.Harness => HarnessRun.Open(files),
            LogFormat.Inspect => new ImportedLog { Format = found, Records = files.SelectMany(InspectLog.Read).ToAsyncEnumerable() },
            LogFormat.Promptfoo => new ImportedLog { Format = found, Records = files.SelectMany(PromptfooLog.Read).ToAsyncEnumerable() },
            LogFormat.Csv => new ImportedLog { Format = found, Records = files.SelectMany(file => CsvLog.Read(file, columns ?? new CsvLogColumns())).ToAsyncEnumerable() },
            LogFormat.AlpacaEval => AlpacaEvalLog.Read(files),
            LogFormat.PandaLm => PandaLmLog.Read(files),
            LogFormat.Vicuna => VicunaReviews.Read(files),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    /// <summary>By the ending, else by the keys of the first object; a folder is of lm-evaluation-harness.</summary>
    /// <exception cref="UserErrorException">It is none that is known.</exception>
    public static LogFormat Guess(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            return LogFormat.Harness;
        }

        if (path.EndsWith(".eval", StringComparison.OrdinalIgnoreCase))
        {
            return LogFormat.Inspect;
        }

        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
        {
            return LogFormat.Csv;
        }

        var keys = FirstKeys(path);
        return keys switch
        {
            _ when (keys.Contains("doc_id") && keys.Contains("resps")) || (keys.Contains("results") && (keys.Contains("configs") || keys.Contains("versions"))) => LogFormat.Harness,
            _ when keys.Contains("preference") && keys.Contains("generator_1") => LogFormat.AlpacaEval,
            _ when keys.Contains("annotator1") || keys.Contains("gpt_result") => LogFormat.PandaLm,
            _ when keys.Contains("review_id") || keys.Contains("answer1_id") => LogFormat.Vicuna,
            _ when keys.Contains("evalId") || keys.Contains("promptIdx") => LogFormat.Promptfoo,
            _ when keys.Contains("eval") && (keys.Contains("version") || keys.Contains("status")) => LogFormat.Inspect,
            _ => throw new UserErrorException(
                $"'{path}' is of no known format: its first object has {(keys.Count == 0 ? "no keys" : string.Join(", ", keys.Take(8)))}. Expected a log of lm-evaluation-harness, inspect, promptfoo, alpaca_eval, pandalm or vicuna, or CSV. Name the format with --format."),
        };
    }

    static HashSet<string> FirstKeys(string path)
    {
        var buffer = new byte[Looked];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(buffer, Looked, throwOnEndOfStream: false);
        var start = buffer.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(buffer, start, length - start), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        var keys = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var depth = -1;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject && depth < 0)
                {
                    depth = reader.CurrentDepth;
                }
                else if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth)
                {
                    break;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1)
                {
                    keys.Add(reader.GetString()!);
                }
            }
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"'{path}' is neither JSON nor a table: {e.Message} Expected a log of another tool. Name its format with --format.", e);
        }

        return keys;
    }
}
