using System.Text;
using System.Text.Json.Nodes;
using Assay.Models;
using Microsoft.AspNetCore.Http;

namespace Assay.Tests.EndToEnd;

/// <summary>A real socket that misbehaves, and what the connector makes of it.</summary>
public class ServiceFaultTests
{
    static readonly string _good = ScriptedOpenAI.Completion("42");

    static readonly Request _ask = new() { SampleId = "0", Position = 0, Prompt = "6 * 7 =" };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hangs", Outcome.Timeout, true, "within")]
    [InlineData("cuts", Outcome.Truncated, true, "broke")]
    [InlineData("in-band", Outcome.Error, false, "out of memory")]
    [InlineData("html", Outcome.Error, false, "not valid JSON")]
    [InlineData("utf-8", Outcome.Error, false, "not valid JSON")]
    [InlineData("10 MB", Outcome.Error, false, "longer than 8 MiB")]
    [InlineData("500", Outcome.Error, true, "status 500")]
    [InlineData("429", Outcome.Error, true, "status 429")]
    [InlineData("400", Outcome.Error, false, "status 400")]
    public async Task A_fault_has_its_own_outcome(string fault, Outcome outcome, bool canPass, string reason)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, _) => AnswerAsync(context, fault));
        var response = await AskAsync(service, fault == "hangs" ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromMinutes(1));
        Assert.Equal((outcome, canPass), (response.Outcome, response.CanPass));
        Assert.Contains(reason, response.Reason, StringComparison.Ordinal);
        Assert.False(response.IsAtLimit);
    }

    [Theory]
    [InlineData("{\"code\":429,\"message\":\"slowly\"}", 429, true)]
    [InlineData("{\"code\":\"503\",\"message\":\"loading\"}", 503, true)]
    [InlineData("{\"code\":\"rate_limit_exceeded\",\"type\":\"tokens\",\"message\":\"slowly\"}", 429, true)]
    [InlineData("{\"code\":null,\"type\":\"overloaded_error\",\"message\":\"busy\"}", 503, true)]
    [InlineData("{\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"busy\"}", 429, true)]
    [InlineData("{\"code\":\"insufficient_quota\",\"type\":\"server_error\",\"message\":\"pay\"}", 500, false)]
    [InlineData("{\"code\":400,\"message\":\"no\"}", 400, false)]
    [InlineData("{\"code\":1302,\"message\":\"what\"}", 200, false)]
    [InlineData("\"out of memory\"", 200, false)]
    public async Task An_error_within_an_answer_is_what_its_status_would_be(string error, int status, bool canPass)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, body) =>
        {
            var isStream = (bool?)body["stream"] ?? false;
            context.Response.ContentType = isStream ? "text/event-stream" : "application/json";
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync(
                isStream ? $"data: {{\"choices\":[{{\"text\":\"4\"}}]}}\n\ndata: {{\"error\":{error}}}\n\n" : $"{{\"error\":{error}}}", context.RequestAborted);
        });
        double? asked = canPass ? 7 : null;
        foreach (var stream in new[] { false, true })
        {
            var response = await AskAsync(service, TimeSpan.FromMinutes(1), stream);
            Assert.Equal((Outcome.Error, status, canPass, asked), (response.Outcome, response.Status, response.CanPass, response.RetryAfter?.TotalSeconds));
            Assert.Equal(stream ? "4" : null, response.Text);
        }
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_not_asked_again()
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 429;
            return context.Response.WriteAsync("{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"pay\"}}", context.RequestAborted);
        });
        Assert.False((await AskAsync(service, TimeSpan.FromMinutes(1))).CanPass);
    }

    [Theory]
    [InlineData("retry-after", "7", 7.0)]
    [InlineData("retry-after", "Mon, 01 Jan 2001 00:00:00 GMT", 0.0)]
    [InlineData("x-ratelimit-reset-requests", "1m2.5s", 62.5)]
    [InlineData("x-ratelimit-reset-tokens", "20ms", 0.02)]
    [InlineData("x-ratelimit-reset", "3", 3.0)]
    [InlineData("x-ratelimit-reset", "soon", null)]
    [InlineData("x-other", "3", null)]
    public async Task The_wait_that_a_service_asks_for_is_heard(string header, string value, double? seconds)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers[header] = value;
            return context.Response.WriteAsync("{}", context.RequestAborted);
        });
        Assert.Equal(seconds, (await AskAsync(service, TimeSpan.FromMinutes(1))).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":-5,"completion_tokens":2000000}""", null, null)]
    [InlineData("""{"prompt_tokens":"many","completion_tokens":1}""", null, 1)]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":1}""", 5, 1)]
    public async Task A_usage_that_cannot_be_right_is_not_believed(string usage, int? prompt, int? answer)
    {
        var reply = JsonNode.Parse(_good)!;
        reply["usage"] = JsonNode.Parse(usage);
        await using var service = await ScriptedOpenAI.StartAsync((context, _) => context.Response.WriteAsync(reply.ToJsonString(), context.RequestAborted));
        var response = await AskAsync(service, TimeSpan.FromMinutes(1));
        Assert.Equal(("42", prompt, answer), (response.Text, response.PromptTokens, response.AnswerTokens));
    }

    [Theory]
    [InlineData("<think>six by seven</think>\n42", "42", "six by seven")]
    [InlineData("six by seven</think>42", "42", "six by seven")]
    [InlineData("<think>six by", "", "six by")]
    [InlineData("42", "42", null)]
    public async Task Reasoning_is_parted_from_the_answer(string said, string text, string? reasoning)
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, _) => context.Response.WriteAsync(ScriptedOpenAI.Completion(said), context.RequestAborted));
        var response = await AskAsync(service, TimeSpan.FromMinutes(1));
        Assert.Equal((text, reasoning), (response.Text, response.Reasoning));
    }

    [Fact]
    public async Task A_service_that_is_down_for_a_while_is_waited_for()
    {
        var calls = 0;
        await using var service = await ScriptedOpenAI.StartAsync((context, _) =>
        {
            context.Response.StatusCode = ++calls < 4 ? 503 : 200;
            return context.Response.WriteAsync(_good, context.RequestAborted);
        });
        using var http = new HttpClient();
        var model = new OpenAIModel(http, new OpenAIModelOptions { BaseAddress = new Uri(service.Address, "v1"), Model = "m" }, TimeProvider.System);
        var response = await new RetryingModel(model, new RetryOptions { FirstWait = TimeSpan.Zero }, TimeProvider.System).AnswerAsync(_ask, Token);
        Assert.Equal((Outcome.Ok, "42", 4), (response.Outcome, response.Text, response.Attempts));
    }

    [Fact]
    public async Task A_stream_that_is_cut_keeps_what_came_and_is_not_ok()
    {
        await using var service = await ScriptedOpenAI.StartAsync((context, _) =>
        {
            context.Response.ContentLength = 1000;
            context.Response.ContentType = "text/event-stream";
            return context.Response.WriteAsync("data: {\"choices\":[{\"text\":\"4\"}]}\n\n", context.RequestAborted);
        });
        var response = await AskAsync(service, TimeSpan.FromMinutes(1), stream: true);
        Assert.Equal((Outcome.Truncated, "4", true, false), (response.Outcome, response.Text, response.CanPass, response.IsAtLimit));
    }

    [Fact]
    public async Task A_service_that_does_not_echo_is_refused_and_never_scored()
    {
        using var folder = new TemporaryFolder();
        folder.Write("choice.yaml", """
            task: choice
            dataset_path: json
            dataset_kwargs: {data_files: {test: choice.jsonl}}
            output_type: multiple_choice
            test_split: test
            doc_to_text: "{{q}}"
            doc_to_choice: ["a", "b"]
            doc_to_target: 0
            metric_list: [{metric: acc}]
            """);
        folder.Write("choice.jsonl", """{"q": "which"}""");
        await using var service = await ScriptedOpenAI.StartAsync((context, _) => context.Response.WriteAsync(_good, context.RequestAborted));
        var result = await AssayProcess.RunAsync(folder.Path, "eval", "choice.yaml", "--model", $"openai:{service.Address}v1#m");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains("choice scores log-likelihoods, which m does not give", StringComparison.Ordinal) && line.Contains("echo", StringComparison.Ordinal));
        Assert.Single(service.Prompts);
    }

    static async Task AnswerAsync(HttpContext context, string fault)
    {
        switch (fault)
        {
            case "hangs":
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "cuts":
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync(_good[..10], context.RequestAborted);
                break;
            case "in-band":
                await context.Response.WriteAsync("""{"error":{"message":"out of memory"}}""", context.RequestAborted);
                break;
            case "html":
                await context.Response.WriteAsync("<html><body>Bad gateway</body></html>", context.RequestAborted);
                break;
            case "utf-8":
                await context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(ScriptedOpenAI.Completion("here").Replace("here", "\u00e9\u00e9", StringComparison.Ordinal)), context.RequestAborted);
                break;
            case "10 MB":
                await context.Response.WriteAsync(ScriptedOpenAI.Completion(new string('x', 10 << 20)), context.RequestAborted);
                break;
            default:
                context.Response.StatusCode = int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture);
                await context.Response.WriteAsync("{}", context.RequestAborted);
                break;
        }
    }

    static async Task<Response> AskAsync(ScriptedOpenAI service, TimeSpan timeout, bool stream = false)
    {
        using var http = new HttpClient();
        var options = new OpenAIModelOptions { BaseAddress = new Uri(service.Address, "v1"), Model = "m", Timeout = timeout, Stream = stream };
        return await new OpenAIModel(http, options, TimeProvider.System).AnswerAsync(_ask, Token);
    }
}
