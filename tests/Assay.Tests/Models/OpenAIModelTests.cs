using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Tests.Models;

public class OpenAIModelTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"choices":[{"text":" 42","finish_reason":"stop"}]}""", " 42", Outcome.Ok, null)]
    [InlineData("""{"choices":[{"text":" 42\nmore","finish_reason":"length"}]}""", " 42", Outcome.Ok, null)]
    [InlineData("""{"choices":[{"text":" 42","finish_reason":"length"}]}""", " 42", Outcome.Truncated, "limit of tokens")]
    [InlineData("""{"choices":[{"text":" 4","finish_reason":"content_filter"}]}""", " 4", Outcome.Refused, "filter")]
    [InlineData("""{"choices":[{"text":" 42"}]}""", " 42", Outcome.Truncated, "without a finish reason")]
    [InlineData("""{"choices":[{"message":{"content":null,"refusal":"no"},"finish_reason":"stop"}]}""", "no", Outcome.Refused, "declined")]
    [InlineData("""{"object":"list"}""", null, Outcome.Error, "no choices")]
    [InlineData("oh", null, Outcome.Error, "not valid JSON")]
    [InlineData("""{"error":{"message":"too hot"}}""", null, Outcome.Error, "too hot")]
    public async Task A_whole_answer_is_read_with_its_outcome(string reply, string? text, Outcome outcome, string? reason)
    {
        var response = await AskAsync(Json(HttpStatusCode.OK, reply));
        Assert.Equal((text, outcome), (response.Text, response.Outcome));
        AssertReason(reason, response);
    }

    [Theory]
    [InlineData("""
        data: {"choices":[{"text":" 4"}]}

        data: {"choices":[{"text":"2","finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"completion_tokens":2}}

        data: [DONE]


        """, " 42", Outcome.Ok, null)]
    [InlineData("""
        data: {"choices":[{"text":" 4"}]}


        """, " 4", Outcome.Truncated, "without a finish reason")]
    [InlineData("""
        data: {"choices":[{"text":" 4"}]}

        data: {"error":{"message":"lost"}}


        """, " 4", Outcome.Error, "lost")]
    public async Task A_stream_is_read_with_its_outcome(string reply, string? text, Outcome outcome, string? reason)
    {
        var response = await AskAsync(_ => new HttpResponseMessage { Content = new StringContent(reply, Encoding.UTF8, "text/event-stream") }, stream: true);
        Assert.Equal((text, outcome), (response.Text, response.Outcome));
        AssertReason(reason, response);
    }

    [Fact]
    public async Task A_status_is_an_error_with_the_words_of_the_service()
    {
        var response = await AskAsync(Json(HttpStatusCode.TooManyRequests, """{"error":{"message":"come later"}}"""));
        Assert.Equal((Outcome.Error, "status 429: come later"), (response.Outcome, response.Reason));
    }

    [Fact]
    public async Task No_service_is_an_error_and_no_answer_a_timeout()
    {
        Assert.Equal(Outcome.Error, (await AskAsync(_ => throw new HttpRequestException("refused"))).Outcome);
        Assert.Equal(Outcome.Timeout, (await AskAsync(_ => throw new OperationCanceledException())).Outcome);
    }

    [Fact]
    public async Task The_request_has_the_tasks_settings()
    {
        JsonNode? sent = null;
        await AskAsync(request => Json(HttpStatusCode.OK, """{"choices":[{"text":"x","finish_reason":"stop"}]}""", sent = Body(request))(request), stream: true);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"model":"m","prompt":"12 + 30 =","max_tokens":16,"temperature":0,"stop":["\n"],"stream":true,"stream_options":{"include_usage":true}}"""), sent), sent!.ToJsonString());
        await AskAsync(request => Json(HttpStatusCode.OK, """{"choices":[{"text":"x","finish_reason":"stop"}]}""", sent = Body(request))(request), form: PromptForm.Chat);
        Assert.Equal("""[{"role":"user","content":"12 + 30 ="}]""", sent["messages"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_is_not_there_is_a_mistake_and_its_variable_is_named()
    {
        using var http = new HttpClient();
        var options = new OpenAIModelOptions { BaseAddress = new Uri("http://127.0.0.1:1/v1"), Model = "m", ApiKeyVariable = "ASSAY_TEST_NO_KEY" };
        Assert.Contains("ASSAY_TEST_NO_KEY", Assert.Throws<UserErrorException>(() => new OpenAIModel(http, options, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    static void AssertReason(string? expected, Response response)
    {
        if (expected is null)
        {
            Assert.Null(response.Reason);
        }
        else
        {
            Assert.Contains(expected, response.Reason, StringComparison.Ordinal);
        }
    }

    static Func<HttpRequestMessage, HttpResponseMessage> Json(HttpStatusCode status, string body, JsonNode? _ = null) =>
        _ => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    static JsonNode Body(HttpRequestMessage request) => JsonNode.Parse(request.Content!.ReadAsStream(Token))!;

    static async Task<Response> AskAsync(Func<HttpRequestMessage, HttpResponseMessage> answer, bool stream = false, PromptForm form = PromptForm.Completions)
    {
        using var http = new HttpClient(new ScriptedHandler(answer));
        var options = new OpenAIModelOptions { BaseAddress = new Uri("http://127.0.0.1:1/v1"), Model = "m", Stream = stream, Form = form };
        var request = new Request
        {
            SampleId = "0",
            Position = 0,
            Prompt = "12 + 30 =",
            Generation = new GenerationOptions { Until = ["\n"], MaxTokens = 16 },
        };
        return await new OpenAIModel(http, options, TimeProvider.System).AnswerAsync(request, Token);
    }

    sealed class ScriptedHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
