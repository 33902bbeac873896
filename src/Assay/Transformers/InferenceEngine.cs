using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Assay.Transformers.Inference;

namespace Assay.Transformers;

/// <summary>
/// Runs a model for many callers at once: texts join and leave the batch between two steps, and the beginning of a text that the cache
/// still has is not computed again. The same request gives the same answer, bit for bit, whatever else runs, whatever the number of
/// threads and the size of the blocks. Thread-safe.
/// </summary>
public sealed class InferenceEngine : IAsyncDisposable
{
    readonly Transformer _model;
    readonly InferenceOptions _options;
    readonly ImmutableArray<int> _ends;
    readonly Arrivals _arrivals;
    readonly Scheduler _scheduler;
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _requests;

    /// <summary>Starts the threads. The model must outlive the engine, which does not dispose it.</summary>
    /// <exception cref="UserErrorException">An option is too small.</exception>
    public InferenceEngine(Transformer model, InferenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_model, _options) = (model, options.For(model));
        _ends = [.. model.Config.EosTokens.Union(model.GenerationDefaults.EosTokens)];
        ContextLength = Math.Min(model.Config.MaxPositions, options.KvCacheTokens);
        _arrivals = new Arrivals(options);
        _scheduler = new Scheduler(model, _options, _arrivals, ContextLength);
        new Thread(Run) { IsBackground = true, Name = "Assay inference 0" }.Start();
    }

    /// <summary>The most tokens of a prompt and its answer together.</summary>
    public int ContextLength { get; }

    /// <summary>A snapshot; cheap.</summary>
    public EngineStatistics Statistics => _scheduler.Statistics;

    /// <summary>Continues a text, token by token as they are made. Work begins with the first token asked for; leaving the enumeration or cancelling ends it at once.</summary>
    /// <exception cref="UserErrorException">The prompt is empty, fills the context or has a token that is not the model's; an option is out of its range.</exception>
    /// <exception cref="QueueFullException">Too many texts wait.</exception>
    public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestCheck.Generation(request, _model.Config, ContextLength);
        cancellation.ThrowIfCancellationRequested();
        var end = (int)Math.Min(ContextLength, (long)request.Prompt.Length + request.MaxTokens);
        var sequence = new GenerationSequence(request, _model.Tokenizer, _ends, Randomness(request.Sampling), end);
        _arrivals.Add(sequence);
        try
        {
            await foreach (var token in sequence.Output.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return token;
            }
        }
        finally
        {
            _arrivals.Cancel(sequence);
        }
    }

    /// <summary>The log-probability of each token but the first, given those before it: item i is of token i + 1.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="top">How many of the likeliest tokens to report in each place.</param>
    /// <param name="cancellation">Ends the work at once.</param>
    /// <exception cref="UserErrorException">There is no token, there are more than the context and one holds, or one is not the model's.</exception>
    /// <exception cref="QueueFullException">Too many texts wait.</exception>
    public Task<ImmutableArray<TokenScore>> ScoreAsync(ReadOnlyMemory<int> tokens, int top, CancellationToken cancellation = default) => ScoreAsync(tokens, 1, top, cancellation);

    /// <summary>As <see cref="ScoreAsync(ReadOnlyMemory{int}, int, CancellationToken)"/>, of tokens [from, end) only: what comes before may come from the cache. Item i is of token from + i.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="from">The first to score, at least 1: nothing comes before token 0.</param>
    /// <param name="top">How many of the likeliest tokens to report in each place.</param>
    /// <param name="cancellation">Ends the work at once.</param>
    public async Task<ImmutableArray<TokenScore>> ScoreAsync(ReadOnlyMemory<int> tokens, int from, int top, CancellationToken cancellation = default)
    {
        RequestCheck.Scoring(tokens.Span, from, top, _model.Config, ContextLength);
        cancellation.ThrowIfCancellationRequested();
        if (from >= tokens.Length)
        {
            return [];
        }

        var sequence = new ScoringSequence(tokens.ToArray(), from, top);
        _arrivals.Add(sequence);
        await using var registration = cancellation.Register(() => _arrivals.Cancel(sequence)).ConfigureAwait(false);
        try
        {
            return await sequence.Result.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    /// <summary>Ends the threads after the step in progress. Answers in work end with an <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _arrivals.Close(new ObjectDisposedException(nameof(InferenceEngine)));
        await _ended.Task.ConfigureAwait(false);
    }

    void Run()
    {
        _scheduler.Run();
        _scheduler.Dispose();
        _ended.SetResult();
    }

    SeededRandom Randomness(SamplingOptions sampling)
    {
        var request = (ulong)Interlocked.Increment(ref _requests);
        return sampling.Seed is { } seed ? new SeededRandom(seed) : new SeededRandom(_options.Seed).Derive(request);
    }
}
