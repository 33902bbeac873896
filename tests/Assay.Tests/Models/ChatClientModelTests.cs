using Assay.Models;
using Assay.Running;
using Assay.Tasks;
using Assay.Tests.EndToEnd;
using Assay.Transformers;
using Microsoft.Extensions.AI;

namespace Assay.Tests.Models;

public class ChatClientModelTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Request Question { get; } = new() { SampleId = "1", Position = 0, Prompt = "1 + 1 =", Generation = new GenerationOptions { Until = ["\n"], MaxTokens = 7 } };

    [Fact]
    public async Task A_run_asks_any_chat_client()
    {
        using var model = Transformer.Tiny();
        await using var engine = new InferenceEngine(model, new InferenceOptions { Threads = 1 });
        using var client = new LocalChatClient(model, engine);
        using var folder = new TemporaryFolder();
        folder.Write("data.jsonl", """{"q": "Question: 12 + 30 =", "a": "Answer: 42"}""");
        folder.Write("sums.yaml", """
            task: sums
            dataset_path: json
            dataset_kwargs: {data_files: {test: data.jsonl}}
            test_split: test
            output_type: generate_until
            generation_kwargs: {until: ["\n"]}
            doc_to_text: q
            doc_to_target: a
            metric_list: [{metric: exact_match}]

            """);
        var spec = SpecReader.Read("name: sums\ntasks: [sums.yaml]\nmodel: {local: tiny}\n", "spec.yaml", folder.Path, folder.Path).Spec!;
        var services = new RunServices { Time = TimeProvider.System };
        var asked = await Runner.RunAsync(spec with { Models = [new ChatClientOptions { Client = client, Name = "mine" }] }, services, Token);
        var score = asked.Estimates.First(estimate => estimate is { Metric: "exact_match", Model: "mine" });
        Assert.Equal((1, 1.0), (score.N, score.Value));
    }

    [Fact]
    public async Task The_request_goes_over_whole_and_the_answer_is_cut_at_the_stop()
    {
        ChatOptions? sent = null;
        var response = await Ask((_, options) =>
        {
            sent = options;
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "<think>hm</think>2\nmore")) { Usage = new UsageDetails { InputTokenCount = 5, OutputTokenCount = 4 } };
        });
        Assert.Equal(("2", "hm", Outcome.Ok, 5, 4), (response.Text, response.Reasoning, response.Outcome, response.PromptTokens, response.AnswerTokens));
        Assert.Equal((7, 0f, "\n"), (sent!.MaxOutputTokens, sent.Temperature, sent.StopSequences!.Single()));
    }

    [Fact]
    public async Task How_an_answer_ended_is_kept_apart()
    {
        var cut = await Ask((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, "2 and")) { FinishReason = ChatFinishReason.Length });
        Assert.Equal((Outcome.Truncated, true), (cut.Outcome, cut.IsAtLimit));
        var refused = await Ask((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, "")) { FinishReason = ChatFinishReason.ContentFilter });
        Assert.Equal(Outcome.Refused, refused.Outcome);
        var broken = await Ask((_, _) => throw new HttpRequestException("down"));
        Assert.Equal((Outcome.Error, true), (broken.Outcome, broken.CanPass));
        var odd = await Ask((_, _) => throw new NotSupportedException("no stops"));
        Assert.Equal((Outcome.Error, false, "NotSupportedException: no stops"), (odd.Outcome, odd.CanPass, odd.Reason));
        var late = await Ask((_, _) => throw new TaskCanceledException());
        Assert.Equal(Outcome.Timeout, late.Outcome);
    }

    static async Task<Response> Ask(Func<IEnumerable<ChatMessage>, ChatOptions?, ChatResponse> answer)
    {
        using var client = new ScriptedChatClient(answer);
        return await new ChatClientModel(new ChatClientOptions { Client = client }, TimeProvider.System).AnswerAsync(Question, Token);
    }

    sealed class ScriptedChatClient(Func<IEnumerable<ChatMessage>, ChatOptions?, ChatResponse> answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(answer(messages, options));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            AsyncEnumerable.Empty<ChatResponseUpdate>();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
