using System.IO.Compression;
using System.Text;
using Assay.Models;
using Assay.Results.Interchange;
using Assay.Tests.EndToEnd;
using Record = Assay.Results.Record;

namespace Assay.Tests.Results.Interchange;

/// <summary>Shapes as in inspect_ai's EvalLog, version 2.</summary>
public sealed class InspectLogTests
{
    const string Eval = """{"task": "arc", "model": "openai/gpt-4o", "config": {"epochs": 1}}""";

    const string First = """
        {"id": 1, "epoch": 1, "input": [{"role": "user", "content": "2 + 2?"}], "target": "4", "metadata": {"subject": "sums", "long": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
         "output": {"model": "gpt-4o", "completion": "It is 4.", "choices": [{"message": {"role": "assistant", "content": [{"type": "reasoning", "reasoning": "two and two"}, {"type": "text", "text": "It is 4."}]}, "stop_reason": "stop"}],
                    "usage": {"input_tokens": 11, "output_tokens": 5, "total_tokens": 16, "total_cost": 0.002}, "time": 0.8},
         "scores": {"match": {"value": "C", "answer": "4"}, "grader": {"value": {"style": 0.5, "ok": true, "text": "n/a"}}}, "total_time": 1.25}
        """;

    [Fact]
    public void A_sample_with_several_scorers_is_one_record()
    {
        var record = Assert.Single(Read(Log(First)));
        Assert.Equal(("1", "arc", "openai/gpt-4o", "none", "4", "It is 4.", "4"), (record.Id, record.Task, record.Model, record.Filter, record.Target, record.Output, record.Answer));
        Assert.Equal(new Dictionary<string, double> { ["match"] = 1, ["grader/style"] = 0.5, ["grader/ok"] = 1 }, record.Scores);
        Assert.Equal(("two and two", 1.25, 11, 5, 0.002), (record.Reasoning, record.Seconds, record.InputTokens, record.OutputTokens, record.Cost));
        Assert.Equal("sums", Assert.Single(record.Tags!).Value);
        Assert.Equal("2 + 2?", (string?)record.Input![0]!["content"]);
        Assert.Equal((Outcome.Ok, null), (record.Outcome, record.Repeat));
    }

    [Theory]
    [InlineData("\"C\"", 1.0)]
    [InlineData("\"I\"", 0.0)]
    [InlineData("\"P\"", 0.5)]
    [InlineData("\"N\"", 0.0)]
    [InlineData("true", 1.0)]
    [InlineData("0.25", 0.25)]
    [InlineData("\"0.75\"", 0.75)]
    public void Values_are_numbers_as_inspect_takes_them(string value, double score) =>
        Assert.Equal(score, Read(Log($$"""{"id": "a", "scores": {"s": {"value": {{value}} } } }"""))[0].Scores["s"]);

    [Theory]
    [InlineData("\"A\"")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    public void What_is_no_number_is_not_scored(string value) => Assert.Empty(Read(Log($$"""{"id": "a", "scores": {"s": {"value": {{value}} } } }"""))[0].Scores);

    [Theory]
    [InlineData("""{"id": 1, "error": {"message": "refused by the service"}}""", Outcome.Error, "refused by the service")]
    [InlineData("""{"id": 1, "limit": {"type": "time", "limit": 3}}""", Outcome.Timeout, "the sample's limit: time")]
    [InlineData("""{"id": 1, "limit": {"type": "token", "limit": 3}}""", Outcome.Truncated, "the sample's limit: token")]
    [InlineData("""{"id": 1, "output": {"choices": [{"stop_reason": "max_tokens"}]}}""", Outcome.Truncated, "the answer was cut at its limit of tokens")]
    [InlineData("""{"id": 1, "output": {"choices": [{"stop_reason": "content_filter"}]}}""", Outcome.Refused, "a content filter")]
    public void A_failure_is_told_apart_from_a_wrong_answer(string sample, Outcome outcome, string reason)
    {
        var record = Read(Log(sample))[0];
        Assert.Equal((outcome, reason, 0), (record.Outcome, record.Reason, record.Scores.Count));
    }

    [Fact]
    public void Epochs_are_repeats() =>
        Assert.Equal([1, 2], Read(Log("""{"id": 1, "epoch": 1}, {"id": 1, "epoch": 2}""", Eval.Replace("\"epochs\": 1", "\"epochs\": 2", StringComparison.Ordinal))).Select(record => record.Repeat!.Value));

    [Fact]
    public void An_archive_of_deflated_entries_is_read_entry_by_entry()
    {
        using var folder = new TemporaryFolder();
        var path = Archive(folder, ("header.json", $$"""{"version": 2, "status": "success", "eval": {{Eval}}}"""), ("samples/1_epoch_1.json", First), ("summaries.json", "[]"));
        Assert.Equal(LogFormat.Inspect, LogImport.Guess(path));
        Assert.Equal("It is 4.", Assert.Single(LogImport.Open([path]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken)).Output);
    }

    // Method 93 of a zip entry is Zstandard; inspect_ai writes it by default.
    [Fact]
    public void An_archive_of_zstandard_entries_says_how_to_convert_it()
    {
        using var folder = new TemporaryFolder();
        var path = Archive(folder, ("header.json", $$"""{"eval": {{Eval}}}"""));
        var bytes = File.ReadAllBytes(path);
        foreach (var (signature, offset) in new[] { ("PK\x03\x04", 8), ("PK\x01\x02", 10) })
        {
            var at = bytes.AsSpan().IndexOf(Encoding.Latin1.GetBytes(signature));
            bytes[at + offset] = 93;
        }

        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<UserErrorException>(() => LogImport.Open([path]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList());
        Assert.Contains("inspect log convert --to json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"version\": 2, \"eval\": {\"task\": \"a\"}, \"samples\": [{\"id\": 1}", "it is not JSON")]
    [InlineData("{\"version\": 2, \"eval\": {\"task\": \"a\"}}", "the log has no 'samples'")]
    [InlineData("{\"version\": 2, \"eval\": {\"task\": \"a\"}, \"samples\": [{\"input\": \"a\"}]}", "no 'id'")]
    [InlineData("{\"some\": \"thing\"}", "of no known format")]
    [InlineData("plain text", "neither JSON nor a table")]
    public void What_is_no_log_is_refused_with_the_reason(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<UserErrorException>(() => LogImport.Open([folder.Write("log.json", content)]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    static string Log(string samples, string eval = Eval) => $$"""{"version": 2, "status": "success", "eval": {{eval}}, "samples": [{{samples}}]}""";

    static List<Record> Read(string log)
    {
        using var folder = new TemporaryFolder();
        return [.. LogImport.Open([folder.Write("log.json", log)]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken)];
    }

    static string Archive(TemporaryFolder folder, params (string Name, string Content)[] entries)
    {
        var path = Path.Combine(folder.Path, "log.eval");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(content);
        }

        return path;
    }
}
