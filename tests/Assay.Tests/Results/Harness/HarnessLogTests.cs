using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Results.Harness;
using Assay.Tests.Tasks;
using Record = Assay.Results.Record;

namespace Assay.Tests.Results.Harness;

public class HarnessLogTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_repeats_and_lists_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("samples_sums_2026-08-01T10-11-12.131415.jsonl", """
            {"doc_id": 7, "doc": {}, "target": "['4', 'four']", "arguments": {"gen_args_0": {"arg_0": ["[{\"role\": \"user\", \"content\": \"2 + 2\"}]"], "arg_1": {"until": []}}}, "resps": [["4", "5"]], "filtered_resps": ["4"], "filter": "none", "metrics": ["exact_match"], "exact_match": 1.0}
            """);
        var record = Assert.Single(await ReadAsync(path));
        Assert.Equal(("7", "sums", "none", "['4', 'four']", "[\"4\",\"5\"]", "4"), (record.Id, record.Task, record.Filter, record.Target, record.Output, record.Answer));
        Assert.Equal("user", (string)JsonNode.Parse(record.Input!.GetValue<string>())![0]!["role"]!);
        Assert.Equal(1, record.Scores["exact_match"]);
    }

    // Versions before 0.4.4: arguments as lists, no list of metrics, no filter.
    [Fact]
    public async Task Old_versions_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("samples_arc_easy_2024-05-01T10-11-12.131415.jsonl", """
            {"doc_id": 0, "doc": {}, "target": 1, "arguments": [["Q", " a"], ["Q", " b"]], "resps": [[[-1.5, false]], [[-0.5, true]]], "filtered_resps": [[-1.5, false], [-0.5, true]], "acc": 1.0, "acc_norm": 0.0}
            """);
        var record = Assert.Single(await ReadAsync(path));
        Assert.Equal(("arc_easy", "none", "1", "[[-1.5, false], [-0.5, true]]", "b"), (record.Task, record.Filter, record.Target, record.Output, record.Answer));
        Assert.Equal((1.0, 0.0), (record.Scores["acc"], record.Scores["acc_norm"]));
    }

    [Fact]
    public async Task A_number_that_was_generated_stays_a_text()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("samples_t.jsonl", """
            {"doc_id": 0, "doc": {}, "target": "-12", "arguments": {"gen_args_0": {"arg_0": "x", "arg_1": {}}}, "resps": [["-12"]], "filtered_resps": ["[invalid]"], "filter": "f", "metrics": []}
            {"doc_id": 1, "doc": {}, "target": "ab", "arguments": {"gen_args_0": {"arg_0": "ab"}}, "resps": [["-12"]], "filtered_resps": ["-12"], "filter": "f", "metrics": ["bits_per_byte"], "bits_per_byte": [-12.0, 2]}
            {"doc_id": 2, "doc": {}, "target": "b", "arguments": {"gen_args_0": {"arg_0": "x", "arg_1": {}}}, "resps": [], "filtered_resps": [], "filter": "f", "metrics": [], "assay_outcome": "timeout"}
            """);
        var records = await ReadAsync(path);
        Assert.Equal([("-12", Outcome.WrongFormat), ("[[-12, false]]", Outcome.Ok), (null, Outcome.Timeout)], records.Select(record => (record.Output, record.Outcome)));
        Assert.Equal(6 / Math.Log(2), records[1].Scores["bits_per_byte"], 1e-12);
        Assert.Empty(records[2].Scores);
    }

    [Fact]
    public async Task Of_a_folder_the_last_log_of_each_task_is_read_with_the_model_of_its_results()
    {
        using var folder = new TemporaryFolder();
        static string Line(int id)
        {
            return $$"""{"doc_id": {{id}}, "doc": {}, "target": "b", "arguments": {"gen_args_0": {"arg_0": "x", "arg_1": {} } }, "resps": [["b"]], "filtered_resps": ["b"], "filter": "f", "metrics": []}""";
        }

        folder.Write("samples_a_b_2026-08-01T10-11-12.131415.jsonl", Line(1));
        folder.Write("samples_a_b_2026-08-02T10-11-12.131415.jsonl", Line(2));
        folder.Write("samples_c_2026-08-01T10-11-12.131415.jsonl", Line(3));
        folder.Write("results_2026-08-02T10-11-12.131415.json", """{"results": {}, "model_name": "org/model", "config": {"model": "hf"}}""");
        Assert.Equal([("a_b", "2", "org/model"), ("c", "3", Path.GetFileName(folder.Path))], (await ReadAsync(folder.Path)).Select(record => (record.Task, record.Id, record.Model)));
    }

    [Fact]
    public void Results_are_read_also_where_python_writes_what_is_no_json()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("results.json", """
            {"results": {"t": {"alias": "NaN, \"Infinity\"", "acc,none": 0.5, "acc_stderr,none": NaN, "f1,strict,er": -Infinity}, "g": {"acc,none": 0.25, "acc_stderr,none": 0.125, "sample_count": {"acc,none": 6}}},
             "groups": {"g": {}}, "n-samples": {"t": {"original": 9, "effective": 4}}, "versions": {"t": 1.0}, "date": 1785542400.5, "config": {"model": "vllm"}}
            """);
        var results = HarnessLog.ReadResults(path);
        Assert.Equal(("vllm", "vllm", new DateTimeOffset(2026, 8, 1, 0, 0, 0, 500, TimeSpan.Zero), "1.0"), (results.Model, results.Source, results.Started, results.Versions["t"]));
        Assert.Equal(
            [new HarnessFigure("t", false, "acc", "none", 0.5, null, 4), new HarnessFigure("t", false, "f1", "strict,er", null, null, 4), new HarnessFigure("g", true, "acc", "none", 0.25, 0.125, 6)],
            results.Figures);
        var estimates = results.Estimates();
        Assert.Equal((0.25 - (1.959963984540054 * 0.125), "harness-stderr"), (estimates[2].Low, estimates[2].Method));
        Assert.All(estimates.Take(2), estimate => Assert.NotNull(estimate.Reason));
    }

    [Theory]
    [InlineData("""{"doc": 1}""", "samples_t.jsonl:1: the row is no sample of lm-evaluation-harness")]
    [InlineData("""{"doc_id": 1, """, "samples_t.jsonl:1: broken JSON")]
    public async Task A_line_that_is_no_sample_is_told_with_its_place(string line, string message)
    {
        using var folder = new TemporaryFolder();
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(folder.Write("samples_t.jsonl", line)));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_or_a_file_without_logs_is_told()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("has no samples", (await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(folder.Path))).Message, StringComparison.Ordinal);
        Assert.Contains("there is no 'results'", Assert.Throws<UserErrorException>(() => HarnessLog.ReadResults(folder.Write("results.json", "{}"))).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => HarnessLog.ReadResults(folder.Write("broken.json", "{")));
        Assert.Throws<UserErrorException>(() => HarnessLog.ReadResults(Path.Combine(folder.Path, "absent.json")));
    }

    static Task<List<Record>> ReadAsync(string path) => HarnessLog.ReadSamplesAsync(path, Token).ToListAsync(Token).AsTask();
}
