using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Results.Interchange;

/// <summary>
/// A run in the shape of Every Eval Ever (evaleval/every_eval_ever, schemas eval and instance_level_eval 0.3.0): a JSON file a model, and
/// beside it a line a sample and metric. A sample that was not scored has no line there: the schema knows only right and wrong.
/// </summary>
public static class EveryEvalEver
{
    const string Version = "0.3.0";

    static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Writes the files of all models below a folder: <c>data/TASK/unknown/MODEL/UUID.json</c> and <c>UUID_samples.jsonl</c>.</summary>
    /// <param name="run">Whose.</param>
    /// <param name="estimates">Its report's. Of stage evaluate, without slice or unit, with a value.</param>
    /// <param name="records">Read once a model.</param>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="cancellationToken">Ends the work; what was written stays.</param>
    /// <returns>The paths of the aggregate files.</returns>
    public static async Task<ImmutableArray<string>> WriteAsync(
        RunHeader run, IReadOnlyList<Estimate> estimates, IAsyncEnumerable<Record> records, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(estimates);
        Estimate[] wanted = [.. estimates.Where(estimate => estimate is { Stage: "evaluate", Slice: null, Unit: null, Value: not null })];
        if (wanted.Length == 0)
        {
            throw new UserErrorException($"Run '{run.Id}' has no figure that Every Eval Ever could take. Expected estimates of an evaluation.");
        }

        var paths = ImmutableArray.CreateBuilder<string>();
        foreach (var ofModel in wanted.GroupBy(estimate => estimate.Model ?? "unknown"))
        {
            paths.Add(await WriteModelAsync(new EvalFile(run, ofModel.Key), [.. ofModel], records, folder, cancellationToken).ConfigureAwait(false));
        }

        return paths.ToImmutable();
    }

    static async Task<string> WriteModelAsync(EvalFile file, Estimate[] estimates, IAsyncEnumerable<Record> records, string folder, CancellationToken cancellationToken)
    {
        var samples = Path.Combine(folder, file.SamplesPath);
        Directory.CreateDirectory(Path.GetDirectoryName(samples)!);
        var lines = 0;
        await using (var writer = new StreamWriter(samples, append: false) { NewLine = "\n" })
        {
            await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                foreach (var line in record.Model == file.Model && record.Stage == "evaluate" ? EvalInstance.Lines(file, record) : [])
                {
                    await writer.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
                    lines++;
                }
            }
        }

        var path = Path.Combine(folder, file.AggregatePath);
        await using var content = File.OpenRead(samples);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        await File.WriteAllTextAsync(path, file.Aggregate(estimates, lines, hash).ToJsonString(_indented) + "\n", cancellationToken).ConfigureAwait(false);
        return path;
    }

    /// <summary>The pair of files of one model.</summary>
    internal sealed record EvalFile(RunHeader Run, string Model)
    {
        public string EvaluationId { get; } = $"{Run.Name}/{Model}/{Seconds(Run.Started)}";

        public string AggregatePath => $"{Stem}.json";

        public string SamplesPath => $"{Stem}_samples.jsonl";

        // A name of the same run is the same at every export, in the form of a version 4 UUID that the schema asks for.
        string Uuid
        {
            get
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Run.Id}\n{Model}")).AsSpan(0, 16);
                hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
                hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
                return new Guid(hash, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
            }
        }

        string Stem => $"data/{Safe(Run.Name)}/unknown/{Safe(Model)}/{Uuid}";

        public static string ResultId(string? task, string? filter, string metric) => string.Join('/', new[] { task, filter, metric }.OfType<string>());

        public JsonObject Aggregate(Estimate[] estimates, int lines, string hash) => new()
        {
            ["schema_version"] = Version,
            ["evaluation_id"] = EvaluationId,
            ["evaluation_timestamp"] = Run.Started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["retrieved_timestamp"] = Seconds(Run.Started),
            ["source_metadata"] = new JsonObject
            {
                ["source_name"] = $"assay run {Run.Id}",
                ["source_type"] = "evaluation_run",
                ["source_organization_name"] = "unknown",
                ["evaluator_relationship"] = "other",
            },
            ["eval_library"] = new JsonObject { ["name"] = "assay", ["version"] = Run.AssayVersion },
            ["model_info"] = new JsonObject
            {
                ["name"] = Model,
                ["id"] = Model,
                ["additional_details"] = new JsonObject { ["deployment_type"] = "unknown", ["model_availability"] = "unknown" },
            },
            ["evaluation_results"] = new JsonArray([.. estimates.Select(Result)]),
            ["detailed_evaluation_results"] = new JsonObject { ["format"] = "jsonl", ["file_path"] = SamplesPath, ["hash_algorithm"] = "sha256", ["checksum"] = hash, ["total_rows"] = lines },
        };

        JsonObject Result(Estimate estimate)
        {
            var score = new JsonObject
            {
                ["score"] = estimate.Value!.Value,
                ["details"] = new JsonObject { ["definition"] = estimate.Definition, ["excluded"] = estimate.Excluded.ToString(CultureInfo.InvariantCulture) },
            };
            var uncertainty = new JsonObject { ["num_samples"] = estimate.N };
            if (estimate is { Low: { } low, High: { } high })
            {
                uncertainty["confidence_interval"] = new JsonObject { ["lower"] = low, ["upper"] = high, ["confidence_level"] = 0.95, ["method"] = estimate.Method };
            }

            score["uncertainty"] = uncertainty;
            return new JsonObject
            {
                ["evaluation_result_id"] = ResultId(estimate.Task, estimate.Filter, estimate.Metric),
                ["evaluation_name"] = estimate.Task ?? Run.Name,
                ["source_data"] = new JsonObject { ["dataset_name"] = estimate.Task ?? Run.Name, ["source_type"] = "other" },
                ["metric_config"] = new JsonObject
                {
                    ["metric_id"] = estimate.Metric,
                    ["lower_is_better"] = EvalInstance.IsLowerBetter(estimate.Metric),
                    ["score_type"] = "continuous",
                    ["min_score"] = null,
                    ["max_score"] = null,
                },
                ["score_details"] = score,
            };
        }

        static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        // Names come from specs and services: none may leave the folder.
        static string Safe(string name)
        {
            var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
            return safe.Trim('.') is { Length: > 0 } ? safe.TrimStart('.') : "unnamed";
        }
    }
}
