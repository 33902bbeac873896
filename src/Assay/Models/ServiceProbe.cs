using System.Text.Json;
using Assay.Tasks;

namespace Assay.Models;

/// <summary>What a service was found to be able to do, before a run relies on it.</summary>
sealed record ServiceProbe
{
    const string Text = "The capital of France is Paris.";

    /// <summary>Why log-likelihoods cannot be had; null when they can.</summary>
    public string? WhyNoLikelihoods { get; private init; } = "they were not asked for";

    /// <summary>False of a service that refuses more than four stops.</summary>
    public bool ManyStops { get; private init; } = true;

    /// <summary>Tokens of the context; null when the service does not tell.</summary>
    public int? ContextLength { get; private init; }

    /// <summary>One line for the report.</summary>
    public string Summary => $"context {(ContextLength is { } length ? $"{length} tokens" : "not told")}"
        + (WhyNoLikelihoods is null ? ", log-likelihoods by echo" : $", no log-likelihoods: {WhyNoLikelihoods}")
        + (ManyStops ? "" : ", at most four stops: the others are cut here");

    /// <summary>Asks for what the tasks need and for nothing else.</summary>
    /// <param name="model">Asked as the samples will be.</param>
    /// <param name="http">For the list of models.</param>
    /// <param name="options">Where.</param>
    /// <param name="tasks">All of the run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ServiceProbe> RunAsync(
        IModel model, HttpClient http, OpenAIModelOptions options, IReadOnlyCollection<TaskDefinition> tasks, CancellationToken cancellationToken)
    {
        var probe = new ServiceProbe { ContextLength = await ContextAsync(http, options, cancellationToken).ConfigureAwait(false) };
        if (tasks.Any(task => task.OutputType != OutputType.GenerateUntil))
        {
            var why = options.Form == PromptForm.Chat
                ? "they are of texts as they are and not of chat messages; take 'api: completions'"
                : await WhyNoEchoAsync(model, cancellationToken).ConfigureAwait(false);
            probe = probe with { WhyNoLikelihoods = why };
        }

        if (tasks.FirstOrDefault(task => task.OutputType == OutputType.GenerateUntil && task.Generation.Until.Length > OpenAIRequest.CommonStops) is { } many)
        {
            var asked = await model.AnswerAsync(Ask(echo: false) with { Generation = many.Generation with { MaxTokens = 1 } }, cancellationToken).ConfigureAwait(false);
            probe = probe with { ManyStops = asked.Status is not (400 or 422) };
        }

        return probe;
    }

    static async ValueTask<string?> WhyNoEchoAsync(IModel model, CancellationToken cancellationToken)
    {
        var response = await model.AnswerAsync(Ask(echo: true), cancellationToken).ConfigureAwait(false);
        var tokens = response.PromptProbabilities;
        return response.Outcome != Outcome.Ok ? response.Reason
            : !response.Text!.Contains(Text, StringComparison.Ordinal) ? "the service does not echo the prompt"
            : tokens.Count(token => token.Offset < Text.Length && token.LogProbability is not null) < 2 ? "the service echoes the prompt without the log-probabilities of its tokens"
            : tokens.Zip(tokens.Skip(1)).Any(pair => pair.Second.Offset < pair.First.Offset) || tokens[^1].Offset == 0 ? "the service does not tell where the tokens of the prompt begin (text_offset)"
            : null;
    }

    static Request Ask(bool echo) => new() { SampleId = "probe", Position = 0, Prompt = Text, Echo = echo };

    // Three spellings are known: of vLLM, of several routers, and of llama.cpp. Who has no such list is asked no less.
    static async Task<int?> ContextAsync(HttpClient http, OpenAIModelOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(options.Timeout);
            var json = await http.GetByteArrayAsync(new Uri($"{options.BaseAddress.AbsoluteUri.TrimEnd('/')}/models"), timeout.Token).ConfigureAwait(false);
            using var list = JsonDocument.Parse(json);
            foreach (var entry in list.RootElement.GetProperty("data").EnumerateArray().Where(entry => entry.GetProperty("id").ValueEquals(options.Model)))
            {
                var meta = entry.TryGetProperty("meta", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : entry;
                if (entry.TryGetProperty("max_model_len", out var length) || entry.TryGetProperty("context_length", out length) || meta.TryGetProperty("n_ctx", out length) || meta.TryGetProperty("n_ctx_train", out length))
                {
                    return length.TryGetInt32(out var tokens) ? tokens : null;
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }

        return null;
    }
}
