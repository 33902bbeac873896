using System.Net;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Batching;

namespace Assay.Tests.Web.Simulation;

/// <summary>The shapes of the OpenAI protocol, as vLLM writes them.</summary>
public class SimulatorProtocolTests
{
    static readonly SimulatorOptions _instant = new() { FirstToken = Delay.None, AnswerTokens = 5 };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_stream_has_role_content_finish_and_usage()
    {
        await using var client = SimulatorClient.Start(_instant);
        var events = await client.StreamAsync("/v1/chat/completions", """{"messages":[{"role":"user","content":"one two\nthree"}],"stream":true,"max_tokens":3,"stream_options":{"include_usage":true}}""");
        Assert.Equal(6, events.Count);
        Assert.Equal("""{"role":"assistant","content":""}""", events[0]["choices"]![0]!["delta"]!.ToJsonString());
        Assert.Equal("lorem ipsum dolor", string.Concat(events[1..4].Select(item => (string)item["choices"]![0]!["delta"]!["content"]!)));
        Assert.Equal("length", (string?)events[4]["choices"]![0]!["finish_reason"]);
        Assert.Equal((3, 3, 6), ((int)events[5]["usage"]!["prompt_tokens"]!, (int)events[5]["usage"]!["completion_tokens"]!, (int)events[5]["usage"]!["total_tokens"]!));
        Assert.Empty(events[5]["choices"]!.AsArray());
        Assert.Single(events.Select(item => (string)item["id"]!).Distinct());
    }

    [Fact]
    public async Task A_stream_without_usage_has_none_and_ends_by_itself()
    {
        await using var client = SimulatorClient.Start(_instant);
        var events = await client.StreamAsync("/v1/chat/completions", SimulatorClient.Ask);
        Assert.Equal(7, events.Count);
        Assert.All(events, item => Assert.Null(item["usage"]));
        Assert.Equal("stop", (string?)events[^1]["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public async Task Chunks_have_several_tokens_and_the_first_may_be_reasoning()
    {
        await using var client = SimulatorClient.Start(_instant with { ChunkTokens = 2, ReasoningTokens = 3 });
        var deltas = (await client.StreamAsync("/v1/chat/completions", SimulatorClient.Ask)).Select(item => item["choices"]![0]!["delta"]!).ToArray();
        Assert.Equal(["lorem ipsum", " dolor"], deltas.Select(delta => (string?)delta["reasoning_content"]).OfType<string>());
        Assert.Equal(["", " sit", " amet"], deltas.Select(delta => (string?)delta["content"]).OfType<string>());
        var (_, whole) = await client.PostAsync("/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}]}""");
        Assert.Equal(("lorem ipsum dolor", " sit amet"), ((string?)whole["choices"]![0]!["message"]!["reasoning_content"], (string?)whole["choices"]![0]!["message"]!["content"]));
    }

    [Fact]
    public async Task A_whole_answer_has_text_and_usage()
    {
        await using var client = SimulatorClient.Start(_instant);
        var (status, chat) = await client.PostAsync("/v1/chat/completions", """{"model":"any","messages":[{"role":"system","content":"a b"},{"role":"user","content":[{"type":"text","text":"c \u0064"},{"type":"image_url","image_url":{"url":"data:x"}}]}]}""");
        Assert.Equal((HttpStatusCode.OK, "stop", 4), (status, (string?)chat["choices"]![0]!["finish_reason"], (int)chat["usage"]!["prompt_tokens"]!));
        var (_, completion) = await client.PostAsync("/v1/completions", """{"prompt":[1,2,3],"max_tokens":2}""");
        Assert.Equal(("lorem ipsum", 3), ((string?)completion["choices"]![0]!["text"], (int)completion["usage"]!["prompt_tokens"]!));
    }

    [Fact]
    public async Task Log_probabilities_are_told_where_they_are_asked_for()
    {
        await using var client = SimulatorClient.Start(_instant);
        var events = await client.StreamAsync("/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"stream":true,"logprobs":true,"top_logprobs":2}""");
        var scores = events[1]["choices"]![0]!["logprobs"]!["content"]!.AsArray();
        Assert.Equal(("lorem", -0.25, 2), ((string?)scores[0]!["token"], (double)scores[0]!["logprob"]!, scores[0]!["top_logprobs"]!.AsArray().Count));
        var (_, whole) = await client.PostAsync("/v1/completions", """{"prompt":"x","logprobs":1}""");
        var told = whole["choices"]![0]!["logprobs"]!;
        Assert.Equal(5, told["token_logprobs"]!.AsArray().Count);
        Assert.Equal([0, 5, 11, 17, 21], told["text_offset"]!.AsArray().Select(offset => (int)offset!));
    }

    [Fact]
    public async Task Responses_are_named_events_in_order_or_whole()
    {
        await using var client = SimulatorClient.Start(_instant);
        var events = await client.StreamAsync("/v1/responses", """{"input":[{"role":"user","content":[{"type":"input_text","text":"a b"}]}],"stream":true}""");
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(item => (int)item["sequence_number"]!));
        Assert.Equal("response.created", (string?)events[0]["type"]);
        Assert.Equal("lorem ipsum dolor sit amet", string.Concat(events.Where(item => (string?)item["type"] == "response.output_text.delta").Select(item => (string)item["delta"]!)));
        Assert.Equal("response.completed", (string?)events[^1]["type"]);
        Assert.Equal((2, 5), ((int)events[^1]["response"]!["usage"]!["input_tokens"]!, (int)events[^1]["response"]!["usage"]!["output_tokens"]!));
        var (_, whole) = await client.PostAsync("/v1/responses", """{"input":"a b","max_output_tokens":2}""");
        Assert.Equal(("incomplete", "lorem ipsum"), ((string?)whole["status"], (string?)whole["output"]![0]!["content"]![0]!["text"]));
    }

    [Fact]
    public async Task Embeddings_are_unit_vectors()
    {
        await using var client = SimulatorClient.Start(_instant);
        var (_, reply) = await client.PostAsync("/v1/embeddings", """{"input":["a b","c"],"dimensions":8}""");
        Assert.Equal(2, reply["data"]!.AsArray().Count);
        Assert.Equal(1, reply["data"]![1]!["embedding"]!.AsArray().Sum(value => (double)value! * (double)value!), 1e-6);
        Assert.Equal(3, (int)reply["usage"]!["prompt_tokens"]!);
        var (_, packed) = await client.PostAsync("/v1/embeddings", """{"input":"a b","dimensions":8,"encoding_format":"base64"}""");
        Assert.Equal(32, Convert.FromBase64String((string)packed["data"]![0]!["embedding"]!).Length);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "{", 400, "not valid JSON")]
    [InlineData("/v1/chat/completions", "[]", 400, "no JSON object")]
    [InlineData("/v1/chat/completions", "{}", 400, "'messages' is missing")]
    [InlineData("/v1/completions", """{"prompt":["a","b"]}""", 400, "2 texts")]
    [InlineData("/v1/completions", """{"prompt":[-1]}""", 400, "not valid JSON")]
    [InlineData("/v1/completions", """{"prompt":"a","n":2}""", 400, "one answer")]
    [InlineData("/v1/completions", """{"prompt":"a","max_tokens":0}""", 400, "1 or more")]
    [InlineData("/v1/completions", """{"prompt":"\ud800"}""", 400, "not valid JSON")]
    [InlineData("/v1/nothing", "{}", 404, "There is no POST")]
    public async Task What_is_wrong_is_told(string path, string body, int status, string message)
    {
        await using var client = SimulatorClient.Start(_instant);
        var (found, reply) = await client.PostAsync(path, body);
        Assert.Equal(status, (int)found);
        Assert.Contains(message, (string)reply["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_in_one_packet_are_answered_in_their_order()
    {
        await using var client = SimulatorClient.Start(_instant with { FirstToken = Delay.Parse("1ms") });
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        var body = """{"prompt":"x","max_tokens":1,"stream":true}""";
        await raw.SendAsync(string.Concat(Enumerable.Repeat(RawClient.Post("/v1/completions", body), 3)) + "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n");
        var text = await raw.ReadToAsync("never");
        Assert.Equal([1, 2, 3], Enumerable.Range(1, 3).Where(i => text.Contains($"cmpl-{i:x16}", StringComparison.Ordinal)));
        Assert.Equal(4, text.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(3, text.Split("[DONE]").Length - 1);
        Assert.EndsWith("""{"status":"ok"}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_chunks_and_in_pieces_is_read()
    {
        await using var client = SimulatorClient.Start(_instant);
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        await raw.SendAsync("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
        await raw.ReadToAsync("\r\n\r\n");
        await raw.SendAsync("3;x=y\r\nabc\r\n1");
        await raw.SendAsync("0\r\n0123456789abcdef\r\n0\r\n\r\n");
        Assert.EndsWith("\r\n\r\nabc0123456789abcdef", await raw.ReadToAsync("def"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 100 Continue", raw.Text.ToString(), StringComparison.Ordinal);
        await raw.SendAsync("GET /health HTTP/1.0\r\n\r\n");
        Assert.Contains("Connection: close", await raw.ReadToAsync("never"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_prompts_are_read_whole()
    {
        await using var client = SimulatorClient.Start(_instant);
        var prompt = string.Join(' ', Enumerable.Repeat("wörd", 300_000));
        var (_, reply) = await client.PostAsync("/v1/completions", $$"""{"prompt":"{{prompt}}"}""");
        Assert.Equal(300_000, (int)reply["usage"]!["prompt_tokens"]!);
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("POST /v1/completions HTTP/1.1\r\nContent-Length: x\r\n\r\n")]
    [InlineData("POST /v1/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("POST /v1/completions HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n")]
    public async Task What_is_not_http_is_refused_and_ends_the_connection(string request)
    {
        await using var client = SimulatorClient.Start(_instant);
        using var raw = await RawClient.ConnectAsync(client.Simulator.Address);
        await raw.SendAsync(request);
        Assert.StartsWith("HTTP/1.1 400", await raw.ReadToAsync("never"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_and_health_are_there()
    {
        await using var client = SimulatorClient.Start(_instant with { Model = "m\"x" });
        Assert.Contains("m\\\"x", await client.Http.GetStringAsync("/v1/models", Token), StringComparison.Ordinal);
        Assert.Equal("""{"status":"ok"}""", await client.Http.GetStringAsync("/health", Token));
        Assert.Equal("m\"x", (string?)(await client.StreamAsync("/v1/chat/completions", SimulatorClient.Ask))[0]["model"]);
    }
}
