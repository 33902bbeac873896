using System.Collections.Immutable;
using System.Text;
using Assay.Transformers;

namespace Assay.Models;

/// <summary>A language model in this process: it answers, and says how likely texts are. Thread-safe; requests made at once are computed at once.</summary>
public sealed class LocalModel : ILikelihoodModel, IAsyncDisposable
{
    readonly LocalModelOptions _options;
    readonly Transformer _model;
    readonly InferenceEngine _engine;

    LocalModel(LocalModelOptions options, Transformer model, InferenceEngine engine)
    {
        _options = options;
        _model = model;
        _engine = engine;
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Loads the model.</summary>
    /// <exception cref="UserErrorException">It cannot be loaded; the message names the part.</exception>
    public static LocalModel Load(LocalModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var model = options.Path == LocalModelOptions.Tiny ? Transformer.Tiny() : Transformer.Load(options.Path);
        if (options.Form == PromptForm.Chat && model.ChatTemplate is null)
        {
            model.Dispose();
            throw new UserErrorException($"The model {options.Path} has no chat template. Use the completions form ('api: completions').");
        }

        return new LocalModel(options, model, new InferenceEngine(model, new InferenceOptions { MaxBatch = options.MaxBatch, Threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount }));
    }

    /// <inheritdoc/>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var prompt = Encode(request);
        var room = _engine.ContextLength - prompt.Length;
        if (prompt.IsEmpty || room < 1)
        {
            return new Response(null, Outcome.Error, prompt.IsEmpty
                ? "the prompt has no token"
                : $"the prompt has {prompt.Length} tokens, and the context of {Name} is {_engine.ContextLength}");
        }

        var generation = new GenerationRequest
        {
            Prompt = prompt,
            MaxTokens = Math.Min(request.Generation.MaxTokens, room),
            Sampling = new SamplingOptions { Temperature = request.Generation.Temperature, Seed = SeedOf(_options.Seed, request) },
            Stop = request.Generation.Until,
        };
        var text = new StringBuilder();
        var finish = FinishReason.Length;
        try
        {
            await foreach (var token in _engine.GenerateAsync(generation, cancellationToken).ConfigureAwait(false))
            {
                text.Append(token.Text);
                finish = token.Finish ?? finish;
            }
        }
        catch (Exception exception) when (exception is UserErrorException or QueueFullException)
        {
            return new Response(null, Outcome.Error, exception.Message);
        }

        return finish == FinishReason.Stop
            ? new Response(text.ToString(), Outcome.Ok)
            : new Response(text.ToString(), Outcome.Truncated, $"not at its end after {generation.MaxTokens} tokens") { IsAtLimit = generation.MaxTokens == request.Generation.MaxTokens };
    }

    /// <inheritdoc/>
    public ValueTask<Likelihood> LogLikelihoodAsync(string context, string continuation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(continuation);
        return JudgeAsync([LikelihoodTokens.Pair(context, continuation, _model.Tokenizer, Prefix, _engine.ContextLength + 1)], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Likelihood> RollingLogLikelihoodAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JudgeAsync(LikelihoodTokens.Rolling(_model.Tokenizer.Encode(text), Prefix, _engine.ContextLength + 1), cancellationToken);
    }

    /// <summary>Gives up what is being computed and lets go of the weights.</summary>
    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    internal static ulong SeedOf(ulong seed, Request request)
    {
        var sample = new SeededRandom(seed).Derive((ulong)request.Position);
        return (request.Attempt == 0 ? sample : sample.Derive((ulong)request.Attempt)).NextUInt64();
    }

    // The harness's prefix token: what begins a text, or else what ends one.
    int Prefix => _model.Config.BosToken ?? _model.Config.EosTokens.FirstOrDefault();

    ImmutableArray<int> Encode(Request request) => _options.Form == PromptForm.Chat
        ? [.. _model.Tokenizer.Encode(_model.ChatTemplate!.Render(request.Messages().Select(turn => new ChatTurn(turn.Role, turn.Content)), addGenerationPrompt: true))]
        : [.. _model.Tokenizer.Encode(request.Prompt, addSpecialTokens: true)];

    async ValueTask<Likelihood> JudgeAsync(IEnumerable<LikelihoodWindow> windows, CancellationToken cancellationToken)
    {
        var (sum, isGreedy, count) = (0.0, true, 0);
        try
        {
            foreach (var window in windows)
            {
                var scores = await _engine.ScoreAsync(window.Tokens, window.Tokens.Length - window.Judged, 0, cancellationToken).ConfigureAwait(false);
                foreach (var score in scores)
                {
                    sum += score.LogProbability;
                    isGreedy &= score.IsGreedy;
                    count++;
                }
            }
        }
        catch (Exception exception) when (exception is UserErrorException or QueueFullException)
        {
            return new Likelihood { Outcome = Outcome.Error, Reason = exception.Message };
        }

        return count == 0
            ? new Likelihood { Outcome = Outcome.Error, Reason = "there is no token to judge" }
            : new Likelihood { LogProbability = sum, IsGreedy = isGreedy, Tokens = count };
    }
}
