namespace Assay.Tests.EndToEnd;

/// <summary><c>assay rescore</c> on what <c>assay eval</c> stored.</summary>
public class RescoreCommandTests
{
    const string Task = """
        task: sums
        dataset_path: json
        dataset_kwargs: {data_files: {test: data.jsonl}}
        test_split: test
        output_type: generate_until
        doc_to_text: q
        doc_to_target: a

        """;

    [Fact]
    public async Task Another_filter_flips_what_it_finds_and_asks_no_model()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "data.jsonl", string.Concat(Enumerable.Range(0, 10).Select(i => $"{{\"q\": \"{i} + 1 =\", \"a\": \"{i + 1}\", \"output\": \"{(i < 4 ? "" : "It is ")}{i + 1}\"}}\n")));
        Write(folder, "strict.yaml", Task + "metric_list: [{metric: exact_match}]\n");
        Write(folder, "flexible.yaml", Task + "filter_list:\n- name: last-number\n  filter: [{function: regex, regex_pattern: '-?\\d+', group_select: -1}, {function: take_first}]\nmetric_list: [{metric: exact_match}]\n");
        var eval = await AssayProcess.RunAsync(folder.Path, "eval", "strict.yaml", "--model", "replay:data.jsonl", "--records", "records.jsonl", "--json");
        Assert.Equal(0, eval.ExitCode);

        foreach (var source in new[] { "records.jsonl", (string)eval.Json["run"]! })
        {
            var result = await AssayProcess.RunAsync(folder.Path, "rescore", source, "--tasks", "flexible.yaml", "--json");
            Assert.Equal(0, result.ExitCode);
            var estimates = result.Json["estimates"]!.AsArray().ToDictionary(estimate => (string)estimate!["metric"]!, estimate => estimate!);
            Assert.Equal(1, (double)estimates["exact_match"]["value"]!);
            Assert.Equal(0.6, (double)estimates["exact_match/difference"]["value"]!, 1e-12);
            Assert.True((double)estimates["exact_match/difference"]["low"]! > 0);
            Assert.Equal("bonett-price", (string)estimates["exact_match/difference"]["method"]!);
            var flips = result.Json["flips"]!.AsArray();
            Assert.Equal(["4", "5", "6", "7", "8", "9"], flips.Select(flip => (string)flip!["id"]!));
            Assert.Equal(("It is 5", "5"), ((string)flips[0]!["answer_before"]!, (string)flips[0]!["answer"]!));
        }
    }

    [Fact]
    public async Task Records_of_other_samples_are_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "data.jsonl", "{\"q\": \"a\", \"a\": \"b\"}\n");
        Write(folder, "strict.yaml", Task);
        Write(folder, "records.jsonl", """{"id":"7","stage":"evaluate","task":"sums","model":"m","filter":"none","target":"b","output":"b","answer":"b","outcome":"ok","scores":{"exact_match":1}}""" + "\n");
        var result = await AssayProcess.RunAsync(folder.Path, "rescore", "records.jsonl", "--tasks", "strict.yaml");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("1 of 1 stored samples of m are not in the data", string.Join(" ", result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_likelihoods_of_a_run_and_logs_of_the_harness_are_scored_again()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "data.jsonl", "{\"q\": \"a\", \"gold\": 0}\n{\"q\": \"b\", \"gold\": 1}\n");
        const string Choice = "task: choice\ndataset_path: json\ndataset_kwargs: {data_files: {test: data.jsonl}}\ntest_split: test\noutput_type: multiple_choice\ndoc_to_text: q\ndoc_to_choice: ['no', 'not at all']\ndoc_to_target: gold\n";
        Write(folder, "acc.yaml", Choice + "metric_list: [{metric: acc}]\n");
        Write(folder, "norm.yaml", Choice + "metric_list: [{metric: acc_norm}]\n");
        var eval = await AssayProcess.RunAsync(folder.Path, "eval", "acc.yaml", "--model", "tiny", "--records", "records.jsonl", "--json", "--harness", "logs");
        Assert.Equal(0, eval.ExitCode);
        var log = Directory.EnumerateFiles(Path.Combine(folder.Path, "logs", "tiny"), "samples_choice_*.jsonl").Single();
        string[] results = [.. await System.Threading.Tasks.Task.WhenAll(new[] { "records.jsonl", log }.Select(async source =>
        {
            var result = await AssayProcess.RunAsync(folder.Path, "rescore", source, "--tasks", "norm.yaml", "--json");
            Assert.Equal(0, result.ExitCode);
            return result.Json["estimates"]!.ToJsonString();
        }))];
        Assert.Contains("acc_norm/difference", results[0], StringComparison.Ordinal);
        Assert.Equal(results[0], results[1]);
    }

    static void Write(TemporaryFolder folder, string name, string content) => File.WriteAllText(Path.Combine(folder.Path, name), content);
}
