using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Reporting;
using Assay.Running;
using Assay.Storage;
using Assay.Tasks;
using Assay.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;
using Record = Assay.Results.Record;

namespace Assay.Tests.Running;

/// <summary>The runner in process, on a socket, a store and a clock of the test.</summary>
public sealed class TaskRunTests : IDisposable
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
        metadata: {cluster: page}
        """;

    readonly TemporaryFolder _folder = new();
    readonly HurriedTime _time = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_service_that_is_away_for_a_minute_costs_no_sample()
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            context.Response.StatusCode = _time.Now < TimeSpan.FromMinutes(1) ? 500 : 200;
            return context.Response.WriteAsync(Reply(body), context.RequestAborted);
        });
        var report = await RunAsync(Spec(service, 40), null);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Equal((1.0, 40), Exact(report));
        Assert.InRange(_time.Now.TotalSeconds, 60, 600);
    }

    [Theory]
    [InlineData("requests", 12, 15)]
    [InlineData("tokens", 72, 90)]
    [InlineData("cost", 84, 105)]
    [InlineData("time", 12, 15)]
    public async Task A_resumed_run_has_what_is_left_of_its_budget(string bound, int first, int raised)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return context.Response.WriteAsync(Reply(body), context.RequestAborted);
        });
        var spec = Spec(service, 20) with { Concurrency = 1 };
        var begun = await RunAsync(spec with { Limits = Limits(bound, first) }, null);
        Assert.Equal((Verdict.Incomplete, 12), (begun.Verdict, service.Prompts.Count));

        // The time between the parts is not the run's.
        _time.Advance(TimeSpan.FromHours(1));
        var same = await RunAsync(spec with { Limits = Limits(bound, first) }, begun.Run);
        Assert.Equal((Verdict.Incomplete, 12), (same.Verdict, service.Prompts.Count));
        var more = await RunAsync(spec with { Limits = Limits(bound, raised) }, begun.Run);
        Assert.Equal((Verdict.Incomplete, 15), (more.Verdict, service.Prompts.Count));
        Assert.Equal((1.0, 15), Exact(more));
        var rest = await RunAsync(spec, begun.Run);
        Assert.Equal((Verdict.Pass, 20), (rest.Verdict, service.Prompts.Count));
        Assert.Equal(20, service.Prompts.Distinct().Count());
    }

    [Fact]
    public async Task A_record_tells_what_its_answer_took()
    {
        var refused = true;
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            context.Response.StatusCode = refused && ((string)body["prompt"]!).StartsWith("3 ", StringComparison.Ordinal) ? 400 : 200;
            return context.Response.WriteAsync(Reply(body), context.RequestAborted);
        });
        var spec = Spec(service, 5) with { Concurrency = 1, Limits = new RunLimits { Coverage = 1 } };
        var begun = await RunAsync(spec, null);
        refused = false;
        var heard = new List<Record>();
        await RunAsync(spec, begun.Run, heard.Add);
        var records = await new SqliteRunStore(Path.Combine(_folder.Path, "runs.db"), TimeProvider.System).ReadAsync(begun.Run, Token);
        Assert.Equal(heard.OrderBy(record => record.Id, StringComparer.Ordinal).Select(Facts), (await records!.Records.ToListAsync(Token)).OrderBy(record => record.Id, StringComparer.Ordinal).Select(Facts));
        Assert.All(heard, record => Assert.Equal((2.0, 5, 1, 7e-6), (record.Seconds, record.InputTokens, record.OutputTokens, record.Cost!.Value)));
        Assert.Equal(["odd", "even", "odd", "even", "odd"], heard.Select(record => record.Cluster));

        // The failure of the first part was a call too, without tokens that anybody counts.
        Assert.Equal([(1, 6), (1, 6), (1, 6), (2, 6), (1, 6)], heard.Select(record => ((int)record.Spent!.Calls, (int)record.Spent.Tokens)));
        Assert.Equal([2.0, 4, 6, 12, 10], heard.Select(record => record.RunSeconds!.Value));
    }

    [Fact]
    public async Task Progress_tells_the_rate_and_the_coverage()
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            context.Response.StatusCode = ((string)body["prompt"]!).StartsWith("3 ", StringComparison.Ordinal) ? 400 : 200;
            return context.Response.WriteAsync(Reply(body), context.RequestAborted);
        });
        var told = new ConcurrentQueue<RunProgress>();
        await RunAsync(Spec(service, 10) with { Concurrency = 1 }, null, progress: new Told(told));
        var samples = told.Where(item => item.Text.Length > 0 && item.Stage.StartsWith("evaluate", StringComparison.Ordinal)).ToList();
        Assert.Equal(new RunProgress("evaluate numbers m", "10 of 10, 1/s, coverage 0.900", 1), samples[^1] with { Text = samples[^1].Text.Replace("1.000/s", "1/s", StringComparison.Ordinal) });
        Assert.Equal(samples.Select(item => item.Share), samples.Select(item => item.Share).Order());
    }

    Spec Spec(ScriptedOpenAI service, int samples)
    {
        _folder.Write("numbers.jsonl", string.Join('\n', Enumerable.Range(0, samples).Select(i => $$"""{"n": "{{i}}", "page": "{{(i % 2 == 0 ? "odd" : "even")}}"}""")));
        return new Spec
        {
            Name = "numbers",
            Models = [new OpenAIModelOptions { BaseAddress = new Uri(service.Address, "v1"), Model = "m", Name = "m", Prices = new TokenPrices(1, 2) }],
            Tasks = [TaskReader.Read(_folder.Write("numbers.yaml", Task), _folder.Path).Require()],
        };
    }

    Task<Report> RunAsync(Spec spec, string? resume, Action<Record>? heard = null, IProgress<RunProgress>? progress = null) => Runner.RunAsync(
        spec,
        new RunServices
        {
            Time = _time,
            Store = new SqliteRunStore(Path.Combine(_folder.Path, "runs.db"), TimeProvider.System),
            ResumeRun = resume,
            OnRecord = heard,
            Progress = progress,
        },
        Token);

    static RunLimits Limits(string bound, int value) => new()
    {
        Coverage = 0,
        Budget = bound switch
        {
            "requests" => new BudgetOptions { Requests = value },
            "tokens" => new BudgetOptions { Tokens = value },
            "cost" => new BudgetOptions { CostUsd = (value - 0.5) / 1e6 },
            _ => new BudgetOptions { Time = TimeSpan.FromSeconds(value) },
        },
    };

    // Of 5 and 1 tokens, at 1 and 2 dollars a million.
    static string Reply(JsonNode body)
    {
        var reply = JsonNode.Parse(ScriptedOpenAI.Completion(((string)body["prompt"]!).Split(' ')[0]))!;
        reply["usage"] = new JsonObject { ["prompt_tokens"] = 5, ["completion_tokens"] = 1 };
        return reply.ToJsonString();
    }

    static (double Value, int N) Exact(Report report)
    {
        var estimate = report.Estimates.First(item => item.Metric == "exact_match");
        return (estimate.Value!.Value, (int)estimate.N);
    }

    static string Facts(Record record) => $"{record.Id} {record.Outcome} {record.Seconds} {record.Cost} {record.Spent} {record.RunSeconds} {record.Cluster}";

    sealed class Told(ConcurrentQueue<RunProgress> told) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => told.Enqueue(value);
    }
}
