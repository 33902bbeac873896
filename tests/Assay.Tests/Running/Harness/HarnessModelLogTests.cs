using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Reporting;
using Assay.Results.Harness;
using Assay.Running;
using Assay.Tasks;
using Assay.Tests.Tasks;
using Record = Assay.Results.Record;

namespace Assay.Tests.Running.Harness;

/// <summary>Logs in the form of lm-evaluation-harness that harness_parity has no case of.</summary>
public class HarnessModelLogTests
{
    // Both sides sum in float64, in another order.
    const double Rounding = 1e-9;

    const string Text = """
        task: words
        dataset_path: json
        dataset_kwargs: {data_files: {test: words.jsonl}}
        test_split: test
        output_type: generate_until
        doc_to_text: q
        doc_to_target: a
        metric_list: [{metric: bleu}, {metric: chrf}, {metric: ter}]
        """;

    const string Choice = """
        task: choices
        dataset_path: json
        dataset_kwargs: {data_files: {test: choices.jsonl}}
        test_split: test
        output_type: multiple_choice
        doc_to_text: q
        doc_to_choice: ["no", "yes"]
        doc_to_target: gold
        metric_list: [{metric: f1}, {metric: mcc}]
        """;

    static readonly (string Reference, string Answer)[] _words =
    [
        ("dog green birds the see the", "dog on birds hills see"), ("the and to dog mat hills mat", "sat and to dog mat and mat"),
        ("mat ran over and fly and mat and", "hills ran over and fly and mat and"), ("the over sat ran green ran red over mat", "the cat sat green the ran red over see"),
        ("cat mat and on the see green birds green birds", "cat mat and green cat see and birds green"), ("dog fly sat ran over ran", "dog fly sat ran mat sat"),
        ("fly hills cat the green dog see", "fly hills cat over a a see"), ("to on mat to green a cat to", "to on mat see over a cat to"),
        ("a on hills fly mat red over mat sat", "a on hills fly mat green over mat"), ("fly dog red dog ran over mat the red fly", "over dog red green ran over to the see over"),
        ("birds a birds mat and green", "red a birds mat and green"), ("birds to ran fly dog the and", "birds to ran fly dog the and"),
    ];

    // Gold and answer, a digit each.
    const string Pairs = "11 00 00 10 10 00 11 11 00 11 11 11 01 01 00 11 11 11 11 00";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    // Computed by the harness's own api/metrics.py (4e7e0d47) with sacrebleu 2.5 and scikit-learn 1.2, CPython 3.11.
    [Fact]
    public async Task Bootstrapped_standard_errors_are_the_harness_s_digit_for_digit()
    {
        using var folder = new TemporaryFolder();
        folder.Write("words.jsonl", string.Join('\n', _words.Select((pair, i) => new JsonObject { ["q"] = $"q{i}", ["a"] = pair.Reference, ["output"] = pair.Answer }.ToJsonString())));
        var words = await RunAsync(folder, Text, Path.Combine(folder.Path, "words.jsonl"));
        Same(words, "words", ("bleu", 42.40067868824663, 9.329216264891494), ("chrf", 56.865313031644625, 6.0482011793063615), ("ter", 31.182795698924732, 4.658539460504516));

        var pairs = Pairs.Split(' ');
        folder.Write("choices.jsonl", string.Join('\n', pairs.Select((pair, i) => $$"""{"q": "q{{i}}", "gold": {{pair[0]}}}""")));
        var log = folder.Write("samples_choices.jsonl", string.Join('\n', pairs.Select((pair, i) => Logged(i, pair[1] == '1'))));
        var choices = await RunAsync(folder, Choice, log);
        Same(choices, "choices", ("f1", 0.8333333333333334, 0.08653539206508563), ("mcc", 0.5833333333333334, 0.19052894390516065));
        Assert.Equal("[1,0]", JsonNode.Parse((await File.ReadAllLinesAsync(choices.Samples, Token))[3])!["f1"]!.ToJsonString());
    }

    [Fact]
    public async Task A_failed_sample_has_no_metrics_and_is_in_no_figure()
    {
        using var folder = new TemporaryFolder();
        folder.Write("words.jsonl", """
            {"q": "one", "a": "1", "output": "1"}
            {"q": "two", "a": "2", "output": null}
            {"q": "three", "a": "3", "output": "x"}
            """);
        var exact = Text[..Text.IndexOf("metric_list", StringComparison.Ordinal)] + "metric_list: [{metric: exact_match}]\nfilter_list: [{name: digits, filter: [{function: regex, regex_pattern: '\\d'}, {function: take_first}]}]";
        var run = await RunAsync(folder, exact, Path.Combine(folder.Path, "words.jsonl"));
        JsonNode[] lines = [.. (await File.ReadAllLinesAsync(run.Samples, Token)).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal([1, 0, 1], lines.Select(line => line["metrics"]!.AsArray().Count));
        Assert.Equal((null, "error", "[invalid]"), ((string?)lines[0]["assay_outcome"], (string?)lines[1]["assay_outcome"], (string?)lines[2]["filtered_resps"]![0]));
        Assert.Empty(lines[1]["resps"]!.AsArray());
        Assert.Null(lines[1]["exact_match"]);
        Assert.Equal((2, 0.5), ((int)run.Results["results"]!["words"]!["sample_len"]!, (double)run.Results["results"]!["words"]!["exact_match,digits"]!));
        Assert.Equal((3, 2, 1), ((int)run.Results["n-samples"]!["words"]!["original"]!, (int)run.Results["n-samples"]!["words"]!["effective"]!, (int)run.Results["assay"]!["unscored"]!["words"]!["error"]!));
        var read = await HarnessLog.ReadSamplesAsync(run.Samples, Token).ToListAsync(Token);
        Assert.Equal(
            run.Records.Select(record => (record.Id, record.Output, record.Answer, record.Outcome, record.Reason, record.Scores.Count)),
            read.Select(record => (record.Id, record.Output, record.Answer, record.Outcome, record.Reason, record.Scores.Count)));
    }

    [Fact]
    public async Task Results_tell_the_task_file_as_the_harness_completes_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("words.jsonl", string.Join('\n', Enumerable.Range(0, 5).Select(i => $$"""{"q": "q{{i}}", "a": "{{i}}", "output": "{{i}}"}""")));
        var file = Text.Replace("task: words", "task: words\ntask_alias: Wörter\nmetadata: {version: 2.0}\ndescription: Answer.", StringComparison.Ordinal);
        var run = await RunAsync(folder, file, Path.Combine(folder.Path, "words.jsonl"), limit: 3);
        var config = run.Results["configs"]!["words"]!;
        Assert.Equal(("Answer.", " ", 0, 1), ((string)config["description"]!, (string)config["target_delimiter"]!, (int)config["num_fewshot"]!, (int)config["repeats"]!));
        Assert.Equal("""{"temperature":0.0,"do_sample":false,"max_gen_toks":256,"until":["\n\n"]}""", config["generation_kwargs"]!.ToJsonString());
        Assert.Equal((5, 3, 3), ((int)run.Results["n-samples"]!["words"]!["original"]!, (int)run.Results["n-samples"]!["words"]!["effective"]!, (int)run.Results["config"]!["limit"]!));
        Assert.Equal(("2.0", "Wörter"), (run.Results["versions"]!["words"]!.ToJsonString(), (string)run.Results["results"]!["words"]!["alias"]!));
        Assert.False((bool)run.Results["higher_is_better"]!["words"]!["ter"]!);
        Assert.Equal(64, ((string)run.Results["task_hashes"]!["words"]!).Length);
    }

    [Fact]
    public async Task A_run_that_is_ended_keeps_what_was_answered_and_gives_no_result_of_a_part()
    {
        using var folder = new TemporaryFolder();
        folder.Write("words.jsonl", string.Join('\n', Enumerable.Range(0, 50).Select(i => $$"""{"q": "q{{i}}", "a": "{{i}}", "output": "{{i}}"}""")));
        TaskDefinition Named(string name)
        {
            return TaskReader.Read(folder.Write($"{name}.yaml", Text.Replace("task: words", $"task: {name}", StringComparison.Ordinal)), folder.Path).Require();
        }

        using var end = new CancellationTokenSource();
        var told = 0;
        var spec = new Spec { Name = "t", Models = [new ReplayOptions { Path = Path.Combine(folder.Path, "words.jsonl"), Output = "{{ output }}", Name = "m" }], Tasks = [Named("first"), Named("second")] };
        void End(Record record)
        {
            if (++told == 53)
            {
                end.Cancel();
            }
        }

        var report = await Runner.RunAsync(spec, new RunServices { Time = TimeProvider.System, HarnessFolder = folder.Path, OnRecord = End }, end.Token);
        Assert.Equal(Verdict.Incomplete, report.Verdict);
        var logs = Path.Combine(folder.Path, "m");
        Assert.Equal(50, (await File.ReadAllLinesAsync(Directory.EnumerateFiles(logs, "samples_first_*").Single(), Token)).Length);
        Assert.InRange((await File.ReadAllLinesAsync(Directory.EnumerateFiles(logs, "samples_second_*").Single(), Token)).Length, 3, 50);
        var results = JsonNode.Parse(await File.ReadAllTextAsync(Directory.EnumerateFiles(logs, "results_*").Single(), Token))!;
        Assert.Equal(["first"], results["results"]!.AsObject().Select(task => task.Key));
        Assert.Empty(Directory.EnumerateFiles(logs, "*.part"));
    }

    [Fact]
    public async Task Names_do_not_lead_out_of_the_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("words.jsonl", """{"q": "one", "a": "1", "output": "1"}""");
        var run = await RunAsync(folder, Text.Replace("task: words", "task: a/../../words", StringComparison.Ordinal), Path.Combine(folder.Path, "words.jsonl"), name: "..");
        Assert.Equal(Path.Combine(folder.Path, "logs", "__"), Path.GetDirectoryName(run.Samples));
        Assert.StartsWith("samples_a__..__..__words_", Path.GetFileName(run.Samples), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_prompt_than_the_logged_has_no_likelihood()
    {
        using var folder = new TemporaryFolder();
        folder.Write("choices.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(i => $$"""{"q": "q{{(i == 3 ? 9 : i)}}", "gold": 0}""")));
        var log = folder.Write("samples_choices.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(i => Logged(i, false))));
        var run = await RunAsync(folder, Choice, log);
        Assert.Equal([Outcome.Ok, Outcome.Ok, Outcome.Ok, Outcome.Error], run.Records.Select(record => record.Outcome));
        Assert.Contains("no answer to this very prompt, which ends in 'q9'", run.Records[3].Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Incomplete, run.Report.Verdict);
        Assert.Contains(run.Report.Findings, finding => finding.Text.Contains("2 of 8 logged log-likelihoods belong to no sample", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_of_texts_is_no_replay_of_log_likelihoods()
    {
        using var folder = new TemporaryFolder();
        folder.Write("choices.jsonl", """{"q": "q0", "gold": 0}""");
        var log = folder.Write("samples_choices.jsonl", """{"doc_id": 0, "resps": [["yes"]], "arguments": {"gen_args_0": {"arg_0": "q0", "arg_1": {}}}}""");
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(folder, Choice, log));
        Assert.Contains("none of its 1 rows has log-likelihoods", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_log_likelihoods_of_other_choices_are_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("choices.jsonl", """{"q": "q0", "gold": 0}""");
        var run = await RunAsync(folder, Choice, folder.Write("samples_choices.jsonl", Logged(0, true)));
        var same = TaskReader.Read(folder.Write("same.yaml", Choice.Replace("{metric: f1}, {metric: mcc}", "{metric: acc}", StringComparison.Ordinal)), folder.Path).Require();
        var acc = Assert.Single(await Rescoring.ComputeAsync(same, run.Records.ToAsyncEnumerable(), cancellationToken: Token)).Estimates.First(estimate => estimate.Metric == "acc");
        Assert.Equal((0.0, 1), (acc.Value, acc.N));
        foreach (var (from, to, message) in new[] { ("\"no\", \"yes\"", "\"yes\", \"no\"", "are of other texts: 'yes' then, 'no'"), ("{metric: f1}", "{metric: acc_mutual_info}", "is not the 4 log-likelihoods") })
        {
            var other = TaskReader.Read(folder.Write("other.yaml", Choice.Replace(from, to, StringComparison.Ordinal)), folder.Path).Require();
            var problem = await Assert.ThrowsAsync<UserErrorException>(() => Rescoring.ComputeAsync(other, run.Records.ToAsyncEnumerable(), cancellationToken: Token));
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        }
    }

    static string Logged(int id, bool yes) => $$$"""
        {"doc_id": {{{id}}}, "arguments": {"gen_args_0": {"arg_0": "q{{{id}}}", "arg_1": " no"}, "gen_args_1": {"arg_0": "q{{{id}}}", "arg_1": " yes"}}, "resps": [[["{{{(yes ? -2 : -1)}}}", "False"]], [["{{{(yes ? -1 : -2)}}}", "False"]]]}
        """.Trim();

    static async Task<Logs> RunAsync(TemporaryFolder folder, string task, string log, int? limit = null, string name = "m")
    {
        var definition = TaskReader.Read(folder.Write("task.yaml", task), folder.Path).Require();
        var records = new List<Record>();
        var spec = new Spec { Name = "t", Models = [new ReplayOptions { Path = log, Output = "{{ output }}", Name = name }], Tasks = [definition], SampleLimit = limit };
        var logs = Path.Combine(folder.Path, "logs");
        if (Directory.Exists(logs))
        {
            Directory.Delete(logs, recursive: true);
        }

        var report = await Runner.RunAsync(spec, new RunServices { Time = TimeProvider.System, HarnessFolder = logs, OnRecord = records.Add }, Token);
        var results = JsonNode.Parse(await File.ReadAllTextAsync(Directory.EnumerateFiles(logs, "results_*.json", SearchOption.AllDirectories).Max()!, Token))!;
        Assert.Empty(Directory.EnumerateFiles(logs, "*.part", SearchOption.AllDirectories));
        return new Logs(report, records, results, Directory.EnumerateFiles(logs, "samples_*.jsonl", SearchOption.AllDirectories).Max()!);
    }

    static void Same(Logs logs, string task, params (string Metric, double Value, double Error)[] expected)
    {
        foreach (var (metric, value, error) in expected)
        {
            var results = logs.Results["results"]![task]!;
            Assert.Equal(value, (double)results[$"{metric},none"]!, Rounding * value);
            Assert.Equal(error, (double)results[$"{metric}_stderr,none"]!, Rounding * error);
        }
    }

    sealed record Logs(Report Report, List<Record> Records, JsonNode Results, string Samples);
}
