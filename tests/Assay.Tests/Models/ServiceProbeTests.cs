using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Reporting;
using Assay.Running;
using Assay.Tasks;
using Assay.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;

namespace Assay.Tests.Models;

/// <summary>What a service can do is found out before a run: what it cannot do is told once, with the reason, and never scored.</summary>
public class ServiceProbeTests
{
    const string Task = """
        task: sums
        dataset_path: json
        dataset_kwargs: {data_files: {test: sums.jsonl}}
        test_split: test
        doc_to_text: q
        doc_to_target: a

        """;

    const string Generated = Task + "output_type: generate_until\n";

    const string Likelihoods = Task + "output_type: loglikelihood\n";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_told_before_anything_is_asked()
    {
        // A port that was free a moment ago.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var report = await RunAsync(new Uri($"http://user:secret@127.0.0.1:{port}/v1?key=secret"), Generated);
        Assert.Equal(Verdict.Incomplete, report.Verdict);
        Assert.Contains($"cannot be reached at http://127.0.0.1:{port}/v1: ", report.VerdictReason, StringComparison.Ordinal);
        Assert.Contains("Nothing was asked", report.VerdictReason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", report.VerdictReason, StringComparison.Ordinal);
        Assert.Empty(report.Estimates);
    }

    [Theory]
    [InlineData("ignores", "the service does not echo the prompt")]
    [InlineData("no lists", "the service gives no log-probabilities of the prompt")]
    [InlineData("no text", "the service does not echo the prompt")]
    [InlineData("no numbers", "echoes the prompt without the log-probabilities")]
    [InlineData("no places", "where the tokens of the prompt begin")]
    [InlineData("refuses", "status 400: no echo here")]
    public async Task Log_likelihoods_that_cannot_be_had_are_refused_with_the_reason(string fault, string reason)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            context.Response.StatusCode = fault == "refuses" ? 400 : 200;
            return context.Response.WriteAsync(fault == "refuses" ? """{"error":{"message":"no echo here"}}""" : Echo((string)body["prompt"]!, fault), context.RequestAborted);
        });
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(Address(service), Likelihoods));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Single(service.Prompts);
    }

    [Fact]
    public async Task Echo_and_logprobs_are_told_apart()
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) => context.Response.WriteAsync(Echo((string)body["prompt"]!, ""), context.RequestAborted));
        var report = await RunAsync(Address(service), Likelihoods);
        Assert.Equal([("service", true), ("context", null), ("echo", true), ("logprobs", true)], report.Capabilities.Select(found => (found.Name, found.IsThere)));
        Assert.Equal(-3, Math.Log(1 / report.Estimates.First(estimate => estimate.Metric == "perplexity").Value!.Value), 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_a_seed_is_heeded_is_asked_of_tasks_that_draw(bool heeds)
    {
        var count = 0;
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
            context.Response.WriteAsync(ScriptedOpenAI.Completion($"{(heeds ? (int)body["seed"]! : Interlocked.Increment(ref count))}"), context.RequestAborted));
        var report = await RunAsync(Address(service), Generated + "generation_kwargs: {temperature: 0.7, do_sample: true, until: [a, b, c, d, e]}\n");
        Assert.Equal(heeds, Assert.Single(report.Capabilities, found => found.Name == "seed").IsThere);
        Assert.True(Assert.Single(report.Capabilities, found => found.Name == "stops").IsThere);
        Assert.Contains(report.Stages, stage => stage.Name == "probe m" && stage.Summary.Contains(heeds ? "seed: two answers with one seed are the same" : "seed: two answers with one seed differ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_stops_that_are_refused_are_cut_here()
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            context.Response.StatusCode = body["stop"]!.AsArray().Count > 4 ? 422 : 200;
            return context.Response.WriteAsync(ScriptedOpenAI.Completion("2e3"), context.RequestAborted);
        });
        var report = await RunAsync(Address(service), Generated + "generation_kwargs: {until: [a, b, c, d, e]}\n");
        Assert.False(Assert.Single(report.Capabilities, found => found.Name == "stops").IsThere);
        Assert.Equal(1, report.Estimates.First(estimate => estimate.Metric == "exact_match").Value);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, false)]
    public async Task Chat_messages_that_are_refused_are_told_once(bool chat, bool? system)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            context.Response.StatusCode = !chat || (string)body["messages"]![0]!["role"]! == "system" ? 400 : 200;
            return context.Response.WriteAsync(
                context.Response.StatusCode == 400 ? """{"error":{"message":"no template"}}""" : """{"choices":[{"message":{"role":"assistant","content":"2"},"finish_reason":"stop"}]}""", context.RequestAborted);
        });
        var run = RunAsync(Address(service), Generated + "description: Add.\n", PromptForm.Chat);
        if (!chat)
        {
            var problem = await Assert.ThrowsAsync<UserErrorException>(() => run);
            Assert.Contains("takes no chat messages: status 400: no template", problem.Message, StringComparison.Ordinal);
            Assert.Single(service.Prompts);
            return;
        }

        Assert.Equal(system, Assert.Single((await run).Capabilities, found => found.Name == "system").IsThere);
    }

    [Fact]
    public async Task Capabilities_stand_in_the_command_s_json_and_in_the_report()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sums.jsonl", """{"q": "1 + 1 =", "a": "2"}""");
        folder.Write("sums.yaml", Generated);
        await using var service = await ScriptedOpenAI.StartAsync((context, _) => context.Response.WriteAsync(ScriptedOpenAI.Completion("2"), context.RequestAborted));
        var result = await AssayProcess.RunAsync(folder.Path, "eval", "sums.yaml", "--model", $"openai:{service.Address}v1#m", "--json", "--harness", "logs");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["service", "context"], result.Json["capabilities"]!.AsArray().Select(found => (string)found!["name"]!));
        Assert.Contains("What the service can do", await File.ReadAllTextAsync(Path.Combine((string)result.Json["report"]!, "report.md"), Token), StringComparison.Ordinal);
        var logged = JsonNode.Parse(await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(folder.Path, "logs", "m"), "results_*.json").Single(), Token))!;
        Assert.Equal(("local-completions", $"model=m,base_url={service.Address}v1/completions"), ((string)logged["config"]!["model"]!, (string)logged["config"]!["model_args"]!));
    }

    static string Echo(string prompt, string fault)
    {
        var tokens = new[] { prompt[..^3], prompt[^3..] };
        var logprobs = new JsonObject
        {
            ["tokens"] = new JsonArray([.. tokens]),
            ["token_logprobs"] = fault == "no numbers" ? new JsonArray(null, null) : new JsonArray(-1.0, -3.0),
            ["top_logprobs"] = new JsonArray(new JsonObject { ["a"] = -1.0 }, new JsonObject { ["b"] = -3.0 }),
            ["text_offset"] = fault == "no places" ? new JsonArray(0, 0) : new JsonArray(0, prompt.Length - 3),
        };
        var choice = new JsonObject { ["text"] = fault is "ignores" or "no text" ? "x" : prompt, ["finish_reason"] = "length" };
        if (fault is not "ignores" and not "no lists")
        {
            choice["logprobs"] = logprobs;
        }

        return new JsonObject { ["choices"] = new JsonArray(choice) }.ToJsonString();
    }

    static Uri Address(ScriptedOpenAI service) => new(service.Address, "v1");

    static async Task<Report> RunAsync(Uri address, string task, PromptForm form = PromptForm.Completions)
    {
        using var folder = new TemporaryFolder();
        folder.Write("sums.jsonl", """{"q": "1 + 1 = ", "a": "2"}""".Replace(" = ", task == Likelihoods ? "" : " = ", StringComparison.Ordinal).Replace("\"2\"", task == Likelihoods ? "\" 12\"" : "\"2\"", StringComparison.Ordinal));
        var definition = TaskReader.Read(folder.Write("sums.yaml", task), folder.Path).Require();
        var model = new OpenAIModelOptions { BaseAddress = address, Model = "m", Name = "m", Form = form };
        var spec = new Spec { Name = "t", Models = [model], Tasks = [definition], Limits = new RunLimits { Retries = 0 } };
        return await Runner.RunAsync(spec, new RunServices { Time = TimeProvider.System }, Token);
    }
}
