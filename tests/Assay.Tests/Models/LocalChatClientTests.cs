using Assay.Models;
using Assay.Transformers;
using Microsoft.Extensions.AI;

namespace Assay.Tests.Models;

public sealed class LocalChatClientTests : IAsyncLifetime
{
    readonly Transformer _model = Transformer.Tiny();
    InferenceEngine _engine = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _engine = new InferenceEngine(_model, new InferenceOptions { Threads = 1 });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _model.Dispose();
    }

    [Fact]
    public async Task It_answers_as_any_chat_client_does()
    {
        using var client = new LocalChatClient(_model, _engine);
        var options = new ChatOptions { Temperature = 0, StopSequences = ["\n"] };
        var response = await client.GetResponseAsync("Question: 12 + 30 =", options, Token);
        Assert.Equal(("Answer: 42", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.True(response.Usage!.OutputTokenCount > 0);
        var updates = await client.GetStreamingResponseAsync("Question: 12 + 30 =", options, Token).ToListAsync(Token);
        Assert.Equal("Answer: 42", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal("tiny", ((ChatClientMetadata)client.GetService(typeof(ChatClientMetadata))!).DefaultModelId);
    }

    [Fact]
    public async Task What_it_has_not_is_refused()
    {
        using var client = new LocalChatClient(_model, _engine);
        await Assert.ThrowsAsync<UserErrorException>(() => client.GetResponseAsync("a", new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, Token));
        await Assert.ThrowsAsync<UserErrorException>(() => client.GetResponseAsync(string.Concat(Enumerable.Repeat("7 ", 1100)), null, Token));
    }
}
