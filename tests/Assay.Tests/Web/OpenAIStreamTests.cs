using System.Text.Json.Nodes;

namespace Assay.Tests.Web;

public sealed class OpenAIStreamTests : IAsyncLifetime
{
    TinyServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TinyServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_chat_streams_role_content_reason_usage_and_done()
    {
        var events = await _server.StreamAsync("/v1/chat/completions", """
            {"messages":[{"role":"user","content":"Question: 12 + 30 ="}],"temperature":0,"stop":"\n","stream":true,"stream_options":{"include_usage":true}}
            """);
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].ConvertAll(text => JsonNode.Parse(text)!);
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", (string)chunk["object"]!));
        Assert.Single(chunks.Select(chunk => (string)chunk["id"]!).Distinct());
        Assert.Equal("""{"role":"assistant","content":""}""", chunks[0]["choices"]![0]!["delta"]!.ToJsonString());
        Assert.Equal("Answer: 42", string.Concat(chunks[..^1].Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("{}", chunks[^2]["choices"]![0]!["delta"]!.ToJsonString());
        Assert.Equal("stop", (string)chunks[^2]["choices"]![0]!["finish_reason"]!);
        Assert.All(chunks[..^2], chunk => Assert.Null(chunk["choices"]![0]!["finish_reason"]));
        Assert.All(chunks[..^1], chunk => Assert.True(chunk.AsObject().ContainsKey("usage") && chunk["usage"] is null));
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.True((int)chunks[^1]["usage"]!["completion_tokens"]! > 0);
    }

    [Fact]
    public async Task Without_the_option_no_chunk_speaks_of_usage()
    {
        var events = await _server.StreamAsync("/v1/completions", """{"prompt":"Question: 12 + 30 =\nAnswer:","temperature":0,"stop":"\n","stream":true}""");
        Assert.All(events[..^1], text => Assert.False(JsonNode.Parse(text)!.AsObject().ContainsKey("usage")));
        Assert.Equal(" 42", string.Concat(events[..^1].Select(text => (string)JsonNode.Parse(text)!["choices"]![0]!["text"]!)));
    }

    [Fact]
    public async Task Echo_streams_the_prompt_with_its_scores_first()
    {
        var events = await _server.StreamAsync("/v1/completions", """{"prompt":"12 +","echo":true,"logprobs":1,"max_tokens":3,"ignore_eos":true,"temperature":0,"stream":true}""");
        var first = JsonNode.Parse(events[0])!["choices"]![0]!;
        Assert.Equal("12 +", (string)first["text"]!);
        Assert.Equal(_server.Tokenizer.Count("12 +"), first["logprobs"]!["tokens"]!.AsArray().Count);
        Assert.Equal(_server.Tokenizer.Count("12 +") + 3, events[..^1].Sum(text => JsonNode.Parse(text)!["choices"]![0]!["logprobs"]!["tokens"]!.AsArray().Count));
    }

    // Hot samples of a byte-level model are full of characters that come in several tokens, and of bytes that are none.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Characters_split_over_tokens_are_whole_in_every_chunk(int seed)
    {
        var body = $$"""{"prompt":"评论：😀","temperature":2,"seed":{{seed}},"max_tokens":300,"ignore_eos":true""";
        var (_, whole) = await _server.PostAsync("/v1/completions", body + "}");
        var events = await _server.StreamAsync("/v1/completions", body + ""","stream":true}""");
        var chunks = events[..^1].ConvertAll(text => (string)JsonNode.Parse(text)!["choices"]![0]!["text"]!);
        Assert.Equal((string)whole["choices"]![0]!["text"]!, string.Concat(chunks));
        Assert.All(chunks, chunk => Assert.False(chunk.Length > 0 && (char.IsLowSurrogate(chunk[0]) || char.IsHighSurrogate(chunk[^1]))));
    }

    [Fact]
    public async Task Choices_are_streamed_side_by_side_each_with_its_end()
    {
        var events = await _server.StreamAsync("/v1/completions", """{"prompt":["1 + 1 =","2 + 2 ="],"n":2,"temperature":0,"max_tokens":4,"ignore_eos":true,"stream":true}""");
        var choices = events[..^1].ConvertAll(text => JsonNode.Parse(text)!["choices"]![0]!);
        Assert.Equal([0, 1, 2, 3], choices.Where(choice => (string?)choice["finish_reason"] == "length").Select(choice => (int)choice["index"]!).Order());
        Assert.All(choices.GroupBy(choice => (int)choice["index"]!), group => Assert.Equal("length", (string?)group.Last()["finish_reason"]));
    }
}
