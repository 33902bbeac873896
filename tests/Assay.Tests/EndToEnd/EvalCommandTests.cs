using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Storage;
using Microsoft.AspNetCore.Http;
using Record = Assay.Results.Record;

namespace Assay.Tests.EndToEnd;

public class EvalCommandTests
{
    const string Task = """
        task: numbers
        dataset_path: json
        dataset_kwargs: {data_files: {test: numbers.jsonl}}
        output_type: generate_until
        test_split: test
        doc_to_text: "{{n}} is"
        doc_to_target: n
        generation_kwargs: {until: ["\n"], max_gen_toks: 16, do_sample: false}
        metric_list: [{metric: exact_match}]
        """;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_killed_goes_on_without_losing_or_repeating_an_answer()
    {
        // The long form, of the note: ASSAY_LONG_TESTS=1.
        var (kills, samples) = Environment.GetEnvironmentVariable("ASSAY_LONG_TESTS") is null ? (6, 600) : (20, 2000);
        using var folder = Folder(samples);
        var (awaited, seen) = (int.MaxValue, new TaskCompletionSource());
        await using var service = await ScriptedOpenAI.StartAsync(async (context, body) =>
        {
            if (Interlocked.Decrement(ref awaited) == 0)
            {
                seen.SetResult();
            }

            // Every seventh is wrong, so that a repeated or a lost one would show.
            var number = ((string)body["prompt"]!).Split(' ')[0];
            await context.Response.WriteAsync(ScriptedOpenAI.Completion(Number(number) % 7 == 0 ? "no" : number), context.RequestAborted);
        });
        var random = new SeededRandom(7);
        var store = new SqliteRunStore(Path.Combine(folder.Path, "assay-out", "runs.db"), TimeProvider.System);
        string[] resume = [];
        HashSet<string> stored = [];
        var calls = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            (seen, awaited) = (new TaskCompletionSource(), 1 + random.Next(samples / kills / 2));
            using var process = new AssayProcess(folder.Path, Arguments(service, resume));
            await seen.Task.WaitAsync(Token);
            process.Signal("KILL");
            await process.EndAsync();
            Assert.DoesNotContain(service.Prompts, stored.Contains);
            stored = [.. (await RecordsAsync(store)).Select(record => record.Input!.GetValue<string>())];
            calls += service.Prompts.Count;
            service.Prompts.Clear();
            resume = ["--resume"];
        }

        var end = await AssayProcess.RunAsync(folder.Path, Arguments(service, resume));
        Assert.Equal(0, end.ExitCode);
        Assert.DoesNotContain(service.Prompts, stored.Contains);
        calls += service.Prompts.Count;
        Assert.Equal(Enumerable.Range(0, samples), (await RecordsAsync(store)).Select(record => Number(record.Id)).Order());
        Assert.Single(await store.ListAsync(Token).ToListAsync(Token));
        var whole = await AssayProcess.RunAsync(folder.Path, Arguments(service, ["--output", "whole"]));
        Assert.Equal(whole.Json["estimates"]!.ToJsonString(), end.Json["estimates"]!.ToJsonString());
        Assert.Equal(samples, (await RecordsAsync(store)).Count);

        // What was under way at a kill is asked again: as many at a time as the run asks, and those whose answers were not on the disk yet.
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {samples} samples: {calls} calls, {calls - samples} of them again, none that was stored");
    }

    [Fact]
    public async Task Failed_samples_are_asked_again_and_the_others_are_not()
    {
        using var folder = Folder(20);
        var broken = true;
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            var number = ((string)body["prompt"]!).Split(' ')[0];
            context.Response.StatusCode = broken && number.EndsWith('3') ? 400 : 200;
            return context.Response.WriteAsync(ScriptedOpenAI.Completion(number), context.RequestAborted);
        });
        var first = await AssayProcess.RunAsync(folder.Path, Arguments(service, ["--coverage", "0.95"]));
        Assert.Equal(3, first.ExitCode);
        Assert.Equal("incomplete", (string)first.Json["verdict"]!);
        Assert.Equal((1.0, 18), Exact(first.Json));
        Assert.Contains(first.Json["estimates"]!.AsArray(), estimate => (string)estimate!["metric"]! == "samples/coverage" && (double)estimate["value"]! == 0.9);
        (broken, _) = (false, 0);
        service.Prompts.Clear();
        var second = await AssayProcess.RunAsync(folder.Path, Arguments(service, ["--resume", (string)first.Json["run"]!]));
        Assert.Equal((0, (1.0, 20)), (second.ExitCode, Exact(second.Json)));
        Assert.Equal(["13 is", "3 is"], service.Prompts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_budget_ends_the_run_incomplete_with_what_it_bought()
    {
        using var folder = Folder(20);
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
            context.Response.WriteAsync(ScriptedOpenAI.Completion(((string)body["prompt"]!).Split(' ')[0]), context.RequestAborted));
        var result = await AssayProcess.RunAsync(folder.Path, Arguments(service, ["--max-requests", "12", "--cache", "answers"]));
        Assert.Equal((3, 12), (result.ExitCode, service.Prompts.Count));
        Assert.Contains("12 requests", (string)result.Json["verdict_reason"]!, StringComparison.Ordinal);
        Assert.Equal((1.0, 12), Exact(result.Json));
        service.Prompts.Clear();
        var cached = await AssayProcess.RunAsync(folder.Path, Arguments(service, ["--cache", "answers"]));
        Assert.Equal((0, 8), (cached.ExitCode, service.Prompts.Count));
    }

    [Fact]
    public async Task Concurrency_follows_what_the_service_bears()
    {
        using var folder = Folder(300);
        var (active, most) = (0, 0);
        await using var service = await ScriptedOpenAI.StartAsync(async (context, body) =>
        {
            var now = Interlocked.Increment(ref active);
            most = Math.Max(most, now);
            await System.Threading.Tasks.Task.Yield();
            context.Response.StatusCode = now > 20 ? 429 : 200;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsync(ScriptedOpenAI.Completion(((string)body["prompt"]!).Split(' ')[0]), context.RequestAborted);
            Interlocked.Decrement(ref active);
        });
        var spec = folder.Write("spec.yaml", $$"""
            name: numbers
            tasks: [numbers.yaml]
            model: {openai: {base_url: "{{service.Address}}v1", model: m, prices: {input: 1, output: 2} } }
            limits: {concurrency: auto, cost_usd: 1, time: 10m, coverage: 1}
            """);
        var result = await AssayProcess.RunAsync(folder.Path, "run", spec, "--json");
        Assert.Equal((0, (1.0, 300)), (result.ExitCode, Exact(result.Json)));
        Assert.InRange(most, 2, 256);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine((string)result.Json["report"]!, "report.json"), Token))!;
        Assert.Contains(report["stages"]!.AsArray(), stage => (string)stage!["name"]! == "estimate m" && ((string)stage["summary"]!).Contains("300 requests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_only_fails_ends_the_run()
    {
        using var folder = Folder(100);
        await using var service = await ScriptedOpenAI.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 401;
            return context.Response.WriteAsync("""{"error":{"message":"who are you"}}""", context.RequestAborted);
        });
        var result = await AssayProcess.RunAsync(folder.Path, Arguments(service, []));
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("16 times in a row", (string)result.Json["verdict_reason"]!, StringComparison.Ordinal);
        Assert.Contains("who are you", (string)result.Json["verdict_reason"]!, StringComparison.Ordinal);
        Assert.InRange(service.Prompts.Count, 16, 24);
    }

    [Fact]
    public async Task A_cost_ends_the_run_by_the_prices_that_are_given()
    {
        using var folder = Folder(20);
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            var reply = JsonNode.Parse(ScriptedOpenAI.Completion(((string)body["prompt"]!).Split(' ')[0]))!;
            reply["usage"] = new JsonObject { ["prompt_tokens"] = 4, ["completion_tokens"] = 3 };
            return context.Response.WriteAsync(reply.ToJsonString(), context.RequestAborted);
        });
        string[] priced = ["--prices", "1,2", "--revision", "v2", "--concurrency", "1"];
        var first = await AssayProcess.RunAsync(folder.Path, Arguments(service, [.. priced, "--max-cost", "0.000095", "--records", "records.jsonl"]));
        Assert.Equal((3, 10), (first.ExitCode, service.Prompts.Count));
        Assert.Contains("9.5E-05 USD", (string)first.Json["verdict_reason"]!, StringComparison.Ordinal);
        Assert.All(await File.ReadAllLinesAsync(Path.Combine(folder.Path, "records.jsonl"), Token), line => Assert.Equal(1e-5, (double)JsonNode.Parse(line)!["cost"]!, 1e-12));

        // Another revision is another run, and more money is not.
        var other = await AssayProcess.RunAsync(folder.Path, Arguments(service, ["--prices", "1,2", "--revision", "v3", "--max-cost", "1", "--resume", (string)first.Json["run"]!]));
        Assert.Equal((2, 10), (other.ExitCode, service.Prompts.Count));
        var second = await AssayProcess.RunAsync(folder.Path, Arguments(service, [.. priced, "--max-cost", "1", "--resume", (string)first.Json["run"]!]));
        Assert.Equal((0, 20, (1.0, 20)), (second.ExitCode, service.Prompts.Count, Exact(second.Json)));
    }

    [Theory]
    [InlineData("--prices is '1;2'", "openai:http://127.0.0.1:1/v1#m", "--prices", "1;2")]
    [InlineData("--max-cost needs --prices", "openai:http://127.0.0.1:1/v1#m", "--max-cost", "1")]
    [InlineData("--revision is of a service", "tiny", "--revision", "v2")]
    public async Task Money_that_cannot_be_counted_is_refused(string message, string model, params string[] arguments)
    {
        using var folder = Folder(1);
        var result = await AssayProcess.RunAsync(folder.Path, ["eval", "numbers.yaml", "--model", model, .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains(message, StringComparison.Ordinal));
    }

    static (double Value, int N) Exact(JsonNode report)
    {
        var estimate = report["estimates"]!.AsArray().First(estimate => (string)estimate!["metric"]! == "exact_match")!;
        return ((double)estimate["value"]!, (int)estimate["n"]!);
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static TemporaryFolder Folder(int samples)
    {
        var folder = new TemporaryFolder();
        folder.Write("numbers.yaml", Task);
        folder.Write("numbers.jsonl", string.Join('\n', Enumerable.Range(0, samples).Select(i => $$"""{"n": "{{i}}"}""")));
        return folder;
    }

    static string[] Arguments(ScriptedOpenAI service, string[] more) => ["eval", "numbers.yaml", "--model", $"openai:{service.Address}v1#m", "--json", .. more];

    static async Task<List<Record>> RecordsAsync(SqliteRunStore store)
    {
        var run = Assert.Single(await store.ListAsync(Token).ToListAsync(Token));
        return await (await store.ReadAsync(run.Header.Id, Token))!.Records.ToListAsync(Token);
    }
}
