using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

public class LanguageModelTests
{
    const string Task = """
        task: sums
        dataset_path: json
        dataset_kwargs: {data_files: {test: sums.jsonl}}
        output_type: generate_until
        test_split: test
        doc_to_text: "Question: {{question}} =\nAnswer:"
        doc_to_target: answer
        generation_kwargs: {until: ["\n"], max_gen_toks: 16, do_sample: false}
        filter_list: [{name: answer, filter: [{function: remove_whitespace}, {function: take_first}]}]
        metric_list: [{metric: exact_match}]
        """;

    [Theory]
    [InlineData("model: {local: tiny}")]
    [InlineData("model: {local: {path: tiny, api: completions, threads: 1}}")]
    public async Task A_local_model_answers_the_tasks_of_a_spec_in_process(string model)
    {
        using var folder = new TemporaryFolder();
        folder.Write("sums.yaml", Task);
        folder.Write("sums.jsonl", """
            {"question": "12 + 30", "answer": "42", "digits": "2"}
            {"question": "2 + 3", "answer": "5", "digits": "1"}
            {"question": "417 + 226", "answer": "never", "digits": "3"}
            """);
        var spec = folder.Write("spec.yaml", $$"""
            name: sums
            tasks: [{path: sums.yaml, slices: [digits]}]
            {{model}}
            gates: ["sums.exact_match >= 0.6"]
            """);
        var result = await AssayProcess.RunAsync(folder.Path, "run", spec, "--json", "--records", "records.jsonl");
        Assert.Equal(0, result.ExitCode);
        var exact = result.Json["estimates"]!.AsArray().First(estimate => (string)estimate!["metric"]! == "exact_match" && estimate["slice"] is null)!;
        Assert.Equal((2.0 / 3, 3, "tiny"), ((double)exact["value"]!, (int)exact["n"]!, (string)exact["model"]!));
        Assert.Contains(result.Json["estimates"]!.AsArray(), estimate => (string?)estimate!["slice"]?["digits"] == "3" && (double?)estimate["value"] == 0);
        var first = JsonNode.Parse((await File.ReadAllLinesAsync(Path.Combine(folder.Path, "records.jsonl"), TestContext.Current.CancellationToken))[0])!;
        Assert.Equal((" 42", "42", "ok"), ((string)first["output"]!, (string)first["answer"]!, (string)first["outcome"]!));
    }

    [Fact]
    public async Task A_folder_that_is_no_model_is_a_mistake_of_the_spec()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sums.yaml", Task);
        folder.Write("sums.jsonl", """{"question": "1 + 1", "answer": "2"}""");
        var spec = folder.Write("spec.yaml", "name: sums\ntasks: [sums.yaml]\nmodel: {local: nowhere}\n");
        var result = await AssayProcess.RunAsync(folder.Path, "run", spec);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains("spec.yaml:3", StringComparison.Ordinal) && line.Contains("'nowhere'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serve_prints_its_address_and_ends_cleanly(string signal)
    {
        using var folder = new TemporaryFolder();
        using var process = new AssayProcess(folder.Path, "serve", "--model", "tiny", "--threads", "1");
        var address = await process.ReadLineAsync();
        using var http = new HttpClient();
        Assert.Contains("tiny", await http.GetStringAsync(new Uri(new Uri(address!), "v1/models"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        process.Signal(signal);
        var end = await process.EndAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.Empty(end.Errors);
    }

    [Theory]
    [InlineData("'nowhere'", "--model", "nowhere")]
    [InlineData("once", "--model", "tiny", "--model", "tiny")]
    [InlineData("expected an address", "--model", "tiny", "--host", "everywhere")]
    public async Task Wrong_options_of_serve_are_told(string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, ["serve", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains(message.Trim('\''), StringComparison.Ordinal));
    }
}
