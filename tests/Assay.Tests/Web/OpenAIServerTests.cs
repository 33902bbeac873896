using System.Net;
using System.Text.Json.Nodes;
using Assay.Web.Serving;

namespace Assay.Tests.Web;

public sealed class OpenAIServerTests : IAsyncLifetime
{
    const string Sum = "Question: 12 + 30 =\\nAnswer:";

    TinyServer _server = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TinyServer.StartAsync(options: new OpenAIServerOptions { MaxBodyBytes = 100_000 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_chat_is_answered_with_its_usage()
    {
        var (status, reply) = await _server.PostAsync("/v1/chat/completions", """
            {"model":"tiny","messages":[{"role":"user","content":"Question: 12 + 30 ="}],"temperature":0,"stop":"\n","unheard_of":1}
            """);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("chat.completion", "tiny"), ((string)reply["object"]!, (string)reply["model"]!));
        var choice = reply["choices"]![0]!;
        Assert.Equal(("assistant", "Answer: 42", "stop"), ((string)choice["message"]!["role"]!, (string)choice["message"]!["content"]!, (string)choice["finish_reason"]!));
        var usage = reply["usage"]!;
        Assert.True((int)usage["completion_tokens"]! > 0);
        Assert.Equal((int)usage["total_tokens"]!, (int)usage["prompt_tokens"]! + (int)usage["completion_tokens"]!);
    }

    [Fact]
    public async Task Parts_of_text_are_one_message()
    {
        var (_, reply) = await _server.PostAsync("/v1/chat/completions", """
            {"messages":[{"role":"user","content":[{"type":"text","text":"Question: 12 "},{"type":"text","text":"+ 30 ="}]}],"temperature":0,"stop":["\n"]}
            """);
        Assert.Equal("Answer: 42", (string)reply["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task Several_prompts_and_choices_are_in_order()
    {
        var (_, reply) = await _server.PostAsync("/v1/completions", $$"""{"prompt":["{{Sum}}","Question: 2 + 3 =\nAnswer:"],"n":2,"temperature":0,"stop":"\n"}""");
        var choices = reply["choices"]!.AsArray();
        Assert.Equal([0, 1, 2, 3], choices.Select(choice => (int)choice!["index"]!));
        Assert.Equal([" 42", " 42", " 5", " 5"], choices.Select(choice => (string)choice!["text"]!));
        Assert.StartsWith("cmpl-", (string)reply["id"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ids_are_a_prompt_like_its_text()
    {
        var ids = string.Join(',', _server.Tokenizer.Encode("Question: 12 + 30 =\nAnswer:"));
        var (_, one) = await _server.PostAsync("/v1/completions", $$"""{"prompt":[{{ids}}],"temperature":0,"stop":"\n"}""");
        var (_, two) = await _server.PostAsync("/v1/completions", $$"""{"prompt":[[{{ids}}],[{{ids}}]],"temperature":0,"stop":"\n"}""");
        Assert.Equal(" 42", (string)one["choices"]![0]!["text"]!);
        Assert.Equal([" 42", " 42"], two["choices"]!.AsArray().Select(choice => (string)choice!["text"]!));
    }

    [Theory]
    [InlineData("""["\n\n","2"]""", " 4")]
    [InlineData("""["nothing","\n"]""", " 42")]
    [InlineData("""["x","y","z","w","v","\n"]""", " 42")]
    public async Task The_first_of_several_stops_ends_the_answer_and_is_not_shown(string stops, string answer)
    {
        var (_, reply) = await _server.PostAsync("/v1/completions", $$"""{"prompt":"{{Sum}}","temperature":0,"stop":{{stops}}}""");
        Assert.Equal((answer, "stop"), ((string)reply["choices"]![0]!["text"]!, (string)reply["choices"]![0]!["finish_reason"]!));
    }

    [Fact]
    public async Task A_limit_of_tokens_is_told_as_length()
    {
        var (_, reply) = await _server.PostAsync("/v1/completions", $$"""{"prompt":"{{Sum}}","temperature":0,"max_tokens":2}""");
        Assert.Equal(("length", 2), ((string)reply["choices"]![0]!["finish_reason"]!, (int)reply["usage"]!["completion_tokens"]!));
    }

    [Fact]
    public async Task A_seed_repeats_an_answer_and_each_choice_has_its_own()
    {
        const string Body = """{"prompt":"Review: The film","temperature":1.5,"seed":7,"n":3,"max_tokens":24,"ignore_eos":true}""";
        var first = Texts(await _server.PostAsync("/v1/completions", Body));
        Assert.Equal(first, Texts(await _server.PostAsync("/v1/completions", Body)));
        Assert.Equal(3, first.Distinct().Count());
        Assert.NotEqual(first, Texts(await _server.PostAsync("/v1/completions", Body.Replace("7", "8", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Echo_gives_the_prompt_back_with_the_log_probabilities_of_its_tokens()
    {
        var (_, reply) = await _server.PostAsync("/v1/completions", $$"""{"prompt":"{{Sum}}","echo":true,"logprobs":2,"max_tokens":1,"temperature":0}""");
        var choice = reply["choices"]![0]!;
        Assert.StartsWith("Question: 12 + 30 =\nAnswer: ", (string)choice["text"]!, StringComparison.Ordinal);
        var scores = choice["logprobs"]!;
        var count = _server.Tokenizer.Count("Question: 12 + 30 =\nAnswer:") + 1;
        Assert.All((string[])["tokens", "token_logprobs", "top_logprobs", "text_offset"], name => Assert.Equal(count, scores[name]!.AsArray().Count));
        Assert.Null(scores["token_logprobs"]![0]);
        Assert.Null(scores["top_logprobs"]![0]);
        Assert.All(scores["token_logprobs"]!.AsArray().Skip(1), value => Assert.True((double)value! <= 0));
        var text = string.Concat(scores["tokens"]!.AsArray().Select(token => (string)token!));
        Assert.Equal((string)choice["text"]!, text);
        Assert.Equal(0, (int)scores["text_offset"]![0]!);

        // The harness takes a token for greedy when no alternative is above it, so the token itself must be among them.
        Assert.All(scores["tokens"]!.AsArray().Index().Skip(1), token => Assert.NotNull(scores["top_logprobs"]![token.Index]![(string)token.Item!]));
    }

    [Fact]
    public async Task No_tokens_with_echo_is_a_prompt_scored()
    {
        var (status, reply) = await _server.PostAsync("/v1/completions", """{"prompt":["one","two 😀"],"echo":true,"logprobs":0,"max_tokens":0}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["one", "two 😀"], Texts((status, reply)));
        Assert.Equal(0, (int)reply["usage"]!["completion_tokens"]!);
        var offsets = reply["choices"]![1]!["logprobs"]!["text_offset"]!.AsArray().Select(offset => (int)offset!).ToList();
        Assert.Equal(offsets.Order(), offsets);
        Assert.Equal(4, offsets[^1]);
    }

    [Fact]
    public async Task Chat_tells_tokens_with_their_bytes_and_alternatives()
    {
        var (_, reply) = await _server.PostAsync("/v1/chat/completions", """
            {"messages":[{"role":"user","content":"Question: 12 + 30 ="}],"temperature":0,"stop":"\n","logprobs":true,"top_logprobs":3}
            """);
        var content = reply["choices"]![0]!["logprobs"]!["content"]!.AsArray();
        Assert.All(content, token => Assert.Equal(3, token!["top_logprobs"]!.AsArray().Count));
        Assert.Equal((string)content[0]!["token"]!, (string)content[0]!["top_logprobs"]![0]!["token"]!);
        Assert.Equal("Answer"u8.ToArray(), content[0]!["bytes"]!.AsArray().Select(value => (byte)(int)value!));
    }

    [Fact]
    public async Task Models_health_and_unknown_names()
    {
        var models = JsonNode.Parse(await _server.Http.GetStringAsync("/v1/models", Token))!;
        Assert.Equal(("list", "tiny", 2048), ((string)models["object"]!, (string)models["data"]![0]!["id"]!, (int)models["data"]![0]!["max_model_len"]!));
        Assert.Equal("model", (string)JsonNode.Parse(await _server.Http.GetStringAsync("/v1/models/tiny", Token))!["object"]!);
        using var unknown = await _server.Http.GetAsync("/v1/models/gpt-4", Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var health = await _server.Http.GetAsync("/health", Token);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Tokenize_and_detokenize_are_inverse()
    {
        var (_, tokens) = await _server.PostAsync("/tokenize", """{"model":"tiny","prompt":"12 + 30 😀","return_token_strs":true}""");
        Assert.Equal((int)tokens["count"]!, tokens["tokens"]!.AsArray().Count);
        Assert.Equal((int)tokens["count"]!, tokens["token_strs"]!.AsArray().Count);
        Assert.Equal(2048, (int)tokens["max_model_len"]!);
        var (_, text) = await _server.PostAsync("/detokenize", $$"""{"tokens":{{tokens["tokens"]!.ToJsonString()}}}""");
        Assert.Equal("12 + 30 😀", (string)text["prompt"]!);
        var (_, chat) = await _server.PostAsync("/tokenize", """{"messages":[{"role":"user","content":"hello"}]}""");
        Assert.Equal(0, (int)chat["tokens"]![0]!);
    }

    [Fact]
    public async Task Metrics_have_vLLMs_names_and_count()
    {
        await _server.PostAsync("/v1/completions", $$"""{"prompt":"{{Sum}}","temperature":0,"max_tokens":4,"ignore_eos":true}""");
        Assert.Equal(4, await _server.MetricAsync("vllm:generation_tokens_total"));
        Assert.Equal(_server.Tokenizer.Count("Question: 12 + 30 =\nAnswer:"), await _server.MetricAsync("vllm:prompt_tokens_total"));
        Assert.Equal(1, await _server.MetricAsync("vllm:request_success_total{model_name=\"tiny\",finished_reason=\"length\"}"));
        Assert.Equal(1, await _server.MetricAsync("vllm:time_to_first_token_seconds_count"));
        Assert.Equal(3, await _server.MetricAsync("vllm:inter_token_latency_seconds_count"));
        Assert.Equal(1, await _server.MetricAsync("vllm:e2e_request_latency_seconds_bucket{model_name=\"tiny\",le=\"+Inf\"}"));
        Assert.Equal(0, await _server.MetricAsync("vllm:num_requests_running"));
        foreach (var name in (string[])["num_requests_waiting", "kv_cache_usage_perc", "gpu_cache_usage_perc", "prefix_cache_queries_total", "prefix_cache_hits_total", "time_per_output_token_seconds_sum"])
        {
            Assert.True(await _server.MetricAsync($"vllm:{name}") >= 0, name);
        }
    }

    static List<string> Texts((HttpStatusCode Status, JsonNode Reply) answer) =>
        [.. answer.Reply["choices"]!.AsArray().Select(choice => (string)choice!["text"]!)];
}
