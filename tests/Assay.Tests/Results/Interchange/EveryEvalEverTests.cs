using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Models;
using Assay.Results;
using Assay.Results.Interchange;
using Assay.Statistics;
using Assay.Tests.EndToEnd;
using Record = Assay.Results.Record;

namespace Assay.Tests.Results.Interchange;

/// <summary>Against the rules of evaleval/every_eval_ever's schemas, version 0.3.0: required keys, and what they may hold.</summary>
public sealed class EveryEvalEverTests
{
    static readonly RunHeader _run = new() { Id = "run-1", Name = "gsm8k", Command = "eval", Started = DateTimeOffset.UnixEpoch.AddSeconds(1000), Seed = 0, Spec = "", AssayVersion = "0.1.0", Environment = "" };

    static readonly Estimate _estimate = new() { Metric = "exact_match", Definition = "exact_match", Value = 0.5, Low = 0.2, High = 0.8, N = 2, Excluded = 1, Method = "wilson", Stage = "evaluate", Task = "gsm8k", Model = "../evil/model", Filter = "strict" };

    static readonly Record _record = new()
    {
        Id = "1",
        Stage = "evaluate",
        Task = "gsm8k",
        Model = "../evil/model",
        Filter = "strict",
        Input = "q",
        Target = "4",
        Output = "It is 4",
        Answer = "4",
        Outcome = Outcome.Ok,
        Scores = new Dictionary<string, double> { ["exact_match"] = 1 },
        Seconds = 0.5,
        InputTokens = 3,
        OutputTokens = 2,
    };

    [Fact]
    public async Task The_aggregate_has_what_the_schema_requires_and_its_interval()
    {
        using var folder = new TemporaryFolder();
        var path = Assert.Single(await WriteAsync(folder, [_estimate], [_record]));
        var file = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
        Assert.Subset(file.Select(pair => pair.Key).ToHashSet(), (HashSet<string>)["schema_version", "evaluation_id", "retrieved_timestamp", "source_metadata", "model_info", "eval_library", "evaluation_results"]);
        var result = file["evaluation_results"]![0]!;
        Assert.Equal("gsm8k/strict/exact_match", (string?)result["evaluation_result_id"]);
        var uncertainty = result["score_details"]!["uncertainty"]!;
        Assert.Equal((0.5, 0.2, 0.8, 0.95, 2), ((double)result["score_details"]!["score"]!, (double)uncertainty["confidence_interval"]!["lower"]!, (double)uncertainty["confidence_interval"]!["upper"]!, (double)uncertainty["confidence_interval"]!["confidence_level"]!, (int)uncertainty["num_samples"]!));
        Assert.False((bool)result["metric_config"]!["lower_is_better"]!);
        var details = file["detailed_evaluation_results"]!;
        Assert.Matches("^data/[^/]+/[^/]+/[^/]+/[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}_samples\\.jsonl$", (string)details["file_path"]!);
        var samples = await File.ReadAllBytesAsync(Path.Combine(folder.Path, (string)details["file_path"]!), TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(samples)), (string?)details["checksum"]);
    }

    [Fact]
    public async Task A_sample_without_a_score_has_no_line_for_it_would_be_called_wrong()
    {
        using var folder = new TemporaryFolder();
        var path = Assert.Single(await WriteAsync(folder, [_estimate], [_record, _record with { Id = "2", Outcome = Outcome.Timeout, Scores = new Dictionary<string, double>() }]));
        var line = JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(Regex.Replace(path, "\\.json$", "_samples.jsonl"), TestContext.Current.CancellationToken)))!;
        Assert.Subset(line.AsObject().Select(pair => pair.Key).ToHashSet(), (HashSet<string>)["schema_version", "evaluation_id", "model_id", "evaluation_name", "sample_id", "interaction_type", "input", "output", "answer_attribution", "evaluation"]);
        Assert.Equal((true, 1.0, 500.0, 5), ((bool)line["evaluation"]!["is_correct"]!, (double)line["evaluation"]!["score"]!, (double)line["performance"]!["latency_ms"]!, (int)line["token_usage"]!["total_tokens"]!));
        Assert.Equal("gsm8k/strict/exact_match", (string?)line["evaluation_result_id"]);
    }

    [Fact]
    public async Task Names_of_models_lead_nowhere_else_and_an_export_repeats_to_the_byte()
    {
        using var folder = new TemporaryFolder();
        var inner = Directory.CreateDirectory(Path.Combine(folder.Path, "inner")).FullName;
        var first = Assert.Single(await EveryEvalEver.WriteAsync(_run, [_estimate], new[] { _record }.ToAsyncEnumerable(), inner, TestContext.Current.CancellationToken));
        var text = await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken);
        Assert.StartsWith(inner, Path.GetFullPath(first), StringComparison.Ordinal);
        Assert.Equal(first, Assert.Single(await EveryEvalEver.WriteAsync(_run, [_estimate], new[] { _record }.ToAsyncEnumerable(), inner, TestContext.Current.CancellationToken)));
        Assert.Equal(text, await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken));
        Assert.Equal([inner], Directory.GetDirectories(folder.Path));
    }

    static async Task<IReadOnlyList<string>> WriteAsync(TemporaryFolder folder, IReadOnlyList<Estimate> estimates, IEnumerable<Record> records) =>
        await EveryEvalEver.WriteAsync(_run, estimates, records.ToAsyncEnumerable(), folder.Path, TestContext.Current.CancellationToken);
}
