using System.Net;
using System.Text.Json.Nodes;
using Assay.Transformers;
using Assay.Web.Serving;

namespace Assay.Tests.Web;

public sealed class OpenAIErrorTests : IAsyncLifetime
{
    TinyServer _server = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    // Room for one answer and one that waits.
    public async ValueTask InitializeAsync() => _server = await TinyServer.StartAsync(
        new InferenceOptions { Threads = 1, MaxBatch = 1, MaxQueue = 1 }, new OpenAIServerOptions { MaxBodyBytes = 100_000 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"prompt":"a","temperature":"hot"}""", "temperature", "a text")]
    [InlineData("""{"prompt":"a","temperature":3}""", "temperature", "from 0 to 2")]
    [InlineData("""{"prompt":"a","top_p":0}""", "top_p", "more than 0")]
    [InlineData("""{"prompt":"a","n":0}""", "n", "from 1")]
    [InlineData("""{"prompt":"a","max_tokens":-1}""", "max_tokens", "from 0")]
    [InlineData("""{"prompt":"a","max_tokens":1.5}""", "max_tokens", "whole number")]
    [InlineData("""{"prompt":"a","seed":"x"}""", "seed", "whole number")]
    [InlineData("""{"prompt":"a","stop":[1]}""", "stop[0]", "a text")]
    [InlineData("""{"prompt":"a","stop":""}""", "stop", "empty")]
    [InlineData("""{"prompt":"a","suffix":"b"}""", "suffix", "not supported")]
    [InlineData("""{"prompt":"a","best_of":4}""", "best_of", "not supported")]
    [InlineData("""{"prompt":"a","logit_bias":{"5":1}}""", "logit_bias", "not supported")]
    [InlineData("""{"prompt":"a","logprobs":21}""", "logprobs", "from 0 to 20")]
    [InlineData("""{"prompt":"a","stream":1}""", "stream", "true or false")]
    [InlineData("""{"prompt":"a","stream_options":{"include_usage":true}}""", "stream_options", "only for streams")]
    [InlineData("""{"prompt":"\ud800"}""", "prompt", "surrogate")]
    [InlineData("""{"prompt":""}""", "prompt", "empty")]
    [InlineData("""{"prompt":[]}""", "prompt", "empty")]
    [InlineData("""{"prompt":["a",""]}""", "prompt[1]", "empty")]
    [InlineData("""{"prompt":[1,99999]}""", "prompt[1]", "token id from 0 to 1023")]
    [InlineData("""{"prompt":{}}""", "prompt", "an object")]
    [InlineData("""{}""", "prompt", "missing")]
    [InlineData("""[1]""", null, "expected a JSON object")]
    [InlineData("""{"prompt":"a",""", null, "not valid JSON")]
    public async Task A_wrong_completion_is_refused_with_its_field(string body, string? param, string message) =>
        await AssertRefusedAsync("/v1/completions", body, HttpStatusCode.BadRequest, param, message);

    [Theory]
    [InlineData("""{}""", "messages", "missing")]
    [InlineData("""{"messages":[]}""", "messages", "empty")]
    [InlineData("""{"messages":"hello"}""", "messages", "a list of messages")]
    [InlineData("""{"messages":[{"content":"a"}]}""", "messages[0].role", "missing")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "messages[0].content", "missing")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""", "messages[0].content", "a text")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages[0].content[0]", "no text")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"top_logprobs":2}""", "top_logprobs", "'logprobs'")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"tools":[{"type":"function"}]}""", "tools", "not supported")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_object"}}""", "response_format", "not supported")]
    public async Task A_wrong_chat_is_refused_with_its_field(string body, string? param, string message) =>
        await AssertRefusedAsync("/v1/chat/completions", body, HttpStatusCode.BadRequest, param, message);

    [Theory]
    [InlineData("/v1/completions", "prompt")]
    [InlineData("/v1/chat/completions", "messages")]
    public async Task A_prompt_longer_than_the_context_is_told_with_both_lengths(string path, string param)
    {
        var text = string.Concat(Enumerable.Repeat("7 ", 1100));
        var body = param == "prompt" ? $$"""{"prompt":"{{text}}"}""" : $$"""{"messages":[{"role":"user","content":"{{text}}"}]}""";
        var error = await AssertRefusedAsync(path, body, HttpStatusCode.BadRequest, param, "2048");
        Assert.Equal("context_length_exceeded", (string)error["code"]!);
    }

    [Fact]
    public async Task A_prompt_and_an_answer_that_only_together_are_too_long_are_refused() =>
        await AssertRefusedAsync("/v1/completions", """{"prompt":"1 2 3","max_tokens":2048}""", HttpStatusCode.BadRequest, "prompt", "2048");

    [Fact]
    public async Task An_unknown_model_is_404()
    {
        var error = await AssertRefusedAsync("/v1/completions", """{"model":"gpt-4","prompt":"a"}""", HttpStatusCode.NotFound, "model", "gpt-4");
        Assert.Equal("model_not_found", (string)error["code"]!);
    }

    [Fact]
    public async Task An_unknown_path_names_the_known_ones() =>
        await AssertRefusedAsync("/v1/embeddings", "{}", HttpStatusCode.NotFound, null, "/v1/chat/completions");

    [Fact]
    public async Task A_body_that_is_too_long_or_no_json_is_refused()
    {
        await AssertRefusedAsync("/v1/completions", $$"""{"prompt":"{{new string('x', 100_000)}}"}""", HttpStatusCode.RequestEntityTooLarge, null, "100000 bytes");
        using var response = await _server.SendAsync("/v1/completions", """{"prompt":"a"}""", "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Past_the_queue_the_answer_is_429_with_a_time_to_come_again(string stream)
    {
        using var response = await _server.SendAsync("/v1/completions", $$"""{"prompt":"1 +","n":8,"max_tokens":1000,"ignore_eos":true,"stream":{{stream}}}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.True(response.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;
        Assert.Equal("rate_limit_exceeded", (string)error["code"]!);

        // What had been taken in is given up, and the next request is answered.
        var (status, _) = await _server.PostAsync("/v1/completions", """{"prompt":"1 +","max_tokens":1}""");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_its_generation()
    {
        using (var response = await _server.SendAsync("/v1/completions", """{"prompt":"1 +","max_tokens":2000,"ignore_eos":true,"stream":true}"""))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Token);
            Assert.True(await body.ReadAsync(new byte[10], Token) > 0);
        }

        while (await _server.MetricAsync("vllm:request_success_total{model_name=\"tiny\",finished_reason=\"abort\"}") == 0)
        {
            Assert.Equal(0, await _server.MetricAsync("vllm:request_success_total{model_name=\"tiny\",finished_reason=\"length\"}"));
        }

        while (await _server.MetricAsync("vllm:num_requests_running") > 0)
        {
            await Task.Yield();
        }

        Assert.True(await _server.MetricAsync("vllm:generation_tokens_total") < 2000);
    }

    async Task<JsonNode> AssertRefusedAsync(string path, string body, HttpStatusCode status, string? param, string message)
    {
        var (found, reply) = await _server.PostAsync(path, body);
        var error = reply["error"]!;
        Assert.Equal(status, found);
        Assert.Equal(param, (string?)error["param"]);
        Assert.Contains(message, (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", (string)error["type"]!);
        return error;
    }
}
